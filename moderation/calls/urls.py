"""Addresses of calls in the browser: the customer's below their request, the team's below the desk."""

from django.urls import path

from moderation.calls.views import customer, desk

urlpatterns = [
    path("requests/talk/new/", customer.talk_new, name="talk-new"),
    path("requests/<str:token>/talk/", customer.talk_detail, name="talk-detail"),
    path("requests/<str:token>/talk/start/", customer.talk_start, name="talk-start"),
    path("requests/<str:token>/talk/answer/", customer.talk_answer, name="talk-answer"),
    path("requests/<str:token>/talk/end/", customer.talk_end, name="talk-end"),
    path("requests/<str:token>/talk/ways/", customer.talk_ways, name="talk-ways"),
    path("requests/<str:token>/talk/bell/", customer.talk_bell, name="talk-bell"),
    path("desk/talks/", desk.talk_strip, name="talk-strip"),
    path("desk/conversations/<int:conversation_id>/talk/", desk.talk_invite, name="talk-invite"),
    path("desk/talks/<int:call_id>/", desk.talk_room, name="talk-room"),
    path("desk/talks/<int:call_id>/card/", desk.talk_card, name="talk-card"),
    path("desk/talks/<int:call_id>/accept/", desk.talk_accept, name="talk-accept"),
    path("desk/talks/<int:call_id>/end/", desk.talk_hang_up, name="talk-hang-up"),
    path("desk/talks/<int:call_id>/ways/", desk.talk_room_ways, name="talk-room-ways"),
]
