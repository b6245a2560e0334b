"""Who may do what, on one page: a role is a named set of capabilities."""

from enum import StrEnum


class Capability(StrEnum):
    """One thing that not everybody may do."""

    ANSWER_AS_STAFF = "answer_as_staff"  # under a persona, with the team's mark
    VERIFY_ANSWERS = "verify_answers"
    WORK_THE_QUEUE = "work_the_queue"
    ASSIGN_OTHERS = "assign_others"
    OFFER_PRIVATE_HELP = "offer_private_help"
    SEE_CONTACT_DATA = "see_contact_data"
    PUSH_TO_CRM = "push_to_crm"
    GIVE_CREDIT = "give_credit"  # to a customer, within the month's limit
    CONNECT_CRM = "connect_crm"
    RESHAPE_THREADS = "reshape_threads"  # merge, split, move, close as a duplicate
    MODERATE = "moderate"
    REVIEW_EDITS = "review_edits"  # decide on suggested changes to what others wrote
    REDACT = "redact"  # black out private details in what others wrote, for good
    SET_LEVELS = "set_levels"  # what each trust level asks for
    EDIT_ARTICLES = "edit_articles"  # write the help pages, and look after them
    OWN_PRODUCT = "own_product"
    SUPERVISE = "supervise"
    SEE_AUDIT = "see_audit"
    RAISE_CONCERNS = "raise_concerns"  # to the auditor alone, past supervisors and administrators
    HEAR_CONCERNS = "hear_concerns"
    GRANT_ROLES = "grant_roles"
    ADMINISTER = "administer"


class Role(StrEnum):
    """A job somebody has here. Everyone with an account is a member."""

    MEMBER = "member"
    CHAMPION = "champion"
    AGENT = "agent"
    PARTNER_AGENT = "partner_agent"
    COMMUNITY_MANAGER = "community_manager"
    EDITOR = "editor"
    PRODUCT_OWNER = "product_owner"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


C = Capability
AGENT = {
    C.RAISE_CONCERNS,
    C.ANSWER_AS_STAFF,
    C.VERIFY_ANSWERS,
    C.WORK_THE_QUEUE,
    C.OFFER_PRIVATE_HELP,
    C.SEE_CONTACT_DATA,
    C.PUSH_TO_CRM,
    C.GIVE_CREDIT,
    C.RESHAPE_THREADS,
    C.REDACT,
    C.REVIEW_EDITS,
}

CAPABILITIES: dict[Role, frozenset[Capability]] = {
    Role.MEMBER: frozenset(),
    Role.CHAMPION: frozenset({C.REVIEW_EDITS}),
    Role.AGENT: frozenset(AGENT),
    Role.PARTNER_AGENT: frozenset(AGENT - {C.SEE_CONTACT_DATA, C.GIVE_CREDIT}),
    Role.COMMUNITY_MANAGER: frozenset(
        {
            C.RAISE_CONCERNS,
            C.ANSWER_AS_STAFF,
            C.VERIFY_ANSWERS,
            C.WORK_THE_QUEUE,
            C.RESHAPE_THREADS,
            C.MODERATE,
            C.REDACT,
            C.REVIEW_EDITS,
            C.SET_LEVELS,
            C.EDIT_ARTICLES,
        }
    ),
    Role.EDITOR: frozenset({C.RAISE_CONCERNS, C.ANSWER_AS_STAFF, C.EDIT_ARTICLES}),
    Role.PRODUCT_OWNER: frozenset({C.RAISE_CONCERNS, C.ANSWER_AS_STAFF, C.VERIFY_ANSWERS, C.OWN_PRODUCT}),
    Role.SUPERVISOR: frozenset(AGENT | {C.ASSIGN_OTHERS, C.SUPERVISE, C.SEE_AUDIT}),
    Role.AUDITOR: frozenset({C.RAISE_CONCERNS, C.HEAR_CONCERNS, C.SEE_AUDIT}),
    Role.ADMINISTRATOR: frozenset(
        AGENT
        | {
            C.ASSIGN_OTHERS,
            C.SUPERVISE,
            C.MODERATE,
            C.SET_LEVELS,
            C.CONNECT_CRM,
            C.GRANT_ROLES,
            C.SEE_AUDIT,
            C.EDIT_ARTICLES,
            C.ADMINISTER,
        }
    ),
}

STAFF_ROLES = frozenset(Role) - {Role.MEMBER, Role.CHAMPION}
"""Roles of people who work for the company: marked as such in public, and asked for a second factor."""

READING_ROLES = frozenset({Role.AUDITOR})
"""Whoever works here in these roles alone only reads: see `reading_only.py`."""
