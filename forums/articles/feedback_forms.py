"""The form that asks whether an article helped."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.people.models import Person
from forums.articles.models import Article, Feedback

VERDICTS = [("yes", _("Yes, it helped")), ("no", _("No"))]


class FeedbackForm(forms.Form):
    """Yes, or no with the reason, and what somebody was looking for."""

    helped = forms.ChoiceField(label=_("Did this help?"), choices=VERDICTS, widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label=_("If not, why?"), choices=Feedback.Reason.choices, widget=forms.RadioSelect, required=False
    )
    words = forms.CharField(
        label=_("What were you looking for?"),
        max_length=100,
        required=False,
        help_text=_("The words that led you here."),
    )

    def save(self, article: Article, by: Person | None, visitor: str) -> Any:
        """What they said, once a day."""
        data = self.cleaned_data
        facts = {"by": by, "visitor": visitor, "reason": data["reason"], "words": data["words"]}
        return article.judge(data["helped"] == "yes", **facts)
