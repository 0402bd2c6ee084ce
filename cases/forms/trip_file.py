from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.base import HouseForm
from cases.importing import trip_file


class TripFileForm(HouseForm):
    """What a device could not send, as a file."""

    file = forms.FileField(
        label=_("File of the device"),
        help_text=_("Saved there under “Field trip”; its name ends in .txt."),
        widget=forms.FileInput(attrs={"accept": ".txt"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > trip_file.MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 5 MB: it is no file of “Field trip”."))
        try:
            self.edition, self.parcels = trip_file.read(file.read())
        except trip_file.TripFileError as error:
            raise forms.ValidationError(str(error)) from None
        return file
