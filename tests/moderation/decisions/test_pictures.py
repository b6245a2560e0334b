"""A picture that breaks the house rules goes from beside the name; its person learns why, and undo brings it back."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from community.people.models import Person
from moderation.decisions.deciding import undo
from moderation.decisions.models import StatementOfReasons
from moderation.flags.models import Flag
from tests.scenes import as_


@pytest.fixture
def pictured(cast, settings, tmp_path) -> Person:
    """Chris with a picture."""
    settings.MEDIA_ROOT = tmp_path
    cast.chris.put_up_picture(ContentFile(b"a drawing", name=f"{'b' * 32}.jpg"), by=cast.chris)
    return cast.chris


def test_hana_takes_a_picture_down_and_undoing_puts_it_back(cast, spam, decided, pictured):
    path = pictured.picture_url
    case = Flag.objects.flag(pictured, by=cast.ben, rule=spam, note="His picture is an advertisement").case
    page = as_(cast.hana).get(f"/desk/flags/{case.pk}/").content.decode()
    assert "Take the picture down" in page
    assert f'src="{path}"' in page
    decision = decided(case, "picture", facts="The picture advertises a shop.")
    assert Client().get(path).status_code == 404
    assert "/media/people/" not in Client().get(pictured.get_absolute_url()).content.decode()
    statement = StatementOfReasons.objects.get(decision=decision)
    shown = as_(pictured).get(statement.get_absolute_url()).content.decode()
    assert "The picture beside your name was taken down." in shown
    undo(decision, by=cast.hana, reason="It shows his own shop.")
    assert Client().get(path).status_code == 200


def test_without_a_picture_there_is_none_to_take_down(cast, spam):
    case = Flag.objects.flag(cast.chris, by=cast.ben, rule=spam, note="Advertises").case
    assert "Take the picture down" not in as_(cast.hana).get(f"/desk/flags/{case.pk}/").content.decode()
