"""The site with two kinds of pages beside it to compare with: an empty one, and the lists of Django's own admin."""

from django.contrib import admin
from django.shortcuts import render
from django.urls import include, path

from cases import models


def show_empty(request):
    """Everything that stands around a page, and nothing on it."""
    return render(request, "base.html")


class OpenSite(admin.AdminSite):
    """Whoever is signed in may look: only the measuring knows the addresses."""

    def has_permission(self, request):
        return request.user.is_authenticated


class RowList(admin.ModelAdmin):
    def has_module_permission(self, request):
        return True

    has_view_permission = has_change_permission = lambda self, request, obj=None: True
    has_add_permission = has_delete_permission = lambda self, request, obj=None: False


COLUMNS = {  # model: columns, words to search in, relations read with the rows
    models.Returnee: (("file_number", "full_name", "unit", "completed_on"), ("search_text",), ("unit",)),
    models.GroupMeeting: (("on", "topic", "unit"), (), ("unit",)),
    models.PaperworkRequest: (("returnee", "kind", "needed_on"), (), ("returnee",)),
    models.AuditEvent: (("at", "actor", "verb"), (), False),
    models.User: (("username", "full_name"), ("search_text",), False),
}
site = OpenSite(name="admin")
for model, (shown, searched, joined) in COLUMNS.items():
    columns = {"list_display": shown, "search_fields": searched, "list_select_related": joined}
    site.register(model, type(f"{model.__name__}List", (RowList,), columns))

urlpatterns = [
    path("bench/empty/", show_empty, name="bench-empty"),
    path("bench/admin/", site.urls),
    path("", include("reintegration.urls")),
]
