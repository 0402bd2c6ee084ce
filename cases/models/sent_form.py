from cases.models import fields as models


class SentForm(models.Model):
    """What a form said when it was recorded, as a digest: sent again it is known, with other content it is not taken.

    A digest, not the row: the row may have been corrected or withdrawn since.
    """

    PERSONAL = ()
    PLAIN = ("id", "uid", "target_type", "digest")

    uid = models.UUIDField()
    target_type = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["uid", "target_type"], name="sent_form_once")]

    def __str__(self):
        return f"{self.target_type} {self.uid}"
