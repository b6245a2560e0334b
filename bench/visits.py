"""The pages that are measured, in the three ways they are asked for, and what each has to reach.

"Uncached" is past the front's memory, as a visitor; "ready" is from that memory; "signed in" is for a member, "desk"
for somebody on the team. Rows are chosen by words of their names: `make bench ROWS="search titles"`.
"""

import random
from dataclasses import replace
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from bench.community import VISITED
from bench.load import Visit
from bench.staff import the_moderator
from bench.texts import Texts
from community.catalogue.models import Product
from community.people.models import Person
from forums.reviews.models import Review
from forums.threads.models import Thread
from moderation.flags.models import Case
from moderation.queue.models import Item

UNKEPT = {"X-Requested-With": "bench"}
"""Sends a signed-out visit past the front's memory."""
TOKEN = "t" * 32
FEW, AGENTS = 4, 2
"""Visitors at once where the time of one page is asked for, not how many pages there can be; and agents."""
READY, FEW_PAGES = ("home", "list", "question", "product", "tag", "profile", "reviews"), 40
"""What is also measured from the front's memory, and how many of each: every process of the site has to have had it."""
MEMBER, OTHER_MEMBER = "owner1", "owner2"


def visits(texts: Texts) -> list[Visit]:
    """All rows, in the order of the table."""
    questions = [t.get_absolute_url() for t in Thread.objects.filter(kind="question").order_by("-pk")[:VISITED]]
    many, pages = hot(questions[:200]), [*hubs(), *reviews()]
    mine, another = (cookies_of(Person.objects.get(username=name)) for name in (MEMBER, OTHER_MEMBER))
    replies = [f"/threads/{path.split('/')[2]}/reply/" for path in questions[200:600]]
    posting = {**mine, "X-CSRFToken": TOKEN}
    return [
        Visit("constant page", ["/health/"], {}),
        *[as_visitor(one) for one in many],
        Visit("question, never seen before", questions[600:1200], UNKEPT, connections=FEW, p95=150),
        *[as_visitor(one) for one in pages],
        *searches(texts),
        *[ready(one) for one in (*many, *pages) if one.name in READY],
        *[as_member(one, mine) for one in many],
        Visit("question, first visit of a member", questions[1200:], another, connections=FEW, p95=150),
        *[as_member(one, mine) for one in pages],
        Visit("posting an answer", replies, posting, "POST", connections=FEW, target=100, p50=40),
        *desk(),
        Visit("constant page, again", ["/health/"], {}),
    ]


def hot(questions: list[str]) -> list[Visit]:
    """What most visitors come for: its rate is asked, with sixteen of them at once."""
    return [
        Visit("home", ["/"], {}, is_warm=True),
        Visit("list", ["/questions/"], {}, is_warm=True, target=300),
        Visit("question", questions, {}, is_warm=True, target=300),
    ]


def hubs() -> list[Visit]:
    """Lists and pages of their own that are not questions: the time of each is asked."""
    products = [product.get_absolute_url() for product in Product.objects.all()]
    people = [f"/people/owner{number}/" for number in range(3, 400)]
    lists = [f"/questions/?{asked}" for asked in ("view=newest", "view=solved", "view=unanswered", "product=beam-2")]
    tags = ["/tags/bluetooth/", "/tags/battery/", *[f"/tags/model-{number}/" for number in range(30)]]
    return [
        Visit("other lists", lists, {}, connections=FEW, p95=150),
        Visit("products", ["/products/"], {}, connections=FEW, p95=150),
        Visit("product", products, {}, connections=FEW, p95=150),
        Visit("tags", ["/tags/"], {}, connections=FEW, p95=150),
        Visit("tag", tags, {}, connections=FEW, p95=150),
        Visit("people", ["/people/"], {}, connections=FEW, p95=150),
        Visit("profile", people, {}, connections=FEW, p95=150),
    ]


