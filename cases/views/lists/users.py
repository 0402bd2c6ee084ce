from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.access.permissions import Permission
from cases.forms.user import UserFilter
from cases.models import User
from cases.reports.administration import accounts
from cases.reports.lists.users import user_columns
from cases.views import pages
from cases.views.lists.workbook import List, one_sheet


def rows_asked(request, form):
    """The accounts the list shows, as it is filtered."""
    return form.narrow(User.objects.visible_to(request.user))


def _users(request):
    on = pages.today()
    rows = rows_asked(request, UserFilter(request.GET, user=request.user, on=on))
    return one_sheet(request, _("Users"), user_columns(), accounts.roster(rows, on))


USERS = List("users", gettext_lazy("Users"), "user-list", Permission.USER_MANAGE, "tai-khoan", _users)
