"""allauth's forms in our words: joining, signing in, choosing a password, typing a code."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp import forms as app
from django import forms
from django.utils.translation import gettext_lazy as _

from community.people.names import LONGEST


class OurWords(forms.Form):
    """Fields called as our pages call them, whatever allauth does; a label stands above, so none is repeated inside."""

    words = {
        "login": _("E-mail or name"),
        "email": _("E-mail address"),
        "username": _("Name"),
        "password": _("Password"),
        "remember": _("Stay signed in here"),
        "oldpassword": _("Password so far"),
        "code": _("Code"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.words.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)


class NewPassword(OurWords):
    """A password that is chosen, and typed once more."""

    words = {**OurWords.words, "password1": _("New password"), "password2": _("New password, again")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = _("At least 10 characters.")


class JoinForm(OurWords, account.SignupForm):
    """An address, a name, and a password only for those who want one."""

    words = {**OurWords.words, "password1": _("Password (if you want one)")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email, name, password = (self.fields[field] for field in ("email", "username", "password1"))
        email.help_text = _("We send you a code to it. Nobody else sees it.")
        name.help_text = _("One word, beside what you write. It need not be your real one.")
        name.widget.attrs["maxlength"] = LONGEST
        password.help_text = _("At least 10 characters. Without one you sign in with a code by e-mail or a passkey.")


class SignInForm(OurWords, account.LoginForm):
    """An address or a name, and the password."""


class AddressForm(OurWords, account.AddEmailForm):
    """Another address for an account."""


class SignInCodeForm(OurWords, account.RequestLoginCodeForm):
    """Where the code to sign in goes."""


class SignInWithCodeForm(OurWords, account.ConfirmLoginCodeForm):
    """The code that came by mail, to sign in."""


class ConfirmAddressForm(OurWords, account.ConfirmEmailVerificationCodeForm):
    """The code that came by mail, to prove an address."""


class CorrectAddressForm(OurWords, account.ChangeEmailForm):
    """Another address, by somebody who has not proved the first."""


class OnceMoreForm(OurWords, account.ReauthenticateForm):
    """The password once more, before something that matters."""


class ChangePasswordForm(NewPassword, account.ChangePasswordForm):
    """Another password, by somebody who knows the one so far."""


class SetPasswordForm(NewPassword, account.SetPasswordForm):
    """A first password, by somebody who signs in with codes."""


class ForgottenPasswordForm(OurWords, account.ResetPasswordForm):
    """Where the code for a new password goes."""


class ForgottenPasswordCodeForm(OurWords, account.ConfirmPasswordResetCodeForm):
    """The code that came by mail, to choose a new password."""


class ReplacePasswordForm(NewPassword, account.ResetPasswordKeyForm):
    """A new password, by somebody who forgot the one so far."""


class AppForm(OurWords, app.ActivateTOTPForm):
    """The first code of an app, which proves that it holds the key."""


class SecondStepForm(OurWords, second_step.AuthenticateForm):
    """A code of the app, or one of the spare ones."""


class SecondStepOnceMoreForm(OurWords, second_step.ReauthenticateForm):
    """The same, before something that matters."""
