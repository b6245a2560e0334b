"""What the set-up page asks for: each connector says for itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.people.models import Person, Persona
from moderation.crm.connectors import kinds
from moderation.crm.connectors.base import Setting
from moderation.crm.models import Connection

LOOKS_FIRST = _("Nothing is told before you let it begin.")


class ConnectionForm(forms.ModelForm):
    """A connection. Secrets are asked for and never shown: an empty one keeps what is there."""

    class Meta:
        model = Connection
        fields = ["name", "is_private_allowed", "sends_contact_data", "name_mode", "email_mode"]
        fields += ["spokesperson", "rate", "a_day"]
        labels = {
            "name": _("Name"),
            "is_private_allowed": _("May be told private messages and notes to the team"),
            "sends_contact_data": _("May be told mail addresses"),
            "name_mode": _("Name of a contact that was there before"),
            "email_mode": _("Mail address of a contact that was there before"),
            "spokesperson": _("Public comments from there appear under"),
            "rate": _("Calls a second at most"),
            "a_day": _("Entries a day at most"),
        }
        help_texts = {
            "name": _("Short, without spaces. Part of the address for incoming messages."),
            "spokesperson": _("With nobody, they are shown to the team only."),
            "rate": "",
            "a_day": _("0 is without limit. What is above it goes the next day."),
            "name_mode": _("A customer whose address the CRM knows already is linked with that contact."),
            "email_mode": "",
            "is_private_allowed": "",
            "sends_contact_data": "",
        }

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks: list[Setting] = kinds()[kind].asks
        self.instance.kind = kind
        for ask in self.asks:
            self.fields[f"setting_{ask.name}"] = self.field_for(ask)
        if self.instance.pk is None:
            self.fields["looks_first"] = forms.BooleanField(
                label=_("Show me first what would be told and changed"),
                help_text=_("The connection begins paused. You read the preview, then let it begin."),
                required=False,
                initial=True,
            )
        own = [name for name in self.fields if name.startswith("setting_")]
        self.order_fields(["name", *own])
        speaking = Person.objects.active().filter(pk__in=Persona.objects.values("person"))
        self.fields["spokesperson"].queryset = speaking  # type: ignore[attr-defined]
        self.fields["spokesperson"].empty_label = _("Nobody")  # type: ignore[attr-defined]
        self.fields["rate"].min_value = 1  # type: ignore[attr-defined]
        self.fields["a_day"].required = False

    def field_for(self, ask: Setting) -> forms.Field:
        """The field of one setting."""
        has_one = ask.is_secret and bool(self.instance.secrets().get(ask.name))
        widget = forms.PasswordInput(attrs={"autocomplete": "new-password"}) if ask.is_secret else forms.TextInput()
        return forms.CharField(
            label=ask.label,
            help_text=_("Kept. Type a new one to replace it.") if has_one else ask.help,
            required=ask.is_required and not has_one,
            widget=widget,
            max_length=500,
            initial="" if ask.is_secret else self.instance.settings.get(ask.name, ask.default),
        )

    def clean_a_day(self) -> int:
        return int(self.cleaned_data["a_day"] or 0)

    def clean_name(self) -> str:
        return str(self.cleaned_data["name"]).lower()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for ask in self.asks:
            value = cleaned.get(f"setting_{ask.name}", "")
            if ask.name.endswith("url") and value and not value.startswith(("https://", "http://")):
                self.add_error(f"setting_{ask.name}", _("Begin with https://"))
        return cleaned

    def keep(self, by: Person) -> Connection:
        """Save the connection in this person's name."""
        connection: Connection = self.save(commit=False)
        given = {ask: self.cleaned_data[f"setting_{ask.name}"].strip() for ask in self.asks}
        connection.settings = {ask.name: value for ask, value in given.items() if not ask.is_secret}
        if self.cleaned_data.get("looks_first"):
            connection.state, connection.pause_reason = connection.State.PAUSED, str(LOOKS_FIRST)
        connection.save_settings(by=by, secrets={ask.name: value for ask, value in given.items() if ask.is_secret})
        return connection
