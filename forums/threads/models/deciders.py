"""Who decides: a person, or a rule of the site in one of its versions. Nothing is taken by nobody."""

from django.db import models

RULE_HELP = "what decided when no person did, with its version, such as waves:posts@1"


def decided(name: str) -> models.CheckConstraint:
    """A taking names its person or its rule."""
    return models.CheckConstraint(condition=models.Q(by__isnull=False) | ~models.Q(rule=""), name=name)
