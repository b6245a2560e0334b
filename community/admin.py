"""The administration holds furniture only: products, tags, connections. What packages bring along is taken out again.

Sign-in secrets, sessions and jobs have pages of their own, with rules and a trail; here they would have neither.
"""

from allauth.account.decorators import secure_admin_login
from django.apps import apps
from django.contrib import admin

HIDDEN = {"auth", "account", "mfa", "usersessions", "socialaccount", "procrastinate"}

for model in apps.get_models():
    if model._meta.app_label in HIDDEN and admin.site.is_registered(model):
        admin.site.unregister(model)

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # one sign-in, second factor included
