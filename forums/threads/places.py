"""Where a thread is read now: most at their own address, a merged one within another, a deleted one nowhere."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from forums.threads.models import Hiding, LegacyAddress, Post, Thread

Forward = Callable[[int], str]
_forwards: list[Forward] = []


def forwards(find: Forward) -> Forward:
    """Register who knows the new address of a thread that went into another; it answers "" for all others."""
    _forwards.append(find)
    return find


def forward_of(thread_id: int) -> str:
    """The address at which a merged thread is read now, with its anchor; empty when it was not merged."""
    return next((address for find in _forwards if (address := find(thread_id))), "")


def not_here(request: HttpRequest, thread_id: int) -> HttpResponse:
    """What a reader gets for a thread that they cannot read: its new place, that it is gone, or nothing (404)."""
    if address := forward_of(thread_id):
        return HttpResponsePermanentRedirect(address)
    if Hiding.objects.filter(thread=thread_id, post__kind="opening", is_for_good=True).exists():
        return render(request, "410.html", status=410)
    raise Http404


def from_legacy(request: HttpRequest) -> HttpResponse | None:
    """What an address of the old site means now, in one hop; None when nobody knows it."""
    rows = LegacyAddress.objects.leading_from(request.get_full_path()).select_related("thread", "post__thread")
    found = rows.first()
    if found is None:
        return None
    if not Thread.objects.visible_to(None).filter(pk=found.thread_id).exists():
        return not_here(request, found.thread_id)
    is_seen = found.post_id and Post.objects.visible_to(None).filter(pk=found.post_id).exists()
    return HttpResponsePermanentRedirect((found.post if is_seen else found.thread).get_absolute_url())
