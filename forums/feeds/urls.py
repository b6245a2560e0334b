"""Addresses of what other programs read."""

from django.urls import path

from forums.feeds import own_views, search_views, shopping, views

urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("sitemaps/<slug:name>.xml", views.sitemap_part, name="sitemap-part"),
    path("feeds/questions/<slug:view>/", views.question_feed, name="question-feed"),
    path("feeds/products/<slug:slug>/", views.product_feed, name="product-feed"),
    path("feeds/product-reviews.xml", shopping.shopping_feed, name="shopping-feed"),
    path("feeds/reviews/", views.review_feed, name="review-feed"),
    path("feeds/reviews/<slug:slug>/", views.product_review_feed, name="product-review-feed"),
    path("feeds/help/", views.article_feed, name="article-feed"),
    path("feeds/tags/<str:slug>/", views.tag_feed, name="tag-feed"),
    path("feeds/people/<str:username>/", views.person_feed, name="person-feed"),
    path("feeds/search/", search_views.search_feed, name="search-feed"),
    path("feeds/mine/<str:token>/<slug:name>/", own_views.own_feed, name="own-feed"),
    path("settings/feeds/", own_views.feed_settings, name="feed-settings"),
    path("settings/feeds/close/", own_views.feed_close, name="feed-close"),
]
