"""Addresses of the rules of the gate."""

from django.urls import path

from moderation.rules.views import checks, embargoes, words

urlpatterns = [
    path("desk/rules/words/", words.word_list, name="word-list"),
    path("desk/rules/words/new/", words.word_new, name="word-new"),
    path("desk/rules/words/<int:rule_id>/", words.word_detail, name="word-detail"),
    path("desk/rules/words/<int:rule_id>/try/", words.word_try, name="word-try"),
    path("desk/rules/checks/", checks.check_list, name="check-list"),
    path("desk/rules/checks/<str:key>/", checks.check_detail, name="check-detail"),
    path("desk/rules/checks/<str:key>/try/", checks.check_try, name="check-try"),
    path("desk/rules/embargoes/", embargoes.embargo_list, name="embargo-list"),
    path("desk/rules/embargoes/<int:embargo_id>/lift/", embargoes.embargo_lift, name="embargo-lift"),
]
