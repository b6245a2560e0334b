"""Addresses of the ledger and of the pages about fair reviews."""

from django.urls import path

from moderation.fairness import api, api_campaigns
from moderation.fairness.views import campaigns, insiders, policy, public

urlpatterns = [
    path("reviews/ledger/", public.ledger, name="ledger"),
    path("reviews/ledger/export.json", public.ledger_export, name="ledger-export"),
    path("desk/reviews/", policy.fairness, name="fairness"),
    path("desk/reviews/insiders/", insiders.insider_list, name="insider-list"),
    path("desk/reviews/insiders/directory/", insiders.insider_directory, name="insider-directory"),
    path("desk/reviews/insiders/<int:insider_id>/", insiders.insider_end, name="insider-end"),
    path("desk/reviews/campaigns/", campaigns.campaign_list, name="campaign-list"),
    path("desk/reviews/campaigns/<int:campaign_id>/", campaigns.campaign_page, name="campaign-page"),
    path("desk/reviews/campaigns/<int:campaign_id>/invite/", campaigns.campaign_invite, name="campaign-invite"),
    path("desk/reviews/campaigns/<int:campaign_id>/end/", campaigns.campaign_end, name="campaign-end"),
    path("desk/reviews/<int:review_id>/incentive/", policy.incentive_remove, name="incentive-remove"),
    path("api/v1/reviews/ledger/", api.api_ledger, name="api-ledger"),
    path("api/v1/desk/reviews/policy/", api.api_review_policy, name="api-review-policy"),
    path("api/v1/desk/insiders/", api.api_insiders, name="api-insiders"),
    path("api/v1/desk/insiders/directory/", api.api_directory, name="api-directory"),
    path("api/v1/desk/insiders/<int:insider_id>/end/", api.api_insider_end, name="api-insider-end"),
    path(
        "api/v1/desk/reviews/<int:review_id>/incentive/removal/",
        api.api_incentive_removal,
        name="api-incentive-removal",
    ),
    path("api/v1/desk/campaigns/", api_campaigns.api_campaigns, name="api-campaigns"),
    path("api/v1/desk/campaigns/<int:campaign_id>/", api_campaigns.api_campaign, name="api-campaign"),
    path(
        "api/v1/desk/campaigns/<int:campaign_id>/guests/", api_campaigns.api_campaign_guests, name="api-campaign-guests"
    ),
    path("api/v1/desk/campaigns/<int:campaign_id>/end/", api_campaigns.api_campaign_end, name="api-campaign-end"),
]
