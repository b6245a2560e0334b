"""Asking without an account: the same form, then an address and a name."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.people.joining import is_taken
from community.people.names import LONGEST, clean_name
from community.policy.gate import check
from community.policy.newcomers import NEWCOMER
from community.refusals import Refusal
from forums.questions.forms import AskForm
from forums.questions.hinting import FIELDS, note_asked
from forums.questions.models import GuestQuestion

TAKEN = _("Somebody has this name already. Please choose another, or sign in if it is yours.")


class GuestAskForm(AskForm):
    """What a visitor asks. Nothing is kept yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, by=None, **kwargs)

    def passes(self) -> bool:
        """Whether the gate lets it through; with parts blacked out when the writer chose that."""
        data = self.cleaned_data

        def ask_the_gate(both: str) -> str:
            check(both, by=NEWCOMER, where="question", keep=self.kept_kinds).enforce()
            return both

        both = self.publish(f"{data['title']}\n\n{data['text']}", ask_the_gate)
        if both:
            data["title"], data["text"] = both.split("\n\n", 1)
        return bool(both)

    def publish(self, text: str, verb: Any) -> Any:
        """As for everybody; what needs an account is not offered."""
        done = super().publish(text, verb)
        if self.refusal and "offers" in self.refusal.details:
            offers = self.refusal.details["offers"]
            self.refusal.details["offers"] = [offer for offer in offers if offer != "send_privately"]
        return done

    @property
    def going_on(self) -> dict[str, Any]:
        """What the next form begins with: everything typed, and the choice about personal data."""
        data = self.cleaned_data
        fields = {name: data[name] for name in ("title", "text", "environment", "peers_first", "keep")}
        chosen = {name: data[name].pk if data[name] else "" for name in ("product", "product_version")}
        asking = {name: self.data.get(name, "") for name in FIELDS}
        return fields | chosen | asking | {"tags": ", ".join(data["tags"])}


class NameForm(forms.Form):
    """The name that a new account gets."""

    name = forms.CharField(
        label=_("Your name here"),
        max_length=LONGEST,
        help_text=_("One word, shown beside your question. It need not be your real one."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname", "maxlength": LONGEST}),
    )

    def clean_name(self) -> str:
        """A name that the house allows and nobody has."""
        name = clean_name(self.cleaned_data["name"].strip())
        if is_taken(name):
            raise forms.ValidationError(TAKEN, code="taken")
        return name


class GuestForm(GuestAskForm, NameForm):
    """The whole question, and whom it is from. Whether the address is known here changes nothing of the answer."""

    keep = forms.BooleanField(required=False, widget=forms.HiddenInput)
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("We send a link to it. Nobody else sees it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def keep_for(self, network: str) -> GuestQuestion | None:
        """Keep it until the mailbox confirms it; None when it is refused."""
        data = self.cleaned_data
        fields = {name: data[name] for name in ("product", "product_version", "environment", "tags", "peers_first")}

        def keep(both: str) -> GuestQuestion:
            title, text = both.split("\n\n", 1)
            who = {"name": data["name"], "email": data["email"], "network": network}
            return GuestQuestion.objects.keep(title=title, source=text, keep=self.kept_kinds, **who, **fields)

        waiting: GuestQuestion | None = self.publish(f"{data['title']}\n\n{data['text']}", keep)
        if waiting:
            note_asked(self.data, is_member=False, product=data["product"])
        return waiting

    @property
    def retry_after(self) -> int | None:
        """Seconds to wait for those who were too quick."""
        return self.refusal.details.get("retry_after") if isinstance(self.refusal, Refusal) else None
