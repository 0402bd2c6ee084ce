from datetime import date, timedelta

from django.db import transaction

from cases.actions import row
from cases.models import PersonalTask, Returnee, User


@transaction.atomic
def add(*, task: PersonalTask, by: User, vouched: bool = False) -> PersonalTask:
    """Note what the user means to do by a day."""
    task.owner, task.first_on = by, task.due_on
    return row.add(row=task, by=by, vouched=vouched)


@transaction.atomic
def ask(*, person: Returnee, of: User, text: str, on: date, within: timedelta, by: User) -> PersonalTask | None:
    """Ask somebody to do something about a person, `within` so long; once a week of each person, then None."""
    Returnee.objects.select_for_update(no_key=True).get(pk=person.pk)
    monday = on - timedelta(days=on.weekday())
    if PersonalTask.objects.asked_by(by).filter(returnee=person, first_on__gte=monday).exists():
        return None
    task = PersonalTask(returnee=person, owner=of, text=text, first_on=on, due_on=on + within)
    return row.add(row=task, by=by)


@transaction.atomic
def correct(*, task: PersonalTask, by: User, vouched: bool = False) -> PersonalTask:
    """Change the words, the day or how often it comes again; from another day on it is counted anew."""
    if PersonalTask.objects.get(pk=task.pk).due_on != task.due_on:
        task.first_on = task.due_on
    return row.correct(row=task, by=by, vouched=vouched)


@transaction.atomic
def finish(*, task: PersonalTask, on: date, by: User) -> PersonalTask | None:
    """It is done on `on`; what comes again stands for its next day, and is returned. Done once, it stays done."""
    stored = PersonalTask.objects.select_for_update(no_key=True, of=("self",)).get(pk=task.pk)
    if stored.done_on:
        return None
    task.done_on = on
    row.correct(row=task, by=by, verb="personaltask.done")
    due_on = task.next_due(on)
    if due_on is None:
        return None
    again = PersonalTask(returnee=task.returnee, text=task.text, every=task.every, due_on=due_on)
    again.owner, again.first_on = task.owner, task.first_on
    return row.add(row=again, by=by)
