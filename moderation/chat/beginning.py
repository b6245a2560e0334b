"""Beginning a chat from a page of the site: about which product or thread, with words that need not be said again."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest

from community.catalogue.models import Brand, Product
from community.people.models import Person
from forums.threads.models import Thread
from moderation.chat.models import Chat
from moderation.escalation.carrying import carried_over, product_at_hand
from moderation.escalation.models import Channel, Conversation


@transaction.atomic
def begin_chat(*, by: Person, title: str, text: str, product: Product | None, thread: Thread | None) -> str:
    """A conversation with a chat in it, or neither. Answers with its token."""
    asked = {"title": title, "text": text, "product": product, "thread": thread}
    conversation = Conversation.objects.ask(by=by, channels=[Channel.PAGE], **asked)
    Chat.objects.request(conversation, by=by)
    return conversation.token


def brand_named(slug: str) -> tuple[Product | None, Brand | None]:
    """The product that an address names, with its brand."""
    products: Any = Product.objects
    product = products.visible_to(None).select_related("brand").filter(slug=slug[:100]).first() if slug else None
    return product, product.brand if product else None


def first_values(request: HttpRequest, thread: Thread | None) -> dict[str, Any]:
    """What we can fill in, so that nobody tells it twice."""
    if thread is not None:
        carried = carried_over(thread)
        return {"product": thread.product_id, "title": carried["title"], "text": carried["text"]}
    asked = request.GET
    return {"product": product_at_hand(request.user, asked.get("product", "")), "title": asked.get("title", "")[:200]}
