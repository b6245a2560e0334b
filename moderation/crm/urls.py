"""Addresses of the CRM pages, and the doorway for signed messages."""

from django.urls import path

from moderation.crm import inbound
from moderation.crm.views import erasures, fields, mapping, matches, outbox, panel, setup

urlpatterns = [
    path("desk/crm/", setup.crm_connections, name="crm-connections"),
    path("desk/crm/new/<slug:kind>/", setup.crm_connection_new, name="crm-connection-new"),
    path("desk/crm/connections/<int:connection_id>/", setup.crm_connection, name="crm-connection"),
    path("desk/crm/connections/<int:connection_id>/state/", setup.crm_connection_state, name="crm-connection-state"),
    path(
        "desk/crm/connections/<int:connection_id>/preview/", setup.crm_connection_preview, name="crm-connection-preview"
    ),
    path("desk/crm/connections/<int:connection_id>/check/", setup.crm_connection_check, name="crm-connection-check"),
    path("desk/crm/connections/<int:connection_id>/pause/", setup.crm_connection_pause, name="crm-connection-pause"),
    path(
        "desk/crm/connections/<int:connection_id>/reconcile/",
        setup.crm_connection_reconcile,
        name="crm-connection-reconcile",
    ),
    path(
        "desk/crm/connections/<int:connection_id>/mapping/",
        mapping.crm_connection_mapping,
        name="crm-connection-mapping",
    ),
    path(
        "desk/crm/connections/<int:connection_id>/mapping/preview/",
        mapping.crm_connection_mapping_preview,
        name="crm-connection-mapping-preview",
    ),
    path(
        "desk/crm/connections/<int:connection_id>/mapping/back/",
        mapping.crm_connection_mapping_back,
        name="crm-connection-mapping-back",
    ),
    path(
        "desk/crm/connections/<int:connection_id>/fields/",
        fields.crm_connection_fields,
        name="crm-connection-fields",
    ),
    path(
        "desk/crm/connections/<int:connection_id>/fields/try/",
        fields.crm_connection_fields_try,
        name="crm-connection-fields-try",
    ),
    path(
        "desk/crm/connections/<int:connection_id>/fields/back/",
        fields.crm_connection_fields_back,
        name="crm-connection-fields-back",
    ),
    path(
        "desk/crm/connections/<int:connection_id>/fields/tell/",
        fields.crm_connection_fields_tell,
        name="crm-connection-fields-tell",
    ),
    path("desk/crm/outbox/", outbox.crm_outbox, name="crm-outbox"),
    path("desk/crm/outbox/replay/", outbox.crm_replay, name="crm-replay"),
    path("desk/crm/outbox/<int:push_id>/", outbox.crm_push, name="crm-push"),
    path("desk/crm/matches/", matches.crm_matches, name="crm-matches"),
    path("desk/crm/matches/<int:match_id>/decide/", matches.crm_match_decide, name="crm-match-decide"),
    path("desk/crm/matches/<int:match_id>/take-back/", matches.crm_match_take_back, name="crm-match-take-back"),
    path("desk/crm/erasures/", erasures.crm_erasures, name="crm-erasures"),
    path("desk/crm/erasures/ask/", erasures.crm_erasure_ask, name="crm-erasure-ask"),
    path("desk/crm/receipts/<int:receipt_id>/confirm/", erasures.crm_receipt_confirm, name="crm-receipt-confirm"),
    path("settings/records/", erasures.own_records, name="own-records"),
    path("settings/records/erase/", erasures.own_records_erase, name="own-records-erase"),
    path("settings/records/allow/", erasures.own_records_allow, name="own-records-allow"),
    path("desk/items/<int:item_id>/crm/", panel.crm_panel, name="crm-panel"),
    path("desk/items/<int:item_id>/crm/push/", panel.crm_item_push, name="crm-item-push"),
    path("desk/items/<int:item_id>/crm/<int:case_id>/holds/", panel.crm_holds, name="crm-holds"),
    path("desk/items/<int:item_id>/crm/<int:case_id>/status/", panel.crm_item_status, name="crm-item-status"),
    path("desk/items/<int:item_id>/crm/<int:case_id>/mend/", panel.crm_item_mend, name="crm-item-mend"),
    path("hooks/crm/<slug:name>/", inbound.crm_hook, name="crm-hook"),
]
