"""Settings: how much people may post and are told, and how reviews add up. `docs/configuration.md` explains each."""

from environs import Env

env = Env()

# The gate: what the shop's order numbers look like, and how much new members may post.
ORDER_NUMBER_PATTERNS = env.list("ORDER_NUMBER_PATTERNS", [r"\b(?:NL|KT)-\d{4,8}\b"])
PHONE_REGION = env.str("PHONE_REGION", "DE")
POSTS_A_MINUTE = env.int("POSTS_A_MINUTE", 5)
NEW_MEMBER_POSTS_A_DAY = env.int("NEW_MEMBER_POSTS_A_DAY", 10)
NEW_MEMBER_LINKS = env.int("NEW_MEMBER_LINKS", 2)
LOOKED_AT_WITHIN_HOURS = env.int("LOOKED_AT_WITHIN_HOURS", 24)  # told to who waits, until there is experience
NEW_MEMBER_THREADS = env.int("NEW_MEMBER_THREADS", 3)  # questions and reviews on the first day
NEW_MEMBER_WAITING = env.int("NEW_MEMBER_WAITING", 1)  # texts of one new member that wait for a look at a time
NEW_MEMBER_ATTACHMENTS = env.int("NEW_MEMBER_ATTACHMENTS", 0)  # files in one post that are no pictures
NEW_MEMBER_SECONDS = env.int("NEW_MEMBER_SECONDS", 3)  # who sends a form sooner has not typed it; 0: not asked
NEW_MEMBER_REPEATS = env.int("NEW_MEMBER_REPEATS", 1)  # so often a new member may post the same words in a day
MEMBER_REPEATS = env.int("MEMBER_REPEATS", 2)  # and so often any other one; the team is let be
CANNED_FROM_LEVEL = env.int("CANNED_FROM_LEVEL", 2)  # trust level from which members have reply templates
SUGGESTIONS_WAITING = env.int("SUGGESTIONS_WAITING", 10)  # so many suggested changes of one person wait at a time
REVIEW_EDITS_FROM_LEVEL = env.int("REVIEW_EDITS_FROM_LEVEL", 3)  # members below it suggest, and do not decide
SUSPENSION_LADDER = env.list("SUSPENSION_LADDER", [1, 3, 7, 30], subcast=int)  # days, step by step
WAVE_SIGN_UPS = env.int("WAVE_SIGN_UPS", 25)  # accounts from one network in five minutes
WAVE_POSTS = env.int("WAVE_POSTS", 12)  # posts that say the same in ten minutes …
WAVE_PEOPLE = env.int("WAVE_PEOPLE", 4)  # … by so many accounts that nobody knows
WAVE_FLOOD = env.int("WAVE_FLOOD", 60)  # posts of new people in ten minutes, when that is five times what is usual
SPAM_HINT_POINTS = env.int("SPAM_HINT_POINTS", 40)  # what a score adds in the review queue, when it is sure
INSULT_HINT_POINTS = env.int("INSULT_HINT_POINTS", 30)
WAVE_SIGN_UP_MINUTES = env.int("WAVE_SIGN_UP_MINUTES", 5)
WAVES_START_CRISIS = env.bool("WAVES_START_CRISIS", True)  # an alarm turns crisis mode on, for two hours
UNDO_SECONDS = env.int("UNDO_SECONDS", 30)  # so long what was sent can be taken back, and no mail tells of it
NEW_MEMBER_MAIL_WAIT = env.int("NEW_MEMBER_MAIL_WAIT", 120)  # seconds until a mail tells of what a new member wrote
ARRIVALS_KEPT_DAYS = env.int("ARRIVALS_KEPT_DAYS", 30)  # hashed networks and devices of sign-ups
DISPOSABLE_MAIL = env.str("DISPOSABLE_MAIL", "point_out")  # mailboxes for an hour: point_out, refuse or allow
SPAM_SERVICES: list[str] = env.list("SPAM_SERVICES", [])  # outside services that may be asked: stopforumspam, akismet
SPAM_SERVICES_INSIDE = env.bool("SPAM_SERVICES_INSIDE", False)  # they stand in the company's own network
STOPFORUMSPAM_URL = env.str("STOPFORUMSPAM_URL", "https://api.stopforumspam.org/api")
AKISMET_URL = env.str("AKISMET_URL", "https://rest.akismet.com/1.1/comment-check")
AKISMET_KEY = env.str("AKISMET_KEY", "")
SENSITIVE_CASES_A_DAY = env.int("SENSITIVE_CASES_A_DAY", 40)  # then the review queue serves a moderator other cases
AUDIT_KEPT_DAYS = env.int("AUDIT_KEPT_DAYS", 730)  # then `cut_audit` may export and delete it
GUEST_QUESTIONS_A_NETWORK = env.int("GUEST_QUESTIONS_A_NETWORK", 5)
GUEST_QUESTIONS_AN_ADDRESS = env.int("GUEST_QUESTIONS_AN_ADDRESS", 3)
NOINDEX_UNANSWERED_DAYS = env.int("NOINDEX_UNANSWERED_DAYS", 30)  # then search engines leave a question out

