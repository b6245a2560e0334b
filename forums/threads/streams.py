"""What a page of a thread listens to: `thread` brings new posts, `thread_state` what changed about the others."""

from typing import Any

from community.live.streams import stream
from forums.threads.models import Thread


@stream("thread")
def may_listen_to_a_thread(person: Any, key: str) -> bool:
    """Whoever may read it."""
    return Thread.objects.visible_to(person).filter(pk=key).exists()


@stream("thread_state")
def may_listen_to_a_threads_state(person: Any, key: str) -> bool:
    """Whoever may read it."""
    return may_listen_to_a_thread(person, key)
