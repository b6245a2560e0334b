"""Settings: how much people may post and are told, and how reviews add up. `docs/configuration.md` explains each."""

from environs import Env

env = Env()

# The gate: what the shop's order numbers look like, and how much new members may post.
ORDER_NUMBER_PATTERNS = env.list("ORDER_NUMBER_PATTERNS", [r"\b(?:NL|KT)-\d{4,8}\b"])
PHONE_REGION = env.str("PHONE_REGION", "DE")
POSTS_A_MINUTE = env.int("POSTS_A_MINUTE", 5)
NEW_MEMBER_POSTS_A_DAY = env.int("NEW_MEMBER_POSTS_A_DAY", 10)
NEW_MEMBER_LINKS = env.int("NEW_MEMBER_LINKS", 2)
CANNED_FROM_LEVEL = env.int("CANNED_FROM_LEVEL", 2)  # trust level from which members have reply templates
SUGGESTIONS_WAITING = env.int("SUGGESTIONS_WAITING", 10)  # so many suggested changes of one person wait at a time
REVIEW_EDITS_FROM_LEVEL = env.int("REVIEW_EDITS_FROM_LEVEL", 3)  # members below it suggest, and do not decide
SUSPENSION_LADDER = env.list("SUSPENSION_LADDER", [1, 3, 7, 30], subcast=int)  # days, step by step
SENSITIVE_CASES_A_DAY = env.int("SENSITIVE_CASES_A_DAY", 40)  # then the review queue serves a moderator other cases
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
REVIEW_TEXT_REQUIRED = env.bool("REVIEW_TEXT_REQUIRED", False)
REVIEW_PHOTOS = env.int("REVIEW_PHOTOS", 6)
REVIEW_PHOTOS_FROM_LEVEL = env.int("REVIEW_PHOTOS_FROM_LEVEL", 1)

del env
