"""The reviews of the demo: what its people think of the six products, and what the shop had before there was a site."""

import hashlib
import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from community.catalogue.models import Product, ProductLine, Purchase
from community.files.demo import draw
from community.files.models import Attachment, Blob
from community.people.demo_cast import names
from community.people.models import Person, name_key
from community.staging import Stage, span
from forums.reviews.bringing.people import names_of
from forums.reviews.bringing.rows import Told
from forums.reviews.bringing.taking import Intake, Origin
from forums.reviews.demo.drawing import SCENES, drawn
from forums.reviews.models import Aspect, Review, ReviewFile, Unhelpful
from forums.reviews.writing import Said
from forums.threads.models import Post, Thread, Vote
from forums.threads.replying import answer

FILE = Path(__file__).parent / "reviews.toml"
LINES = {
    # slug: (name, products, aspects)
    "headphones": ("Headphones", ["beam-2", "beam-mini"], ["Sound", "Comfort", "Build", "Connection"]),
    "loudspeakers": ("Loudspeakers", ["kettle-one", "kettle-go", "kettle-bar"], ["Sound", "Handling", "Build"]),
    "apps": ("Apps", ["northlight-app"], ["Ease of use", "Features"]),
}
SHOP = "demo shop"
OLD_FILE, OLD_SHOP = Path(__file__).parent / "old_shop.txt", "Northlight’s shop"


def get_ready() -> None:
    """What takes long, and asks no database."""
    draw(drawn(key) for key in SCENES)


def build(stage: Stage) -> None:
    """Lines and what is rated in them, what the shop sold, and what people wrote."""
    for position, (slug, (name, products, aspects)) in enumerate(LINES.items()):
        line = ProductLine.objects.create(slug=slug, name=name, position=position)
        Product.objects.filter(slug__in=products).update(line=line)
        for place, aspect in enumerate(aspects):
            Aspect.objects.create(line=line, name=aspect, position=place)
        for product in products:
            stage.props[product].line = line
    stage.at(stage.now - timedelta(days=170), lambda: old_shop(stage))
    for number, told in enumerate(tomllib.loads(FILE.read_text())["review"]):
        if told.get("owner"):
            sold(stage, told, number)
        Opinion(stage, told).plan()


def old_shop(stage: Stage) -> None:
    """The day the shop's reviews moved in, by the same door as everybody's; what came of the file stays readable."""
    intake, told = Intake(Origin(OLD_SHOP, by=stage.people["hana"])), told_by_old_shop(stage.now)
    for _report in intake.take(told):
        pass
    done = {"total": len(told), "added": intake.report.added, "by": stage.people["hana"], "moved_at": timezone.now()}
    ReviewFile.objects.create(name="shop-reviews.csv", source=OLD_SHOP, state=ReviewFile.State.DONE, **done)


def told_by_old_shop(now: datetime) -> list[Told]:
    """The lines of the file as reviews."""
    lines = [line for line in OLD_FILE.read_text().splitlines() if not line.startswith("#")]
    return [told_of_line(number, line.split("|"), now) for number, line in enumerate(lines, 1)]


def told_of_line(number: int, cells: list[str], now: datetime) -> Told:
    product, stars, days, author, votes, title, text, pros, cons, use_case = cells
    yes, no = votes.split(",")
    pros, cons = (words.replace("; ", "\n") for words in (pros, cons))
    at = now - timedelta(days=int(days), hours=number % 11, minutes=7 * number % 60)
    facts = {"yes": int(yes), "no": int(no), "written_at": at, "author": author, "use_case": use_case}
    return Told(number, str(number), product, int(stars), title, text, pros, cons, was_verified=number % 3 > 0, **facts)


def sold(stage: Stage, told: dict[str, Any], number: int) -> None:
    """The order feed of the shop has a line about it."""
    bought = stage.now - span(told["ago"]) - timedelta(days=24)
    Purchase.objects.create(
        source=SHOP, order_number=f"DM-{5100 + number}", product=stage.props[told["product"]],
        email=f"{told['by']}@example.org", bought_at=bought.date(), delivered_at=bought + timedelta(days=3),
    )  # fmt: skip


