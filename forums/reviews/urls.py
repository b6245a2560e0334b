"""Addresses of reviews."""

from django.urls import path

from forums.reviews import api, api_notices, api_photos, api_team
from forums.reviews.views import deeds, honesty, own, reading, widget, writing

urlpatterns = [
    path("products/<slug:slug>/reviews/", reading.review_list, name="review-list"),
    path("products/<slug:slug>/reviews/new/", writing.review_new, name="review-new"),
    path("products/<slug:slug>/reviews/embed/", widget.review_embed, name="review-embed"),
    path("widgets/products/<slug:slug>/", widget.review_widget, name="review-widget"),
    path("reviews/", reading.review_index, name="review-index"),
    path("reviews/mine/", own.my_review_list, name="my-review-list"),
    path("reviews/mine/export/", own.my_review_export, name="my-review-export"),
    path("reviews/company/", reading.company_review_list, name="company-review-list"),
    path("reviews/company/new/", writing.company_review_new, name="company-review-new"),
    path("reviews/how-we-check/", honesty.review_checks, name="review-checks"),
    path("reviews/how-we-check/<int:number>/", honesty.review_checks_version, name="review-checks-version"),
    path("campaigns/", honesty.campaign_index, name="campaign-index"),
    path("campaigns/<slug:code>/", honesty.campaign_detail, name="campaign-detail"),
    path("reviews/photos/", deeds.photo_list, name="photo-list"),
    path("reviews/photos/<int:pk>/show/", deeds.photo_show, name="photo-show"),
    path("reviews/photos/<int:pk>/hide/", deeds.photo_hide, name="photo-hide"),
    path("reviews/<int:pk>/", reading.review_detail, name="review-detail"),
    path("reviews/<int:pk>/deeds/edit/", writing.review_edit, name="review-edit"),
    path("reviews/<int:pk>/history/stars/", reading.review_history, name="review-history"),
    path("reviews/<int:pk>/deeds/verdict/", deeds.review_verdict, name="review-verdict"),
    path("reviews/<int:pk>/deeds/owner/", deeds.review_confirm_owner, name="review-confirm-owner"),
    path("reviews/<int:pk>/deeds/withdraw-proof/", deeds.review_withdraw_proof, name="review-withdraw-proof"),
    path("reviews/<int:pk>/<slug:slug>/", reading.review_detail, name="review-detail"),
    path("api/v1/reviews/", api.api_reviews, name="api-reviews"),
    path("api/v1/reviews/<int:pk>/", api.api_review, name="api-review"),
    path("api/v1/reviews/<int:pk>/history/", api.api_review_history, name="api-review-history"),
    path("api/v1/reviews/<int:pk>/verdict/", api.api_review_verdict, name="api-review-verdict"),
    path("api/v1/reviews/<int:pk>/replies/", api.api_review_replies, name="api-review-replies"),
    path("api/v1/reviews/checks/", api_notices.api_checks, name="api-checks"),
    path("api/v1/reviews/checks/versions/", api_notices.api_checks_versions, name="api-checks-versions"),
    path("api/v1/reviews/checks/versions/<int:number>/", api_notices.api_checks_version, name="api-checks-version"),
    path("api/v1/campaigns/", api_notices.api_running_campaigns, name="api-running-campaigns"),
    path("api/v1/reviews/<int:pk>/photos/", api_photos.api_review_photos, name="api-review-photos"),
    path("api/v1/photos/<int:pk>/", api_photos.api_photo, name="api-photo"),
    path("api/v1/desk/photos/", api_team.api_waiting_photos, name="api-waiting-photos"),
    path("api/v1/desk/photos/<int:pk>/show/", api_team.api_photo_show, name="api-photo-show"),
    path("api/v1/desk/photos/<int:pk>/hide/", api_team.api_photo_hide, name="api-photo-hide"),
    path("api/v1/desk/reviews/<int:review_id>/owner/", api_team.api_review_owner, name="api-review-owner"),
    path(
        "api/v1/desk/reviews/<int:review_id>/owner/withdrawal/",
        api_team.api_review_owner_withdrawal,
        name="api-review-owner-withdrawal",
    ),
    path("api/v1/products/<slug:slug>/reviews/", api.api_product_reviews, name="api-product-reviews"),
]
