"""Where somebody was in a thread: the page asks what is new since, and says where it was left."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from community.numbers import number_in
from community.people.guards import signed_in
from forums.threads.models import Post, ReadMark, Thread


@signed_in
@require_safe
def thread_unread(request: HttpRequest, pk: int) -> HttpResponse:
    """The way to the first post that is new to the reader; nothing for who was never here or has read all."""
    thread = get_object_or_404(Thread.objects.visible_to(request.user), pk=pk)
    mark = ReadMark.objects.of(request.user).filter(thread=thread).first()
    posts = unread(thread, mark, request) if mark else []
    context = {"first": posts[0] if posts else None, "count": len(posts)}
    response = render(request, "forums/threads/_unread.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@signed_in
@require_POST
def thread_read(request: HttpRequest, pk: int) -> HttpResponse:
    """The page was left at this post."""
    thread = get_object_or_404(Thread.objects.visible_to(request.user), pk=pk)
    number = number_in(request.POST.get("post", ""))
    seen = thread.all_posts.filter(pk=number).visible_to(request.user) if number is not None else Post.objects.none()
    if seen.exists():
        ReadMark.objects.move(thread, number, by=request.user)
    return HttpResponse(status=204)


def unread(thread: Thread, mark: ReadMark, request: HttpRequest) -> list[Post]:
    """Answers and comments of others after the mark, the oldest first; what is more than a hundred is many."""
    newer = thread.all_posts.filter(pk__gt=mark.post_id).visible_to(request.user)
    return list(newer.exclude(author=request.user.pk).select_related("thread__merged_into").order_by("pk")[:100])
