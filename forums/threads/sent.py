"""What a form of a post sent. Without script its files come along with the text, and stand at the end of it."""

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from community.files.models import Attachment
from community.refusals import Refusal


def sent(request: HttpRequest) -> QueryDict:
    """The fields; files are kept, and the text names them. Raises the Refusal of a file that cannot be kept."""
    files = request.FILES.getlist("files")
    if not files or not request.user.is_authenticated:
        return request.POST
    if len(files) > settings.FILES_A_POST:
        raise Refusal(
            _("At most %(most)s files at a time.") % {"most": settings.FILES_A_POST}, code="too_many", status=413
        )
    kept = [Attachment.objects.keep(file.name or "", file.read(), by=request.user).markdown for file in files]
    fields = request.POST.copy()
    fields["text"] = "\n\n".join([fields.get("text", "").rstrip(), *kept])
    return fields
