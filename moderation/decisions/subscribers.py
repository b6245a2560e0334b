"""Who is told of a decision, and what was done to people elsewhere and must be explained all the same."""

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from community.notifications.kinds import KINDS
from community.notifications.mailing import queue_mail
from community.notifications.notifying import Letter, notify
from community.people.models import Person
from community.people.roles import Role
from community.text.quoting import quotable
from forums.threads.models import Post
from moderation.decisions.evasion import look_for_return
from moderation.decisions.explaining import explain_hiding, explain_restoring, explain_suspension
from moderation.decisions.models import Appeal, Decision, StatementOfReasons
from moderation.decisions.telling import mail_statement

TOLD = _("The team decided about “{title}”. Read why, and what you can do.")
REPORTED = _("Your report: {outcome}")
ANSWERED = _("Your appeal about “{title}” is answered.")
LATE = _("An appeal has waited for more than seven days: “{title}”.")


@on(Verb.DECISION_MADE)
def tell_person(event: Event) -> None:
    """The statement of reasons, in the tray and by mail: also to who is suspended, and whatever they wish to hear."""
    statement = (
        StatementOfReasons.objects.select_related("person", "decision").filter(decision=event.subject_id).first()
    )
    if statement is None or not statement.decision.is_standing:
        return
    person = statement.person
    if not statement.decision.is_mailed_later:
        mail_statement(statement)
    text = format_lazy(TOLD, title=quotable(statement.title))
    notify(person, "decision", url=statement.get_absolute_url(), text=text, event=event)


@on(Verb.DECISION_MADE)
def tell_reporters(event: Event) -> None:
    """What came of a report: the class of the outcome, never what happened to anybody."""
    decision = Decision.objects.select_related("case").filter(pk=event.subject_id).first()
    if decision is None:
        return
    for flag in decision.case.flags.select_related("by").exclude(outcome=""):
        url = f"/flags/{flag.receipt}/"
        text = format_lazy(REPORTED, outcome=flag.sentence)
        if flag.by is not None:
            letter = Letter(subject=_("What came of your report"), button=_("Look at it"))
            notify(flag.by, "reported", url=url, text=text, event=event, letter=letter)
        elif flag.email:
            queue_mail(
                "notice_decided",
                to=flag.email,
                key=f"notice-{flag.pk}-decision-{decision.pk}",
                subject=format_lazy(_("Your notice {receipt}"), receipt=flag.receipt),
                reason=KINDS["reported"].reason,
                context={"flag": flag, "url": settings.SITE_URL + url},
            )


@on(Verb.APPEAL_DECIDED)
def tell_appellant(event: Event) -> None:
    """The answer to an appeal, with its reason, by mail too."""
    appeal = Appeal.objects.select_related("decision__case", "by", "flag").filter(pk=event.subject_id).first()
    if appeal is None:
        return
    statement = StatementOfReasons.objects.filter(decision=appeal.decision).first()
    url = f"/flags/{appeal.flag.receipt}/" if appeal.flag else statement.get_absolute_url() if statement else "/"
    text = format_lazy(ANSWERED, title=quotable(appeal.decision.case.title))
    recipient = appeal.by or (appeal.flag.email if appeal.flag else "")
    if recipient:
        queue_mail(
            "appeal_answered",
            to=recipient,
            key=f"appeal-{appeal.pk}",
            subject=text,
            reason=_("You get this because you appealed."),
            context={"appeal": appeal, "url": settings.SITE_URL + url},
        )
    if appeal.by is not None:
        notify(appeal.by, "decision", url=url, text=text, event=event)


@on(Verb.APPEAL_DECIDED)
def mail_what_took_its_place(event: Event) -> None:
    """Something milder stands in place of what was decided: it has reasons of its own, and a way back of its own."""
    appeal = Appeal.objects.filter(pk=event.subject_id, outcome=Appeal.Outcome.MODIFIED).first()
    if appeal is None:
        return
    standing = StatementOfReasons.objects.filter(decision__case=appeal.decision.case_id, decision__undone_at=None)
    statement = standing.select_related("person", "decision").order_by("-pk").first()
    if statement is not None:
        mail_statement(statement)


@on(Verb.APPEAL_ESCALATED)
def tell_supervisors(event: Event) -> None:
    """An appeal lies too long."""
    appeal = Appeal.objects.select_related("decision__case").filter(pk=event.subject_id).first()
    if appeal is None or not appeal.is_open:
        return
    text = format_lazy(LATE, title=quotable(appeal.decision.case.title))
    for person in Person.objects.active().with_role(Role.SUPERVISOR, Role.ADMINISTRATOR):
        letter = Letter(subject=_("An appeal waits"), button=_("Look at it"))
        notify(person, "team", url=appeal.get_absolute_url(), text=text, event=event, letter=letter)


@on(Verb.POST_HIDDEN)
def explain_what_was_hidden(event: Event) -> None:
    """Hidden from a thread's page, by a command or by other code: its author gets a statement of reasons too."""
    post = Post.objects.select_related("thread__product__brand", "author").filter(pk=event.subject_id).first()
    if post is not None:
        explain_hiding(post, event)


@on(Verb.POST_RESTORED, Verb.POST_PUBLISHED)
def explain_what_came_back(event: Event) -> None:
    """Brought back outside the queue: the decision that hid it, or the case that held it, is over."""
    post = Post.objects.select_related("thread__product__brand", "author").filter(pk=event.subject_id).first()
    if post is not None and not post.is_hidden:
        explain_restoring(post, event)


@on(Verb.PERSON_SUSPENDED)
def explain_who_was_suspended(event: Event) -> None:
    """Suspended by a command or by other code: they get a statement of reasons too."""
    person = Person.objects.filter(pk=event.subject_id).first()
    if person is not None:
        explain_suspension(person, event)


@on(Verb.PERSON_JOINED)
def look_who_comes_back(event: Event) -> None:
    """A new account that looks like a banned one comes to the queue."""
    person = Person.objects.filter(pk=event.subject_id).first()
    if person is not None:
        look_for_return(person)
