"""Addresses of booked calls: the customer's below their requests, the team's below the desk."""

from django.urls import path

from moderation.callbacks.views import customer, desk

urlpatterns = [
    path("requests/calls/new/", customer.callback_new, name="callback-new"),
    path("requests/calls/<str:token>/", customer.callback_detail, name="callback-detail"),
    path("requests/calls/<str:token>/move/", customer.callback_move, name="callback-move"),
    path("requests/calls/<str:token>/cancel/", customer.callback_cancel, name="callback-cancel"),
    path("requests/calls/<str:token>/call.ics", customer.callback_calendar, name="callback-calendar"),
    path("requests/<str:token>/call/", customer.callback_book, name="callback-book"),
    path("desk/calls/", desk.callback_list, name="callback-list"),
    path("desk/calls/near/", desk.call_strip, name="call-strip"),
    path("desk/calls/<int:callback_id>/", desk.call_detail, name="call-detail"),
    path("desk/calls/<int:callback_id>/card/", desk.callback_card, name="callback-card"),
    path("desk/calls/<int:callback_id>/accept/", desk.callback_accept, name="callback-accept"),
    path("desk/calls/<int:callback_id>/finish/", desk.callback_finish, name="callback-finish"),
    path("desk/calls/<int:callback_id>/code/", desk.identity_ask, name="identity-ask"),
    path("desk/calls/<int:callback_id>/code/enter/", desk.identity_enter, name="identity-enter"),
]
