"""A vote says that a post helped; staff may void one that was part of a game."""

from django.db import models

from community.people.models import Person
from forums.threads.models.deciders import RULE_HELP, decided


class Vote(models.Model):
    """One person found one post helpful. Taking it back deletes the row."""

    post = models.ForeignKey("threads.Post", on_delete=models.CASCADE, related_name="votes")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="votes")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "person"], name="one_vote_per_person_and_post")]


class Voiding(models.Model):
    """A vote does not count: by whom it was decided, and why. Its owner cannot cast it anew. Undo deletes the row."""

    vote = models.OneToOneField(Vote, on_delete=models.CASCADE, primary_key=True, related_name="voiding")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    rule = models.CharField(max_length=100, blank=True, db_default="", help_text=RULE_HELP)
    reason = models.CharField(max_length=500)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [decided("a_person_or_a_rule_voids")]
