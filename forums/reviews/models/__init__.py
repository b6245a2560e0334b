"""Reviews: what a person thinks of a product, the company or the help they got, in stars and words."""

from forums.reviews.models.brought import Brought, ReviewFile
from forums.reviews.models.helping import Unhelpful
from forums.reviews.models.photo import Photo, PhotoHiding
from forums.reviews.models.proof import Proof
from forums.reviews.models.rating import Aspect, AspectRating, Rating
from forums.reviews.models.review import Review
from forums.reviews.models.score import Score, SetAside

__all__ = [
    "Aspect",
    "AspectRating",
    "Brought",
    "Photo",
    "PhotoHiding",
    "Proof",
    "Rating",
    "Review",
    "ReviewFile",
    "Score",
    "SetAside",
    "Unhelpful",
]
