"""Addresses of asking somebody again."""

from django.urls import path

from forums.bonds import views

urlpatterns = [
    path("threads/<int:pk>/again/", views.thread_again, name="thread-again"),
]
