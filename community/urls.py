"""Every address of the site. The other wings are named as strings only."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("community.site_urls")),
    path("", include("forums.urls")),
    path("", include("moderation.urls")),
    path("account/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]

handler500 = "community.faults.server_error"
handler429 = "community.people.limits.too_many_requests"
