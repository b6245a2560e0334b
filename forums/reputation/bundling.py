"""Lines of a ledger as one reads them: what one post was thanked for many times is one line that can be opened."""

from dataclasses import dataclass, field

from django.utils.translation import ngettext

from forums.reputation.models import Point
from forums.reputation.rules import Kind


@dataclass
class Bundle:
    """Points of one kind for one post, the newest first."""

    lines: list[Point] = field(default_factory=list)

    @property
    def first(self) -> Point:
        """The newest of them, which says what all have in common."""
        return self.lines[0]

    @property
    def amount(self) -> int:
        return sum(line.amount for line in self.lines)

    @property
    def words(self) -> str:
        """What it is for: "4 votes on your answer"."""
        number = len(self.lines)
        if number == 1 or self.first.kind not in (Kind.ANSWER_VOTE, Kind.QUESTION_VOTE):
            return str(self.first.rule.line)
        if self.first.kind == Kind.ANSWER_VOTE:
            return ngettext("%(n)s vote on your answer", "%(n)s votes on your answer", number) % {"n": number}
        return ngettext("%(n)s vote on your question", "%(n)s votes on your question", number) % {"n": number}


def bundled(lines: list[Point]) -> list[Bundle]:
    """The lines of a page, each post once for each kind of thanks, in the order of the newest."""
    bundles: dict[tuple[int, str, str], Bundle] = {}
    for line in lines:
        bundles.setdefault((line.post_id, line.kind, line.ended_by), Bundle()).lines.append(line)
    return list(bundles.values())
