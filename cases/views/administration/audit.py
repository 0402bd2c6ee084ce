from django.shortcuts import render

from cases.access.permissions import Permission
from cases.forms.audit import AuditFilter
from cases.reports.administration import audit_words
from cases.views import pages
from cases.views.gate import gate
from cases.views.lists.log import rows_asked


@gate(Permission.AUDIT_VIEW)
def show_list(request):
    form = AuditFilter(request.GET, user=request.user, on=pages.today())
    page = pages.paginate(request, rows_asked(request, form))
    return render(
        request,
        "audit/list.html",
        {
            "form": form,
            "page_obj": page,
            "lines": audit_words.audit_lines(page.object_list, request.user),
            "may_open": request.user.may(Permission.CASE_VIEW),
            "may_review": request.user.may(Permission.READING_REVIEW),
        },
    )
