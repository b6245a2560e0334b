"""A vote says that a post helped."""

from django.db import models

from community.people.models import Person


class Vote(models.Model):
    """One person found one post helpful. Taking it back deletes the row."""

    post = models.ForeignKey("threads.Post", on_delete=models.CASCADE, related_name="votes")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="votes")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "person"], name="one_vote_per_person_and_post")]
