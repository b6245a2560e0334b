"""No way in can be forgotten: every text of every table is either read by the gate or on a list that says why not."""

import ast

from django.apps import apps
from django.db import models

from community.policy.doors import DOORS
from tests.architecture.tree import WINGS, Source, product

GATED = {
    "people.Person": "about topics username_key", "people.Persona": "alias languages hours topics can_do cannot_do",
    "threads.Thread": "title excerpt", "threads.Post": "source html alias edited_as", "threads.Notice": "text",
    "threads.Revision": "title source alias reason", "threads.Suggestion": "base_title base title source reason",
    "threads.Lock": "reason", "questions.Question": "environment info_wanted", "questions.NeedsInfo": "what alias",
    "questions.Solution": "environment", "questions.GuestQuestion": "title source environment",
    "reviews.Photo": "alt", "reviews.Rating": "pros cons", "reviews.Review": "pros cons use_case",
    "tags.TagCard": "source html", "tags.Synonym": "name", "canned.CannedReply": "source",
    "escalation.PrivateMessage": "source html", "escalation.Outcome": "proposed text",
    "escalation.Invitation": "purpose", "crm.CaseComment": "text", "decisions.Appeal": "text",
    "queue.Note": "source html", "policy.HeldChange": "texts facts",
}  # fmt: skip
"""Words of people that others read, and what is made from them: some verb asks the gate before they are kept."""
NOT_WORDS = {
    "community.OnceKey", "events.Event", "events.Delivery", "files.Blob", "search.Document", "search.Stem",
    "search.Word", "search.NeedAnswer", "notifications.EmailDelivery", "notifications.Notification",
    "notifications.Device", "notifications.Push", "threads.Attribution", "threads.LegacyAddress", "actions.Seal",
    "actions.ClosingSeal",
    "crm.Connection", "crm.Case", "crm.CasePush", "crm.Attempt", "crm.RemoteRef", "crm.HookMessage", "rules.Trial",
    "queue.CustomerFacts", "queue.Item", "flags.Case", "flags.CaseFinding", "decisions.LogEntry",
    "decisions.StatementOfReasons", "questions.Verification", "decisions.AppealFile", "escalation.Attachment",
    "escalation.Conversation", "files.Attachment", "reviews.Proof", "catalogue.Purchase", "people.Arrival",
    "reviews.Brought", "crm.Entitlement", "crm.Match", "crm.Receipt", "fairness.LedgerLine",
    "callbacks.IdentityCheck", "articles.Article", "articles.Check", "articles.Feedback", "articles.Publication",
}  # fmt: skip
"""Made by the site, by machines, or a copy of what the gate read. A file's name stands in the post that shows it."""
NOT_PUBLIC = {
    "api.ApiKey", "concerns.Word", "crm.Erasure",
    "people.Grant", "people.Suspension", "people.Silence", "policy.Embargo", "policy.WordRule",
    "policy.CheckRuleVersion", "policy.WordRuleVersion", "automation.Automation", "automation.AutomationVersion",
    "automation.Run", "queue.KeptView", "queue.Requirement", "threads.Regulation", "threads.Approval",
    "search.Need", "inbound.InboundMail", "threads.Draft", "threads.Hiding", "threads.Merge",
    "threads.Duplicate", "threads.Split", "threads.Move", "threads.Conversion", "threads.Voiding", "catalogue.Brand",
    "catalogue.ProductLine", "catalogue.Product", "reviews.PhotoHiding", "reviews.SetAside", "reputation.LevelPlan",
    "flags.HouseRule", "flags.Flag", "decisions.Decision", "decisions.CaseNote", "rings.Ring", "queue.Holiday",
    "queue.Ordering", "queue.HandOver", "escalation.Survey", "escalation.Closing", "escalation.Wording",
    "escalation.Showing", "escalation.Guideline", "gaps.SettingAside", "decisions.FactTemplate", "feedback.Exemption",
    "people.Crisis", "waves.Wave", "reviews.Campaign", "reviews.Incentive", "reviews.Insider", "reviews.ReviewFile",
    "reviews.ReviewPolicy", "identities.Handle", "identities.Merge", "mappings.MappingVersion",
    "goodwill.Allowance", "goodwill.Credit",
    "callbacks.Attempt",
}  # fmt: skip
"""The team's own settings and reasons, words for the team only, and what is not published yet."""


def texts() -> dict[str, set[str]]:
    """The text fields of our tables that may hold somebody's words."""
    found: dict[str, set[str]] = {}
    for model in apps.get_models():
        if not model.__module__.startswith(WINGS):
            continue
        for field in model._meta.local_fields:
            is_text = isinstance(field, models.TextField | models.CharField) and not isinstance(field, models.SlugField)
            if is_text and not field.choices and (field.max_length is None or field.max_length >= 60):
                found.setdefault(model._meta.label, set()).add(field.name)
    return found


def unknown(fields: dict[str, set[str]]) -> list[str]:
    """Tables with words that nobody has put on one of the lists."""
    known = set(GATED) | NOT_WORDS | NOT_PUBLIC
    return sorted(label for label in fields if label not in known)


def test_every_table_with_words_is_known():
    assert unknown(texts()) == []


def test_a_table_that_nobody_thought_of_is_found():
    assert unknown({"ideas.Idea": {"pitch"}}) == ["ideas.Idea"]


def doors_in(sources: list[Source]) -> set[str]:
    """The doors that code names: `where="…"` of any call, and the default of a parameter called `where`."""
    named = set()
    for source in sources:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.keyword) and node.arg == "where" and isinstance(node.value, ast.Constant):
                named.add(node.value.value)
            if isinstance(node, ast.arguments):
                pairs = zip(node.kwonlyargs, node.kw_defaults, strict=True)
                named |= {d.value for a, d in pairs if a.arg == "where" and isinstance(d, ast.Constant)}
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant | ast.IfExp):
                targets = {target.id for target in node.targets if isinstance(target, ast.Name)}
                if targets & {"where", "MAIL"}:
                    value = node.value
                    parts = [value.body, value.orelse] if isinstance(value, ast.IfExp) else [value]
                    named |= {part.value for part in parts if isinstance(part, ast.Constant)}
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "through_the_gate":
                named |= {arg.value for arg in node.args if isinstance(arg, ast.Constant)}
    return {name for name in named if isinstance(name, str) and name}


def test_every_door_is_used_and_every_used_door_is_known():
    sources = [source for source in product() if source.path != "community/policy/doors.py"]
    named = doors_in(sources)
    assert sorted(set(DOORS) - named) == [], "doors that nobody uses"
    assert sorted(named - set(DOORS)) == [], "doors that the gate does not know"


def test_a_door_that_the_gate_does_not_know_is_found():
    assert doors_in([Source("a.py", 'check(text, by=ana, where="chat")')]) == {"chat"}
