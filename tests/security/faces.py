"""A world in which Dora's account is named after her, as a company's accounts are, and her customers know a persona."""

from django.core.cache import cache

from community.people.roles import Role
from forums.threads.replying import answer, comment
from tests.cast import Cast
from tests.jobs import work
from tests.security.world import World, build

ACCOUNT = "dorothea.kranz"
MAIL = f"{ACCOUNT}@northlight.example"
OUTSIDE = ["anonymous", "member", "mallory", "champion", "ana"]


def behind_a_persona() -> World:
    """One of everything, with Dora as "Dora, Bluetooth"."""
    cast = Cast()
    cast.dora = cast.staff(ACCOUNT, Role.AGENT, "Dora, Bluetooth")
    return public_deeds(build(cast))


def public_deeds(world) -> World:
    """Dora has done everything in public that somebody on the team does."""
    cast, thread, question = world.cast, world.thread, world.question
    cast.dora.refresh_from_db()
    mine = answer(thread, by=cast.dora, source="Without the mark: I have the same pair at home.")
    comment(world.answer, by=cast.dora, source="Thank you for this.", as_staff=True)
    question.verify(world.answer, by=cast.dora, product_version=cast.fw32)
    question.ask_back("phone model", by=cast.dora)
    mine.vote(by=cast.ana)
    comment(world.answer, by=cast.chris, source=f"Ask @{ACCOUNT} or @dora-bluetooth about it.")
    cache.clear()
    work()
    return world
