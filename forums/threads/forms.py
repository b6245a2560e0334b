"""Forms of threads: a reply, an edit, a reason for locking."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.numbers import number_in
from community.people.models import Person
from community.people.roles import Capability
from forums.threads.models import Post, Thread
from forums.threads.posting import PostingForm
from forums.threads.replying import answer, comment

MOST_CANNED = 5


class ReplyForm(PostingForm):
    """An answer to a thread, or with `parent` a comment on a post. Staff choose whether they speak as the team."""

    no_attempt = forms.BooleanField(required=False, label=_("Not an attempt to solve it"))
    as_staff = forms.BooleanField(required=False, label=_("With the team’s mark"))

    @property
    def canned(self) -> list[int]:
        """Ids of the reply templates that the text was begun with."""
        return canned_in(self.data)

    def save(self, thread: Thread, by: Person, parent: Post | None = None) -> Post | None:
        """Publish through the gate; None when it is refused."""
        data, as_staff = self.cleaned_data, self.cleaned_data["as_staff"] and by.can(Capability.ANSWER_AS_STAFF)
        common: dict[str, Any] = {"by": by, "as_staff": as_staff, "keep": self.kept_kinds, "canned": self.canned}
        if parent:
            return self.publish(data["text"], lambda text: comment(parent, source=text, **common))
        return self.publish(
            data["text"], lambda text: answer(thread, source=text, is_attempt=not data["no_attempt"], **common)
        )


def canned_in(sent: Any) -> list[int]:
    """What a composer says it has put in: ids, a few at most."""
    named = sent.getlist("canned") if hasattr(sent, "getlist") else []
    numbers = (number_in(one) for one in named[:MOST_CANNED])
    return list(dict.fromkeys(number for number in numbers if number is not None))


class EditForm(PostingForm):
    """A new wording of a post, based on the version the writer saw."""

    title = forms.CharField(required=False, min_length=15, max_length=200)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = forms.CharField(required=False, max_length=200)
    is_waiting = False

    def save(self, post: Post, by: Person) -> bool:
        """Edit through the gate; False when it is refused or somebody was faster."""
        data = self.cleaned_data
        title = data["title"] if post.kind == Post.Kind.OPENING else ""

        def edit(both: str) -> bool:
            new_title, text = both.split("\n\n", 1) if title else ("", both)
            facts = {"version": data["version"], "title": new_title, "reason": data["reason"], "keep": self.kept_kinds}
            self.is_waiting = post.edit(text, by=by, **facts) is not None
            return True

        return bool(self.publish(f"{title}\n\n{data['text']}" if title else data["text"], edit))


class TakeDownForm(forms.Form):
    """Why a thread goes out of sight, and whether for good."""

    reason = forms.CharField(max_length=500, label=_("Why? Its author is told."))
    for_good = forms.BooleanField(
        required=False,
        label=_("Delete it: tell readers and search engines that it is gone"),
        help_text=_("Without this, its address looks as if it had never existed. Either can be undone."),
    )

    def save(self, thread: Thread, by: Person) -> None:
        """Hide the opening, and with it the thread."""
        opening = thread.posts.get(kind=Post.Kind.OPENING)
        opening.hide(by=by, reason=self.cleaned_data["reason"], for_good=self.cleaned_data["for_good"])


class LockForm(forms.Form):
    """Why nobody may reply any longer."""

    reason = forms.CharField(max_length=500, label=_("Why is it locked?"))
