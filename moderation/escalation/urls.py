"""Addresses of private help: the customer's pages, the team's, and the doors for files."""

from django.urls import path

from moderation.escalation import api, api_invitations, api_team, api_wordings
from moderation.escalation.views import consent, desk, files, mails, overview, requests, wordings

urlpatterns = [
    path("requests/", requests.request_list, name="request-list"),
    path("requests/new/", requests.request_new, name="request-new"),
    path("requests/about/<int:thread_id>/", requests.request_about, name="request-about"),
    path("requests/invitations/<str:token>/", consent.invitation_detail, name="invitation-detail"),
    path("requests/invitations/<str:token>/accept/", consent.invitation_accept, name="invitation-accept"),
    path("requests/invitations/<str:token>/decline/", consent.invitation_decline, name="invitation-decline"),
    path("requests/survey/<str:token>/", consent.survey, name="survey"),
    path("requests/files/<str:key>/", files.attachment_open, name="attachment-open"),
    path("requests/links/<str:ticket>/", files.attachment_file, name="attachment-file"),
    path("requests/<str:token>/", requests.request_detail, name="request-detail"),
    path("requests/<str:token>/reply/", requests.request_reply, name="request-reply"),
    path("requests/<str:token>/messages/<int:number>/undo/", requests.request_undo, name="request-undo"),
    path("requests/<str:token>/close/", requests.request_close, name="request-close"),
    path("requests/<str:token>/reopen/", requests.request_reopen, name="request-reopen"),
    path("requests/<str:token>/outcome/", consent.outcome_decide, name="outcome-decide"),
    path("requests/<str:token>/mails/<int:mail_id>/", consent.held_decide, name="held-decide"),
    path("desk/items/<int:item_id>/private/", desk.private_panel, name="private-panel"),
    path("desk/items/<int:item_id>/private/offer/", desk.private_offer, name="private-offer"),
    path("desk/guidance/<int:showing_id>/dismiss/", desk.guidance_dismiss, name="guidance-dismiss"),
    path("desk/conversations/<int:conversation_id>/", desk.conversation_detail, name="conversation-detail"),
    path("desk/conversations/<int:conversation_id>/reply/", desk.conversation_reply, name="conversation-reply"),
    path(
        "desk/conversations/<int:conversation_id>/messages/<int:number>/undo/",
        desk.conversation_undo,
        name="conversation-undo",
    ),
    path("desk/conversations/<int:conversation_id>/close/", desk.conversation_close, name="conversation-close"),
    path("desk/conversations/<int:conversation_id>/reopen/", desk.conversation_reopen, name="conversation-reopen"),
    path("desk/conversations/<int:conversation_id>/outcome/", desk.outcome_propose, name="outcome-propose"),
    path("desk/escalations/", overview.escalation_list, name="escalation-list"),
    path("desk/escalations/rules/", overview.guideline_list, name="guideline-list"),
    path("desk/escalations/wordings/", wordings.wording_list, name="wording-list"),
    path("desk/escalations/wordings/<int:pk>/", wordings.wording_decide, name="wording-decide"),
    path("desk/escalations/mails/", mails.mail_list, name="mail-list"),
    path("desk/escalations/mails/<int:mail_id>/", mails.mail_decide, name="mail-decide"),
    path("api/v1/requests/", api.api_requests, name="api-requests"),
    path("api/v1/requests/invitations/", api_invitations.api_invitations, name="api-invitations"),
    path("api/v1/requests/invitations/<str:token>/", api_invitations.api_invitation, name="api-invitation"),
    path("api/v1/requests/<str:token>/", api.api_request, name="api-request"),
    path("api/v1/requests/<str:token>/messages/", api.api_request_messages, name="api-request-messages"),
    path("api/v1/desk/items/<int:item_id>/private/", api_team.api_item_private, name="api-item-private"),
    path("api/v1/desk/conversations/<int:conversation_id>/", api_team.api_conversation, name="api-conversation"),
    path(
        "api/v1/desk/conversations/<int:conversation_id>/messages/",
        api_team.api_conversation_messages,
        name="api-conversation-messages",
    ),
    path(
        "api/v1/desk/conversations/<int:conversation_id>/close/",
        api_team.api_conversation_close,
        name="api-conversation-close",
    ),
    path("api/v1/desk/wordings/", api_wordings.api_wordings, name="api-wordings"),
    path("api/v1/desk/wordings/<int:pk>/decision/", api_wordings.api_wording_decision, name="api-wording-decision"),
]
