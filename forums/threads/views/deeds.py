"""Small deeds on threads and posts, each its own address: vote, follow, lock, take back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.people.guards import requires, signed_in
from community.people.roles import Capability
from forums.threads.forms import LockForm, TakeDownForm
from forums.threads.models import Post, Thread
from forums.threads.picking import seen


@signed_in
@require_POST
def post_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a post helped."""
    post = seen_post(request, pk)
    post.vote(by=request.user)
    return _voted(request, post, is_voted=True)


@signed_in
@require_POST
def post_take_back_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the vote back."""
    post = seen_post(request, pk)
    post.take_back_vote(by=request.user)
    return _voted(request, post, is_voted=False)


@requires(Capability.MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
def thread_lock(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop replies, with a reason."""
    thread = seen_thread(request, pk)
    form = LockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        thread.lock(by=request.user, reason=form.cleaned_data["reason"])
        return HttpResponseRedirect(thread.get_absolute_url())
    status = 422 if form.errors else 200
    return render(request, "forums/threads/lock.html", {"thread": thread, "form": form}, status=status)


@requires(Capability.MODERATE)
@require_POST
def thread_unlock(request: HttpRequest, pk: int) -> HttpResponse:
    """Allow replies again."""
    thread = seen_thread(request, pk)
    thread.unlock(by=request.user)
    return HttpResponseRedirect(thread.get_absolute_url())


@requires(Capability.MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
def thread_take_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a thread out of sight, or delete it, with a reason."""
    thread = seen_thread(request, pk)
    form = TakeDownForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save(thread, request.user)
        return HttpResponseRedirect(thread.get_absolute_url())
    status = 422 if form.errors else 200
    return render(request, "forums/threads/take_down.html", {"thread": thread, "form": form}, status=status)


@requires(Capability.MODERATE)
@require_POST
def thread_bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a thread back into sight."""
    thread = seen_thread(request, pk)
    thread.posts.get(kind=Post.Kind.OPENING).restore(by=request.user)
    return HttpResponseRedirect(thread.get_absolute_url())


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def post_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """The author takes a post back, after being asked once."""
    post = get_object_or_404(Post.objects.visible_to(request.user).filter(author=request.user), pk=pk)
    if request.method != "POST":
        return render(request, "forums/threads/post_remove.html", {"post": post, "thread": post.thread})
    post.remove(by=request.user)
    messages.success(request, _("Your post is taken back."))
    return HttpResponseRedirect(post.thread.get_absolute_url())


def seen_post(request: HttpRequest, pk: int) -> Post:
    """A post that is there for everybody; hidden, taken back and missing look alike."""
    posts = Post.objects.visible_to(request.user).filter(is_hidden=False, removed_at__isnull=True)
    return get_object_or_404(posts.select_related("thread", "author"), pk=pk)


def seen_thread(request: HttpRequest, pk: int) -> Thread:
    """A thread that the person can read."""
    return seen(request.user, pk)


def _voted(request: HttpRequest, post: Post, is_voted: bool) -> HttpResponse:
    if request.htmx:
        return render(request, "forums/threads/_votes.html", {"post": post, "is_voted": is_voted, "member": True})
    return HttpResponseRedirect(post.get_absolute_url())
