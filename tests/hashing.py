"""Passwords of people who are made beside a running site."""

from functools import cache

from django.contrib.auth.hashers import Argon2PasswordHasher


class HashedOnce(Argon2PasswordHasher):
    """As the site's own, which reads it: made to be slow, so each of the cast's passwords is hashed once a run."""

    def encode(self, password: str, salt: str) -> str:
        return hashed(password)


@cache
def hashed(password: str) -> str:
    plain = Argon2PasswordHasher()
    return plain.encode(password, plain.salt())
