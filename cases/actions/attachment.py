import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions import row
from cases.lib.photo import Photo
from cases.models import Attachment, Picture, Returnee, User

MOST = 60  # photographs of one person


@transaction.atomic
def attach(*, attachment: Attachment, photo: Photo, by: User) -> Attachment:
    """Keep the photograph of a paper. Raises ValidationError where so many are kept that nobody finds one any more."""
    attachment.kind, attachment.size = photo.kind.value, len(photo.content)
    attachment.width, attachment.height = photo.width, photo.height
    attachment.sha256 = hashlib.sha256(photo.content).hexdigest()
    if known := row.earlier(attachment):
        return known
    Returnee.objects.select_for_update(no_key=True).get(pk=attachment.returnee_id)
    if Attachment.objects.kept().filter(returnee=attachment.returnee_id).count() >= MOST:
        said = _("%(count)d photographs of this person are kept already: withdraw one that is not needed any more.")
        raise ValidationError(said % {"count": MOST})
    row.add(row=attachment, by=by)
    Picture.objects.create(attachment=attachment, content=photo.content)
    return attachment
