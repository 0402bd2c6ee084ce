import json
from datetime import date

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.management.command import HouseCommand
from cases.reports.people import custody

STATE_WORDS = {
    custody.CustodyState.HELD: "held",
    custody.CustodyState.PENDING: "pending",
    custody.CustodyState.BOUNCING: "bouncing",
    custody.CustodyState.CLOSED: "closed with reason",
}


class Command(HouseCommand):
    """Proves that every released person is held, pending, bouncing or closed with a reason, and only one of these.

    Names whoever is not by file number, never by name. Exit status 1 where there is anybody. `--on` is the day asked
    about, today where it is left out; it looks at the people as they are recorded now.
    """

    help = "Prove that every released person is in exactly one state; name whoever is not and exit with 1."

    def add_arguments(self, parser):
        parser.add_argument("--on", metavar="YYYY-MM-DD", help="the day asked about; today where it is left out")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON")

    def handle(self, *, on: str | None, as_json: bool, **options):
        proof = custody.prove(_day(on) if on else timezone.localdate())
        self.stdout.write(_as_json(proof) if as_json else "\n".join(_lines(proof)))
        if proof.found:
            message = _("%(count)d of %(total)d released people are not in exactly one state.")
            raise CommandError(message % {"count": len(proof.found), "total": proof.total})


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"--on {text}: a day is written YYYY-MM-DD.") from None


def _lines(proof: custody.Proof) -> list[str]:
    counts = ", ".join(f"{count} {STATE_WORDS[state]}" for state, count in proof.counts.items())
    return [
        f"{proof.on}: {proof.total} released; {counts}.",
        *(
            f"{found.facts.file_number}: {'; '.join(str(custody.BREACH_WORDS[one]) for one in found.breaches)}"
            for found in proof.found
        ),
    ]


def _as_json(proof: custody.Proof) -> str:
    answer = {
        "on": f"{proof.on}",
        "released": proof.total,
        "states": {state.value: count for state, count in proof.counts.items()},
        "breaches": [
            {"file_number": found.facts.file_number, "why": [breach.value for breach in found.breaches]}
            for found in proof.found
        ],
    }
    return json.dumps(answer, indent=2)
