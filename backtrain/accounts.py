"""allauth's forms and error messages in the words of this site."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.socialaccount import forms as socialaccount
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import password_validation
from django.contrib.auth.models import User
from django.contrib.sites.shortcuts import get_current_site
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backtrain import demo_accounts, invitations, one_time_codes, second_factors
from backtrain.errors import mail_not_sent
from backtrain.mail import sent

# What AUTH_PASSWORD_VALIDATORS ask for
RULES_FOR_PASSWORDS = _(
    "At least 8 characters, not only digits, not one that many people use, and not like your user"
    " name or e-mail."
)
AS_TYPED = {"autocapitalize": "none", "spellcheck": "false"}
Text = str | Promise  # in the language of the page
DIGITS = {"inputmode": "numeric", "spellcheck": "false"}


class CommonPasswordValidator(password_validation.CommonPasswordValidator):
    """Django's, which knows the demo's password too: nobody may pass for one of its accounts."""

    def __init__(self) -> None:
        super().__init__()
        self.passwords.add(demo_accounts.PASSWORD)


@dataclass(frozen=True, slots=True)
class Wording:
    """How a field is labelled and explained, and what its widget is told besides."""

    label: Text
    help: Text = ""
    attrs: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, Text] = field(default_factory=dict)


def email(label: Text = "", help: Text = "") -> Wording:
    return Wording(
        label or _("E-mail"), help, errors={"invalid": _("This is not a whole e-mail address.")}
    )


NEW_PASSWORD = Wording(_("New password"), RULES_FOR_PASSWORDS)
AGAIN = Wording(_("New password again"))


class Worded:
    """A form with wordings of its own, which names no field by a placeholder.

    The cursor waits in the first field, or in the first that has an error.
    """

    wordings: ClassVar[Mapping[str, Wording]] = {}
    waits_in_first = True
    fields: dict[str, Any]
    errors: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, wording in self.wordings.items():
            _reword(self.fields[name], wording)
        if self.waits_in_first and not args and not kwargs.get("data"):
            self._wait_in(next(iter(self.fields)))

    def full_clean(self) -> None:
        super().full_clean()  # type: ignore[misc]
        wrong = [name for name in self.fields if name in self.errors]
        if wrong:
            self._wait_in(wrong[0])

    def _wait_in(self, name: str) -> None:
        self.fields[name].widget.attrs["autofocus"] = True


def _reword(form_field: Any, wording: Wording) -> None:
    form_field.label, form_field.help_text = wording.label, wording.help
    form_field.error_messages.update({"required": _("Please fill this in."), **wording.errors})
    form_field.widget.attrs.pop("placeholder", None)
    form_field.widget.attrs.update(wording.attrs)


class LoginForm(Worded, account.LoginForm):
    wordings = {
        "login": Wording(_("User name or e-mail"), attrs={**AS_TYPED, "autocomplete": "username"}),
        "password": Wording(_("Password")),
    }


class ForInvited:
    """A form to sign up with: an invitation is for one address."""

    def clean_email(self) -> str:
        address: str = super().clean_email()  # type: ignore[misc]
        if settings.REGISTRATION == invitations.INVITED:
            invited = invitations.invited_address(context.request)
            if invited is None or invited.lower() != address.lower():
                raise ValidationError(
                    gettext("The invitation is for %(address)s.") % {"address": invited}
                )
        return address


USER_NAME = Wording(
    _("User name"),
    _("You sign in with it. Letters, digits and . + - _ @"),
    attrs=AS_TYPED,
    errors={"min_length": _("A user name has at least %(limit_value)d characters.")},
)


class SignupForm(ForInvited, Worded, account.SignupForm):
    waits_in_first = False  # the page says first what an account is for
    field_order = ["username", "email", "password1", "unit", "time_zone"]
    wordings = {
        "username": USER_NAME,
        "email": email(help=_("For a new password, should you forget yours.")),
        "password1": Wording(_("Password"), RULES_FOR_PASSWORDS),
    }


class SingleSignOnSignupForm(ForInvited, Worded, socialaccount.SignupForm):
    """Of whom the provider knows; an address that it has confirmed stays as it is."""

    field_order = ["username", "email", "unit", "time_zone"]
    wordings = {
        "username": Wording(
            _("User name"), _("Letters, digits and . + - _ @"), AS_TYPED, USER_NAME.errors
        ),
        "email": email(help=_("For mail about your account.")),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].disabled = bool(self.sociallogin.email_addresses)


class DisconnectForm(socialaccount.DisconnectForm):
    """For accounts of the provider that there is now."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        issuer = settings.SINGLE_SIGN_ON["issuer"]
        self.accounts = SocialAccount.objects.filter(user=self.request.user, provider=issuer)
        self.fields["account"].queryset = self.accounts


class AddEmailForm(Worded, account.AddEmailForm):
    waits_in_first = False
    wordings = {
        "email": email(_("Another address"), _("We send a link there, to see that it is yours."))
    }


class ChangePasswordForm(Worded, account.ChangePasswordForm):
    wordings = {
        "oldpassword": Wording(_("Current password")),
        "password1": NEW_PASSWORD,
        "password2": AGAIN,
    }


class SetPasswordForm(Worded, account.SetPasswordForm):
    wordings = {"password1": NEW_PASSWORD, "password2": AGAIN}


class ResetPasswordForm(Worded, account.ResetPasswordForm):
    wordings = {"email": email(help=_("The one that your account has."))}


