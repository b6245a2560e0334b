"""Addresses of live chats: the customer's below their request, the team's below the desk, and the small entry."""

from django.urls import path

from moderation.chat.views import customer, desk, widget

urlpatterns = [
    path("widgets/products/<slug:slug>/chat/", widget.chat_widget, name="chat-widget"),
    path("requests/chat/new/", customer.chat_new, name="chat-new"),
    path("requests/chat/entry/", customer.chat_entry, name="chat-entry"),
    path("requests/<str:token>/chat/", customer.chat_detail, name="chat-detail"),
    path("requests/<str:token>/chat/start/", customer.chat_start, name="chat-start"),
    path("requests/<str:token>/chat/say/", customer.chat_say, name="chat-say"),
    path("requests/<str:token>/chat/news/", customer.chat_news, name="chat-news"),
    path("requests/<str:token>/chat/end/", customer.chat_end, name="chat-end"),
    path("desk/chats/", desk.chat_strip, name="chat-strip"),
    path("desk/chats/duty/", desk.duty_switch, name="duty-switch"),
    path("desk/conversations/<int:conversation_id>/chat/", desk.chat_pane, name="chat-pane"),
    path("desk/conversations/<int:conversation_id>/chat/join/", desk.chat_join, name="chat-join"),
    path("desk/conversations/<int:conversation_id>/chat/say/", desk.chat_answer, name="chat-answer"),
    path("desk/conversations/<int:conversation_id>/chat/news/", desk.chat_pane_news, name="chat-pane-news"),
    path("desk/conversations/<int:conversation_id>/chat/leave/", desk.chat_leave, name="chat-leave"),
]
