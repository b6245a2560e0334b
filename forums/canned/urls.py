"""Addresses of reply templates."""

from django.urls import path

from forums.canned import views

urlpatterns = [
    path("canned-replies/", views.canned_list, name="canned-list"),
    path("canned-replies/new/", views.canned_new, name="canned-new"),
    path("canned-replies/suggest/", views.canned_suggest, name="canned-suggest"),
    path("canned-replies/<int:pk>/edit/", views.canned_edit, name="canned-edit"),
    path("canned-replies/<int:pk>/retire/", views.canned_retire, name="canned-retire"),
]
