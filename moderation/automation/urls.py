"""Addresses of automations."""

from django.urls import path

from moderation.automation.views import automations, runs

urlpatterns = [
    path("desk/rules/automations/", automations.automation_list, name="automation-list"),
    path("desk/rules/automations/new/", automations.automation_new, name="automation-new"),
    path("desk/rules/automations/sentence/", automations.automation_sentence, name="automation-sentence"),
    path("desk/rules/automations/try/", automations.automation_try, name="automation-try"),
    path("desk/rules/automations/<int:pk>/", automations.automation_detail, name="automation-detail"),
    path("desk/rules/automations/<int:pk>/runs/", runs.run_list, name="run-list"),
    path("desk/rules/automations/<int:pk>/undo/", runs.automation_undo, name="automation-undo"),
    path("desk/rules/automations/runs/<int:run_id>/undo/", runs.run_undo, name="run-undo"),
]
