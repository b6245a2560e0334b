"""Reviews: what a person thinks of a product, the company or the help they got, in stars and words."""

from forums.reviews.models.brought import Brought, ReviewFile
from forums.reviews.models.campaign import Campaign, CampaignGuest, Incentive, IncentiveKind
from forums.reviews.models.checking import CheckingNotice
from forums.reviews.models.helping import Unhelpful
from forums.reviews.models.insider import Insider, Tie
from forums.reviews.models.photo import Photo, PhotoHiding
from forums.reviews.models.policy import ReviewPolicy
from forums.reviews.models.proof import Proof
from forums.reviews.models.rating import Aspect, AspectRating, Rating
from forums.reviews.models.review import Review
from forums.reviews.models.score import Score, SetAside
from forums.reviews.models.trace import Came, StaffDevice, Trace

__all__ = [
    "Aspect",
    "AspectRating",
    "Brought",
    "Came",
    "Campaign",
    "CampaignGuest",
    "CheckingNotice",
    "Incentive",
    "IncentiveKind",
    "Insider",
    "Photo",
    "PhotoHiding",
    "Proof",
    "Rating",
    "Review",
    "ReviewFile",
    "ReviewPolicy",
    "Score",
    "SetAside",
    "StaffDevice",
    "Tie",
    "Trace",
    "Unhelpful",
]
