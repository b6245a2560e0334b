"""Addresses of threads, posts and drafts."""

from django.urls import path

from forums.threads import api
from forums.threads.views import (
    allowance,
    deeds,
    drafts,
    posts,
    reading_place,
    redactions,
    replies,
    suggestions,
    undoing,
)

urlpatterns = [
    path("allowance/", allowance.allowance_detail, name="allowance-detail"),
    path("threads/<int:pk>/reply/", replies.thread_reply, name="thread-reply"),
    path("threads/<int:pk>/unread/", reading_place.thread_unread, name="thread-unread"),
    path("threads/<int:pk>/read/", reading_place.thread_read, name="thread-read"),
    path("threads/<int:pk>/lock/", deeds.thread_lock, name="thread-lock"),
    path("threads/<int:pk>/unlock/", deeds.thread_unlock, name="thread-unlock"),
    path("threads/<int:pk>/take-down/", deeds.thread_take_down, name="thread-take-down"),
    path("threads/<int:pk>/bring-back/", deeds.thread_bring_back, name="thread-bring-back"),
    path("posts/<int:pk>/", posts.post_detail, name="post-detail"),
    path("posts/<int:pk>/history/", posts.post_history, name="post-history"),
    path("posts/<int:pk>/redact/", redactions.post_redact, name="post-redact"),
    path("posts/<int:pk>/suggest/", suggestions.post_suggest, name="post-suggest"),
    path("posts/<int:pk>/take-suggestions/", suggestions.post_take_suggestions, name="post-take-suggestions"),
    path("suggestions/", suggestions.suggestion_list, name="suggestion-list"),
    path("suggestions/decide/", suggestions.suggestion_decide, name="suggestion-decide"),
    path("suggestions/<int:pk>/", suggestions.suggestion_detail, name="suggestion-detail"),
    path("suggestions/<int:pk>/withdraw/", suggestions.suggestion_withdraw, name="suggestion-withdraw"),
    path("posts/<int:pk>/edit/", posts.post_edit, name="post-edit"),
    path("posts/<int:pk>/comment/", replies.post_comment, name="post-comment"),
    path("posts/<int:pk>/vote/", deeds.post_vote, name="post-vote"),
    path("posts/<int:pk>/take-back-vote/", deeds.post_take_back_vote, name="post-take-back-vote"),
    path("posts/<int:pk>/remove/", deeds.post_remove, name="post-remove"),
    path("posts/<int:pk>/undo/", undoing.post_undo, name="post-undo"),
    path("drafts/", drafts.draft_save, name="draft-save"),
    path("drafts/mine/", drafts.my_draft_list, name="my-draft-list"),
    path("drafts/forget/", drafts.draft_forget, name="draft-forget"),
    path("drafts/<str:place>/", drafts.draft_detail, name="draft-detail"),
    path("api/v1/posts/<int:pk>/", api.api_post, name="api-post"),
    path("api/v1/posts/<int:pk>/history/", api.api_post_history, name="api-post-history"),
    path("api/v1/posts/<int:pk>/vote/", api.api_post_vote, name="api-post-vote"),
    path("api/v1/posts/<int:pk>/comments/", api.api_post_comments, name="api-post-comments"),
    path("api/v1/threads/<int:pk>/hearing/", api.api_thread_hearing, name="api-thread-hearing"),
]
