"""Words of a private conversation that a rule holds: their writer sees them, nobody else does before a look."""

from typing import Any

from django.utils.translation import gettext as _

from community.people.models import Person
from community.policy.gate import Verdict, check
from community.policy.models import HeldChange
from community.refusals import Refusal
from community.text.markdown import LONGEST
from forums.threads.models import Draft
from moderation.escalation.files import Upload

KIND = "message"


class HoldingConversation:
    """What a conversation can do about words that wait. They are no message yet: no number, no mail, nothing seen."""

    pk: int
    customer_id: int
    say: Any
    reply: Any

    def held_with(self, key: str, by: Person) -> HeldChange | None:
        """What a page has sent with this key and a rule has held, whatever became of it."""
        about = HeldChange.objects.about(self).filter(by=by, kind=KIND)  # type: ignore[arg-type]
        return about.filter(facts__keys__contains=[key]).order_by("-pk").first()

    def _hold(
        self, text: str, verdict: Verdict, *, by: Person, files: tuple[Upload, ...], key: str, **facts: Any
    ) -> HeldChange:
        """Keep the words until somebody has looked. What waits already stands above them: it is looked at in one.

        Files are no words, so they go their way at once.
        """
        if files:
            (self.say if by.pk == self.customer_id else self.reply)("", by=by, files=files)
        text, keys = text.strip(), [key] if key else []
        earlier = HeldChange.objects.of(self, by, KIND)  # type: ignore[arg-type]
        if earlier is not None:
            text, keys = f"{earlier.texts['text']}\n\n{text}", [*earlier.facts["keys"], *keys]
            if len(text) > LONGEST:
                raise Refusal(_("What you wrote before waits for a look. Go on after that."), code="waiting")
            verdict = check(text, by=by, where=verdict.where)
        place = "request" if by.pk == self.customer_id else "conversation"
        Draft.objects.filter(person=by, place=f"{place}:{self.pk}").delete()
        because, said = verdict.held_because, {"text": verdict.cover(text)}
        return HeldChange.objects.hold(self, KIND, said, by=by, because=because, keys=keys, **facts)  # type: ignore[arg-type]
