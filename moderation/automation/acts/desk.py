"""Acts on the desk: telling people of the team, giving an item to somebody, putting it up in the queue."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.notifications.notifying import Letter, notify
from community.people.models import Person
from community.people.roles import Role
from moderation.automation.acts.act import Context, Fact
from moderation.automation.acts.threads import person_named
from moderation.automation.automaton import automaton
from moderation.queue.models import Item

RAISED = "raised"
TEAMS = {
    Role.AGENT: gettext_lazy("the agents"),
    Role.PARTNER_AGENT: gettext_lazy("the partners’ agents"),
    Role.SUPERVISOR: gettext_lazy("the supervisors"),
    Role.COMMUNITY_MANAGER: gettext_lazy("the community managers"),
    Role.PRODUCT_OWNER: gettext_lazy("the product owners"),
}
"""Who can be told together: those of the brand that the matter is about."""
MOST_TOLD = 50


def told_people(value: str, brand: str = "") -> list[Person]:
    """`person:12`, or everybody who has a role for that brand: `role:agent`."""
    kind, _colon, name = str(value).partition(":")
    if kind == "person":
        return list(Person.objects.active().filter(pk=name))
    people = Person.objects.active().with_role(Role(name)).order_by("username")
    return [one for one in people if any(held.brand in ("", brand) for held in one.current_grants)][:MOST_TOLD]


def tell(context: Context) -> Fact | None:
    """In the tray and by mail, as each of them wishes."""
    matter, name = context.matter, context.automation.name
    about = matter.thread.product if matter.thread else None
    people = told_people(context.value, about.brand.slug if about else "")
    for person in people:
        letter = Letter(
            subject=_("%(name)s: %(title)s") % {"name": name, "title": matter.title}, button=_("Look at it")
        )
        notify(person, "team", url=matter.url, text=f"{name}: {matter.title}", letter=letter)
    return {"people": [person.pk for person in people]} if people else None


def untell(fact: Fact, by: Any, why: str) -> str:
    return _("What was told stays told.")


def assign(context: Context) -> Fact | None:
    """To somebody of the team who works for that brand."""
    item, person = context.matter.item, Person.objects.active().filter(pk=context.value).first()
    if item is None or person is None or item.assignee_id == person.pk or item.state == Item.State.CLOSED:
        return None
    before = item.assignee_id
    item.assign(person, by=automaton())
    return {"item": item.pk, "before": before, "after": person.pk}


def assign_back(fact: Fact, by: Any, why: str) -> str:
    """To whoever had it, unless somebody has given it on since."""
    item = Item.objects.get(pk=fact["item"])
    if item.assignee_id != fact["after"]:
        return _("The item was given on since, and stays there.")
    item.assign(Person.objects.filter(pk=fact["before"]).first(), by=automaton())
    return ""


def put_up(context: Context) -> Fact | None:
    """Higher in the queue, with the reason that it says."""
    item = context.matter.item
    if item is None or RAISED in item.signals or item.state == Item.State.CLOSED:
        return None
    item.notice(RAISED)
    return {"item": item.pk}


def put_down(fact: Fact, by: Any, why: str) -> str:
    Item.objects.get(pk=fact["item"]).forget(RAISED)
    return ""


def people_named(value: Any) -> str:
    kind, _colon, name = str(value).partition(":")
    return str(TEAMS[Role(name)]) if kind == "role" else person_named(name)


SAYS = {
    "tell": lambda v: _("tell %(x)s") % {"x": people_named(v)},
    "assign": lambda v: _("give it to %(x)s") % {"x": person_named(v)},
    "raise": lambda _v: _("put it up in the queue"),
}
