from cases.management.import_command import ImportCommand
from cases.models import ImportRun


class Command(ImportCommand):
    """Check a list of prison notices or an amnesty wave, and with --commit load it; see ImportCommand."""

    help = "Check a list of notices of people who come home; with --commit load it."
    kind = ImportRun.Kind.NOTICES
