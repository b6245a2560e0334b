"""What staff black out in a post: classes that the checks have found, words of their own, files."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.people.models import Person
from community.policy.blackout import NAMED, Blackout, kinds_in, name_of
from community.refusals import Refusal
from forums.threads.models import Post, PostFile
from forums.threads.redacting import redact, wordings_of

SHORTEST = 2


class RedactForm(forms.Form):
    """The choice, which the page shows as it would look before anything is done."""

    kinds = forms.MultipleChoiceField(
        label=_("Found in this text"), required=False, widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(
        label=_("Other words to cover, one piece a line"),
        required=False,
        strip=True,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "autocomplete": "off"}),
        help_text=_("Capitals and the width of gaps do not matter."),
    )
    words_are = forms.ChoiceField(label=_("These words are"), required=False)
    files = forms.MultipleChoiceField(
        label=_("Pictures and files to take out"), required=False, widget=forms.CheckboxSelectMultiple
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, post: Post, **more: Any) -> None:
        super().__init__(*args, **more)
        self.post, self.texts = post, wordings_of(post)
        found = kinds_in(self.texts)
        self._choose("kinds", [(kind, _capital(name_of(kind))) for kind in found], initial=found)
        shown = PostFile.objects.filter(post=post).select_related("attachment")
        self._choose("files", [(row.attachment.key, row.attachment.name) for row in shown])
        choices: Any = self.fields["words_are"]
        choices.choices = [(kind, _capital(name)) for kind, name in NAMED.items() if kind != "picture"]
        self.fields["words_are"].initial = "name"
        self.fields["version"].initial = post.version

    def _choose(self, name: str, choices: list[tuple[str, Any]], initial: Any = ()) -> None:
        """Give a field its choices; without any there is no field."""
        if not choices:
            del self.fields[name]
            return
        field: Any = self.fields[name]
        field.choices, field.initial = choices, list(initial)

    def clean_words(self) -> list[str]:
        """The lines. A single letter would cover the whole text."""
        lines = [line.strip() for line in self.cleaned_data["words"].splitlines() if line.strip()]
        if any(len(line) < SHORTEST for line in lines):
            raise forms.ValidationError(_("Each piece has at least two characters."))
        return lines[:50]

    def blackout(self) -> Blackout:
        """What is chosen: at first all that the checks have found."""
        if not self.is_bound:
            return Blackout(kinds=frozenset(kinds_in(self.texts)))
        said = self.cleaned_data
        return Blackout(
            kinds=frozenset(said.get("kinds", ())),
            words=tuple(said.get("words", ())),
            words_are=said.get("words_are") or "other",
            files=frozenset(said.get("files", ())),
        )

    def save(self, by: Person) -> bool:
        """Black it out; False, with the reason in the form, when that is refused."""
        try:
            redact(self.post, self.blackout(), by=by, version=self.cleaned_data["version"])
        except Refusal as refusal:
            self.add_error(None, str(refusal))
            return False
        return True


def _capital(words: Any) -> str:
    """The name of a class at the beginning of a line."""
    text = str(words)
    return text[:1].upper() + text[1:]
