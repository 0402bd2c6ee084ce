"""People to choose from a scope of any size: those chosen, those looked for, and as many others as a page holds."""

from django.forms.utils import ErrorDict

from cases.lib.numbers import parse_key
from cases.reports.people import search

OFFERED = 100  # people offered on one page
LOOK, WORDS = "find", "find_words"  # the button that looks for somebody, and the box beside it


def is_looking(data):
    """Whether the form was sent only to find somebody to choose."""
    return LOOK in (data or ())


class PickerMixin:
    """A form that offers people; `find` sends it back with whoever was looked for among them, and judges nothing.

    A page that offers everybody there is (`is_cut` false) needs no such search: the script narrows what stands on it.
    """

    is_cut = False
    found_nobody = False

    def is_valid(self):
        if not is_looking(self.data):
            return super().is_valid()
        self._errors, self.cleaned_data = ErrorDict(), {}
        return False

    @property
    def is_looking(self):
        return is_looking(self.data)

    @property
    def words(self):
        return self.data.get(WORDS, "")[:80].strip() if self.is_bound else ""

    def chosen(self, name):
        """The ids ticked, as sent or as the form begins; what is no number is left to the field's own error."""
        ticked = (str(getattr(value, "pk", value)) for value in self[name].value() or ())
        return {key for value in ticked if (key := parse_key(value)) is not None}

    def first_of(self, people, chosen):
        """Ids of those who stand first: the chosen, and whoever was looked for."""
        if not (self.is_looking and self.words):
            return chosen
        found = {person.pk for person in search.find_for(self.words, people, self.user)[: search.AT_MOST]}
        self.found_nobody = not found
        return chosen | found

    def offer(self, name, people=None):
        """Rows of the queryset of a field, or of `people`: whom the page offers."""
        people = self.fields[name].queryset if people is None else people
        first = self.first_of(people, self.chosen(name))
        room = max(OFFERED - len(first), 0)
        others = list(people.exclude(pk__in=first)[: room + 1])
        self.is_cut = len(others) > room
        return [*people.filter(pk__in=first), *others[:room]]
