"""Addresses of the ledger and of the pages about fair reviews."""

from django.urls import path

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
]
