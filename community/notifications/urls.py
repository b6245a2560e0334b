"""Addresses of the tray and of the links in mails."""

from django.urls import path

from community.notifications import api, device_views, less_views, letter_views, views, watch_views

urlpatterns = [
    path("notifications/", views.notification_list, name="notification-list"),
    path("notifications/badge/", views.notification_badge, name="notification-badge"),
    path("notifications/read/", views.notification_read_all, name="notification-read-all"),
    path("site.webmanifest", device_views.site_manifest, name="site-manifest"),
    path("notifications/worker.js", device_views.device_worker, name="device-worker"),
    path("notifications/devices/on/", device_views.device_on, name="device-on"),
    path("notifications/devices/off/", device_views.device_off, name="device-off"),
    path("notifications/devices/renew/", device_views.device_renew, name="device-renew"),
    path("notifications/devices/<int:pk>/forget/", device_views.device_forget, name="device-forget"),
    path("watching/<slug:kind>/<int:pk>/", watch_views.watch_set, name="watch-set"),
    path("settings/watching/", watch_views.watch_list, name="watch-list"),
    path("settings/mails/", letter_views.letter_list, name="letter-list"),
    path("settings/mails/<int:pk>/", letter_views.letter_detail, name="letter-detail"),
    path("notifications/<int:pk>/open/", views.notification_open, name="notification-open"),
    path("notifications/mail/<str:token>/off/", views.mail_off, name="mail-off"),
    path("notifications/mail/<str:token>/on/", views.mail_on_again, name="mail-on-again"),
    path("notifications/mail/<str:token>/less/", less_views.mail_less, name="mail-less"),
    path("notifications/mail/<str:token>/as-before/", less_views.mail_less_undo, name="mail-less-undo"),
    path("api/v1/notifications/", api.api_notifications, name="api-notifications"),
    path("api/v1/notifications/<int:pk>/read/", api.api_notification_read, name="api-notification-read"),
]
