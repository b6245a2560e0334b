"""Addresses of shared files."""

from django.urls import path

from community.files import views

urlpatterns = [
    path("files/", views.file_upload, name="file-upload"),
    path("files/<str:key>/<str:name>", views.file_detail, name="file-detail"),
    path("files/<str:key>/small/<str:name>", views.file_small, name="file-small"),
]
