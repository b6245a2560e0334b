"""What a supervisor sends about a reply that waits, and about what is read twice."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from forums.threads.models import Regulation

LONGEST = 32_000


class DecisionForm(forms.Form):
    """Let it out, as it is or with other words, or say why not."""

    decision = forms.ChoiceField(choices=[("approve", "approve"), ("decline", "decline")])
    text = forms.CharField(max_length=LONGEST, required=False, strip=False)
    version = forms.IntegerField(min_value=1)
    why = forms.CharField(max_length=500, required=False)

    @property
    def is_approved(self) -> bool:
        return bool(self.cleaned_data["decision"] == "approve")


class RegulationForm(forms.ModelForm):
    """A matter, and by what it is known."""

    class Meta:
        model = Regulation
        fields = ["name", "tags", "words"]
        labels = {"name": _("Matter"), "tags": _("Tags of threads"), "words": _("Words in the title or the reply")}
        help_texts = {"tags": _("With commas."), "words": _("With commas, each counts as a whole word.")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("tags", "").strip() and not cleaned.get("words", "").strip():
            self.add_error("words", _t("Name a tag or a word by which it is known."))
        return cleaned
