"""Addresses of the review queue, of statements and appeals, and of the public log."""

from django.urls import path

from moderation.decisions import api, api_appeals, api_cases
from moderation.decisions.views import appeals, bulk, cases, people, public, statements

urlpatterns = [
    path("moderation-log/", public.moderation_log, name="moderation-log"),
    path("transparency/", public.transparency, name="transparency"),
    path("transparency/export.json", public.transparency_export, name="transparency-export"),
    path("decisions/<str:token>/", statements.statement_detail, name="statement-detail"),
    path("decisions/<str:token>/record.json", statements.statement_record, name="statement-record"),
    path("flags/<str:receipt>/appeal/", statements.flag_appeal, name="flag-appeal"),
    path("desk/flags/", cases.case_list, name="case-list"),
    path("desk/flags/bulk/", bulk.case_bulk, name="case-bulk"),
    path("desk/flags/batches/<uuid:batch>/", bulk.batch_undo, name="batch-undo"),
    path("desk/flags/decisions/<int:decision_id>/undo/", bulk.decision_undo, name="decision-undo"),
    path("desk/flags/appeals/", appeals.appeal_list, name="appeal-list"),
    path("desk/flags/appeals/<int:appeal_id>/", appeals.appeal_detail, name="appeal-detail"),
    path("desk/flags/appeals/<int:appeal_id>/file/", appeals.appeal_file, name="appeal-file"),
    path("desk/flags/readings/", appeals.reading_list, name="reading-list"),
    path("desk/flags/readings/<int:reading_id>/", appeals.reading_detail, name="reading-detail"),
    path("desk/flags/people/", people.person_list, name="person-list"),
    path("desk/flags/people/<int:person_id>/", people.person_record, name="person-record"),
    path("desk/flags/roles/", people.role_view, name="role-view"),
    path("desk/flags/roles/look/", people.role_look, name="role-look"),
    path("desk/flags/roles/end/", people.role_look_end, name="role-look-end"),
    path("desk/flags/rules/", people.rule_settings, name="rule-settings"),
    path("desk/flags/rules/facts/", people.fact_keep, name="fact-keep"),
    path("desk/flags/rules/facts/<int:fact_id>/retire/", people.fact_retire, name="fact-retire"),
    path("desk/flags/open/<slug:kind>/<int:subject_id>/", cases.case_open, name="case-open"),
    path("desk/flags/<int:case_id>/", cases.case_detail, name="case-detail"),
    path("desk/flags/<int:case_id>/claim/", cases.case_claim, name="case-claim"),
    path("desk/flags/<int:case_id>/release/", cases.case_release, name="case-release"),
    path("desk/flags/<int:case_id>/decide/", cases.case_decide, name="case-decide"),
    path("desk/flags/<int:case_id>/note/", cases.case_note, name="case-note"),
    path("api/v1/statements/", api.api_statements, name="api-statements"),
    path("api/v1/statements/<str:token>/", api.api_statement, name="api-statement"),
    path("api/v1/statements/<str:token>/appeal/", api.api_statement_appeal, name="api-statement-appeal"),
    path("api/v1/desk/cases/", api_cases.api_cases, name="api-cases"),
    path("api/v1/desk/cases/<int:case_id>/", api_cases.api_case, name="api-case"),
    path("api/v1/desk/cases/<int:case_id>/claim/", api_cases.api_case_claim, name="api-case-claim"),
    path("api/v1/desk/cases/<int:case_id>/decision/", api_cases.api_case_decision, name="api-case-decision"),
    path("api/v1/desk/decisions/<int:decision_id>/undo/", api_cases.api_decision_undo, name="api-decision-undo"),
    path("api/v1/desk/posts/<int:pk>/case/", api_cases.api_post_case, name="api-post-case"),
    path("api/v1/desk/appeals/", api_appeals.api_appeals, name="api-appeals"),
    path("api/v1/desk/appeals/<int:appeal_id>/answer/", api_appeals.api_appeal_answer, name="api-appeal-answer"),
]
