"""The pages that are measured, and what each has to reach."""

import random
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.load import Visit
from bench.texts import Texts
from community.catalogue.models import Product
from community.people.models import Person
from forums.threads.models import Post, Thread

UNKEPT = {"X-Requested-With": "bench"}
"""Sends a signed-out visit past the front's memory."""
TOKEN = "t" * 32
FEW = 4
"""Visitors at once where the time of one page is asked for, not how many pages there can be."""


def visits(texts: Texts) -> list[Visit]:
    threads = list(Thread.objects.order_by("-pk")[:3000])
    warm, posts = [t.get_absolute_url() for t in threads[:200]], [f"/threads/{t.pk}/reply/" for t in threads[200:1200]]
    cold = [t.get_absolute_url() for t in threads[1200:]]
    person = Person.objects.get(username="owner1")
    mine = {"Cookie": cookies_of(person)}
    posting = {**mine, "X-CSRFToken": TOKEN}
    return [
        Visit("constant page", ["/health/"], {}),
        Visit("home, uncached", ["/"], UNKEPT),
        Visit("list, uncached", ["/questions/"], UNKEPT, target=300),
        Visit("question, uncached", warm, UNKEPT, target=300),
        Visit("question, never seen before", cold, UNKEPT, connections=FEW, p95=150),
        *hubs(),
        *searches(texts),
        Visit("home, ready", ["/"], {}, connections=32),
        Visit("list, ready", ["/questions/"], {}, connections=32, target=10_000),
        Visit("question, ready", warm, {}, connections=32, target=10_000),
        Visit("question, signed in", warm, mine, target=200),
        Visit("home, signed in", ["/"], mine),
        Visit("posting an answer", posts, posting, "POST", connections=FEW, target=100, p50=40),
        Visit("constant page, again", ["/health/"], {}),
    ]


def hubs() -> list[Visit]:
    """Lists and pages of their own that are not questions."""
    products = [product.get_absolute_url() for product in Product.objects.all()]
    writers = Post.objects.order_by("-pk").values_list("author__username", flat=True)[:400]
    people = [f"/people/{name}/" for name in dict.fromkeys(writers)]
    lists = ["/questions/?view=newest", "/questions/?view=solved", "/questions/?view=unanswered"]
    tags = ["/tags/bluetooth/", "/tags/battery/", "/tags/model-7/", "/tags/model-77/"]
    return [
        Visit("other lists, uncached", lists, UNKEPT, connections=FEW, p95=150),
        Visit("product, uncached", products, UNKEPT, connections=FEW, p95=150),
        Visit("tag, uncached", tags, UNKEPT, connections=FEW, p95=150),
        Visit("profile, uncached", people, UNKEPT, connections=FEW, p95=150),
    ]


def searches(texts: Texts) -> list[Visit]:
    """What people look for, in words of the titles."""
    chance = random.Random(11)
    titles = chance.choices(texts.titles, k=300)
    words = [" ".join(chance.sample(title.split(), min(3, len(title.split())))) for title in titles]
    typed = [title[: chance.randrange(4, 20)] for title in titles]
    found = [f"/search/?{urlencode({'q': query})}" for query in words]
    completed = [f"/search/titles/?{urlencode({'q': query})}" for query in typed]
    bodies = [{"title": title, "text": chance.choice(texts.openings)[0][:600]} for title in titles]
    beside = [f"/questions/similar/?{urlencode(query)}" for query in bodies]
    return [
        Visit("search", found, UNKEPT, connections=FEW, target=120, p95=500),
        Visit("titles while typing", completed, UNKEPT, connections=FEW, p95=100),
        Visit("similar questions", beside, UNKEPT, connections=FEW, p95=100),
    ]


def cookies_of(person: Person) -> str:
    client = Client()
    client.force_login(person)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={key}; {settings.CSRF_COOKIE_NAME}={TOKEN}"


def queries(visit: Visit) -> int | None:
    """Database queries of one visit, the second of its kind, in this process."""
    if visit.method == "POST":
        return None
    client = Client(headers={"cookie": visit.headers["Cookie"]} if "Cookie" in visit.headers else {})
    client.get(visit.paths[0])
    with CaptureQueriesContext(connection) as seen:
        client.get(visit.paths[min(1, len(visit.paths) - 1)])
    return len(seen)
