"""Addresses of rings."""

from django.urls import path

from moderation.rings import views

urlpatterns = [
    path("desk/rings/", views.ring_list, name="ring-list"),
    path("desk/rings/<int:pk>/", views.ring_detail, name="ring-detail"),
    path("desk/rings/<int:pk>/reverse/", views.ring_reverse, name="ring-reverse"),
    path("desk/rings/<int:pk>/leave/", views.ring_leave, name="ring-leave"),
    path("desk/rings/<int:pk>/undo/", views.ring_undo, name="ring-undo"),
]
