"""Addresses of the gaps."""

from django.urls import path

from moderation.gaps import views

urlpatterns = [
    path("desk/gaps/", views.gap_list, name="gap-list"),
    path("desk/gaps/asking/", views.gap_asking, name="gap-asking"),
    path("desk/gaps/asking.csv", views.gap_asking_export, name="gap-asking-export"),
    path("desk/gaps/<int:need_id>/", views.gap_detail, name="gap-detail"),
    path("desk/gaps/<int:need_id>/assign/", views.gap_assign, name="gap-assign"),
    path("desk/gaps/<int:need_id>/answer/", views.gap_answer, name="gap-answer"),
    path("desk/gaps/<int:need_id>/write/", views.gap_write, name="gap-write"),
    path("desk/gaps/<int:need_id>/reopen/", views.gap_reopen, name="gap-reopen"),
    path("desk/gaps/<int:need_id>/aside/", views.gap_set_aside, name="gap-set-aside"),
]
