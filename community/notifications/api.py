"""The tray for programs."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.shortcuts import get_object_or_404

from community.addresses import absolute
from community.api.operations import AFTER, ApiRequest, Query, operation, resource
from community.api.scopes import Area
from community.api.shapes import Done, Listed, Many
from community.notifications.badges import show_badge
from community.notifications.models import Notification
from community.paging import page_of


@dataclass
class NotificationTold:
    """One line of the tray: what happened, and where to look. `others` are folded into it."""

    id: int
    kind: str
    text: str
    why: str
    url: str
    others: int
    is_read: bool
    at: datetime


@operation(Area.OWN, Many(NotificationTold), query=(Query("unread", "only what was not read yet", ("1",)), AFTER))
def list_notifications(request: ApiRequest) -> Listed:
    """What you were told, the newest first."""
    rows = Notification.objects.visible_to(request.user).lines()
    rows = rows.unread() if request.GET.get("unread") else rows
    page = page_of(rows, "-created_at", request.GET.get("after", ""))
    return Listed([notification_told(row) for row in page.rows], page.older)


def notification_told(row: Notification) -> NotificationTold:
    """A line as programs read it."""
    others: int = row.others  # type: ignore[attr-defined]
    return NotificationTold(
        row.pk, row.kind, row.text, row.reason, absolute(row.url), others, row.is_read, row.created_at
    )


@operation(Area.OWN, Done)
def read_notification(request: ApiRequest, pk: int) -> Done:
    """You have seen this one, with what is folded into it."""
    get_object_or_404(Notification.objects.visible_to(request.user), pk=pk)
    Notification.objects.filter(Q(pk=pk) | Q(folded_into=pk)).mark_read()
    show_badge(request.user)
    return Done()


api_notifications = resource("api_notifications", get=list_notifications)
api_notification_read = resource("api_notification_read", put=read_notification)
