from allauth.account import views as account
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    # Sign-in: only these pages of allauth are open; there is no sign-up
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("password/", account.password_change, name="account_change_password"),
    path("password/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("second-factor/", include("allauth.mfa.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    # The work
    path("", include("cases.urls")),
]

handler500 = "cases.views.busy.server_error"
