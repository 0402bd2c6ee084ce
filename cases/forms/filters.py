"""The filters above lists."""

from datetime import timedelta

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Returnee, User
from cases.reports.people import search

STATUSES = [
    ("managed", _("Managed")),
    ("not_presented", _("Not presented")),
    ("closed", _("Closed files")),
    ("all", _("All, closed ones too")),
]
SILENT = [(30, _("30 days or more")), (60, _("60 days or more")), (90, _("90 days or more"))]
FOR_HELPERS = ("q",)
OF_A_COMMUNE = ("hamlet", "lead")  # names of one commune: of a province they are thousands, and its hamlets share names


class ReturneeFilter(django_filters.FilterSet):
    """The list of files. Without a status it holds the open files; a search by words looks at the closed ones too.

    Hamlet and officer can be asked for in a commune alone.
    """

    q = django_filters.CharFilter(label=_("Name, number or phone"), method="by_words", max_length=80)
    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=STATUSES, method="by_status", empty_label=_("Open files")
    )
    hamlet = django_filters.ChoiceFilter(label=_("Hamlet"), field_name="hamlet", empty_label=_("All"))
    lead = django_filters.ModelChoiceFilter(
        label=_("Officer in charge"),
        queryset=User.objects.none(),
        field_name="lead_id",
        method="by_lead",
        empty_label=_("All"),
    )
    group = django_filters.ChoiceFilter(
        label=_("Group"), choices=[(letter, letter) for letter in "ABCD"], method="by_group", empty_label=_("All")
    )
    silent = django_filters.ChoiceFilter(
        label=_("Not met individually for"), choices=SILENT, method="by_silence", empty_label=_("Any time")
    )
    subject_type = django_filters.ChoiceFilter(
        label=_("Subject type"), choices=Returnee.SubjectType.choices, empty_label=_("All")
    )

    class Meta:
        model = Returnee
        fields = []

    def __init__(self, data, queryset, *, user, on):
        super().__init__(data, queryset)
        self.user, self.on = user, on
        if user.is_helper:
            self.filters = {name: found for name, found in self.filters.items() if name in FOR_HELPERS}
            return
        if not user.unit.is_commune:
            self.filters = {name: found for name, found in self.filters.items() if name not in OF_A_COMMUNE}
            return
        hamlets = Returnee.objects.visible_to(user).kept().exclude(hamlet="").order_by("hamlet")
        self.filters["hamlet"].extra["choices"] = [
            (name, name) for name in hamlets.values_list("hamlet", flat=True).distinct()
        ]
        self.filters["lead"].queryset = User.objects.colleagues_of(user)

    @property
    def is_narrowed(self):
        """Whether anything but the words is chosen."""
        return any(self.data.get(name) for name in self.filters if name != "q")

    def filter_queryset(self, queryset):
        found = super().filter_queryset(queryset)
        chosen = self.form.cleaned_data
        return found if chosen.get("status") or chosen.get("q") else found.open(self.on)

    def by_words(self, queryset, name, value):
        return search.find_for(value, queryset, self.user)

    def by_status(self, queryset, name, value):
        if value == "closed":
            return queryset.filter(closed_on__lte=self.on)
        if value == "all":
            return queryset
        return queryset.managed(self.on) if value == "managed" else queryset.not_presented(self.on)

    def by_lead(self, queryset, name, value):
        return queryset.filter(lead_id=value.pk)

    def by_group(self, queryset, name, value):
        return queryset.filter(group=value)

    def by_silence(self, queryset, name, value):
        """Whoever was never met counts from the presenting day."""
        until = self.on - timedelta(days=int(value))
        silent = Q(last_contact_on__lte=until) | Q(last_contact_on__isnull=True, presented_on__lte=until)
        return queryset.managed(self.on).filter(silent)
