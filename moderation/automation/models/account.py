"""Which account is the automaton's: its name alone would not say so, for somebody may have had that name before."""

from django.db import models

from community.people.models import Person


class Account(models.Model):
    """The one account under which automations act."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="automaton_account")
    is_only = models.BooleanField(default=True, unique=True, help_text="always true: there is one")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(is_only=True), name="there_is_one_automaton")]

    def __str__(self) -> str:
        return self.person.name
