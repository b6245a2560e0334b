"""How much one socket and one visitor may ask for."""

import time

from community.live.hub import hub
from community.live.outlet import PREFIX, outlet

FRAME = 16_000
"""The longest frame a page may send, in bytes."""
STREAMS = 50
"""Streams of one socket."""
SOCKETS = 20
"""Sockets of one person; the oldest give way."""
SOCKETS_OF_AN_ADDRESS = 60
"""Sockets of the signed-out behind one address; an office or a school shares one."""
SILENCE = 80.0
"""Seconds without a word from the page after which it is gone: pages say `ping` every 25."""

TOO_BIG, BROKE_A_RULE, TOO_FAST, TOO_MANY = 1009, 1008, 4429, 4429


class Pace:
    """A bucket of frames that fills again with time."""

    def __init__(self, burst: float = 120, per_second: float = 5) -> None:
        self.burst = self.left = burst
        self.per_second = per_second
        self.at = time.monotonic()

    def is_kept(self) -> bool:
        """Take one frame out of the bucket; False when it is empty."""
        now = time.monotonic()
        self.left = min(self.burst, self.left + (now - self.at) * self.per_second) - 1
        self.at = now
        return self.left >= 0


def make_room(owner: str, socket_id: str) -> None:
    """Close the visitor's oldest sockets beyond the limit, on whichever process they are."""
    limit = SOCKETS if owner.startswith("person:") else SOCKETS_OF_AN_ADDRESS
    surplus = [socket.id for socket in hub.of(owner)[:-limit]]
    if outlet is not None and outlet.down_since is None:
        surplus = outlet.oldest_beyond(f"{PREFIX}:sockets:{owner}", socket_id, limit)
    if surplus:
        hub.close(TOO_MANY, ids=surplus)
        if outlet is not None:
            outlet.tell({"close": TOO_MANY, "ids": surplus})
