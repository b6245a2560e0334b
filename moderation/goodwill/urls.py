"""Addresses of credits."""

from django.urls import path

from moderation.goodwill import views

urlpatterns = [
    path("desk/items/<int:item_id>/goodwill/", views.goodwill_panel, name="goodwill-panel"),
    path("desk/items/<int:item_id>/goodwill/give/", views.goodwill_give, name="goodwill-give"),
    path("desk/goodwill/", views.goodwill_list, name="goodwill-list"),
    path("desk/goodwill/limit/", views.goodwill_limit, name="goodwill-limit"),
    path("desk/goodwill/<int:credit_id>/decide/", views.goodwill_decide, name="goodwill-decide"),
]
