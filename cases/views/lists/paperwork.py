from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.access.permissions import Permission
from cases.forms.paperwork import PaperworkFilter
from cases.models import PaperworkRequest, Returnee
from cases.reports.lists.paperwork import paper_columns
from cases.views import pages
from cases.views.lists.workbook import CHUNK, List, one_sheet


def rows_asked(request, form):
    """The papers the list shows, as it is filtered."""
    people = Returnee.objects.visible_to(request.user).kept().open(form.on)
    papers = form.apply(PaperworkRequest.objects.visible_to(request.user).kept()).select_related("returnee__unit")
    return papers.filter(returnee__in=people.search(form.cleaned_data.get("words", "")))


def _paperwork(request):
    form = PaperworkFilter(request.GET, user=request.user, on=pages.today())
    rows = rows_asked(request, form).iterator(chunk_size=CHUNK)
    return one_sheet(request, _("Paperwork"), paper_columns(pages.today()), rows)


PAPERWORK = List("paperwork", gettext_lazy("Paperwork"), "paperwork-list", Permission.CASE_VIEW, "thu-tuc", _paperwork)
