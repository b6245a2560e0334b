"""The page of “less like this”, reached from a mail without signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from community.notifications.turning_down import read_less, undo_less


@csrf_exempt  # reached without cookies from a mail; the signed token is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def mail_less(request: HttpRequest, token: str) -> HttpResponse:
    """What may be turned down. Looking changes nothing, for link scanners look at everything."""
    less = read_less(token)
    context = {"less": less, "token": token}
    way = request.POST.get("way", "")
    if way in dict(less.ways):
        context |= {"chosen": dict(less.ways)[way], "undo_token": less.choose(way)}
    return render(request, "community/notifications/mail_less.html", context)


@csrf_exempt  # reached without signing in, from the page above; the signed token is the proof
@require_POST
def mail_less_undo(request: HttpRequest, token: str) -> HttpResponse:
    """As it was before."""
    return render(request, "community/notifications/mail_less.html", {"less": undo_less(token), "is_undone": True})
