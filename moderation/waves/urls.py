"""Addresses of waves, crisis mode and the overview."""

from django.urls import path

from moderation.waves.views import crises, overview, places, waves

urlpatterns = [
    path("desk/flags/overview/", overview.moderation_overview, name="moderation-overview"),
    path("desk/flags/waves/", waves.wave_list, name="wave-list"),
    path("desk/flags/waves/<int:wave_id>/", waves.wave_detail, name="wave-detail"),
    path("desk/flags/waves/<int:wave_id>/confirm/", waves.wave_confirm, name="wave-confirm"),
    path("desk/flags/waves/<int:wave_id>/dismiss/", waves.wave_dismiss, name="wave-dismiss"),
    path("desk/flags/crisis/", crises.crisis_set, name="crisis-set"),
    path("desk/flags/crisis/end/", crises.crisis_end, name="crisis-end"),
    path("desk/flags/places/<slug:kind>/<str:value>/", places.place_detail, name="place-detail"),
]
