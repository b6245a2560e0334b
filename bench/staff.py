"""The team of the bench: one who moderates, agents, and the flags that wait for them."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from bench.copying import copy_in
from community.people.models import Grant, Person, Persona
from community.people.roles import Role
from forums.threads.models import Post
from moderation.flags.models import Case, Flag, HouseRule

NAME = "moderator"
ROLES = (Role.AGENT, Role.COMMUNITY_MANAGER, Role.SUPERVISOR, Role.AUDITOR)


def the_moderator() -> Person:
    """Somebody of the team who may open every page of the desk, with a second factor as staff must have."""
    return of_the_team(NAME, "Mo", *ROLES)


def an_agent(number: int) -> Person:
    """One of many who work the queue."""
    return of_the_team(f"agent{number}", f"Mo {number}", Role.AGENT)


def of_the_team(name: str, alias: str, *roles: Role) -> Person:
    """Somebody with these roles, a public name and a second factor; made when there is nobody of this name."""
    person, _ = Person.objects.get_or_create(
        username=name, defaults={"username_key": name, "email": f"{name}@example.org", "password": "!"}
    )
    for role in roles:
        Grant.objects.get_or_create(person=person, role=role, defaults={"reason": "the bench"})
    if not Persona.objects.filter(person=person).exists():
        Persona.objects.introduce(person, alias=alias)
    Authenticator.objects.get_or_create(user=person, type=Authenticator.Type.TOTP, defaults={"data": {}})
    return person


def write_cases(size: int, people: list[Person]) -> None:
    """A flagged answer for every fifty threads, with two reporters each."""
    kind, rule = ContentType.objects.get_for_model(Post), HouseRule.objects.in_force().first()
    answers = Post.objects.filter(kind=Post.Kind.ANSWER, pk__lte=10 * size, pk__endswith="5").order_by("-pk")
    posts = list(answers.select_related("thread")[: size // 50])
    now, threads = timezone.now(), enumerate(posts, 1)
    cases = [
        {
            "id": number, "subject_type_id": kind.pk, "subject_id": post.pk, "kind": "post", "title": post.thread.title,
            "concerns_id": post.author_id, "origin": Case.Origin.FLAG, "opened_at": now - timedelta(minutes=number),
            "ranks_at": now - timedelta(minutes=7 * number % 5000), "brand": "northlight",
        }
        for number, post in threads
    ]  # fmt: skip
    copy_in(Case, cases)
    flags = [
        {
            "id": 2 * case["id"] + nth, "case_id": case["id"], "by_id": people[(case["id"] + nth) % len(people)].pk,
            "rule_id": rule.pk if rule else None, "version": "1", "receipt": f"N-BENCH{2 * case['id'] + nth}",
        }
        for case in cases
        for nth in (0, 1)
    ]  # fmt: skip
    copy_in(Flag, flags)
