from django.utils.translation import gettext_lazy as _

from cases.models import fields as models

FOLDER_LENGTH = 500


class Backup(models.Model):
    """A copy of the database that was made to its end; of one that failed there is no row."""

    PERSONAL = ()
    PLAIN = ("id", "name", "folder", "made_at", "seconds", "size", "people", "is_verified")

    name = models.CharField(_("file"), max_length=120)
    folder = models.CharField(
        max_length=FOLDER_LENGTH, blank=True, default=""
    )  # where it was put; may not be there any more
    made_at = models.DateTimeField(_("made at"))
    seconds = models.PositiveIntegerField()
    size = models.PositiveBigIntegerField(_("size"))
    people = models.PositiveIntegerField()
    is_verified = models.BooleanField(_("restored for a trial"))

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return self.name
