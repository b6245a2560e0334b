"""Addresses of concerns."""

from django.urls import path

from moderation.concerns import views

urlpatterns = [
    path("desk/concerns/", views.concern_list, name="concern-list"),
    path("desk/concerns/<str:token>/", views.concern_detail, name="concern-detail"),
    path("desk/concerns/<str:token>/say/", views.concern_say, name="concern-say"),
]
