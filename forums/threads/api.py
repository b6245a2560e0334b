"""Posts for programs: reading one, its history, changing it, votes, comments, and hearing of a thread."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404

from community.api.operations import Answer, ApiRequest, based_on, operation, resource, saved
from community.api.scopes import Area
from community.api.shapes import Done, Listed, Many
from community.notifications.models import Level
from community.policy.changing import WAITS
from forums.threads.api_shapes import PostTold, post_told
from forums.threads.following import hear, heard_level
from forums.threads.forms import EditForm, ReplyForm
from forums.threads.models import Post, Redaction, Thread
from forums.threads.picking import seen
from forums.threads.wordings import Wording, history_of


@dataclass
class WordingTold:
    """An earlier wording of a post, or the team's blacking out of something in it, with who did it and why."""

    kind: str
    at: datetime
    by: str
    reason: str
    changed: str


@dataclass
class Edited:
    """A post after a change. `waiting` says that the new wording waits for a look while the old one stays."""

    post: PostTold
    waiting: str


@dataclass
class HearingTold:
    """How much somebody hears of a thread: watch, track, mute, or the usual (empty)."""

    level: str


class HearForm(forms.Form):
    """How much one wants to hear of a thread."""

    level = forms.ChoiceField(choices=[*Level.choices], required=False)


def readable(request: ApiRequest, pk: int) -> Post:
    """A post that the key's owner may read; hidden and missing look alike."""
    posts = Post.objects.visible_to(request.user).select_related(
        "thread__product__brand", "thread__merged_into", "author"
    )
    return get_object_or_404(posts, pk=pk)


def public(request: ApiRequest, pk: int) -> Post:
    """A post that is there for everybody: what is hidden or taken back cannot be voted for."""
    post = readable(request, pk)
    if post.is_hidden or post.removed_at:
        raise Http404
    return post


@operation(Area.COMMUNITY, PostTold, is_public=True, has_version=True)
def read_post(request: ApiRequest, pk: int) -> Answer:
    """Read one post. Its ETag is what a change of it is based on."""
    post = readable(request, pk)
    return Answer(post_told(post), version=post.version)


def current_post(request: ApiRequest, pk: int) -> PostTold:
    """The post as it is now, for whoever was late."""
    return post_told(readable(request, pk))


@operation(
    Area.COMMUNITY, Edited, form=EditForm, leave_out=("version",), has_version=True, current=current_post,
    statuses=(200, 202),
)  # fmt: skip
def edit_post(request: ApiRequest, pk: int) -> Answer:
    """Change a post. `If-Match` names the version that was read; whoever is late gets 412 with the newer one."""
    post = readable(request, pk)
    form = EditForm(based_on(request, now=post.version))
    saved(form, lambda: form.save(post, request.user))
    told = Edited(post_told(post), str(WAITS) if form.is_waiting else "")
    return Answer(told, 202 if form.is_waiting else 200, post.version)


@operation(Area.COMMUNITY, Done)
def take_back_post(request: ApiRequest, pk: int) -> Done:
    """Take your own post back."""
    post = get_object_or_404(Post.objects.visible_to(request.user).filter(author=request.user), pk=pk)
    post.remove(by=request.user)
    return Done()


@operation(Area.COMMUNITY, Many(WordingTold), is_public=True)
def read_history(request: ApiRequest, pk: int) -> Listed:
    """What a post said before, the newest first."""
    return Listed([wording_told(one) for one in history_of(readable(request, pk))])


def wording_told(row: Wording | Redaction) -> WordingTold:
    """A line of the history. `changed` is HTML with what was added and what was left out."""
    if isinstance(row, Redaction):
        return WordingTold("redacted", row.created_at, "", "", "")
    name = row.alias or (row.person.name if row.person else "")
    return WordingTold("written" if row.is_first else "changed", row.at, name, row.reason, str(row.diff))


@operation(Area.COMMUNITY, PostTold)
def vote(request: ApiRequest, pk: int) -> PostTold:
    """Say that a post helped. Repeating it changes nothing."""
    post = public(request, pk)
    post.vote(by=request.user)
    return post_told(post)


@operation(Area.COMMUNITY, PostTold)
def take_back_vote(request: ApiRequest, pk: int) -> PostTold:
    """Take the vote back."""
    post = public(request, pk)
    post.take_back_vote(by=request.user)
    return post_told(post)


@operation(Area.COMMUNITY, PostTold, form=ReplyForm, leave_out=("no_attempt",), statuses=(201, 202))
def comment_on_post(request: ApiRequest, pk: int) -> Answer:
    """Comment on an opening or an answer."""
    parent = readable(request, pk)
    return replied(request, parent.thread, parent)


def replied(request: ApiRequest, thread: Thread, parent: Post | None = None) -> Answer:
    """A reply through the form of the pages. What the gate holds is accepted, and waits (202)."""
    form = ReplyForm(request.data)
    post = saved(form, lambda: form.save(thread, request.user, parent))
    return Answer(post_told(post), 202 if post.is_hidden else 201, post.version)


@operation(Area.COMMUNITY, HearingTold)
def read_hearing(request: ApiRequest, pk: int) -> HearingTold:
    """How much you hear of a thread."""
    return HearingTold(heard_level(seen(request.user, pk), request.user))


@operation(Area.COMMUNITY, HearingTold, form=HearForm)
def choose_hearing(request: ApiRequest, pk: int) -> HearingTold:
    """Follow a thread: watch, track or mute it; empty for the usual."""
    thread, form = seen(request.user, pk), HearForm(request.data)
    saved(form, lambda: hear(thread, form.cleaned_data["level"], by=request.user))
    return HearingTold(heard_level(thread, request.user))


api_post = resource("api_post", get=read_post, patch=edit_post, delete=take_back_post)
api_post_history = resource("api_post_history", get=read_history)
api_post_vote = resource("api_post_vote", put=vote, delete=take_back_vote)
api_post_comments = resource("api_post_comments", post=comment_on_post)
api_thread_hearing = resource("api_thread_hearing", get=read_hearing, put=choose_hearing)
