"""What a page is kept under holds everything that was read for it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.live.facts import facts
from community.people.models import Person, Persona

pytestmark = pytest.mark.django_db


def test_a_row_is_known_by_its_columns_and_by_the_rows_that_came_with_it(cast):
    def read():
        return facts([Person.objects.select_related("persona").get(pk=cast.dora.pk)])

    before = read()
    assert read() == before
    Persona.objects.filter(person=cast.dora).update(hours="never")
    assert read() != before


def test_rows_that_lead_back_to_each_other_come_to_an_end_and_fetch_nothing(cast):
    persona = Persona.objects.select_related("person").get(person=cast.dora)
    persona.person.persona = persona
    with CaptureQueriesContext(connection) as asked:
        assert "Dora" in str(facts({"team": [persona], "order": {2, 1}}))
    assert not asked.captured_queries
