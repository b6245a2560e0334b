"""Addresses of the settings, of personas' photos and of the demo."""

from django.urls import path

from community.profiles import (
    absence_views,
    audience_views,
    change_views,
    closing_views,
    data_views,
    demo_views,
    distance_views,
    notification_views,
    persona_views,
    picture_views,
    role_views,
    views,
)

urlpatterns = [
    path("settings/", views.settings, name="settings"),
    path("settings/products/", views.settings_products, name="settings-products"),
    path("settings/products/<int:pk>/remove/", views.settings_product_remove, name="settings-product-remove"),
    path("settings/changes/<int:pk>/take-back/", change_views.change_take_back, name="change-take-back"),
    path("settings/audience/", audience_views.settings_audience, name="settings-audience"),
    path("settings/distance/", distance_views.settings_distance, name="settings-distance"),
    path("settings/distance/<int:pk>/ignore/", distance_views.person_ignore, name="person-ignore"),
    path("settings/distance/<int:pk>/read-again/", distance_views.person_stop_ignoring, name="person-stop-ignoring"),
    path("settings/distance/<int:pk>/block/", distance_views.person_block, name="person-block"),
    path("settings/distance/<int:pk>/unblock/", distance_views.person_unblock, name="person-unblock"),
    path("settings/notifications/", notification_views.settings_notifications, name="settings-notifications"),
    path(
        "settings/notifications/preview/",
        notification_views.settings_notifications_preview,
        name="settings-notifications-preview",
    ),
    path("settings/data/", data_views.settings_data, name="settings-data"),
    path("settings/data/take/", data_views.settings_data_take, name="settings-data-take"),
    path("settings/closing/", closing_views.settings_closing, name="settings-closing"),
    path("settings/closing/withdraw/", closing_views.settings_closing_withdraw, name="settings-closing-withdraw"),
    path("settings/security/", views.settings_security, name="settings-security"),
    path("settings/persona/", persona_views.settings_persona, name="settings-persona"),
    path("settings/absences/", absence_views.settings_absences, name="settings-absences"),
    path("settings/absences/<int:pk>/remove/", absence_views.settings_absence_remove, name="settings-absence-remove"),
    path("settings/people/", role_views.settings_people, name="settings-people"),
    path("settings/people/<str:username>/", role_views.settings_roles, name="settings-roles"),
    path(
        "settings/people/<str:username>/<int:pk>/revoke/", role_views.settings_role_revoke, name="settings-role-revoke"
    ),
    path("settings/picture/", picture_views.settings_picture, name="settings-picture"),
    path("settings/picture/remove/", picture_views.settings_picture_remove, name="settings-picture-remove"),
    path("media/people/<str:name>", picture_views.person_picture, name="person-picture"),
    path("media/personas/<str:name>", persona_views.persona_photo, name="persona-photo"),
    path("demo/", demo_views.demo, name="demo"),
    path("demo/<slug:name>/", demo_views.demo_step_in, name="demo-step-in"),
]
