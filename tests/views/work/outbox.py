"""A device as the scripts of “Đi thôn” behave, without a browser: what it took along, what it wrote, what it sent."""

import json
import uuid
from dataclasses import dataclass, field

from django.db import transaction
from django.test import Client
from django.urls import reverse

from cases import actions
from cases.models import Activity, JobCheck, SentForm, Snooze

NOUN_OF_FORM = {"phone": "phone", "unkept": "missed", "paper": "paper_step", "came": "attendance"}
MADE = {"visit": Activity, "put_off": Snooze, "job": JobCheck}


@dataclass
class Entry:
    """`doubted`: it was changed after a sending whose answer was lost, so what was recorded may say something else."""

    noun: str
    said: dict
    state: str = "waiting"
    code: str = ""
    besides: str = ""
    why: list = field(default_factory=list)
    sent: bool = False
    doubted: bool = False

    @property
    def uid(self):
        return self.said["uid"]

    @property
    def people(self):
        return self.said.get("people") or self.said.get("came") or []

    def records(self):
        """How many records of the server bear its id."""
        if self.noun in MADE:
            return MADE[self.noun].objects.filter(uid=self.uid).count()
        return SentForm.objects.filter(uid=self.uid, target_type=NOUN_OF_FORM[self.noun]).count()


class Handset:
    """A device of `user`: signed in or not, with its people and its outbox."""

    def __init__(self, user):
        self.user, self.outbox, self.answered = user, [], []
        self.taken = {"people": [], "meetings": []}
        self.device = actions.device.register(user=user, label="Chrome 109 · Android")
        self.client = Client(raise_request_exception=True)
        self.sign_in()
        self.take_along()

    def sign_in(self):
        self.client.force_login(self.user)

    def expire(self):
        self.client.logout()

    def post(self, route, said):
        return self.client.post(reverse(route), said)

    def take_along(self):
        """What is read, as after a press on “take along anew”; without a sign-in that of before stays."""
        people = {pk for entry in self.outbox for pk in entry.people}
        answer = self.post("trip-people", {"device": self.device.uid, "person": sorted(people)})
        if answer.status_code == 200:
            self.taken = answer.json()
        elif not self.client.get(reverse("device-state", args=[self.device.uid])).json()["kept"]:
            self.taken = {"people": [], "meetings": []}  # wiped, the outbox is not

    @property
    def told(self):
        return json.dumps(self.taken, ensure_ascii=False)

    def write(self, noun, **said):
        self.outbox.append(Entry(noun, {"uid": str(uuid.uuid4()), **said}))

    def send(self, fate="whole"):
        """All that waits, in order. `fate` of the first: answered ("whole"), recorded and the answer lost ("deaf"), or
        the server killed while it takes it in ("killed"): then the rest is not sent either.
        """
        self.answered = []
        for entry in [entry for entry in self.outbox if entry.state == "waiting"]:
            sent = {**entry.said, "noun": entry.noun, "writer": self.user.pk, "edition": "1"}
            if fate == "killed":
                with transaction.atomic():
                    self.post("trip-entry", sent)
                    transaction.set_rollback(True)
                return
            answer = self.post("trip-entry", sent)
            if answer.status_code == 302:
                return
            entry.sent = True
            if fate == "deaf":
                return
            told = answer.json()
            entry.state, entry.why = told["state"], told.get("why", [])
            self.answered.append(entry)
            entry.code, entry.besides = told.get("code", ""), told.get("besides", "")

    def mend(self, entry, **changes):
        entry.doubted |= entry.sent and entry.state == "waiting"
        entry.said |= changes
        entry.state, entry.code, entry.why = "waiting", "", []

    def insist(self, entry):
        """“Record it all the same”, as trip-entries.js does it."""
        if entry.code == "changed":
            return self.mend(entry, before=entry.besides)
        fresh = {"uid": str(uuid.uuid4())} if entry.code == "sent_before" else {}
        entry.doubted = entry.doubted and not fresh
        return self.mend(entry, besides=entry.besides, **fresh)
