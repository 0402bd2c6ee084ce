"""What the grid of the forces is narrowed by."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cases.models import Organisation, Returnee


class ForceGridForm(forms.Form):
    """A hamlet, in a commune; a force, by which it is sorted then. A wrong value asks for nothing."""

    hamlet = forms.ChoiceField(label=_("Hamlet"), required=False)
    force = forms.ModelChoiceField(
        label=_("Force"), queryset=Organisation.objects.none(), required=False, empty_label=_("All")
    )

    def __init__(self, data, *, user, on):
        super().__init__(data)
        self.fields["force"].queryset = Organisation.objects.visible_to(user).on(on)
        if not user.unit.is_commune:
            del self.fields["hamlet"]
            return
        hamlets = Returnee.objects.visible_to(user).kept().managed(on).exclude(hamlet="").order_by("hamlet")
        names = hamlets.values_list("hamlet", flat=True).distinct()
        self.fields["hamlet"].choices = [("", _("All")), *((name, name) for name in names)]

    @cached_property
    def chosen(self):
        """The hamlet and the force asked for, None where none is."""
        self.full_clean()
        return self.cleaned_data.get("hamlet") or None, self.cleaned_data.get("force")
