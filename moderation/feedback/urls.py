"""Addresses of the team's pages about reviews."""

from django.urls import path

from moderation.feedback import api, api_files, file_views, views

urlpatterns = [
    path("desk/reviews/asking/", views.asking_audit, name="asking-audit"),
    path("desk/reviews/asking/left-out.csv", views.left_out_export, name="left-out-export"),
    path("desk/reviews/asking/exemptions/", views.exemption_new, name="exemption-new"),
    path("desk/reviews/asking/exemptions/<int:pk>/end/", views.exemption_end, name="exemption-end"),
    path("desk/reviews/files/", file_views.review_file_list, name="review-file-list"),
    path("desk/reviews/files/<int:pk>/", file_views.review_file_detail, name="review-file-detail"),
    path("desk/reviews/files/<int:pk>/start/", file_views.review_file_start, name="review-file-start"),
    path("desk/reviews/files/<int:pk>/drop/", file_views.review_file_drop, name="review-file-drop"),
    path("desk/reviews/out/", file_views.review_handout, name="review-handout"),
    path("desk/reviews/out/export/", file_views.review_export, name="review-export"),
    path("api/v1/desk/asking/", api.api_asking, name="api-asking"),
    path("api/v1/desk/asking/left-out/", api.api_left_out, name="api-left-out"),
    path("api/v1/desk/asking/exemptions/", api.api_exemptions, name="api-exemptions"),
    path("api/v1/desk/asking/exemptions/<int:pk>/end/", api.api_exemption_end, name="api-exemption-end"),
    path("api/v1/desk/reviews/files/", api_files.api_review_files, name="api-review-files"),
    path("api/v1/desk/reviews/files/<int:pk>/", api_files.api_review_file, name="api-review-file"),
    path("api/v1/desk/reviews/files/<int:pk>/start/", api_files.api_review_file_start, name="api-review-file-start"),
]
