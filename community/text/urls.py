"""Addresses of text."""

from django.urls import path

from community.text import views

urlpatterns = [path("text/preview/", views.text_preview, name="text-preview")]
