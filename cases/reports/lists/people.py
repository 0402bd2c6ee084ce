"""Lists of files: of people, of those likely made twice, and by the officer in charge."""

from collections.abc import Callable, Iterable

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Judgment, Organisation, Returnee
from cases.reports.lists.columns import Columns, day_column, number_column, text_column, who

STATUS_WORDS = {
    "managed": gettext_lazy("Managed"),
    "not_presented": gettext_lazy("Not presented"),
    "closed": gettext_lazy("Closed file"),
    "waiting": gettext_lazy("Not home yet"),
}
LIKE_WORDS = {
    "number": gettext_lazy("Identity number"),
    "name": gettext_lazy("Full name"),
    "name_alike": gettext_lazy("Full name nearly the same"),
    "nickname": gettext_lazy("Other names"),
    "born": gettext_lazy("Born"),
    "birth_year": gettext_lazy("Birth year"),
    "hamlet": gettext_lazy("Hamlet"),
    "phone": gettext_lazy("Phone"),
}


def file_columns() -> Columns:
    """The columns of `file_header.file_standings`, of people `with_judgments`."""
    return Columns(
        text_column(_("File number"), lambda row: row.person.file_number),
        *who(lambda row: row.person),
        text_column(_("Sex"), lambda row: row.person.get_sex_display(), 8),
        text_column(_("Born"), lambda row: row.person.born, 12),
        text_column(_("Identity number"), lambda row: row.person.identity_number or row.person.old_identity_number, 15),
        text_column(_("Subject type"), lambda row: row.person.get_subject_type_display(), 22),
        day_column(_("Completed on"), lambda row: row.person.completed_on),
        day_column(_("Presented on"), lambda row: row.person.presented_on),
        number_column(_("Judgments on file"), lambda row: len(row.person.judgments_kept)),
        text_column(_("Status"), lambda row: STATUS_WORDS[row.standing.status]),
        day_column(_("Last individual contact"), lambda row: row.person.last_contact_on),
        number_column(_("Days not met individually"), lambda row: row.standing.silent_days),
        text_column(_("Officer in charge"), lambda row: row.person.lead_name or "", 22),
        text_column(_("Phone"), lambda row: row.person.phone, 14),
    )


def with_judgments(people: QuerySet[Returnee]) -> QuerySet[Returnee]:
    """How many judgments each person has on file is read with them; what for stands in no list."""
    kept = Judgment.objects.kept().only("pk", "returnee")
    return people.prefetch_related(Prefetch("judgments", kept, to_attr="judgments_kept"))


def force_columns(forces: Iterable[Organisation]) -> Columns:
    """The columns of rows of `force_grid`: the days since each of these forces met the person last."""

    def days_since(place: int) -> Callable:
        return lambda row: row.cells[place].days if row.cells[place].met_on else None

    return Columns(
        text_column(_("File number"), lambda row: row.person.file_number),
        *who(lambda row: row.person),
        text_column(_("Officer in charge"), lambda row: row.person.lead_name or "", 22),
        number_column(_("Days not met individually"), lambda row: row.days),
        *(number_column(force.short, days_since(place)) for place, force in enumerate(forces)),
    )


def pair_columns() -> Columns:
    """The columns of pairs that may be one person."""

    def facts(title: str, of: Callable) -> list:
        return [
            text_column(f"{title}: {_('File number')}", lambda row: of(row).file_number),
            text_column(f"{title}: {_('Full name')}", lambda row: of(row).full_name, 26),
            text_column(f"{title}: {_('Born')}", lambda row: of(row).born, 12),
            text_column(f"{title}: {_('Hamlet')}", lambda row: of(row).hamlet, 20),
        ]

    return Columns(
        *facts(_("Earlier file"), lambda row: row.first),
        *facts(_("Later file"), lambda row: row.second),
        text_column(_("What agrees"), lambda row: ", ".join(str(LIKE_WORDS[each]) for each in row.look.reasons), 30),
    )


def caseload_columns() -> Columns:
    """The columns of loads of `caseload`."""
    return Columns(
        text_column(_("Officer in charge"), lambda row: row.officer.full_name, 26),
        text_column(_("Rank or position"), lambda row: row.officer.rank, 22),
        number_column(_("Cases led"), lambda row: row.now),
    )
