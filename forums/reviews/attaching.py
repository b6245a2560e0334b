"""The photos that a review's form sends: new ones, and those it kept while the text was looked at."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from community.files.models import Attachment
from community.refusals import Refusal
from forums.reviews.forms import Photos, ReviewForm


def photos_sent(request: HttpRequest, form: ReviewForm) -> Photos:
    """Each picture with what it shows. What is no picture, or cannot be kept, becomes an error of the form."""
    posted, person = request.POST, request.user
    keys = posted.getlist("photo")
    mine = Attachment.objects.filter(uploader=person, key__in=keys).select_related("blob")
    known = {attachment.key: attachment for attachment in mine}
    rows = [(known[key], posted.get(f"alt-{key}", "")) for key in dict.fromkeys(keys) if key in known]
    rows = [(attachment, alt) for attachment, alt in rows if f"drop-{attachment.key}" not in posted]
    for file in request.FILES.getlist("photos"):
        try:
            kept = Attachment.objects.keep(file.name or "", file.read(), by=person)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            continue
        if kept.is_picture:
            rows.append((kept, ""))
        else:
            form.add_error(None, _("“%(name)s” is no picture.") % {"name": kept.name})
    return rows
