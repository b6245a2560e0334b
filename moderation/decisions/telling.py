"""The mail with the reasons. In the middle of a wave nobody is mailed: the page is there at once, a mail later."""

from uuid import UUID

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from community.notifications.kinds import KINDS
from community.notifications.mailing import queue_mail
from community.text.quoting import quotable
from moderation.decisions.models import Decision, StatementOfReasons

ABOUT = _("Decision about “{title}”")


def mail_statement(statement: StatementOfReasons) -> None:
    """To the person, also to who is suspended and whatever they wish to hear; once."""
    queue_mail(
        "statement",
        to=statement.person,
        key=f"statement-{statement.pk}",
        subject=format_lazy(ABOUT, title=quotable(statement.title)),
        reason=KINDS["decision"].reason,
        context={"statement": statement, "url": settings.SITE_URL + statement.get_absolute_url()},
    )


def mail_what_waited(batch: UUID) -> int:
    """The wave is over: whoever a standing decision of it concerns gets the mail now. Answers how many."""
    waiting = Decision.objects.standing().filter(batch=batch, is_mailed_later=True)
    statements = StatementOfReasons.objects.filter(decision__in=waiting).select_related("person", "decision")
    for statement in statements:
        mail_statement(statement)
    count = len(statements)
    waiting.update(is_mailed_later=False)
    return count
