"""The photos that a review's form sends: new ones, and those it kept while the text was looked at."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import gettext as _

from community.files.models import Attachment
from community.people.models import Person
from community.refusals import Refusal
from forums.reviews.forms import Photos, ReviewForm
from forums.reviews.models import Review


def photos_sent(request: HttpRequest, form: ReviewForm) -> Photos:
    """Each picture with what it shows. What is no picture, or cannot be kept, becomes an error of the form."""
    posted, person = request.POST, request.user
    rows = photos_kept(person, [(key, posted.get(f"alt-{key}", "")) for key in dict.fromkeys(posted.getlist("photo"))])
    rows = [(attachment, alt) for attachment, alt in rows if f"drop-{attachment.key}" not in posted]
    files, said = request.FILES.getlist("photos"), posted.getlist("shows-new")
    for file, alt in zip(files, said if len(said) == len(files) else [""] * len(files), strict=True):
        try:
            kept = Attachment.objects.keep(file.name or "", file.read(), by=person)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            continue
        if kept.is_picture:
            rows.append((kept, alt))
        else:
            form.add_error(None, _("“%(name)s” is no picture.") % {"name": kept.name})
    return rows


def photos_kept(person: Person, told: Iterable[tuple[str, str]]) -> list[tuple[Attachment, str]]:
    """The person's own pictures with these keys, each with what it shows, in this order."""
    alts = dict(told)
    mine = Attachment.objects.filter(uploader=person, key__in=alts).select_related("blob")
    known = {attachment.key: attachment for attachment in mine}
    return [(known[key], alt) for key, alt in alts.items() if key in known]


def shown_anew(request: HttpRequest, review: Review) -> dict[int, str]:
    """What the photos that the review has show, as its form says."""
    names = {photo.pk: f"shows-photo-{photo.pk}" for photo in review.photos.all()}
    return {pk: request.POST[name] for pk, name in names.items() if name in request.POST}
