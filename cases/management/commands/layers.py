from pathlib import Path

from django.core.management.base import CommandError

from cases.management import layer_picture, layers
from cases.management.command import HouseCommand


class Command(HouseCommand):
    """Draws the layers of the application from the imports, as one SVG: `manage.py layers docs/layers.svg`.

    --check writes nothing and ends with status 1 where the picture is not the one of today's sources.
    """

    help = "Draw the layers of the application, or check that their picture is up to date."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("picture", type=Path, metavar="FILE.svg")
        parser.add_argument("--check", action="store_true", help="fail where the picture is out of date")

    def handle(self, *, picture, check, **options):
        drawn = layer_picture.draw(layers.read_layers(), layers.uses_of_rows())
        if not check:
            picture.write_text(drawn, encoding="utf-8", newline="\n")
            self.stdout.write(f"Drawn: {picture}")
        elif not picture.exists() or picture.read_text(encoding="utf-8") != drawn:
            raise CommandError(f"{picture} is out of date: manage.py layers {picture}")
