"""A community of 10,000 threads with ten posts each, written in bulk. Kept between runs."""

import random
from datetime import timedelta

from django.db import connection
from django.utils import timezone
from taggit.models import Tag

from community.catalogue.models import Brand, Product
from community.people.models import Person
from community.text.excerpts import excerpt
from community.text.markdown import to_html
from forums.questions.models import Question, Solution
from forums.threads.models import Post, Thread
from forums.threads.models.thread import ThreadTag

THREADS, ANSWERS, PEOPLE = 10_000, 9, 400
SYMPTOMS = [
    "drops every minute",
    "does not charge past 80 percent",
    "forgets its second phone",
    "hums at low volume",
    "is not found by the app",
    "restarts during calls",
    "loses the left side",
    "ignores the volume keys",
]
SINCE = [
    "since the last update",
    "when two phones are near",
    "after a night on the charger",
    "only in the car",
    "on the new tablet",
    "since I changed rooms",
]
TRIES = [
    "I have paired it again, twice.",
    "A reset did not help.",
    "The other one of the pair is fine.",
    "It worked for a year before.",
    "Support pages say nothing on this.",
]
ADVICE = [
    "Turn the newer codec off in the app, under *Sound → Connection*, then pair it again. It has been quiet since.",
    "What helped here:\n\n1. forget it on both phones\n2. hold the button for ten seconds\n3. pair the older one first",
    "Mine did it until I moved the charger away from the `2.4 GHz` access point. Try that before you send it in.",
    "The firmware notes mention this: > fixed a rare drop with two sources. Update over cable, not over the air.",
    "Same here, and the reset only helps for a day. I keep the second phone's Bluetooth off until there is a fix.",
]
TAGS = ["bluetooth", "battery", "app", "firmware", "sound", "pairing", "warranty", "car"]


def build() -> None:
    """Fill the database unless it is full already."""
    if Thread.objects.count() >= THREADS:
        return
    chance = random.Random(7)
    people = people_of_the_bench()
    products = products_of_the_bench()
    tags = [Tag.objects.get_or_create(name=name, slug=name)[0] for name in TAGS]
    threads = Thread.objects.bulk_create([thread(n, chance, people, products) for n in range(THREADS)], batch_size=2000)
    ThreadTag.objects.bulk_create(
        [ThreadTag(tag=tag, content_object=t) for t in threads for tag in chance.sample(tags, 2)], batch_size=5000
    )
    posts = [post for t in threads for post in posts_of(t, chance, people)]
    posts = Post.objects.bulk_create(posts, batch_size=2000)
    questions = [Question(thread=t, solved_at=t.active_at if t.pk % 5 < 2 else None) for t in threads]
    Question.objects.bulk_create(questions, batch_size=2000)
    first = {post.thread_id: post for post in reversed(posts) if post.kind == Post.Kind.ANSWER}
    solved = [q for q in questions if q.solved_at]
    Solution.objects.bulk_create(
        [Solution(question=q, post=first[q.pk], by_id=q.thread.author_id) for q in solved], batch_size=2000
    )
    for product in products:
        counts = {"question_count": product.threads.count(), "solved_count": solved_about(product)}
        Product.objects.filter(pk=product.pk).update(**counts)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def solved_about(product: Product) -> int:
    return Question.objects.about(product).solved().count()


def people_of_the_bench() -> list[Person]:
    names = [f"owner{number}" for number in range(PEOPLE)]
    people = [Person(username=n, username_key=n, email=f"{n}@example.org", level=2, password="!") for n in names]
    return Person.objects.bulk_create(people)


def products_of_the_bench() -> list[Product]:
    brand, _ = Brand.objects.get_or_create(name="Northlight", slug="northlight")
    names = ["Beam 2", "Beam Mini", "Halo", "Drift", "Tide", "Ember"]
    return [Product.objects.create(brand=brand, name=name, slug=name.lower().replace(" ", "-")) for name in names]


def thread(number: int, chance: random.Random, people: list[Person], products: list[Product]) -> Thread:
    product = chance.choice(products)
    title = f"{product.name} {chance.choice(SYMPTOMS)} {chance.choice(SINCE)} ({number})"
    asked = timezone.now() - timedelta(minutes=50 * (THREADS - number))
    return Thread(
        kind=Thread.Kind.QUESTION, title=title, slug=Thread.slug_for(title), author=chance.choice(people),
        product=product, excerpt=excerpt(opening(title, number), 180), answer_count=ANSWERS, attempt_count=ANSWERS,
        created_at=asked, active_at=asked + timedelta(hours=30), changed_at=asked + timedelta(hours=30),
    )  # fmt: skip


def opening(title: str, number: int) -> str:
    return (
        f"My {title.lower()}. {TRIES[number % 5]} {TRIES[(number + 2) % 5]}\n\nWhat else can I try before I return it?"
    )


_made: dict[str, str] = {}


def html(source: str) -> str:
    """Each text is made into HTML once; there are few different ones."""
    if source not in _made:
        _made[source] = to_html(source)
    return _made[source]


def posts_of(thread: Thread, chance: random.Random, people: list[Person]) -> list[Post]:
    source = opening(thread.title, thread.pk)
    begun = Post(
        thread=thread, kind=Post.Kind.OPENING, author_id=thread.author_id, source=source,
        html=f"<p>{source}</p>", created_at=thread.created_at,
    )  # fmt: skip
    answers = []
    for number in range(ANSWERS):
        text = chance.choice(ADVICE)
        at = thread.created_at + timedelta(hours=3 * number + 1)
        author, score = chance.choice(people), chance.randrange(12)
        kind = Post.Kind.ANSWER
        fields = {"author": author, "source": text, "html": html(text), "score": score, "created_at": at}
        answers.append(Post(thread=thread, kind=kind, **fields))
    return [begun, *answers]
