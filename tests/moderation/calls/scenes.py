"""Scenes of calls in the browser, by the real verbs."""

from moderation.calls.models import Call
from tests.cast import Cast
from tests.moderation.chat.scenes import ana_writes, sits_down


def ana_rings(cast: Cast, conversation=None) -> Call:
    """Ana rings; Dora's desk is open."""
    sits_down(cast.dora)
    return Call.objects.ring(conversation or ana_writes(cast), by=cast.ana)


def dora_answers(cast: Cast, call: Call | None = None) -> Call:
    """Dora has read the card and is on the line."""
    call = call or ana_rings(cast)
    call.show_card(to=cast.dora)
    call.answer(by=cast.dora)
    return Call.objects.get(pk=call.pk)
