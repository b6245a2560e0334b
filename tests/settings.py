"""Settings for tests: the product's own, with fast password hashing and mail kept in memory."""

from community.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MIDDLEWARE = [m for m in MIDDLEWARE if "whitenoise" not in m]  # noqa: F405
SEARCH_BY_MEANING = False  # tests of the language model turn it on
SEARCHES_WRITTEN_AFTER = 3600  # tests say when: community.search.noting.write()
QUIET_HOURS = ""  # tests are run by night, too
MAIL_BUNDLE_MINUTES = 0
NEW_MEMBER_MAIL_WAIT = 0
UNDO_SECONDS = 0  # mails of tests go at once; those of undoing set it
# People of the tests are new, write at once and a lot; the tests of the limits set their own.
NEW_MEMBER_SECONDS = 0
NEW_MEMBER_THREADS = NEW_MEMBER_WAITING = NEW_MEMBER_REPEATS = MEMBER_REPEATS = NEW_MEMBER_ATTACHMENTS = 1000
