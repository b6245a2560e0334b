"""Addresses of questions."""

from django.urls import path

from forums.questions import api
from forums.questions.views import asking, conversions, deeds, guests, hints, needs, reading, tidying, widget

urlpatterns = [
    path("questions/reopen/<str:token>/", needs.question_reopen, name="question-reopen"),
    path("questions/<int:pk>/needs-info/", needs.question_needs_info, name="question-needs-info"),
    path("questions/<int:pk>/take-back-need/", needs.question_take_back_need, name="question-take-back-need"),
    path("questions/", reading.question_list, name="question-list"),
    path("questions/new/", asking.question_new, name="question-new"),
    path("questions/new/guest/", guests.guest_question_new, name="guest-question-new"),
    path("questions/new/sign-in/", asking.question_sign_in, name="question-sign-in"),
    path("questions/similar/", hints.question_similar, name="question-similar"),
    path("questions/similar/told/", hints.question_similar_told, name="question-similar-told"),
    path("questions/outline/", hints.question_outline, name="question-outline"),
    path("questions/guest/", guests.guest_question_keep, name="guest-question-keep"),
    path("questions/guest/sent/", guests.guest_question_sent, name="guest-question-sent"),
    path("questions/guest/<str:token>/", guests.guest_question_confirm, name="guest-question-confirm"),
    path("questions/guest/<str:token>/new-link/", guests.guest_question_resend, name="guest-question-resend"),
    path("widgets/products/<slug:slug>/questions/", widget.question_widget, name="question-widget"),
    path("questions/<int:pk>/", reading.question_detail, name="question-detail"),
    path("questions/<int:pk>/deeds/tags/", tidying.question_tags, name="question-tags"),
    path("questions/<int:pk>/<slug:slug>/", reading.question_detail, name="question-detail"),
    path("posts/<int:pk>/convert/", conversions.post_convert, name="post-convert"),
    path("posts/<int:pk>/convert/<int:row_pk>/undo/", conversions.post_convert_back, name="post-convert-back"),
    path("questions/<int:pk>/accept/<int:post_pk>/", deeds.question_accept, name="question-accept"),
    path(
        "questions/<int:pk>/withdraw-solution/<int:post_pk>/",
        deeds.question_withdraw_solution,
        name="question-withdraw-solution",
    ),
    path("questions/<int:pk>/verify/<int:post_pk>/", deeds.question_verify, name="question-verify"),
    path(
        "questions/<int:pk>/withdraw-verification/<int:post_pk>/",
        deeds.question_withdraw_verification,
        name="question-withdraw-verification",
    ),
    path("questions/<int:pk>/deeds/same-problem/", deeds.question_same_problem, name="question-same-problem"),
    path(
        "questions/<int:pk>/deeds/take-back-same-problem/",
        deeds.question_same_problem_take_back,
        name="question-same-problem-take-back",
    ),
    path("api/v1/questions/", api.api_questions, name="api-questions"),
    path("api/v1/questions/<int:pk>/", api.api_question, name="api-question"),
    path("api/v1/questions/<int:pk>/answers/", api.api_question_answers, name="api-question-answers"),
    path("api/v1/questions/<int:pk>/same-problem/", api.api_question_same_problem, name="api-question-same-problem"),
    path("api/v1/questions/<int:pk>/solutions/<int:post_pk>/", api.api_question_solution, name="api-question-solution"),
    path(
        "api/v1/questions/<int:pk>/verifications/<int:post_pk>/",
        api.api_question_verification,
        name="api-question-verification",
    ),
]