# Files that people share in public: pictures and attachments of posts. docs/configuration.md explains each.
FILE_MAX_BYTES = env.int("FILE_MAX_BYTES", 10 * 1024 * 1024)
FILES_A_POST = env.int("FILES_A_POST", 10)
FILES_AN_HOUR = env.int("FILES_AN_HOUR", 60)
NEW_MEMBER_FILES_AN_HOUR = env.int("NEW_MEMBER_FILES_AN_HOUR", 10)
NEW_MEMBER_PICTURES = env.int("NEW_MEMBER_PICTURES", 1)

# Being told: how many mails and messages a day, quiet hours, and how long news of one thread is gathered, for people
# who have not chosen. Messages to devices need a key in production.
MAILS_A_DAY = env.int("MAILS_A_DAY", 10)
PUSHES_A_DAY = env.int("PUSHES_A_DAY", 20)
PUSH_PRIVATE_KEY = env.str("PUSH_PRIVATE_KEY", "")
PUSH_MAY_REACH_INSIDE = env.bool("PUSH_MAY_REACH_INSIDE", False)
QUIET_HOURS = env.str("QUIET_HOURS", "22:00-08:00")
MAIL_BUNDLE_MINUTES = env.int("MAIL_BUNDLE_MINUTES", 10)

# Reviews: what a product is taken to be worth before anybody has rated it, and how many ratings that outweighs.
REVIEWS_PRIOR_MEAN = env.float("REVIEWS_PRIOR_MEAN", 3.8)
REVIEWS_PRIOR_WEIGHT = env.int("REVIEWS_PRIOR_WEIGHT", 10)
ORDER_HOOK_SECRET = env.str("ORDER_HOOK_SECRET", "")  # signs what a shop tells of its orders
ORDER_FIELDS: dict[str, str] = env.dict("ORDER_FIELDS", {})  # what the shop calls our fields
# After a delivery the buyer is asked for a review, once, with one reminder; nobody is after so many days.
REVIEW_REQUESTS = env.bool("REVIEW_REQUESTS", True)
REVIEW_REQUESTS_AFTER_DAYS = env.int("REVIEW_REQUESTS_AFTER_DAYS", 10)
REVIEW_REQUESTS_UNTIL_DAYS = env.int("REVIEW_REQUESTS_UNTIL_DAYS", 60)
REVIEW_REMINDER_AFTER_DAYS = env.int("REVIEW_REMINDER_AFTER_DAYS", 7)
REVIEW_TEXT_REQUIRED = env.bool("REVIEW_TEXT_REQUIRED", False)
INSIDER_REVIEWS = env.str("INSIDER_REVIEWS", "block")  # or "label", until the team decides it on the page of the policy
REVIEW_PHOTOS = env.int("REVIEW_PHOTOS", 6)
REVIEW_PHOTOS_FROM_LEVEL = env.int("REVIEW_PHOTOS_FROM_LEVEL", 1)

del env
