"""Addresses of help articles."""

from django.urls import path

from forums.articles import api
from forums.articles.views import deeds, feedback, history, reading, writing

urlpatterns = [
    path("help/", reading.article_list, name="article-list"),
    path("help/new/", writing.article_new, name="article-new"),
    path("help/drafts/", reading.article_drafts, name="article-drafts"),
    path("help/<slug:slug>/", reading.article_detail, name="article-detail"),
    path("help/<slug:slug>/edit/", writing.article_edit, name="article-edit"),
    path("help/<slug:slug>/history/", history.article_history, name="article-history"),
    path("help/<slug:slug>/history/<int:number>/", history.article_bring_back, name="article-bring-back"),
    path("help/<slug:slug>/feedback/", feedback.article_feedback, name="article-feedback"),
    path("help/<slug:slug>/publish/", deeds.article_publish, name="article-publish"),
    path("help/<slug:slug>/unpublish/", deeds.article_unpublish, name="article-unpublish"),
    path("help/<slug:slug>/checked/", deeds.article_checked, name="article-checked"),
    path("api/v1/help/", api.api_articles, name="api-articles"),
    path("api/v1/help/<slug:slug>/", api.api_article, name="api-article"),
]
