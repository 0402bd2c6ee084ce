from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.core.cache import cache
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from cases import actions
from cases.actions import audit
from cases.models import User
from cases.reports.administration import accounts
from cases.views.secret_box import open_box

CODE_EVENTS = {
    "mfa/email/totp_activated": "user.code_switched_on",
    "mfa/email/totp_deactivated": "user.code_switched_off",
    "mfa/email/recovery_codes_generated": "user.recovery_codes_made",
}
TOLD_SECONDS = 5 * 60
CODES = "cases.mfa"  # the box of second factors


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in without sign-up; the audit table sees who came and who was turned away."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _(
            "The user name or the password is not right. Check both, or ask the administrator."
        ),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes, then try again or ask the administrator."),
        "incorrect_password": _("The password is not right."),
        "enter_current_password": _("Type the password in use so far."),
        "incorrect_code": _("The code is not right. Type the one the app shows now, or a recovery code not used yet."),
        "rate_limited": _("Too many attempts. Wait a few minutes, then try again."),
        "same_as_current": _("Choose another password than the one in use so far."),
    }

    def is_open_for_signup(self, request):
        return False

    def pre_login(self, request, user, **kwargs):
        """A right password is not enough where it is that of a slip used before, or older than 72 hours."""
        refused = super().pre_login(request, user, **kwargs)
        if refused is None and not user.may_sign_in(timezone.now()):
            clear_login(request)
            self._tell(request, user.username, verb="user.sign_in_failed")
            return render(request, "account/slip_ended.html", status=403)
        return refused

    def post_login(self, request, user, **kwargs):
        actions.user.record_sign_in(user=user)
        request.session.pop("seen", None)
        return super().post_login(request, user, **kwargs)

    def logout(self, request):
        if request.user.is_authenticated:
            audit.record(by=request.user, verb="user.signed_out", target=request.user)
        super().logout(request)

    def pre_authenticate(self, request, **credentials):
        """Guessing is slowed by the name tried from one address, and by the name from everywhere.

        No limit holds for an address alone: a whole commune may stand behind one, and a right password is let in.
        """
        name = self._get_login_attempts_cache_key(request, **credentials)
        keys = {"login_failed": f"{name} {audit.get_origin().address}", "login_failed_anywhere": name}
        usage = []
        for action, key in keys.items():
            counted = ratelimit.consume(request, app="allauth.account", action=action, key=key)
            if counted is None:
                self._tell_locked(request, credentials, key)
                raise self.validation_error("too_many_login_attempts")
            usage += counted.usage
        self._login_failed_rl_usage = ratelimit.RateLimitUsage(usage)

    def _tell_locked(self, request, credentials, key):
        """One line in the log for each lock, however often it is run against."""
        if self._is_new("locked", key):
            self._tell(request, credentials.get("username", ""), verb="user.locked_out")

    def _tell(self, request, username, *, verb):
        """A line in the log for whoever was turned away, as long as nobody fills it from outside.

        Names of no account are listed up to a number from one address and from everywhere, so that what is guessed at
        an account cannot hide behind them; that there were more is one line.
        """
        tried = User(username=str(username)[:40])
        tried.full_name = tried.username
        address = str(audit.get_origin().address)
        if accounts.is_account(tried.username):
            keys = {"listed": f"{tried.username} {address}", "listed_anywhere": tried.username}
        else:
            keys = {"nobody_listed": address, "nobody_listed_anywhere": "everywhere"}
        for action, key in keys.items():
            if ratelimit.consume(request, app="allauth.account", action=action, key=key) is None:
                if self._is_new("unlisted", f"{action} {key}"):
                    audit.record(by=None, verb="user.sign_ins_unlisted", target=tried)
                return
        audit.record(by=None, verb=verb, target=tried)

    def _is_new(self, what, key):
        digest = salted_hmac("cases.lockout", key, algorithm="sha256").hexdigest()
        return cache.add(f"told-{what}:{digest}", True, TOLD_SECONDS)

    def authentication_failed(self, request, **credentials):
        self._tell(request, credentials.get("username", ""), verb="user.sign_in_failed")

    def respond_user_inactive(self, request, user):
        self._tell(request, user.username, verb="user.sign_in_failed")
        return render(request, "account/account_inactive.html", status=403)

    def clean_password(self, password, user=None):
        if user is not None and user.check_password(password):
            raise self.validation_error("same_as_current")
        return super().clean_password(password, user)

    def set_password(self, user, password):
        user.must_change_password = False
        super().set_password(user, password)
        actions.user.keep_password(user=user)  # the page lets its own sign-in go on

    def get_password_change_redirect_url(self, request):
        return reverse(settings.LOGIN_REDIRECT_URL)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """Nobody has an e-mail address here: what allauth would write about a second factor goes to the log."""
        if verb := CODE_EVENTS.get(template_prefix):
            actions.user.keep_code(user=user, verb=verb)
            update_session_auth_hash(self.request, user)

    def add_message(self, request, level, message_template=None, message_context=None, extra_tags="", message=None):
        """The pages say themselves what happened; allauth's own English sentences stay out."""


class MFAAdapter(DefaultMFAAdapter):
    """Second factors; their secrets are encrypted at rest with a key derived from SECRET_KEY or its fallbacks."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def encrypt(self, text):
        return open_box(CODES).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return open_box(CODES).decrypt(encrypted_text.encode()).decode()
