"""The chain of the audit log: a seal for each event of staff, each made over the one before, and where it begins."""

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


class ClosingSeal(models.Model):
    """What was cut off at the beginning of the chain, signed: the number and digest with which it went on."""

    number = models.BigIntegerField(primary_key=True, help_text="of the last seal that was cut")
    digest = models.CharField(max_length=64, help_text="of that seal")
    event = models.BigIntegerField(help_text="the last event that was cut")
    events = models.BigIntegerField(help_text="how many were cut, in all")
    file = models.CharField(max_length=200, help_text="which holds those of the last cut")
    file_digest = models.CharField(max_length=64)
    cut_at = models.DateTimeField()
    signature = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"up to {self.number}"
