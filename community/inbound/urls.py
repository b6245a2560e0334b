"""Addresses of incoming mail: the hook, and the page of a mail that waits for its owner."""

from django.urls import path

from community.inbound import hook, views

urlpatterns = [
    path("hooks/email/", hook.email_hook, name="email-hook"),
    path("hooks/email/<slug:provider>/", hook.email_provider_hook, name="email-provider-hook"),
    path("mails/<int:pk>/", views.mail_detail, name="mail-detail"),
    path("mails/<int:pk>/decide/", views.mail_decide, name="mail-decide"),
]
