"""Reply templates of the demo: three that the team shares with its champions, one of Ben's own."""

from datetime import timedelta

from community.people.demo_cast import names
from community.staging import Stage
from forums.canned.models import CannedReply, CannedUse
from forums.threads.models import Post

TOLD = [
    # owner, name, for whom, months ago, words
    ("hana", "Ask for details", "helpers", 4,
     "Hi {name}, three things would help to find it:\n\n1. the version in the app (Settings → About),\n"
     "2. the phone or computer,\n3. since when it happens.\n\nThanks, {me}"),
    ("dora", "Pair anew", "helpers", 2,
     "Please pair your {product} once from scratch:\n\n1. Forget it on the phone.\n2. Hold the button for ten seconds."
     "\n3. Pair again and wait for the second chime.\n\nDoes it stay connected then?"),
    ("emil", "Guarantee in short", "helpers", 15,
     "The guarantee runs for two years from the day of purchase and goes with the device. "
     "The short form is [here](/questions/999999/guarantee-in-short/)."),
    ("ben", "LE Audio off", "own", 1,
     "Hi {name}, with {version}: App → Connection → **LE Audio** off, then pair again."),
]  # fmt: skip
MARKS = [5, 4, None, 5, 3, 5, None, 4, 5]
"""What those said who were asked afterwards."""


def build(stage: Stage) -> None:
    """After the last act: they have been in use for a while."""
    stage.at(stage.now, lambda: write(stage))


def write(stage: Stage) -> None:
    answers = {
        "dora": Post.objects.answers().filter(author=stage.people["dora"]).order_by("pk"),
        "ben": Post.objects.answers().filter(author=stage.people["ben"]).order_by("pk"),
    }
    for owner, name, audience, months, source in TOLD:
        row = CannedReply.objects.keep(by=stage.people[owner], name=name, source=source, audience=audience)
        used = list(answers.get(owner, Post.objects.none())[:9])
        CannedUse.objects.bulk_create(
            CannedUse(reply=row, post=post, is_verbatim=at == 3, score=mark)
            for at, (post, mark) in enumerate(zip(used, MARKS, strict=False))
        )
        then = stage.now - timedelta(days=30 * months)
        CannedReply.objects.filter(pk=row.pk).update(changed_at=then, created_at=then, use_count=len(used))


def remove() -> None:
    """They go with their owners."""
    CannedReply.objects.filter(owner__username_key__in=names()).delete()
