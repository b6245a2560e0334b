"""Addresses of the places where customers arrive."""

from django.urls import path

from forums.hubs import api, embedding, people_views, suggesting, tag_views, views

urlpatterns = [
    path("", views.home, name="home"),
    path("products/", views.product_list, name="product-list"),
    path("products/compare/", views.product_compare, name="product-compare"),
    path("products/<slug:slug>/", views.product_detail, name="product-detail"),
    path("products/<slug:slug>/embed/", embedding.product_embed, name="product-embed"),
    path("widgets/launcher.js", embedding.widget_launcher, name="widget-launcher"),
    path("text/tags/", suggesting.tag_suggest, name="tag-suggest"),
    path("tags/", tag_views.tag_list, name="tag-list"),
    path("tags/<str:slug>/", tag_views.tag_detail, name="tag-detail"),
    path("people/", people_views.people_list, name="people-list"),
    path("people/boards.csv", people_views.people_boards, name="people-boards"),
    path("people/<str:username>/", people_views.person_detail, name="person-detail"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("api/v1/products/", api.api_products, name="api-products"),
    path("api/v1/products/<slug:slug>/", api.api_product, name="api-product"),
    path("api/v1/tags/", api.api_tags, name="api-tags"),
    path("api/v1/people/", api.api_people, name="api-people"),
    path("api/v1/people/<str:handle>/", api.api_person, name="api-person"),
]
