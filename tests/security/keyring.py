"""The key ring: what stands for each parameter of each address, and who may know that it exists."""

import re
from collections.abc import Callable

from tests.security.world import World

EVERYBODY = frozenset({"anonymous", "member", "champion", "owner", "agent", "partner", "supervisor", "manager", "admin",
                       "auditor", "suspended", "ana", "mallory"})  # fmt: skip
DESK = frozenset({"agent", "supervisor", "manager", "admin"})  # who works for Northlight; the partner is Kettle's
NOBODY: frozenset[str] = frozenset()
REVIEWERS = DESK | {"champion", "member", "partner"}  # the champion has reached the level, the member suggested it
ANA = frozenset({"ana"})
MODERATORS = frozenset({"manager", "admin"})
CRM = frozenset({"supervisor", "admin"})

# Up to and with the parameter -> (the value, the roles for which the object exists). The longest match counts.
KEYS: dict[str, tuple[Callable[[World], object], frozenset[str]]] = {
    "/notifications/<int:pk>": (lambda w: w.notification.pk, ANA),
    "/notifications/devices/<int:pk>": (lambda w: w.device.pk, ANA),
    "/notifications/mail/<str:token>/off": (lambda w: w.off, EVERYBODY),
    "/notifications/mail/<str:token>/on": (lambda w: w.undo, EVERYBODY),
    "/notifications/mail/<str:token>/less": (lambda w: w.less, EVERYBODY),
    "/notifications/mail/<str:token>/as-before": (lambda w: w.as_before, EVERYBODY),
    "/watching/<slug:kind>": (lambda w: "product", EVERYBODY),
    "/watching/<slug:kind>/<int:pk>": (lambda w: w.cast.beam2.pk, EVERYBODY),
    "/settings/mails/<int:pk>": (lambda w: w.letter.pk, ANA),
    "/settings/products/<int:pk>": (lambda w: w.ownership.pk, ANA),
    "/settings/changes/<int:pk>": (lambda w: w.change.pk, frozenset({"champion"})),
    "/settings/distance/<int:pk>": (lambda w: w.cast.ben.pk, EVERYBODY),
    "/standing/levels/change/<int:pk>": (lambda w: w.level_plan.pk, EVERYBODY),
    "/standing/badges/<slug:key>": (lambda w: "warm_welcome", EVERYBODY),
    "/settings/people/<str:username>": (lambda w: w.cast.dora.username, EVERYBODY),
    "/settings/people/<str:username>/<int:pk>": (lambda w: w.grant.pk, EVERYBODY),
    "/settings/absences/<int:pk>": (lambda w: w.absence.pk, NOBODY),
    "/settings/keys/<int:pk>": (lambda w: w.api_key.pk, frozenset({"ana", "admin"})),
    "/api/v1/posts/<int:pk>": (lambda w: w.answer.pk, EVERYBODY),
    "/api/v1/threads/<int:pk>": (lambda w: w.thread.pk, EVERYBODY),
    "/api/v1/reviews/<int:pk>": (lambda w: w.review.pk, EVERYBODY),
    "/api/v1/reviews/checks/versions/<int:number>": (lambda w: w.checks.number, EVERYBODY),
    "/api/v1/photos/<int:pk>": (lambda w: w.photo.pk, ANA),
    "/api/v1/desk/photos/<int:pk>": (lambda w: w.photo.pk, EVERYBODY),
    "/api/v1/desk/reviews/<int:review_id>": (lambda w: w.review.pk, EVERYBODY),
    "/api/v1/desk/reviews/files/<int:pk>": (lambda w: w.review_file.pk, EVERYBODY),
    "/api/v1/desk/insiders/<int:insider_id>": (lambda w: w.insider.pk, EVERYBODY),
    "/api/v1/desk/campaigns/<int:campaign_id>": (lambda w: w.campaign.pk, EVERYBODY),
    "/api/v1/desk/asking/exemptions/<int:pk>": (lambda w: w.exemption.pk, EVERYBODY),
    "/api/v1/desk/posts/<int:pk>": (lambda w: w.answer.pk, EVERYBODY),
    "/api/v1/desk/cases/<int:case_id>": (lambda w: w.flag_case.pk, MODERATORS),
    "/api/v1/desk/decisions/<int:decision_id>": (lambda w: w.decision.pk, MODERATORS),
    "/api/v1/desk/appeals/<int:appeal_id>": (lambda w: w.appeal.pk, MODERATORS),
    "/api/v1/desk/conversations/<int:conversation_id>": (lambda w: w.conversation.pk, DESK),
    "/api/v1/desk/wordings/<int:pk>": (lambda w: w.wording.pk, EVERYBODY),
    "/api/v1/requests/invitations/<str:token>": (lambda w: w.invitation.token, ANA),
    "/api/v1/products/<slug:slug>": (lambda w: "beam-2", EVERYBODY),
    "/api/v1/people/<str:handle>": (lambda w: "ana", EVERYBODY),
    "/api/v1/notifications/<int:pk>": (lambda w: w.notification.pk, ANA),
    "/api/v1/requests/<str:token>": (lambda w: w.conversation.token, ANA),
    "/api/v1/statements/<str:token>": (lambda w: w.statement.token, frozenset({"mallory"})),
    "/api/v1/desk/items/<int:item_id>": (lambda w: w.item.pk, DESK),
    "/api/v1/desk/customers/<int:person_id>": (lambda w: w.cast.ana.pk, DESK),
    "/api/v1/desk/customers/<int:person_id>/handles/<int:handle_id>": (lambda w: w.handle.pk, DESK),
    "/api/v1/desk/customers/<int:person_id>/merges/<int:merge_id>": (lambda w: w.merge.pk, DESK),
    "/api/v1/questions/<int:pk>": (lambda w: w.question.pk, EVERYBODY),
    "/api/v1/questions/<int:pk>/solutions/<int:post_pk>": (lambda w: w.answer.pk, EVERYBODY),
    "/api/v1/questions/<int:pk>/verifications/<int:post_pk>": (lambda w: w.answer.pk, EVERYBODY),
    "/media/personas/<str:name>": (lambda w: "0" * 32 + ".jpg", NOBODY),
    "/media/people/<str:name>": (lambda w: "0" * 32 + ".jpg", NOBODY),
    "/files/<str:key>": (lambda w: w.shared.key, EVERYBODY),
    "/files/<str:key>/<str:name>": (lambda w: "lamp.txt", EVERYBODY),
    "/files/<str:key>/small/<str:name>": (lambda w: "lamp.txt", EVERYBODY),
    "/demo/<slug:name>": (lambda w: "ana", EVERYBODY),  # the cast of the tests is the demo's
    "/threads/<int:pk>": (lambda w: w.thread.pk, EVERYBODY),
    "/threads/<int:pk>/again": (lambda w: w.thread.pk, ANA),
    "/posts/<int:pk>": (lambda w: w.answer.pk, EVERYBODY),
    "/canned-replies/<int:pk>": (lambda w: w.canned.pk, DESK | {"partner", "owner", "auditor"}),
    "/posts/<int:pk>/convert": (lambda w: w.answer.pk, DESK | {"champion", "ana"}),
    "/posts/<int:pk>/convert/<int:row_pk>": (lambda w: 0, NOBODY),
    "/posts/<int:pk>/take-suggestions": (lambda w: w.answer.pk, frozenset({"champion"})),
    "/suggestions/<int:pk>": (lambda w: w.suggestion.pk, REVIEWERS),
    "/suggestions/<int:pk>/withdraw": (lambda w: w.suggestion.pk, frozenset({"member"})),
    "/posts/<int:pk>/redact": (lambda w: w.answer.pk, DESK),
    "/posts/<int:pk>/remove": (lambda w: w.answer.pk, frozenset({"champion"})),
    "/posts/<int:pk>/undo": (lambda w: w.answer.pk, frozenset({"champion"})),
    "/drafts/<str:place>": (lambda w: "ask", ANA),
    "/questions/guest/<str:token>": (lambda w: w.guest_link, EVERYBODY),
    "/questions/<int:pk>": (lambda w: w.question.pk, EVERYBODY),
    "/questions/<int:pk>/<slug:slug>": (lambda w: w.thread.slug, EVERYBODY),
    "/questions/<int:pk>/accept/<int:post_pk>": (lambda w: w.answer.pk, EVERYBODY),
    "/questions/<int:pk>/withdraw-solution/<int:post_pk>": (lambda w: w.answer.pk, EVERYBODY),
    "/questions/<int:pk>/verify/<int:post_pk>": (lambda w: w.answer.pk, EVERYBODY),
    "/questions/<int:pk>/withdraw-verification/<int:post_pk>": (lambda w: w.answer.pk, EVERYBODY),
    "/products/<slug:slug>": (lambda w: "beam-2", EVERYBODY),
    "/reviews/<int:pk>": (lambda w: w.review.pk, EVERYBODY),
    "/reviews/<int:pk>/<slug:slug>": (lambda w: w.review.thread.slug, EVERYBODY),
    "/reviews/<int:pk>/deeds/edit": (lambda w: w.review.pk, ANA),
    "/desk/reviews/insiders/<int:insider_id>": (lambda w: w.insider.pk, EVERYBODY),
    "/desk/reviews/campaigns/<int:campaign_id>": (lambda w: w.campaign.pk, EVERYBODY),
    "/desk/reviews/<int:review_id>": (lambda w: w.review.pk, EVERYBODY),
    "/reviews/how-we-check/<int:number>": (lambda w: w.checks.number, EVERYBODY),
    "/campaigns/<slug:code>": (lambda w: w.campaign.code, EVERYBODY),
    "/reviews/photos/<int:pk>": (lambda w: w.photo.pk, EVERYBODY),
    "/api/v1/help/<slug:slug>": (lambda w: w.article.thread.slug, EVERYBODY),
    "/help/<slug:slug>": (lambda w: w.article.thread.slug, EVERYBODY),
    "/help/<slug:slug>/history/<int:number>": (lambda w: 1, EVERYBODY),
    "/tags/<str:slug>": (lambda w: "bluetooth", EVERYBODY),
    "/tags/<str:slug>/merges/<int:pk>": (lambda w: w.tag_merge.pk, EVERYBODY),
    "/sitemaps/<slug:name>.xml": (lambda w: "pages", EVERYBODY),
    "/feeds/questions/<slug:view>": (lambda w: "newest", EVERYBODY),
    "/feeds/products/<slug:slug>": (lambda w: "beam-2", EVERYBODY),
    "/hooks/email/<slug:provider>": (lambda w: "mailgun", NOBODY),  # none is set up
    "/desk/orders/mappings/<slug:source>": (lambda w: "shop", EVERYBODY),
    "/hooks/orders/<slug:source>": (lambda w: "shop", EVERYBODY),
    "/desk/escalations/wordings/<int:pk>": (lambda w: w.wording.pk, EVERYBODY),
    "/widgets/products/<slug:slug>": (lambda w: "beam-2", EVERYBODY),
    "/feeds/reviews/<slug:slug>": (lambda w: "beam-2", EVERYBODY),
    "/feeds/tags/<str:slug>": (lambda w: "bluetooth", EVERYBODY),
    "/feeds/people/<str:username>": (lambda w: "ana", EVERYBODY),
    "/feeds/mine/<str:token>": (lambda w: w.feed_key.token, EVERYBODY),  # the address is the key
    "/feeds/mine/<str:token>/<slug:name>": (lambda w: "notifications", EVERYBODY),
    "/people/<str:username>": (lambda w: "ana", EVERYBODY),
    "/requests/about/<int:thread_id>": (lambda w: w.thread.pk, EVERYBODY),
    "/requests/invitations/<str:token>": (lambda w: w.invitation.token, ANA),
    "/requests/survey/<str:token>": (lambda w: w.survey.token, EVERYBODY),
    "/requests/files/<str:key>": (lambda w: w.attachment.key, ANA | DESK),
    "/requests/links/<str:ticket>": (lambda w: w.ticket, ANA),
    "/requests/calls/<str:token>": (lambda w: w.callback.token, ANA),
    "/requests/<str:token>": (lambda w: w.conversation.token, ANA),
    "/requests/<str:token>/messages/<int:number>": (lambda w: 999, ANA),
    "/requests/<str:token>/mails/<int:mail_id>": (lambda w: w.mail.pk, ANA),
    "/questions/reopen/<str:token>": (lambda w: "1.1.aaaaaaaaaaaaaaaaaaaaaaaaaa", NOBODY),
    "/mails/<int:pk>": (lambda w: w.mail.pk, ANA),
    "/desk/reviews/files/<int:pk>": (lambda w: w.review_file.pk, EVERYBODY),
    "/desk/reviews/asking/exemptions/<int:pk>": (lambda w: w.exemption.pk, EVERYBODY),
    "/desk/rules/checks/<str:key>": (lambda w: "links", EVERYBODY),
    "/desk/rules/words/<int:rule_id>": (lambda w: w.word_rule.pk, EVERYBODY),
    "/desk/rules/automations/<int:pk>": (lambda w: w.automation.pk, EVERYBODY),
    "/desk/rules/automations/runs/<int:run_id>": (lambda w: w.run.pk, EVERYBODY),
    "/desk/rules/embargoes/<int:embargo_id>": (lambda w: w.embargo.pk, EVERYBODY),
    "/desk/rings/<int:pk>": (lambda w: w.ring.pk, frozenset({"manager", "admin"})),
    "/desk/items/<int:item_id>": (lambda w: w.item.pk, DESK),
    "/desk/items/<int:item_id>/answers/<int:post_id>": (lambda w: w.answer.pk, NOBODY),
    "/desk/items/<int:item_id>/notes/<int:note_id>": (lambda w: w.note.pk, DESK),
    "/desk/items/<int:item_id>/crm/<int:case_id>": (lambda w: w.case.pk, DESK),
    "/desk/guidance/<int:showing_id>": (lambda w: w.showing.pk, DESK),
    "/desk/conversations/<int:conversation_id>": (lambda w: w.conversation.pk, DESK),
    "/desk/calls/<int:callback_id>": (lambda w: w.callback.pk, DESK),
    "/desk/conversations/<int:conversation_id>/messages/<int:number>": (lambda w: 999, DESK),
    "/desk/talks/<int:call_id>": (lambda w: w.call.pk, DESK),
    "/desk/escalations/mails/<int:mail_id>": (lambda w: w.mail.pk, DESK),
    "/desk/crm/new/<slug:kind>": (lambda w: "webhook", EVERYBODY),
    "/desk/crm/connections/<int:connection_id>": (lambda w: w.connection.pk, CRM),
    "/desk/crm/connections/<int:connection_id>/mapping": (lambda w: w.feed.pk, CRM),
    "/desk/crm/matches/<int:match_id>": (lambda w: w.match.pk, CRM),
    "/desk/crm/receipts/<int:receipt_id>": (lambda w: w.receipt.pk, CRM),
    "/desk/crm/outbox/<int:push_id>": (lambda w: w.push.pk, CRM),
    "/hooks/crm/<slug:name>": (lambda w: "office", EVERYBODY),
    "/desk/customers/<int:person_id>": (lambda w: w.cast.ana.pk, DESK),
    "/desk/customers/<int:person_id>/handles/<int:handle_id>": (lambda w: w.handle.pk, DESK),
    "/desk/customers/<int:person_id>/merges/<int:merge_id>": (lambda w: w.merge.pk, DESK),
    "/desk/threads/<int:thread_id>": (lambda w: w.thread.pk, DESK),
    "/desk/threads/<int:thread_id>/changes/<slug:kind>": (lambda w: "merge", EVERYBODY),
    "/desk/threads/<int:thread_id>/changes/<slug:kind>/<int:row_id>": (lambda w: 0, NOBODY),
    "/desk/hours/promises/<slug:kind>": (lambda w: "question", EVERYBODY),
    "/desk/approvals/<int:approval_id>": (lambda w: w.approval.pk, CRM),
    "/desk/approvals/matters/<int:regulation_id>": (lambda w: w.regulation.pk, EVERYBODY),
    "/desk/views/<int:view_id>": (lambda w: w.kept_view.pk, EVERYBODY),
    "/desk/together/<int:batch_id>": (lambda w: w.together.pk, frozenset({"agent"})),  # Emil did it
    "/desk/team/members/<int:member_id>": (lambda w: w.member.pk, EVERYBODY),
    "/desk/team/abilities/<int:ability_id>": (lambda w: w.ability.pk, EVERYBODY),
    "/desk/team/requirements/<int:requirement_id>": (lambda w: w.requirement.pk, EVERYBODY),
    "/desk/concerns/<str:token>": (lambda w: w.concern.token, frozenset({"auditor"})),  # it is Dora's
    "/desk/goodwill/<int:credit_id>": (lambda w: w.credit.pk, DESK),
    "/desk/gaps/<int:need_id>": (lambda w: w.need.pk, DESK | {"owner"}),
    "/desk/posts/<int:post_id>": (lambda w: w.answer.pk, DESK),
    "/flags/new/<slug:kind>": (lambda w: "post", EVERYBODY),
    "/flags/new/<slug:kind>/<int:subject_id>": (lambda w: w.answer.pk, EVERYBODY),
    "/flags/<str:receipt>": (
        lambda w: w.notice.receipt,
        EVERYBODY,
    ),  # the number is the key of somebody without account
    "/decisions/<str:token>": (lambda w: w.statement.token, EVERYBODY),  # who is suspended cannot sign in
    "/desk/flags/<int:case_id>": (lambda w: w.flag_case.pk, MODERATORS),
    "/desk/flags/batches/<uuid:batch>": (lambda w: w.batch, MODERATORS),
    "/desk/flags/decisions/<int:decision_id>": (lambda w: w.decision.pk, MODERATORS),
    "/desk/flags/appeals/<int:appeal_id>": (lambda w: w.appeal.pk, MODERATORS),
    "/desk/flags/readings/<int:reading_id>": (lambda w: w.reading.pk, frozenset({"admin"})),  # not one's own decision
    "/desk/flags/people/<int:person_id>": (lambda w: w.cast.ana.pk, EVERYBODY),
    "/desk/flags/rules/facts/<int:fact_id>": (lambda w: w.fact.pk, MODERATORS),
    "/desk/flags/waves/<int:wave_id>": (lambda w: w.wave.pk, MODERATORS),
    "/desk/flags/places/<slug:kind>": (lambda w: "network", MODERATORS),
    "/desk/flags/places/<slug:kind>/<str:value>": (lambda w: "n" * 32, MODERATORS),
    "/desk/flags/open/<slug:kind>": (lambda w: "post", EVERYBODY),
    "/desk/flags/open/<slug:kind>/<int:subject_id>": (lambda w: w.answer.pk, EVERYBODY),
    "/account/2fa/webauthn/keys/<int:pk>": (lambda w: 1, NOBODY),
}
PARAMETER = re.compile(r"<[^>]+>")


