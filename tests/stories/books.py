"""What a story has left in Tryton, read by its own interface."""

from dataclasses import dataclass


@dataclass
class Books:
    """Ana there: whom it knows her as, her cases, and all that was told about them."""

    contacts: list[int]
    cases: dict[int, str]  # the state of each
    timeline: list[str]

    @classmethod
    def of_ana(cls, admin) -> "Books":
        contacts = [row["id"] for row in admin.search("party.party", [["name", "=", "ana"]], ["name"])]
        cases = admin.search("sale.opportunity", [["party", "in", contacts]], ["state"])
        timeline = [row["content"] or "" for row in admin.search("ir.chat.message", [], ["content"])]
        return cls(contacts, {row["id"]: row["state"] for row in cases}, timeline)

    def entries(self, words: str) -> int:
        """How often it is told."""
        return len([entry for entry in self.timeline if words in entry])
