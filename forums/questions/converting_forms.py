"""Where an answer goes that becomes a comment, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.people.models import Person
from community.refusals import Refusal
from community.text.excerpts import excerpt
from forums.questions.converting import become_answer, become_comment, places_for
from forums.threads.models import Conversion, Post


class ConvertForm(forms.Form):
    """One form for both ways: an answer asks below what it is to stand."""

    below = forms.ChoiceField(label=gettext_lazy("As a comment on"))
    reason = forms.CharField(label=gettext_lazy("Why?"), max_length=300, required=False)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    refusal: Refusal | None = None

    def __init__(self, *args: Any, post: Post, **more: Any) -> None:
        super().__init__(*args, **more)
        self.post = post
        self.fields["version"].initial = post.version
        if post.kind == Post.Kind.COMMENT:
            del self.fields["below"]
            return
        self.places = {str(place.pk): place for place in places_for(post)}
        below: Any = self.fields["below"]
        below.choices = [(key, label(place)) for key, place in self.places.items()]

    @property
    def status(self) -> int:
        return self.refusal.status if self.refusal else 422 if self.errors else 200

    def save(self, by: Person) -> Conversion | None:
        """Do it; None when it is refused, with the reason in the form."""
        said = {"by": by, "reason": self.cleaned_data["reason"], "version": self.cleaned_data["version"]}
        try:
            if self.post.kind == Post.Kind.COMMENT:
                return become_answer(self.post, **said)
            return become_comment(self.post, below=self.places[self.cleaned_data["below"]], **said)
        except Refusal as refusal:
            self.refusal = refusal
            self.add_error(None, str(refusal))
            return None


def label(place: Post) -> str:
    """A place as a line to choose."""
    words = excerpt(place.source, 70)
    if place.kind == Post.Kind.OPENING:
        return _("the question: %(words)s") % {"words": words}
    return _("the answer of %(name)s: %(words)s") % {"name": place.byline, "words": words}
