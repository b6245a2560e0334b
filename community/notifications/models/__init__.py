"""What people were told, what they want to be told, and how it reaches them."""

from community.notifications.models.mail import EmailDelivery
from community.notifications.models.notification import Notification
from community.notifications.models.push import Device, Push
from community.notifications.models.watch import Level, Watch
from community.notifications.models.wish import Preference, Rhythm, Turn, Unsubscription

__all__ = [
    "Device",
    "EmailDelivery",
    "Level",
    "Notification",
    "Preference",
    "Push",
    "Rhythm",
    "Turn",
    "Unsubscription",
    "Watch",
]
