"""Answers that carry a mark, which nobody takes from them in passing."""

from typing import Any

from django.utils.translation import gettext as _

from community.refusals import Refusal
from forums.questions.models import Solution, Verification


def refuse_when_marked(post: Any) -> None:
    """An answer that solved it, or that the team vouches for, is not demoted silently: the mark goes first."""
    if solution := Solution.objects.filter(post=post).select_related("by").first():
        sentence = _("It solved this for %(name)s. They can take that back first; then it can become something else.")
        raise Refusal(sentence % {"name": solution.by.name}, code="marked")
    if Verification.objects.filter(post=post).exists():
        raise Refusal(_("The team vouches for it. Take the verification back first."), code="marked")
