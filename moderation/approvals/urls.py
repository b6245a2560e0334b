"""Addresses of approvals."""

from django.urls import path

from moderation.approvals import views

urlpatterns = [
    path("desk/approvals/", views.approval_list, name="approval-list"),
    path("desk/approvals/<int:approval_id>/", views.approval_detail, name="approval-detail"),
    path("desk/approvals/<int:approval_id>/decide/", views.approval_decide, name="approval-decide"),
    path("desk/approvals/matters/new/", views.regulation_make, name="regulation-make"),
    path("desk/approvals/matters/<int:regulation_id>/drop/", views.regulation_drop, name="regulation-drop"),
]
