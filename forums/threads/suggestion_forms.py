"""Forms of suggested changes: the new wording with its reason, and what is decided about several at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.people.models import Person
from community.refusals import Refusal
from forums.threads.forms import EditForm
from forums.threads.models import Post, Suggestion
from forums.threads.suggesting import accept, decline, suggest


class SuggestForm(EditForm):
    """A new wording for somebody else's post. It says what is better now."""

    reason = forms.CharField(max_length=200, error_messages={"required": gettext_lazy("Say what is better now.")})

    waits = False

    def save(self, post: Post, by: Person) -> bool:
        """Suggest it through the gate; False when it is refused or somebody was faster. `waits`: for a look first."""
        data = self.cleaned_data
        title = data["title"] if post.kind == Post.Kind.OPENING else ""

        def send(both: str) -> bool:
            new_title, text = both.split("\n\n", 1) if title else ("", both)
            said = {"reason": data["reason"], "version": data["version"], "keep": self.kept_kinds}
            self.waits = not isinstance(suggest(post, text, by=by, title=new_title, **said), Suggestion)
            return True

        return bool(self.publish(f"{title}\n\n{data['text']}" if title else data["text"], send))


class DecideForm(forms.Form):
    """Which suggestions, yes or no, and with a no the reason."""

    chosen = forms.ModelMultipleChoiceField(
        Suggestion.objects.none(), error_messages={"required": gettext_lazy("Choose at least one.")}
    )
    deed = forms.ChoiceField(choices=[("accept", "accept"), ("decline", "decline")])
    reason = forms.CharField(max_length=300, required=False, label=gettext_lazy("Why not?"))
    seen = forms.IntegerField(required=False, min_value=1)

    def __init__(self, *args: Any, by: Person, **more: Any) -> None:
        super().__init__(*args, **more)
        self.by = by
        self.refused: dict[int, Refusal] = {}
        chosen: Any = self.fields["chosen"]
        chosen.queryset = Suggestion.objects.visible_to(by).select_related("post__thread", "by")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("deed") == "decline" and not data.get("reason", "").strip():
            self.add_error("reason", _("Say why, so that they know for the next time."))
        return data

    def save(self) -> int:
        """Decide on each by itself; those that could not be are in `refused`. Answers how many were decided."""
        done = 0
        for suggestion in self.cleaned_data["chosen"]:
            try:
                self._decide(suggestion)
                done += 1
            except Refusal as refusal:
                self.refused[suggestion.pk] = refusal
        return done

    def _decide(self, suggestion: Suggestion) -> None:
        data = self.cleaned_data
        if data["deed"] == "accept":
            accept(suggestion, by=self.by, seen=data.get("seen"))
        else:
            decline(suggestion, by=self.by, reason=data["reason"])
