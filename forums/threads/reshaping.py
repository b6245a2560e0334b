"""What changes the shape of threads: where something is read from now on, and what counts it anew."""

from community.events.verbs import Verb

READ_ELSEWHERE = (
    Verb.THREAD_MERGED,
    Verb.THREAD_UNMERGED,
    Verb.THREAD_SPLIT,
    Verb.THREAD_SPLIT_UNDONE,
    Verb.DUPLICATE_CLOSED,
    Verb.DUPLICATE_REOPENED,
)
"""A thread has left the lists, or come back to them."""
MOVES = (Verb.THREAD_MOVED, Verb.THREAD_MOVED_BACK)
"""It is about another product."""
RESHAPED = (*READ_ELSEWHERE, *MOVES)
