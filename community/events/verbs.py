"""Everything that can happen here. Public verbs may appear on public timelines; staff verbs are the audit log."""

from enum import StrEnum


class Verb(StrEnum):
    """What happened, in the past tense."""

    # people
    PERSON_JOINED = "person.joined"
    PERSON_SUSPENDED = "person.suspended"
    PERSON_SUSPENSION_LIFTED = "person.suspension_lifted"
    PERSON_SILENCED = "person.silenced"
    PERSON_SILENCE_LIFTED = "person.silence_lifted"
    ROLE_GRANTED = "role.granted"
    ROLE_REVOKED = "role.revoked"
    PERSONA_CHANGED = "persona.changed"
    ABSENCE_PLANNED = "absence.planned"
    ABSENCE_CALLED_OFF = "absence.called_off"
    AUDIENCE_CHOSEN = "audience.chosen"
    PERSON_IGNORED = "person.ignored"
    PERSON_BLOCKED = "person.blocked"
    PERSON_UNIGNORED = "person.unignored"
    PERSON_UNBLOCKED = "person.unblocked"
    LEVEL_RAISED = "level.raised"
    LEVEL_AT_RISK = "level.at_risk"
    LEVEL_KEPT = "level.kept"
    LEVEL_LOWERED = "level.lowered"
    LEVELS_PLANNED = "levels.planned"
    LEVELS_PLAN_WITHDRAWN = "levels.plan_withdrawn"
    BADGE_EARNED = "badge.earned"
    BADGE_LOST = "badge.lost"
    CONTACT_SEEN = "contact.seen"
    DEMO_STEPPED_IN = "demo.stepped_in"
    # threads
    QUESTION_ASKED = "question.asked"
    QUESTION_LEFT = "question.left_by_guest"
    QUESTION_CONFIRMED = "question.confirmed_by_guest"
    ANSWER_POSTED = "answer.posted"
    COMMENT_POSTED = "comment.posted"
    POST_EDITED = "post.edited"
    POST_HELD = "post.held"
    POST_PUBLISHED = "post.published"
    POST_HIDDEN = "post.hidden"
    POST_RESTORED = "post.restored"
    POST_REMOVED = "post.removed"
    POST_REDACTED = "post.redacted"
    POST_BECAME_ANSWER = "post.became_answer"
    POST_BECAME_COMMENT = "post.became_comment"
    SUGGESTION_MADE = "suggestion.made"
    SUGGESTION_ACCEPTED = "suggestion.accepted"
    SUGGESTION_DECLINED = "suggestion.declined"
    SUGGESTION_WITHDRAWN = "suggestion.withdrawn"
    SUGGESTIONS_TAKEN = "post.takes_suggestions"
    SUGGESTIONS_REFUSED = "post.takes_no_suggestions"
    VOTE_CAST = "vote.cast"
    VOTE_TAKEN_BACK = "vote.taken_back"
    VOTE_VOIDED = "vote.voided"
    VOTE_REINSTATED = "vote.reinstated"
    THREAD_FOLLOWED = "thread.followed"
    THREAD_LOCKED = "thread.locked"
    THREAD_UNLOCKED = "thread.unlocked"
    THREAD_MERGED = "thread.merged"
    THREAD_UNMERGED = "thread.unmerged"
    THREAD_SPLIT = "thread.split"
    THREAD_SPLIT_UNDONE = "thread.split_undone"
    DUPLICATE_CLOSED = "thread.closed_as_duplicate"
    DUPLICATE_REOPENED = "thread.duplicate_reopened"
    THREAD_MOVED = "thread.moved"
    THREAD_MOVED_BACK = "thread.moved_back"
    THREAD_RETAGGED = "thread.retagged"
    SAME_PROBLEM = "question.same_problem"
    SAME_PROBLEM_TAKEN_BACK = "question.same_problem_taken_back"
    SOLUTION_ACCEPTED = "solution.accepted"
    SOLUTION_WITHDRAWN = "solution.withdrawn"
    SOLUTION_LOST = "solution.lost"
    ANSWER_VERIFIED = "answer.verified"
    VERIFICATION_WITHDRAWN = "answer.verification_withdrawn"
    NEEDS_INFO_ASKED = "question.needs_info"
    NEEDS_INFO_ANSWERED = "question.info_given"
    NEEDS_INFO_TAKEN_BACK = "question.need_taken_back"
    NEEDS_INFO_REMINDED = "question.reminded"
    QUESTION_CLOSED = "question.closed"
    NOTICE_POSTED = "notice.posted"
    NOTICE_ENDED = "notice.ended"
    # reviews
    REVIEW_WRITTEN = "review.written"
    REVIEW_RATED_ANEW = "review.rated_anew"
    REVIEW_FOUND_UNHELPFUL = "review.found_unhelpful"
    REVIEW_UNHELPFUL_TAKEN_BACK = "review.unhelpful_taken_back"
    REVIEW_PROVEN = "review.proven"
    REVIEW_PROOF_WITHDRAWN = "review.proof_withdrawn"
    REVIEW_SET_ASIDE = "review.set_aside"
    REVIEW_COUNTED_AGAIN = "review.counted_again"
    REVIEWS_BROUGHT_IN = "reviews.brought_in"
    REVIEW_INCENTIVE_REMOVED = "review.incentive_removed"
    REVIEW_POLICY_CHANGED = "review.policy_changed"
    INSIDER_FOUND = "insider.found"
    INSIDER_CLEARED = "insider.cleared"
    CAMPAIGN_PLANNED = "campaign.planned"
    CAMPAIGN_INVITED = "campaign.invited"
    CAMPAIGN_ENDED = "campaign.ended"
    PHOTO_HIDDEN = "photo.hidden"
    PHOTO_SHOWN = "photo.shown"
    PARITY_ALARMED = "parity.alarmed"
    # rings of votes
    RING_FOUND = "ring.found"
    RING_REVERSED = "ring.reversed"
    RING_LEFT = "ring.left"
    RING_UNDONE = "ring.undone"
    # asking for somebody by name
    AGENT_ASKED_FOR = "agent.asked_for"
    AGENT_NOT_ASKED_FOR = "agent.not_asked_for"
    # reply templates
    CANNED_SHARED = "canned.shared"
    CANNED_RETIRED = "canned.retired"
    ORDERS_TAKEN = "orders.taken"
    BUYER_EXEMPTED = "buyer.exempted"
    BUYER_EXEMPTION_ENDED = "buyer.exemption_ended"
    # tags
    TAG_DESCRIBED = "tag.described"
    TAG_RENAMED = "tag.renamed"
    TAG_SYNONYM_ADDED = "tag.synonym_added"
    TAG_SYNONYM_REMOVED = "tag.synonym_removed"
    TAG_MERGED = "tag.merged"
    TAG_MERGE_UNDONE = "tag.merge_undone"
    # gaps: what people look for and do not find
    GAP_ASSIGNED = "gap.assigned"
    GAP_ANSWERED = "gap.answered"
    GAP_REOPENED = "gap.reopened"
    GAP_SET_ASIDE = "gap.set_aside"
    GAP_TAKEN_UP = "gap.taken_up"
    # feeds
    FEEDS_OPENED = "feeds.opened"
    FEEDS_CLOSED = "feeds.closed"
    # queue
    ITEM_OPENED = "item.opened"
    ITEM_CLAIMED = "item.claimed"
    ITEM_PULLED = "item.pulled"
    ITEM_RELEASED = "item.released"
    ITEM_ASSIGNED = "item.assigned"
    ITEM_SNOOZED = "item.snoozed"
    ITEM_WOKEN = "item.woken"
    ITEM_CLOSED = "item.closed"
    ITEM_REOPENED = "item.reopened"
    ITEM_ANSWERED = "item.answered"
    ITEM_DUE_SOON = "item.due_soon"
    ORDERING_CHANGED = "ordering.changed"
    HOURS_CHANGED = "hours.changed"
    PROMISE_CHANGED = "promise.changed"
    ITEM_HANDED_OVER = "item.handed_over"
    NOTE_WRITTEN = "note.written"
    NOTE_PUBLISHED = "note.published"
    ANSWER_SENT_ANYWAY = "answer.sent_anyway"
    # making it right
    GOODWILL_GIVEN = "goodwill.given"
    GOODWILL_ASKED_FOR = "goodwill.asked_for"
    GOODWILL_REFUSED = "goodwill.refused"
    GOODWILL_LIMIT_CHANGED = "goodwill.limit_changed"
    GUIDANCE_GIVEN = "guidance.given"
    GUIDANCE_ACCEPTED = "guidance.accepted"
    GUIDANCE_DISMISSED = "guidance.dismissed"
    GUIDELINE_CHANGED = "guideline.changed"
    # rules of the gate
    WORD_RULE_CHANGED = "word_rule.changed"
    WORD_RULE_TRIED = "word_rule.tried"
    CHECK_CHANGED = "check.changed"
    CHECK_TRIED = "check.tried"
    AUTOMATION_CHANGED = "automation.changed"
    AUTOMATION_TRIED = "automation.tried"
    AUTOMATION_RAN = "automation.ran"
    AUTOMATION_UNDONE = "automation.undone"
    AUTOMATION_STOPPED = "automation.stopped"
    EMBARGO_LAID = "embargo.laid"
    EMBARGO_LIFTED = "embargo.lifted"
    # changes that wait for a look
    CHANGE_HELD = "change.held"
    CHANGE_PUBLISHED = "change.published"
    CHANGE_DECLINED = "change.declined"
    CHANGE_WITHDRAWN = "change.withdrawn"
    # flags and decisions
    HOUSE_RULE_CHANGED = "house_rule.changed"
    FLAG_RAISED = "flag.raised"
    CASE_OPENED = "flags.case_opened"
    CASE_CLAIMED = "flags.case_claimed"
    CASE_DISCUSSED = "flags.case_discussed"
    DECISION_MADE = "decision.made"
    DECISION_UNDONE = "decision.undone"
    ACTION_TAKEN = "action.taken"
    ACTION_UNDONE = "action.undone"
    READ_AGAIN = "decision.read_again"
    APPEAL_MADE = "appeal.made"
    APPEAL_DECIDED = "appeal.decided"
    APPEAL_ESCALATED = "appeal.escalated"
    EVASION_SUSPECTED = "person.evasion_suspected"
    SPAM_LEARNED = "spam.learned"
    ROLE_LOOKED_AS = "role.looked_as"
    ROLE_LOOK_ENDED = "role.look_ended"
    FACTS_KEPT = "facts.kept"
    FACTS_RETIRED = "facts.retired"
    # waves and crisis mode
    WAVE_SEEN = "wave.seen"
    WAVE_CONFIRMED = "wave.confirmed"
    WAVE_WAS_NONE = "wave.was_none"
    WAVE_OVER = "wave.over"
    CRISIS_STARTED = "crisis.started"
    CRISIS_CHANGED = "crisis.changed"
    CRISIS_ENDED = "crisis.ended"
    # private help
    HELP_OFFERED = "help.offered"
    HELP_ACCEPTED = "help.accepted"
    HELP_DECLINED = "help.declined"
    HELP_ASKED = "help.asked"
    MESSAGE_SENT = "message.sent"
    MESSAGE_RECEIVED = "message.received"
    CONVERSATION_CLOSED = "conversation.closed"
    CONVERSATION_REOPENED = "conversation.reopened"
    CHAT_ASKED = "chat.asked"
    CHAT_JOINED = "chat.joined"
    CHAT_TAKEN_OVER = "chat.taken_over"
    CHAT_ENDED = "chat.ended"
    DUTY_BEGUN = "duty.begun"
    DUTY_CHANGED = "duty.changed"
    DUTY_ENDED = "duty.ended"
    CALL_BOOKED = "call.booked"
    CALL_MOVED = "call.moved"
    CALL_CANCELLED = "call.cancelled"
    CALL_NEAR = "call.near"
    CALL_ACCEPTED = "call.accepted"
    CALL_MADE = "call.made"
    IDENTITY_PROVED = "identity.proved"
    IDENTITY_DOUBTED = "identity.doubted"
    OUTCOME_PROPOSED = "outcome.proposed"
    OUTCOME_APPROVED = "outcome.approved"
    OUTCOME_REFUSED = "outcome.refused"
    SURVEY_SENT = "survey.sent"
    SURVEY_LEFT_OUT = "survey.left_out"
    SURVEY_ANSWERED = "survey.answered"
    WORDING_APPROVED = "wording.approved"
    WORDING_REFUSED = "wording.refused"
    MAIL_HELD = "mail.held"
    MAIL_ADMITTED = "mail.admitted"
    MAIL_DISCARDED = "mail.discarded"
    MAIL_BOUNCED = "mail.bounced"
    MAIL_STORM = "mail.storm"
    ATTACHMENT_OPENED = "attachment.opened"
    # crm
    CASE_PUSHED = "case.pushed"
    CASE_LINKED = "case.linked"
    CASE_STATUS_CHANGED = "case.status_changed"
    CASE_LINK_BROKEN = "case.link_broken"
    CONNECTION_CHANGED = "connection.changed"
    CONTACT_AMBIGUOUS = "contact.ambiguous"
    CONTACT_MATCHED = "contact.matched"
    CONTACT_UNMATCHED = "contact.unmatched"
    PUSH_DEAD = "push.dead"
    PUSH_REPLAYED = "push.replayed"


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
    Verb.HELP_OFFERED,
    Verb.OUTCOME_APPROVED,
}
"""What may be told to everybody. Whatever is not in here is for staff."""

PRIVATE = {
    Verb.AUDIENCE_CHOSEN,
    Verb.PERSON_IGNORED,
    Verb.PERSON_UNIGNORED,
    Verb.PERSON_BLOCKED,
    Verb.PERSON_UNBLOCKED,
}
"""Somebody's own matter, such as from whom they keep their distance: no timeline says it, nor what staff read of it."""

STAFF = set(Verb) - PUBLIC - PRIVATE
