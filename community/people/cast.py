"""The people of the demo, and five things to try as each of them."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Part:
    """One of the cast: who they are, where their day begins, and what to try."""

    who: Any
    start: str
    tries: tuple[Any, ...]
    group: str = "team"


CAST: dict[str, Part] = {
    "ana": Part(
        _("Customer. Owns a Beam 2 and has a problem."),
        "/",
        (
            _("Ask a question about your Beam 2: the version is filled in already."),
            _("Put your order number NL-1001 into it, and see what you are offered."),
            _("Say which answer solved it for you."),
            _("Accept an offer of private help, and reply there."),
            _("Approve what the team wants to say in public about the outcome."),
        ),
        "customers",
    ),
    "ben": Part(
        _("Champion. Helps others, and is known for it."),
        "/questions/?view=unanswered",
        (
            _("Answer a question that nobody has answered yet."),
            _("Vote for an answer that helped you."),
            _("Edit one of your answers, and look at its history."),
            _("Open your profile and see how many problems you solved."),
            _("Follow a thread, then look at your notifications."),
        ),
        "customers",
    ),
    "chris": Part(
        _("Customer with a loud voice and no orders."),
        "/questions/",
        (
            _("Say that you have the same problem as somebody else."),
            _("Comment on an answer and mention @ben."),
            _("Write a card number into a comment, and see it stopped."),
            _("Open /desk/ and find nothing."),
            _("Find the call that is booked for you, and choose another time."),
        ),
        "customers",
    ),
    "dora": Part(
        _("Agent. Answers as “Dora, Bluetooth”."),
        "/desk/",
        (
            _("Claim the first item of the queue with the key c."),
            _("Answer in public with r, and write a note with n: they never look alike."),
            _("Offer private help, and write to the customer there."),
            _("Verify an answer of ben's for a firmware version."),
            _("Preview and push a case to the CRM."),
        ),
    ),
    "emil": Part(
        _("Agent. Sits beside Dora."),
        "/desk/",
        (
            _("Open an item that Dora has claimed: her name is on it."),
            _("Take it over, and see both of you told."),
            _("Snooze an item until tomorrow."),
            _("Assign an item to yourself and close it with e."),
            _("Edit your persona: hours, languages, what you can do."),
        ),
    ),
    "fay": Part(
        _("Supervisor. Sees that nobody is forgotten."),
        "/desk/",
        (
            _("Look at who holds what in the queue."),
            _("Assign an item to Emil."),
            _("Read why an item is where it is in the order."),
            _("Open the audit page and find who looked at contact data."),
            _("Read a reply on battery safety before it is public, under Approvals."),
        ),
    ),
    "gil": Part(
        _("Agent of a partner, for Kettle only."),
        "/desk/",
        (
            _("See that the queue shows Kettle and nothing of Northlight."),
            _("Open a customer: the address is masked."),
            _("Open the address of a Northlight item, and find nothing."),
            _("Answer a Kettle question in public."),
            _("Read what you told the auditor, in the menu under your picture."),
        ),
    ),
    "hana": Part(
        _("Community manager. Keeps the house in order."),
        "/desk/flags/",
        (
            _("Open the case with three reports: the score says why it is on top."),
            _("Hide the post, choose the rule, say what you found, and read what its author reads."),
            _("Undo it from the case: all is as it was."),
            _("Look at the appeal: you decided, so somebody else answers it. Kim may."),
            _("Find both in the moderation log that everybody can read."),
        ),
    ),
    "ivo": Part(
        _("Product owner of Beam. Sees no contact data."),
        "/products/",
        (
            _("Open the hub of Beam 2 and see what owners ask."),
            _("Verify an answer for the newest firmware."),
            _("Answer a question with the team's mark."),
            _("Look for a customer's address: there is none for you."),
            _("Edit your persona."),
        ),
    ),
    "jo": Part(
        _("Auditor. Reads everything that was done, changes nothing."),
        "/desk/actions/",
        (
            _("Find the last look at somebody's contact data."),
            _("Find who gave whom which role."),
            _("Follow one item through its events."),
            _("Try to claim an item: the answer names the policy."),
            _("Read what Gil told you alone, under Concerns."),
        ),
    ),
    "kim": Part(
        _("Administrator. Gives roles and connects the CRM."),
        "/settings/people/",
        (
            _("Give leo the agent's role for one brand, until tomorrow."),
            _("Take your own role away: the last administrator stays."),
            _("Add a CRM connection and test it."),
            _("Look at the outbox of a connection."),
            _("Read the audit page."),
        ),
    ),
    "leo": Part(
        _("Employee, but not in support."),
        "/",
        (
            _("Answer a question: you are a member like all others."),
            _("Open /desk/ and find nothing."),
            _("Ask a question about a product you do not own."),
            _("Choose what you want to be told of."),
            _("Add a passkey, or look at your sessions."),
        ),
        "customers",
    ),
}
