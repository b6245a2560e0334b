"""The tray, and the page of the link that turns off a mail."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.notifications.badges import show_badge, unread_count
from community.notifications.kinds import KINDS
from community.notifications.models import Notification
from community.notifications.preferences import turn_mail_off, undo
from community.notifications.unsubscribing import read_token, read_undo_token, undo_token
from community.numbers import number_in
from community.people.guards import signed_in
from community.people.requests import PersonRequest

PAGE = 30


@signed_in
@require_safe
def notification_list(request: PersonRequest) -> HttpResponse:
    """What the person was told, newest first, paged by key."""
    before = number_in(request.GET.get("before", ""))
    rows = Notification.objects.visible_to(request.user).lines().order_by("-pk")
    rows = rows.filter(pk__lt=before) if before is not None else rows
    shown = list(rows[: PAGE + 1])
    context = {
        "notifications": shown[:PAGE],
        "older": shown[PAGE - 1].pk if len(shown) > PAGE else None,
        "unread": unread_count(request.user),
    }
    template = "_list.html" if request.htmx else "list.html"
    return render(request, f"community/notifications/{template}", context)


@signed_in
@require_safe
def notification_badge(request: PersonRequest) -> HttpResponse:
    """The number on the bell; pages fetch it again after a gap in the live connection."""
    return render(request, "community/notifications/_badge.html", {"unread": unread_count(request.user)})


@signed_in
@require_POST
def notification_open(request: PersonRequest, pk: int) -> HttpResponse:
    """Read one, with what is bundled in its line, and go to what it is about."""
    notification = get_object_or_404(Notification.objects.visible_to(request.user), pk=pk)
    Notification.objects.filter(Q(pk=pk) | Q(folded_into=pk)).mark_read()
    show_badge(request.user)
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": notification.url})
    return redirect(notification.url)


@signed_in
@require_POST
def notification_read_all(request: PersonRequest) -> HttpResponse:
    """Everything has been seen."""
    Notification.objects.visible_to(request.user).mark_read()
    show_badge(request.user)
    return notification_rows(request) if request.htmx else redirect("community:notification-list")


def notification_rows(request: PersonRequest) -> HttpResponse:
    """The first page of the list as a fragment."""
    rows = Notification.objects.visible_to(request.user).lines().order_by("-pk")[:PAGE]
    return render(request, "community/notifications/_list.html", {"notifications": rows, "unread": 0})


@csrf_exempt  # mail programs post here without cookies (RFC 8058); the signed token is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def mail_off(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a mail: looking changes nothing, posting turns the kind off."""
    person, kind = read_token(token)
    context = {"kind": KINDS[kind], "token": token, "is_off": False}
    if request.method == "POST":
        context |= {"is_off": True, "undo_token": undo_token(turn_mail_off(person, kind))}
    return render(request, "community/notifications/mail_off.html", context)


@csrf_exempt  # reached without signing in, from the page above; the signed token is the proof
@require_POST
def mail_on_again(request: HttpRequest, token: str) -> HttpResponse:
    """Undo, once."""
    unsubscription = read_undo_token(token)
    undo(unsubscription)
    context = {"kind": KINDS[unsubscription.kind], "is_undone": True}
    return render(request, "community/notifications/mail_off.html", context)
