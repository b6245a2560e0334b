"""Files in a text: few enough to look at, and for a start one picture and nothing else (robustness H5, AC-MOD-3)."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from community.people.trust import Privilege, may
from community.policy.findings import Finding, Outcome
from community.policy.ruling import Number, Ruled, number, ruled
from community.text.pictures import file_keys, picture_count

FILES = ruled(
    Ruled(
        "files", gettext_lazy("Files in a text"),
        gettext_lazy("More files than this in one post; of new members, more pictures or other files."),
        numbers=(
            Number("most", gettext_lazy("Files in a post"), "FILES_A_POST", least=1, most=20),
            Number("pictures", gettext_lazy("Pictures of a new member"), "NEW_MEMBER_PICTURES", most=20),
            Number("attachments", gettext_lazy("Other files of a new member"), "NEW_MEMBER_ATTACHMENTS"),
        ),
    )
)  # fmt: skip
FREE_DOORS = {"note", "message", "mail_private", "import"}


def files(text: str, by: Any, where: str) -> Iterable[Finding]:
    """Files in one post for everybody; pictures, and files that are none, for new members."""
    if by is None or where in FREE_DOORS:
        return
    all_files, pictures = len(file_keys(text)), picture_count(text)
    if not all_files:
        return
    if all_files > (most := number("files", "most")):
        sentence = _("A post can have up to %(most)s files. Put some into an answer of their own, or into one ZIP.")
        yield Finding("files", Outcome.REFUSE, sentence % {"most": most})
    if pictures > (most := number("files", "pictures")) and not may(by, Privilege.PICTURES):
        sentence = ngettext(
            "New members can show %(most)s picture in a post; please take the others out. "
            "This limit ends with your first good answers.",
            "New members can show %(most)s pictures in a post; please take the others out. "
            "This limit ends with your first good answers.",
            most,
        )
        yield Finding("files", Outcome.REFUSE, sentence % {"most": most})
    others = max(0, all_files - pictures)
    if others > (most := number("files", "attachments")) and not may(by, Privilege.ATTACHMENTS):
        yield Finding("files", Outcome.REFUSE, no_attachments(most))


def no_attachments(most: int) -> str:
    """What a new member reads who attached too many."""
    if most == 0:
        return _(
            "New members cannot attach files yet, only pictures: please take the file out, or say in words what is in "
            "it. This limit ends with your first good answers."
        )
    sentence = ngettext(
        "New members can attach %(most)s file that is no picture; please take the others out.",
        "New members can attach %(most)s files that are no pictures; please take the others out.",
        most,
    )
    return sentence % {"most": most}
