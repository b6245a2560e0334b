"""Addresses of the order feed."""

from django.urls import path

from moderation.orders import mapping, views

urlpatterns = [
    path("desk/orders/", views.order_list, name="order-list"),
    path("desk/orders/mappings/<slug:source>/", mapping.order_mapping, name="order-mapping"),
    path("desk/orders/mappings/<slug:source>/preview/", mapping.order_mapping_preview, name="order-mapping-preview"),
    path("desk/orders/mappings/<slug:source>/back/", mapping.order_mapping_back, name="order-mapping-back"),
    path("hooks/orders/<slug:source>/", views.order_hook, name="order-hook"),
]
