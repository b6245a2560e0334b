"""Who may be told of what happened: everybody, the person alone, or the team (whose verbs are the audit log)."""

from community.events.verbs import Verb

PUBLIC = {
    Verb.PERSON_JOINED,
    Verb.LEVEL_RAISED,
    Verb.BADGE_EARNED,
    Verb.QUESTION_ASKED,
    Verb.ANSWER_POSTED,
    Verb.COMMENT_POSTED,
    Verb.POST_EDITED,
    Verb.POST_BECAME_ANSWER,
    Verb.POST_BECAME_COMMENT,
    Verb.VOTE_CAST,
    Verb.VOTE_TAKEN_BACK,
    Verb.THREAD_FOLLOWED,
    Verb.THREAD_LOCKED,
    Verb.THREAD_UNLOCKED,
    Verb.THREAD_MERGED,
    Verb.THREAD_UNMERGED,
    Verb.THREAD_SPLIT,
    Verb.THREAD_SPLIT_UNDONE,
    Verb.DUPLICATE_CLOSED,
    Verb.DUPLICATE_REOPENED,
    Verb.THREAD_MOVED,
    Verb.THREAD_MOVED_BACK,
    Verb.THREAD_RETAGGED,
    Verb.SAME_PROBLEM,
    Verb.SAME_PROBLEM_TAKEN_BACK,
    Verb.SOLUTION_ACCEPTED,
    Verb.SOLUTION_WITHDRAWN,
    Verb.ANSWER_VERIFIED,
    Verb.VERIFICATION_WITHDRAWN,
    Verb.REVIEW_WRITTEN,
    Verb.REVIEW_RATED_ANEW,
    Verb.ARTICLE_PUBLISHED,
    Verb.HELP_OFFERED,
    Verb.OUTCOME_APPROVED,
}
"""What may be told to everybody. Whatever is not in here is for staff."""

PRIVATE = {
    Verb.AUDIENCE_CHOSEN,
    Verb.PICTURE_CHANGED,
    Verb.DATA_TAKEN,
    Verb.CLOSING_ASKED,
    Verb.CLOSING_WITHDRAWN,
    Verb.PERSON_IGNORED,
    Verb.PERSON_UNIGNORED,
    Verb.PERSON_BLOCKED,
    Verb.PERSON_UNBLOCKED,
}
"""Somebody's own matter, such as from whom they keep their distance: no timeline says it, nor what staff read of it."""

STAFF = set(Verb) - PUBLIC - PRIVATE
