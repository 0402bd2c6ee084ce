"""Who is signed in: accounts found in the data, by whom their units hold."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from cases.access import roles
from cases.models import Posting, Returnee, Unit, User

ORDINARY = 52  # people under care in a median commune of the country
EXPORTED = 20_000  # rows of a large export
KNOWN = (Unit.Kind.PROVINCE, Unit.Kind.DISTRICT, Unit.Kind.CLUSTER, Unit.Kind.COMMUNE)


@dataclass(frozen=True)
class BenchAccount:
    """A user, and the person whose case file they open; `held` people are on file under the user."""

    user: User
    person: int | None
    held: int


def find_accounts(on: date) -> dict[str, BenchAccount]:
    """By what each stands for; whoever the data does not have is left out."""
    care, files = people_by_unit(on), Counter(dict(count(Returnee.objects.kept())))
    postings = Posting.objects.on(on).filter(user__is_active=True, user__must_change_password=False)
    found = {
        "officer": at_commune(postings.filter(role__in=roles.roles_that(roles.takes_people)), care, on, ordinary=True),
        "chief": at_commune(postings.filter(role__in=roles.roles_that(roles.is_chief)), care, on, ordinary=False),
        "administrator": first(postings.filter(role__in=roles.roles_that(roles.manages_users))),
        **above(postings.exclude(role__in=roles.roles_that(roles.manages_users)), files, on),
    }
    return {name: account for name, account in found.items() if account}


def people_by_unit(on: date) -> dict[int, int]:
    return dict(count(Returnee.objects.kept().managed(on)))


def count(people: QuerySet[Returnee]) -> QuerySet:
    return people.order_by().values_list("unit").annotate(Count("pk"))


def at_commune(postings: QuerySet[Posting], care: dict[int, int], on: date, *, ordinary: bool) -> BenchAccount | None:
    """At the commune nearest to an ordinary one, or at the largest."""
    staffed = set(postings.filter(unit__in=care).order_by().values_list("unit", flat=True))
    if not staffed:
        return None
    chosen = min(staffed, key=lambda pk: (abs(care[pk] - ORDINARY) if ordinary else -care[pk], pk))
    return account(postings.filter(unit=chosen).order_by("pk").first(), care[chosen], on)


def above(postings: QuerySet[Posting], files: Counter, on: date) -> dict[str, BenchAccount | None]:
    """Reviewers, the units told apart by how many people are on file under them."""
    paths = dict(Unit.objects.filter(pk__in=files).values_list("pk", "path"))
    reviewed = postings.exclude(unit__kind=Unit.Kind.COMMUNE).select_related("unit").order_by("unit", "pk")
    held = {
        posting: sum(number for pk, number in files.items() if paths[pk].startswith(posting.unit.path))
        for posting in reviewed.distinct()
    }
    of = {kind: sorted((each for each in held if each.unit.kind == kind), key=lambda one: held[one]) for kind in KNOWN}
    provinces, clusters = of[Unit.Kind.PROVINCE], of[Unit.Kind.CLUSTER]
    nation = [posting for posting in held if posting.unit.kind not in KNOWN]
    chosen = {
        "cluster": clusters[-1:],
        "province-median": provinces[len(provinces) // 2 :][:1],
        "province-largest": provinces[-1:],
        "province-export": sorted(provinces, key=lambda one: abs(held[one] - EXPORTED))[:1],
        "nation": nation[:1],
    }
    return {name: account(those[0], held[those[0]], on) for name, those in chosen.items() if those}


def first(postings: QuerySet[Posting]) -> BenchAccount | None:
    found = postings.order_by("pk").first()
    return BenchAccount(found.user, None, 0) if found else None


def account(posting: Posting, held: int, on: date) -> BenchAccount:
    people = Returnee.objects.visible_to(posting.user).managed(on).order_by("pk")
    return BenchAccount(posting.user, people.values_list("pk", flat=True).first(), held)
