"""The trunk: a thread of posts, shared by questions, ideas, reviews and articles."""

from forums.threads.models.approval import Approval, Regulation
from forums.threads.models.attached import PostFile
from forums.threads.models.draft import Draft
from forums.threads.models.follow import Follow, Muting
from forums.threads.models.hiding import Hiding, Lock
from forums.threads.models.legacy import LegacyAddress
from forums.threads.models.notice import Notice
from forums.threads.models.post import Post
from forums.threads.models.read_mark import ReadMark
from forums.threads.models.redaction import Redaction
from forums.threads.models.reshaping import Conversion, Duplicate, Merge, Move, Split
from forums.threads.models.revision import Revision
from forums.threads.models.suggestion import Suggestion
from forums.threads.models.thread import Attribution, Thread, ThreadTag
from forums.threads.models.vote import Voiding, Vote

__all__ = [
    "Approval",
    "Attribution",
    "Conversion",
    "Draft",
    "Duplicate",
    "Follow",
    "Hiding",
    "LegacyAddress",
    "Lock",
    "Merge",
    "Move",
    "Muting",
    "Notice",
    "Post",
    "PostFile",
    "ReadMark",
    "Redaction",
    "Regulation",
    "Revision",
    "Split",
    "Suggestion",
    "Thread",
    "ThreadTag",
    "Voiding",
    "Vote",
]
