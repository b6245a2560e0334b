"""Addresses of the order feed."""

from django.urls import path

from moderation.orders import views

urlpatterns = [
    path("desk/orders/", views.order_list, name="order-list"),
    path("hooks/orders/<slug:source>/", views.order_hook, name="order-hook"),
]
