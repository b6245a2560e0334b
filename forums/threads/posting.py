"""What the forms for questions, answers, comments and edits share: the gate's ways out, and the text given back."""

from collections.abc import Callable
from typing import Any

from django import forms

from community.policy.blackout import black_out
from community.refusals import Refusal

PERSONAL = ("phone", "email", "order_number")


class PostingForm(forms.Form):
    """A form with a Markdown `text` that a verb publishes, or refuses with ways out (`refusal`)."""

    text = forms.CharField(strip=True, max_length=32_000, widget=forms.Textarea)
    black_out = forms.BooleanField(required=False)
    keep = forms.BooleanField(required=False)

    refusal: Refusal | None = None

    @property
    def kept_kinds(self) -> tuple[str, ...]:
        """Kinds of personal data that the writer says are none."""
        return PERSONAL if self.cleaned_data.get("keep") else ()

    @property
    def status(self) -> int:
        """The HTTP status of the page that gives the text back."""
        return self.refusal.status if self.refusal else 422

    def publish(self, text: str, verb: Callable[[str], Any]) -> Any:
        """Call the verb with the text, blacked out when the writer chose that; None when it is refused."""
        try:
            return self._try(text, verb)
        except Refusal as refusal:
            self.refusal = refusal
            self.add_error(None, str(refusal))
            return None

    def _try(self, text: str, verb: Callable[[str], Any]) -> Any:
        try:
            return verb(text)
        except Refusal as refusal:
            if not self.cleaned_data.get("black_out") or refusal.code != "personal_data":
                raise
            return verb(black_out(text, refusal.details["findings"]))
