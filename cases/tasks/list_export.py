from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO

from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.importing.register import Tell
from cases.lib.optional import require
from cases.models import QueuedJob, standby
from cases.views.lists import workbook
from cases.views.lists.registry import LISTS

PART_BYTES = 1024 * 1024


def prepare(job: QueuedJob, tell: Tell) -> str:
    """Write a long list into the file that whoever asked for it may fetch."""
    asked, user = job.arguments, require(job.made_by)
    wanted = LISTS[asked["name"]]
    if not (user.may(Permission.EXPORT) and user.may(wanted.permission)):
        raise ValidationError(_("The right to take this list away has ended."))
    request = HttpRequest()
    request.user, request.GET = user, QueryDict(asked["query"])
    with TemporaryFile() as out:
        with standby.figures(standby.position()):
            rows = workbook.write(wanted, request, out, reason=asked["reason"], at=timezone.now(), tell=tell)
        out.seek(0)
        actions.job.keep_file(job=job, parts=_parts(out), rows=rows)
    return ""


def _parts(out: IO[bytes]) -> Iterator[bytes]:
    while part := out.read(PART_BYTES):
        yield part