def reviews() -> list[Visit]:
    """Lists of reviews in each order, and single ones."""
    of_one = [
        f"{product.get_absolute_url()}reviews/{asked}"
        for product in Product.objects.all()
        for asked in ("", "?sort=helpful", "?sort=lowest", "?stars=5", "?verified=1")
    ]
    single = [review.get_absolute_url() for review in Review.objects.select_related("thread").order_by("-pk")[:800]]
    return [
        Visit("reviews", ["/reviews/", *of_one], {}, connections=FEW, p95=150),
        Visit("review", single, {}, connections=FEW, p95=150),
    ]


def searches(texts: Texts) -> list[Visit]:
    """What people look for, in words of the titles."""
    chance = random.Random(11)
    titles = chance.choices(texts.titles, k=2000)
    words = [" ".join(chance.sample(title.split(), min(3, len(title.split())))) for title in titles]
    typed = [title[: chance.randrange(4, 20)] for title in titles]
    bodies = [{"title": title, "text": chance.choice(texts.openings)[0][:600]} for title in titles]
    found = [f"/search/?{urlencode({'q': query})}" for query in words]
    completed = [f"/search/titles/?{urlencode({'q': query})}" for query in typed]
    beside = [f"/questions/similar/?{urlencode(query)}" for query in bodies]
    return [
        Visit("search", found, UNKEPT, connections=FEW, target=120, p95=500),
        Visit("titles while typing", completed, UNKEPT, connections=FEW, p95=100),
        Visit("similar questions", beside, UNKEPT, connections=FEW, p95=100),
    ]


def desk() -> list[Visit]:
    """The team's pages, for two agents at once. Items and cases are asked for as the desk's own list does it."""
    person = the_moderator()
    them = cookies_of(person)
    waiting = Item.objects.visible_to(person).filter(state=Item.State.OPEN).order_by("ranks_at")
    items = [f"/desk/items/{pk}/" for pk in waiting.values_list("pk", flat=True)[:200]]
    cases = [f"/desk/flags/{pk}/" for pk in Case.objects.visible_to(person).open().values_list("pk", flat=True)[:200]]
    pages = {
        "queue": ["/desk/"],
        "item": items,
        "flags": ["/desk/flags/"],
        "case": cases,
        "moderation": ["/desk/flags/overview/"],
        "audit log": ["/desk/actions/"],
        "gaps": ["/desk/gaps/"],
    }
    pieces = {"item": {"HX-Request": "true"}, "case": {"HX-Request": "true"}}
    return [
        Visit(f"desk, {name}", paths, them | pieces.get(name, {}), connections=AGENTS, p95=150)
        for name, paths in pages.items()
    ]


def as_visitor(page: Visit) -> Visit:
    return replace(page, name=f"{page.name}, uncached", headers=UNKEPT)


def ready(page: Visit) -> Visit:
    """From the front's memory, which holds it after the first visit."""
    named = {"name": f"{page.name}, ready", "target": 10_000, "p95": None}
    return replace(page, paths=page.paths[:FEW_PAGES], connections=32, is_warm=True, **named)  # type: ignore[arg-type]


def as_member(page: Visit, cookies: dict[str, str]) -> Visit:
    target = 200 if page.name == "question" else None
    return replace(page, name=f"{page.name}, signed in", headers=cookies, target=target)


def chosen(rows: list[Visit], words: str) -> list[Visit]:
    """The rows that have one of the words in their name; all of them without words. The constant page always."""
    wanted = words.lower().split()
    return [one for one in rows if not wanted or one.name == "constant page" or any(w in one.name for w in wanted)]


def cookies_of(person: Person) -> dict[str, str]:
    """What a browser of this person sends."""
    client = Client()
    client.force_login(person)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {"Cookie": f"{settings.SESSION_COOKIE_NAME}={key}; {settings.CSRF_COOKIE_NAME}={TOKEN}"}
