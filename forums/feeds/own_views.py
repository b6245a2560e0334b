"""A person's own feeds, at addresses that nobody can guess, and the settings that make them and take them back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import conditional_page, require_http_methods, require_POST, require_safe

from community.notifications.models import Notification
from community.people.guards import signed_in
from community.people.models import Person
from forums.feeds.atom import ENTRIES, Entry, Feed, post_entries
from forums.feeds.models import FeedKey
from forums.threads.models import Post

OWN = {"notifications": gettext_lazy("My notifications"), "following": gettext_lazy("What I follow")}


@conditional_page
@require_safe
def own_feed(request: HttpRequest, token: str, name: str) -> HttpResponse:
    """What a person was told, or what is new where they follow. For whoever holds the address, and no cache."""
    key = get_object_or_404(FeedKey.objects.opening(token).select_related("person"))
    if name not in OWN:
        raise Http404
    entries = told(key.person) if name == "notifications" else followed(key.person)
    page = reverse("community:notification-list")
    response = Feed(str(OWN[name]), request.path, page, entries).response()
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def told(person: Person) -> list[Entry]:
    """The lines of the tray. They hold no private words."""
    rows = Notification.objects.visible_to(person).order_by("-pk")[:ENTRIES]
    return [Entry(f"told-{row.pk}", row.text, row.url, row.created_at, row.created_at) for row in rows]


def followed(person: Person) -> list[Entry]:
    """New answers and comments of others in what the person follows, as far as everybody may read them."""
    posts = Post.objects.visible_to(None).filter(thread__follows__person=person).exclude(author=person)
    rows = posts.exclude(kind=Post.Kind.OPENING).select_related("author", "thread").order_by("-created_at", "-pk")
    return post_entries(rows[:ENTRIES])


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def feed_settings(request: HttpRequest) -> HttpResponse:
    """The addresses of a person's own feeds; POST makes new ones."""
    if request.method == "POST":
        FeedKey.objects.open(by=request.user)
        messages.success(request, _("Your feeds have new addresses. The old ones lead nowhere now."))
        return redirect("forums:feed-settings")
    key = FeedKey.objects.filter(person=request.user).first()
    feeds = [(label, reverse("forums:own-feed", args=[key.token, name])) for name, label in OWN.items()] if key else []
    return render(request, "forums/feeds/feed_settings.html", {"feeds": feeds, "section": "feeds"})


@signed_in
@require_POST
def feed_close(request: HttpRequest) -> HttpResponse:
    """The addresses lead nowhere from now on."""
    FeedKey.objects.close(by=request.user)
    messages.success(request, _("Your feeds are closed."))
    return redirect("forums:feed-settings")
