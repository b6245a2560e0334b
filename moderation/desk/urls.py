"""Addresses of the desk."""

from django.urls import path

from moderation.desk import api, api_customers
from moderation.desk.views import customers, identities, moves, ordering, presence, queue, shapes, slot, words

urlpatterns = [
    path("desk/", queue.desk, name="desk"),
    path("desk/news/", queue.queue_news, name="queue-news"),
    path("desk/next/", ordering.queue_next, name="queue-next"),
    path("desk/order/", ordering.order_settings, name="order-settings"),
    path("desk/hours/", ordering.hours_settings, name="hours-settings"),
    path("desk/hours/promises/<slug:kind>/", ordering.promise_settings, name="promise-settings"),
    path("how-we-order/", ordering.order_public, name="order-public"),
    path("desk/items/<int:item_id>/", queue.item_detail, name="item-detail"),
    path("desk/items/<int:item_id>/news/", queue.item_news, name="item-news"),
    path("desk/items/<int:item_id>/claim/", moves.item_claim, name="item-claim"),
    path("desk/items/<int:item_id>/release/", moves.item_release, name="item-release"),
    path("desk/items/<int:item_id>/assign/", moves.item_assign, name="item-assign"),
    path("desk/items/<int:item_id>/hand-over/", moves.item_hand_over, name="item-hand-over"),
    path("desk/items/<int:item_id>/snooze/", moves.item_snooze, name="item-snooze"),
    path("desk/items/<int:item_id>/close/", moves.item_close, name="item-close"),
    path("desk/items/<int:item_id>/reopen/", moves.item_reopen, name="item-reopen"),
    path("desk/items/<int:item_id>/note/", words.item_note, name="item-note"),
    path("desk/items/<int:item_id>/answer/", words.item_answer, name="item-answer"),
    path("desk/items/<int:item_id>/answers/<int:post_id>/undo/", words.item_undo_answer, name="item-undo-answer"),
    path("desk/items/<int:item_id>/notes/<int:note_id>/answer/", words.note_answer, name="note-answer"),
    path("desk/items/<int:item_id>/presence/", presence.item_presence, name="item-presence"),
    path("desk/customers/<int:person_id>/", customers.customer_detail, name="customer-detail"),
    path("desk/customers/<int:person_id>/contact/", customers.customer_contact, name="customer-contact"),
    path("desk/customers/<int:person_id>/handles/", identities.handle_suggest, name="handle-suggest"),
    path(
        "desk/customers/<int:person_id>/handles/<int:handle_id>/rule-out/",
        identities.handle_rule_out,
        name="handle-rule-out",
    ),
    path("desk/customers/<int:person_id>/merge/", identities.customer_merge, name="customer-merge"),
    path(
        "desk/customers/<int:person_id>/merges/<int:merge_id>/undo/",
        identities.customer_unmerge,
        name="customer-unmerge",
    ),
    path("desk/threads/<int:thread_id>/slot/", slot.thread_slot, name="thread-slot"),
    path("desk/threads/<int:thread_id>/open/", slot.thread_open, name="thread-open"),
    path("desk/threads/<int:thread_id>/merge/", shapes.thread_merge, name="thread-merge"),
    path("desk/threads/<int:thread_id>/duplicate/", shapes.thread_duplicate, name="thread-duplicate"),
    path("desk/threads/<int:thread_id>/move/", shapes.thread_move, name="thread-move"),
    path("desk/threads/<int:thread_id>/changes/", shapes.thread_changes, name="thread-changes"),
    path("desk/threads/<int:thread_id>/changes/<slug:kind>/<int:row_id>/undo/", shapes.change_undo, name="change-undo"),
    path("desk/posts/<int:post_id>/split/", shapes.post_split, name="post-split"),
    path("api/v1/desk/items/", api.api_items, name="api-items"),
    path("api/v1/desk/items/<int:item_id>/", api.api_item, name="api-item"),
    path("api/v1/desk/items/<int:item_id>/answers/", api.api_item_answers, name="api-item-answers"),
    path("api/v1/desk/items/<int:item_id>/notes/", api.api_item_notes, name="api-item-notes"),
    path("api/v1/desk/items/<int:item_id>/claim/", api.api_item_claim, name="api-item-claim"),
    path("api/v1/desk/items/<int:item_id>/close/", api.api_item_close, name="api-item-close"),
    path("api/v1/desk/items/<int:item_id>/snooze/", api.api_item_snooze, name="api-item-snooze"),
    path("api/v1/desk/customers/<int:person_id>/contact/", api.api_customer_contact, name="api-customer-contact"),
    path("api/v1/desk/customers/<int:person_id>/ways/", api_customers.api_customer_ways, name="api-customer-ways"),
    path(
        "api/v1/desk/customers/<int:person_id>/handles/",
        api_customers.api_customer_handles,
        name="api-customer-handles",
    ),
    path(
        "api/v1/desk/customers/<int:person_id>/handles/<int:handle_id>/",
        api_customers.api_customer_handle,
        name="api-customer-handle",
    ),
    path(
        "api/v1/desk/customers/<int:person_id>/merges/", api_customers.api_customer_merges, name="api-customer-merges"
    ),
    path(
        "api/v1/desk/customers/<int:person_id>/merges/<int:merge_id>/",
        api_customers.api_customer_merge,
        name="api-customer-merge",
    ),
]
