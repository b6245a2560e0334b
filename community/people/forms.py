"""The form to join: an address, a name, and a password only for those who want one."""

from typing import Any

from allauth.account.forms import SignupForm
from django.utils.translation import gettext_lazy as _

from community.people.names import LONGEST


class JoinForm(SignupForm):
    """allauth's form in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email, name, password = (self.fields[field] for field in ("email", "username", "password1"))
        email.label, email.help_text = _("E-mail address"), _("We send you a code to it. Nobody else sees it.")
        name.label, name.help_text = _("Name"), _("One word, beside what you write. It need not be your real one.")
        name.widget.attrs["maxlength"] = LONGEST
        password.label = _("Password (if you want one)")
        password.help_text = _("At least 10 characters. Without one you sign in with a code by e-mail or a passkey.")
