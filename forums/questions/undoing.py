"""What a question needs to be asked again after it was taken back as soon as it was sent."""

from django.urls import reverse

from forums.threads.models import Thread
from forums.threads.undoing import Beginning, begins


def ask_page(thread: Thread) -> str:
    """The form, about the same product."""
    return reverse("forums:question-new") + (f"?product={thread.product.slug}" if thread.product else "")


begins(Thread.Kind.QUESTION, Beginning(place=lambda _thread: "ask", url=ask_page))