class UnknownKey(AssertionError):
    """A route has a parameter for which the ring has no key: add one above, and say who may know of the object."""


def keys_of(path: str) -> list[str]:
    """For each parameter of a route the name of its key: the longest entry of the ring that fits."""
    found = []
    for match in PARAMETER.finditer(path):
        fitting = [name for name in KEYS if is_for(name, path, match)]
        if not fitting:
            raise UnknownKey(f"{path}: no key for {match.group()}")
        found.append(max(fitting, key=len))
    return found


def is_for(name: str, path: str, match: re.Match[str]) -> bool:
    """Whether this entry ends with this parameter, or says more about what comes after it."""
    if not (path == name or path.startswith(name + "/")):
        return False
    last = list(PARAMETER.finditer(name))[-1]
    return last.start() == match.start() and last.group() == match.group()


def address(path: str, world: World, **changed: object) -> str:
    """The route with real objects in it; `changed` puts another value for a parameter's name."""
    values = iter(keys_of(path))

    def value(match: re.Match[str]) -> str:
        key = next(values)
        name = match.group().strip("<>").rpartition(":")[2]
        return str(changed.get(name, KEYS[key][0](world)))

    return PARAMETER.sub(value, path)


def knows(path: str, role: str) -> bool:
    """Whether every object of this address exists for this role."""
    return all(role in KEYS[name][1] for name in keys_of(path))