class Opinion:
    """One review and what came of it."""

    def __init__(self, stage: Stage, told: dict[str, Any]) -> None:
        self.stage = stage
        self.told = told
        self.person = stage.people[told["by"]]
        self.product = stage.props.get(told.get("product"))
        self.begun = stage.now - span(told["ago"])
        self.review: Any = None

    def plan(self) -> None:
        """Put each act on the stage's calendar."""
        self.stage.at(self.begun, self.write)
        for reply in self.told.get("reply", []):
            self.stage.at(self.begun + span(reply["after"]), lambda reply=reply: self.reply(reply))
        for change in self.told.get("change", []):
            self.stage.at(self.begun + span(change["after"]), lambda change=change: self.change(change))
        self.stage.at(self.begun + span("2d"), self.verdicts)
        if "photo" in self.told and not self.told.get("unseen"):
            self.stage.at(self.begun + span("1d"), self.look_at_photos)

    def said(self, **changes: Any) -> Said:
        told = self.told | changes
        aspects = list(self.product.line.aspects.all()) if self.product else []
        return Said(
            stars=told["stars"],
            title=told["title"],
            source=told["text"],
            pros=told.get("pros", ""),
            cons=told.get("cons", ""),
            product_version=self.stage.props.get(f"{told.get('product')} {told.get('version')}"),
            owned_for=told.get("owned_for", ""),
            use_case=told.get("use_case", ""),
            aspects={aspect.pk: stars for aspect, stars in zip(aspects, told.get("rates", []), strict=False)},
        )

    def write(self) -> None:
        about = self.told.get("about", "product")
        facts = {"by": self.person, "about": about, "product": self.product, "photos": self.photos()}
        self.review = Review.objects.write(self.said(), **facts)

    def photos(self) -> list[tuple[Attachment, str]]:
        """What they photographed, if anything."""
        if "photo" not in self.told:
            return []
        return [(Attachment.objects.keep(*drawn(self.told["photo"]), by=self.person), self.told["alt"])]

    def reply(self, told: dict[str, Any]) -> None:
        person = self.stage.people[told["by"]]
        post = answer(self.review.thread, by=person, source=told["text"], as_staff=person.is_team)
        if told.get("liked"):
            post.vote(by=self.person)

    def change(self, told: dict[str, Any]) -> None:
        review = Review.objects.select_related("thread").get(pk=self.review.pk)
        changes = {name: told[name] for name in ("stars", "text", "pros", "cons") if name in told}
        review.rewrite(self.said(**changes), by=self.person, version=review.opening.version)

    def look_at_photos(self) -> None:
        """Whoever is new has waited for this."""
        for photo in self.review.photos.waiting():
            photo.show(by=self.stage.people["hana"])

    def verdicts(self) -> None:
        """The first readers who are not its writer."""
        able = [person for person in self.stage.props["owners"] if person.pk != self.person.pk]
        yes, no = self.told.get("helped", 0), self.told.get("not", 0)
        opening = self.review.thread.posts.get(kind=Post.Kind.OPENING)
        Vote.objects.bulk_create(Vote(post=opening, person=person) for person in able[:yes])
        Unhelpful.objects.bulk_create(
            Unhelpful(review_id=self.review.pk, person=person) for person in able[yes : yes + no]
        )
        Post.objects.filter(pk=opening.pk).update(score=len(able[:yes]))
        Review.objects.filter(pk=self.review.pk).update(unhelpful_count=len(able[yes : yes + no]))
        self.review.settle()


def remove() -> None:
    """Reviews go with their threads before; here go lines, what was sold, photos, and who wrote in the old shop."""
    Review.objects.filter(author__username_key__in=names()).delete()
    Purchase.objects.filter(source=SHOP).delete()
    ProductLine.objects.filter(slug__in=LINES).delete()
    Thread.objects.filter(attribution__source=OLD_SHOP).delete()
    ReviewFile.objects.filter(source=OLD_SHOP, by__username_key__in=names()).delete()
    told = told_by_old_shop(timezone.now())
    writers = {name_key(name) for one in told for name in names_of(one, OLD_SHOP)}
    Person.objects.filter(username_key__in=writers, email="").delete()
    Attachment.objects.filter(uploader__username_key__in=names(), in_posts=None, in_reviews=None).delete()
    digests = [hashlib.sha256(drawn(key)[1]).hexdigest() for key in SCENES]
    for blob in Blob.objects.filter(digest__in=digests, attachments=None):
        blob.delete()
