"""The chain of the audit log: a seal for each event of staff, each made over the one before."""

from django.db import models


class Seal(models.Model):
    """One event as it was when it was sealed. `event` is a number and no reference: a deleted event leaves its seal.

    `actor` is kept too, for an account that is deleted takes its name off its events, and that is no tampering.
    """

    number = models.BigIntegerField(primary_key=True, help_text="place in the chain, without gaps")
    event = models.BigIntegerField(unique=True)
    actor = models.BigIntegerField(null=True)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:12]}"
