"""Addresses for tending tags."""

from django.urls import path

from forums.tags import views

urlpatterns = [
    path("tags/<str:slug>/edit/", views.tag_edit, name="tag-edit"),
    path("tags/<str:slug>/describe/", views.tag_describe, name="tag-describe"),
    path("tags/<str:slug>/synonyms/add/", views.tag_synonym_add, name="tag-synonym-add"),
    path("tags/<str:slug>/synonyms/remove/", views.tag_synonym_remove, name="tag-synonym-remove"),
    path("tags/<str:slug>/merge/", views.tag_merge, name="tag-merge"),
    path("tags/<str:slug>/merges/<int:pk>/undo/", views.tag_merge_undo, name="tag-merge-undo"),
]
