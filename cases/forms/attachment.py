from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.base import CaseForm
from cases.lib.photo import PhotoError, read_photo
from cases.models import Attachment, DossierPaper, PaperworkRequest

MB = 1024 * 1024
MOST_BYTES = 4 * MB
WHY = {
    "kind": _("“%(name)s” is no photograph: take a picture of the paper, as JPEG or PNG."),
    "broken": _("“%(name)s” cannot be read to its end: take the picture again."),
    "size": _("“%(name)s” is too small to read, or too large for a paper: take the picture again."),
}


class AttachmentForm(CaseForm):
    """A photograph, and which of the person's papers it shows; `paper` is the one asked for, as "paperwork-7"."""

    of = forms.ChoiceField(label=_("Which paper it shows"))
    file = forms.FileField(
        label=_("Photograph"),
        help_text=_("JPEG or PNG, at most 4 MB; a larger one is made smaller on the device before it is sent."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png", "data-photo": ""}),
    )

    class Meta(CaseForm.Meta):
        model = Attachment
        fields = ["title"]

    field_order = ("of", "file", "title")

    def __init__(self, *args, paper="", **kwargs):
        super().__init__(*args, **kwargs)
        mine = {"returnee": self.instance.returnee}
        requests = PaperworkRequest.objects.visible_to(self.user).kept().filter(**mine)
        signed = DossierPaper.objects.visible_to(self.user).kept().filter(**mine)
        self.papers = {f"paperwork-{row.pk}": row for row in requests} | {f"dossier-{row.pk}": row for row in signed}
        self.fields["of"].choices = [(key, str(row)) for key, row in self.papers.items()]
        self.initial["of"] = paper
        self.photo = None

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            words = _("“%(name)s” is larger than %(size)d MB: take the picture with fewer pixels.")
            raise ValidationError(words, params={"name": file.name[-60:], "size": MOST_BYTES // MB}, code="large")
        try:
            self.photo = read_photo(file.read())
        except PhotoError as error:
            raise ValidationError(WHY[error.why], params={"name": file.name[-60:]}, code=error.why) from None
        return file

    def clean(self):
        given = super().clean()
        paper = self.papers.get(given.get("of"))
        is_request = isinstance(paper, PaperworkRequest)
        self.instance.paperwork, self.instance.dossier_paper = (paper, None) if is_request else (None, paper)
        return given
