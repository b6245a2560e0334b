"""The form of the mapping into a CRM's own fields: a path and a permission for each of our values."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from moderation.crm.connectors import kinds
from moderation.crm.filling import OURS, is_field
from moderation.crm.models import Case, Connection

MODES = (
    (Connection.Mode.LINK, _("Only into records that we make")),
    (Connection.Mode.FILL, _("Fill in what is blank")),
    (Connection.Mode.OVERWRITE, _("Overwrite")),
)


NO_FIELD = _(
    "“%(path)s” is no field for this. Write a name such as priority, or a/b for b within a. "
    "What the connector fills by itself is not for other values."
)
NEWEST = 50


class CaseField(forms.ModelChoiceField):
    """A case, by the title that people know."""

    def label_from_instance(self, case: Case) -> str:  # type: ignore[override]
        return f"{case.item.title[:70]} ({case.remote_id})"


class FieldsForm(forms.Form):
    """Where each of our values goes, and the case to try it on."""

    def __init__(self, *args: Any, connection: Connection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.connector = kinds()[connection.kind]
        for ours in OURS:
            ways = {"list": f"ways-{ours.kind}", "spellcheck": "false", "autocapitalize": "off", "autocomplete": "off"}
            self.fields[f"path_{ours.key}"] = forms.CharField(
                label=ours.label, required=False, max_length=200, widget=forms.TextInput(attrs=ways)
            )
            label = _("Where something stands in the field of “%(value)s”") % {"value": ours.label}
            widget = forms.Select(attrs={"aria-label": label})
            self.fields[f"mode_{ours.key}"] = forms.ChoiceField(
                choices=MODES, required=False, initial=Connection.Mode.FILL, widget=widget
            )
        told = Case.objects.filter(connection=connection).exclude(remote_id="").order_by("-pk")[:NEWEST]
        self.fields["case"] = CaseField(
            Case.objects.filter(pk__in=told.values("pk")).select_related("item").order_by("-pk"),
            label=_("A case to try it on"),
            required=False,
            empty_label=_("All that were told"),
        )

    def clean(self) -> dict[str, Any]:
        """Each field once, and none that the connector writes itself."""
        data, seen = super().clean() or self.cleaned_data, set()
        for ours in OURS:
            name = f"path_{ours.key}"
            path = data[name] = str(data.get(name) or "").strip().strip("/")
            if path and not is_field(path, self.connector):
                self.add_error(name, NO_FIELD % {"path": path})
            if path and (ours.kind, path) in seen:
                self.add_error(name, _("Two values cannot go into “%(path)s”.") % {"path": path})
            seen.add((ours.kind, path))
        return data

    @property
    def paths(self) -> dict[str, str]:
        told = {ours.key: self.cleaned_data.get(f"path_{ours.key}", "") for ours in OURS}
        return {key: path for key, path in told.items() if path}

    @property
    def modes(self) -> dict[str, str]:
        return {key: self.cleaned_data.get(f"mode_{key}") or Connection.Mode.FILL.value for key in self.paths}

    def parts(self) -> list[tuple[str, list[tuple[Any, Any]]]]:
        """The fields as the page lists them: those of the contact, those of the case."""
        return [
            (kind, [(self[f"path_{each.key}"], self[f"mode_{each.key}"]) for each in OURS if each.kind == kind])
            for kind in ("contact", "case")
        ]