class ResetPasswordKeyForm(Worded, account.ResetPasswordKeyForm):
    wordings = {"password1": NEW_PASSWORD, "password2": AGAIN}


class ReauthenticateForm(Worded, account.ReauthenticateForm):
    wordings = {"password": Wording(_("Password"))}


CODE = Wording(
    _("Code"),
    _("Six digits from your authenticator app, or one of your recovery codes."),
    attrs=DIGITS,
)


class GoodOnce:
    """A form for a code, which takes each code of an app once."""

    authenticator: Authenticator

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        is_of_app = self.authenticator.type == Authenticator.Type.TOTP
        if is_of_app and not one_time_codes.use_up(self.authenticator, code):
            raise MFAAdapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(GoodOnce, Worded, mfa.AuthenticateForm):
    wordings = {"code": CODE}


class ReauthenticateByCodeForm(GoodOnce, Worded, mfa.ReauthenticateForm):
    wordings = {"code": CODE}


class ActivateTOTPForm(Worded, totp.ActivateTOTPForm):
    waits_in_first = False  # the picture to scan stands above
    wordings = {
        "code": Wording(
            _("Code that the app shows"), _("Six digits; they change every 30 seconds."), DIGITS
        )
    }


LINK_SENT = "account/messages/email_confirmation_sent.txt"
LINK_NOT_SENT = "account/messages/email_confirmation_not_sent.txt"
ONLY_MAIL = {"account/email/password_reset_key", "account/email/unknown_account"}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is switched off."),
        "cannot_remove_primary_email": _("This is your main address. Make another the main one."),
        "duplicate_email": _("Your account has this address already."),
        "email_password_mismatch": _("No account has this e-mail with this password."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_code": _("This code does not fit. Codes change, so try the one shown now."),
        "incorrect_password": _("This is not your password."),
        "invalid_login": _("This can’t be used to sign in."),
        "invalid_password_reset": _("This link can’t be used any more."),
        "max_email_addresses": _("An account has at most %d addresses."),
        "too_many_login_attempts": _("Too many tries. Wait a few minutes, then try again."),
        "unverified_primary_email": _("Confirm this address before you make it the main one."),
        "username_blacklisted": _("This user name is kept free. Choose another."),
        "username_password_mismatch": _("No account has this user name with this password."),
        "username_taken": _("Someone has this user name already. Choose another."),
        "rate_limited": _("Too many tries. Wait a few minutes, then try again."),
    }

    def is_open_for_signup(self, request: Any) -> bool:
        if settings.REGISTRATION == invitations.INVITED:
            return invitations.invited_address(request) is not None
        return bool(settings.REGISTRATION == invitations.OPEN)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """As allauth does, but whoever asked is told where that can't be done now.

        A mail about a password is all that was asked for, so its page is an error then; what else
        there was to do (sign up, add an address) is done, and the link can be sent again.
        """
        request = self.request
        site = get_current_site(request)
        context = {"request": request, "email": email, "current_site": site, **context}
        if sent(self.render_mail(template_prefix, email, context)):
            return
        if template_prefix in ONLY_MAIL:
            raise ImmediateHttpResponse(mail_not_sent(request))
        request.mail_not_sent = True

    def send_confirmation_mail(self, request: Any, emailconfirmation: Any, signup: bool) -> None:
        """Whoever has confirmed the address for another account is told of that one instead."""
        address = emailconfirmation.email_address
        if address.can_set_verified():
            super().send_confirmation_mail(request, emailconfirmation, signup)
        else:
            self.send_account_already_exists_mail(address.email)

    def add_message(
        self, request: Any, level: int, message_template: str | None = None, *args: Any, **kw: Any
    ) -> None:
        """No message says that a mail was sent which was not."""
        if message_template == LINK_SENT and getattr(request, "mail_not_sent", False):
            level, message_template = messages.WARNING, LINK_NOT_SENT
        super().add_message(request, level, message_template, *args, **kw)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": gettext("Use your password"),
            "mfa_reauthenticate": gettext("Use a code"),
        }
        methods = super().get_reauthentication_methods(user)
        return [{**method, "description": words[method["id"]]} for method in methods]


class MFAAdapter(DefaultMFAAdapter):
    encrypt = staticmethod(second_factors.encrypt)
    decrypt = staticmethod(second_factors.decrypt)
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": _("Switch two-factor sign-in off before you add an address."),
        "cannot_delete_authenticator": _("Two-factor sign-in can’t be switched off."),
        "cannot_generate_recovery_codes": _("Recovery codes come with two-factor sign-in."),
        "incorrect_code": _("This code does not fit. Codes change, so try the one shown now."),
        "unverified_email": _(
            "Confirm your e-mail first: it is the way back if you lose your phone."
        ),
    }


class AddressTaken(Exception):
    """Another account has confirmed this address."""


@transaction.atomic
def confirm_address(user: User) -> EmailAddress | None:
    """Take an account's main address for confirmed, because someone who may say so does.

    None where the account has no address. Raises ``AddressTaken``.
    """
    if not user.email:
        return None
    address = EmailAddress.objects.filter(user=user, email__iexact=user.email).first()
    address = address or EmailAddress(user=user, email=user.email.lower())
    if not address.can_set_verified():
        raise AddressTaken(f"Another account has confirmed {address}.")
    address.verified = True
    address.save()
    address.set_as_primary()
    return address
