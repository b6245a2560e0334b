"""What the hubs show is purged when it changes, so that kept pages are never wrong."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from community.people.roles import Role
from forums.threads.replying import answer
from tests.jobs import work
from tests.scenes import ana_asks


@pytest.fixture
def purged(monkeypatch):
    """The surrogate keys that were purged, as the front would hear them."""
    heard: list[str] = []
    for module in ("community.people.granting", "community.profiles.views", "community.profiles.persona_views"):
        monkeypatch.setattr(f"{module}.purge", lambda *keys: heard.extend(keys))
    return heard


def test_a_role_that_is_given_or_taken_purges_the_person(cast, purged):
    grant = cast.chris.grant(Role.CHAMPION, by=cast.kim)
    assert f"person-{cast.chris.pk}" in purged
    purged.clear()
    grant.revoke(by=cast.kim, reason="moved on")
    assert purged == ["people", f"person-{cast.chris.pk}"]


def test_new_words_about_oneself_purge_the_profile(client, cast, purged):
    client.force_login(cast.chris)
    answer = client.post("/settings/", {"about": "I like cables.", "locale": "en", "time_zone": "Europe/Berlin"})
    assert answer.status_code == 302
    assert f"person-{cast.chris.pk}" in purged
    assert "I like cables." in client.get("/people/chris/").content.decode()


def test_a_new_picture_of_dora_stands_beside_her_old_answers(client, cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    question = ana_asks(cast)
    answer(question.thread, by=cast.dora, source="The fix comes with the next firmware.", as_staff=True)
    work()
    before = client.get(question.get_absolute_url())
    assert "/media/personas/" not in before.content.decode()
    assert f"thread-{question.pk}" in before["Surrogate-Key"].split()

    picture = BytesIO()
    Image.new("RGB", (80, 80), "teal").save(picture, "PNG")
    face = {"alias": "Dora, Bluetooth", "languages": "en"}
    face["photo"] = SimpleUploadedFile("me.png", picture.getvalue(), "image/png")
    staff = Client()
    staff.force_login(cast.dora)
    assert staff.post("/settings/persona/", face).status_code == 302
    work()

    assert "/media/personas/" in client.get(question.get_absolute_url()).content.decode()


def test_a_profile_names_what_it_shows(client, cast):
    assert f"person-{cast.chris.pk}" in client.get("/people/chris/")["Surrogate-Key"].split()
    assert "people" in client.get("/people/")["Surrogate-Key"].split()


def test_an_administrator_keeps_the_products(client, cast):
    client.force_login(cast.kim)
    assert client.get("/admin/catalogue/product/").status_code in (200, 302)
    client.force_login(cast.mallory)
    assert client.get("/admin/catalogue/product/").status_code in (302, 404)
