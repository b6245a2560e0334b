"""Short scenes of reviews that call the real verbs."""

import io
from typing import Any

from PIL import Image

from community.catalogue.models import Product, Purchase
from community.people.models import Person
from forums.reviews.models import Review
from forums.reviews.writing import Said
from tests.cast import Cast


def reviews(by: Person, stars: int, product: Product | None = None, **said: Any) -> Review:
    """Somebody reviews a product, or without one the company."""
    about = "product" if product else "company"
    words = {"title": "After four weeks", "source": "Good on the train, and light enough for a whole day."}
    return Review.objects.write(Said(stars=stars, **{**words, **said}), by=by, about=about, product=product)


def ana_reviews(cast: Cast, stars: int = 4, **said: Any) -> Review:
    """Ana reviews her Beam 2."""
    return reviews(cast.ana, stars, cast.beam2, **said)


def shop_tells(cast: Cast, email: str = "ana@example.org", number: str = "NL-1001", **facts: Any) -> Purchase:
    """The order feed says that somebody bought a Beam 2."""
    product = facts.pop("product", cast.beam2)
    return Purchase.objects.create(source="shop", order_number=number, product=product, email=email, **facts)


def five_rate(cast: Cast, product: Product, stars: tuple[int, ...] = (5, 5, 4, 2, 1)) -> list[Review]:
    """So many people rate it."""
    return [reviews(cast.person(f"owner{n}"), given, product, title="") for n, given in enumerate(stars)]


def photo_bytes() -> bytes:
    """A photo that says with what it was taken."""
    image, exif = Image.new("RGB", (320, 240), (120, 90, 60)), Image.Exif()
    exif[0x010F], exif[0x0110] = "Northlight", "Camera of Ana"
    data = io.BytesIO()
    image.save(data, "JPEG", exif=exif)
    return data.getvalue()
