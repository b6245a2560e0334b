"""Trying a check of the gate with numbers that nobody has kept yet."""

from typing import Any

from django.db import transaction

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.policy.models import CheckRule
from community.text.excerpts import excerpt
from forums.threads.models import Post
from moderation.flags.models.claiming import refuse_unless_moderator
from moderation.rules.models import CheckTrial
from moderation.rules.past import Past
from moderation.rules.replaying import REPLAYS
from moderation.rules.trying import SAMPLES, Sample, acted_on, texts_of

EXCERPT = 120


@transaction.atomic
def try_check(key: str, numbers: dict[str, int], *, by: Any) -> CheckTrial:
    """What it would have met in thirty days with these numbers. It changes nothing and tells nobody."""
    refuse_unless_moderator(by)
    row = CheckRule.objects.begun(key)
    tried = CheckRule(pk=row.pk, key=key, state=row.state, version=row.version, numbers=numbers)
    tried.refuse_faulty()
    past = Past()
    met = list(REPLAYS[key](tried, past))
    posts = sorted({pk for pk in met if pk}, reverse=True)
    trial = CheckTrial.objects.create(
        rule=row,
        version=row.version,
        numbers=tried.as_kept()["numbers"],
        by=by,
        looked_at=past.looked_at,
        is_whole=past.is_whole,
        found=len(met),
        judged=acted_on(posts),
        samples=posts[:SAMPLES],
    )
    record(Verb.CHECK_TRIED, actor=by, subject=row, version=row.version, found=trial.found, of=trial.looked_at)
    return trial


def samples_of(trial: CheckTrial, person: Person) -> list[Sample]:
    """The posts it kept, as far as this person may read them, each with its beginning."""
    rows = Post.objects.visible_to(person).filter(pk__in=trial.sample_ids)
    rows = rows.select_related("thread", "thread__review", "author").order_by("-pk")
    return [Sample(post, excerpt(texts_of(post)[-1][1], EXCERPT)) for post in rows]
