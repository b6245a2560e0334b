"""One of many processes that write reviews at once: `python -m tests.forums.reviews.writer SHARE WRITER`."""

import random
import sys

import django

LETTERS = "abcdefghijklmnoprstuvw"

django.setup()

from community.catalogue.models import Product  # noqa: E402
from community.people.models import Person  # noqa: E402
from forums.reviews.models import Review  # noqa: E402
from forums.reviews.writing import Said  # noqa: E402


def words(some: random.Random, number: int) -> str:
    return " ".join("".join(some.choices(LETTERS, k=6)) for _word in range(number)).capitalize()


def write(share: int, writer: int) -> None:
    """One of the processes: every third review is changed, every fourth hidden, every eighth brought back."""
    some = random.Random(writer)
    product, staff = Product.objects.get(slug="beam-2"), Person.objects.get(username="hana")
    for number in range(share):
        by = Person.objects.create_user(f"writer{writer}-{number}", "", None)
        said = Said(some.randint(1, 5), words(some, 3), words(some, 25))
        review = Review.objects.write(said, by=by, product=product)
        if number % 3 == 0:
            review.rewrite(Said(some.randint(1, 5), "Other", words(some, 25)), by=by, version=review.opening.version)
        if number % 4 == 0:
            review.opening.hide(by=staff, reason="for the test")
        if number % 8 == 0:
            review.opening.restore(by=staff)


if __name__ == "__main__":
    write(int(sys.argv[1]), int(sys.argv[2]))
