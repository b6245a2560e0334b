"""What the mails about an account say: codes, and changes that its owner should know of."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class AccountLetter:
    """One mail: its subject, its sentences, and the button's words when it has an address to open.

    What `is_change` happened to the account: its owner is told in the tray and on their devices, too.
    """

    subject: Any
    opening: Any
    closing: Any = ""
    button: Any = ""
    url_name: str = ""
    is_secret: bool = False
    is_change: bool = False


NOT_YOU = _("If this was not you, you can ignore this mail. Nothing has changed.")
NOT_YOU_CHANGED = _("If this was not you, sign in now, change your password and end all sessions in your settings.")


def _code(subject: Any, opening: Any) -> AccountLetter:
    return AccountLetter(subject, opening, NOT_YOU, is_secret=True)


def _change(subject: Any, opening: Any) -> AccountLetter:
    button = _("Open my settings")
    return AccountLetter(subject, opening, NOT_YOU_CHANGED, button, "usersessions_list", is_change=True)


LETTERS: dict[str, AccountLetter] = {
    "account/email/login_code": _code(_("Your sign-in code"), _("Enter this code in the window where you sign in:")),
    "account/email/email_confirmation": _code(_("Confirm your address"), _("Enter this code to confirm your address:")),
    "account/email/email_confirmation_signup": _code(
        _("Welcome! Confirm your address"), _("Good to have you here. Enter this code to confirm your address:")
    ),
    "account/email/password_reset_code": _code(
        _("A new password"), _("Enter this code in the window where you asked for a new password:")
    ),
    "account/email/unknown_account": AccountLetter(
        _("There is no account with this address"),
        _("Somebody, perhaps you, tried to sign in with this address, but nobody has an account with it yet."),
        NOT_YOU,
        _("Create an account"),
        "account_signup",
    ),
    "account/email/account_already_exists": AccountLetter(
        _("You already have an account"),
        _("Somebody, perhaps you, tried to sign up with this address. You already have an account with it."),
        NOT_YOU,
        _("Sign in"),
        "account_login",
    ),
    "account/email/password_changed": _change(_("Your password was changed"), _("Your password was changed.")),
    "account/email/password_set": _change(_("Your account has a password"), _("A password was set for your account.")),
    "account/email/password_reset": _change(_("Your password was changed"), _("You have a new password.")),
    "account/email/email_changed": _change(
        _("Your address was changed"), _("Your account is now reached at another address.")
    ),
    "account/email/email_confirm": _change(_("Address confirmed"), _("The address of your account is confirmed.")),
    "account/email/email_deleted": _change(_("Address removed"), _("An address was removed from your account.")),
    "mfa/email/totp_activated": _change(
        _("Second step turned on"), _("Signing in now also asks for a code from your app.")
    ),
    "mfa/email/totp_deactivated": _change(
        _("Second step turned off"), _("Signing in no longer asks for a code from your app.")
    ),
    "mfa/email/recovery_codes_generated": _change(
        _("New recovery codes"), _("You have new recovery codes. The old ones no longer work.")
    ),
    "mfa/email/webauthn_added": _change(_("Passkey added"), _("A passkey was added to your account.")),
    "mfa/email/webauthn_removed": _change(_("Passkey removed"), _("A passkey was removed from your account.")),
    "socialaccount/email/account_connected": _change(
        _("Sign-in connected"), _("Another way to sign in was connected to your account.")
    ),
    "socialaccount/email/account_disconnected": _change(
        _("Sign-in removed"), _("A way to sign in was removed from your account.")
    ),
}
