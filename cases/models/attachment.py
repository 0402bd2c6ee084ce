from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import fields as models
from cases.models.scope import CaseRowQuerySet, ScopedQuerySet
from cases.models.stamped import CaseRow


class Attachment(CaseRow):
    """A photograph of a paper, indexed to the request or to the paper of the dossier that it shows."""

    class Kind(models.TextChoices):
        JPEG = "jpeg", "JPEG"
        PNG = "png", "PNG"

    PERSONAL = ("returnee", "paperwork", "dossier_paper", "title", "sha256")
    PLAIN = ("kind", "size", "width", "height")

    returnee = models.ForeignKey("cases.Returnee", models.PROTECT, related_name="attachments")
    paperwork = models.ForeignKey(
        "cases.PaperworkRequest", models.PROTECT, null=True, editable=False, related_name="attachments"
    )
    dossier_paper = models.ForeignKey(
        "cases.DossierPaper", models.PROTECT, null=True, editable=False, related_name="attachments"
    )
    title = models.CharField(_("what is seen"), max_length=80, blank=True)
    kind = models.CharField(_("kind of picture"), max_length=4, choices=Kind.choices, editable=False)
    size = models.PositiveIntegerField(_("bytes"), editable=False)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    sha256 = models.CharField(_("fingerprint"), max_length=64, editable=False)

    objects = CaseRowQuerySet["Attachment"].as_manager()

    class Meta(CaseRow.Meta):
        ordering = ["pk"]
        constraints = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(
                name="attachment_of_one_paper",
                condition=Q(paperwork__isnull=False, dossier_paper__isnull=True)
                | Q(paperwork__isnull=True, dossier_paper__isnull=False),
            ),
        ]

    def __str__(self):
        paper = str(self.paper)
        return f"{paper}: {self.title}" if self.title else paper

    @property
    def paper(self):
        """What it shows: the request, or the paper of the dossier."""
        return self.paperwork or self.dossier_paper

    @property
    def file_name(self):
        """Under which it is handed out: it names nobody."""
        return f"giay-to-{self.pk}.{'jpg' if self.kind == self.Kind.JPEG else 'png'}"


class PictureQuerySet(ScopedQuerySet["Picture"]):
    unit_path = "attachment__returnee__unit"


class Picture(models.Model):
    """The bytes of an attachment: apart, so that no list reads them."""

    PERSONAL = ("attachment", "content")
    PLAIN = ()

    attachment = models.OneToOneField(Attachment, models.PROTECT, primary_key=True, related_name="picture")
    content = models.EncryptedBytes()

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return str(self.attachment_id)
