"""The settings pages: one's own profile, products, wishes, persona."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from community.catalogue.models import Ownership
from community.events.models import Event
from community.notifications.preferences import wish_for
from community.people.models import Person, Persona
from tests.cast import Cast

pytestmark = pytest.mark.django_db
PAGES = ["settings", "settings-products", "settings-notifications", "settings-security"]


def test_languages_are_written_and_read_by_their_names_and_kept_as_codes(cast: Cast, client):
    client.force_login(cast.dora)
    page = reverse("community:settings-persona")
    for written in ("English, german", "Deutsch; English", "de en"):
        assert client.post(page, {**FACE, "languages": written}).status_code == 302
        kept = Persona.objects.get(person=cast.dora).languages
        assert set(kept.split()) == {"en", "de"}
    assert "Deutsch, English" in client.get(page).content.decode()
    answer = client.post(page, {**FACE, "languages": "English, Klingon"})
    assert "We do not know the language “Klingon”" in answer.content.decode()
    assert Persona.objects.get(person=cast.dora).languages == "de en"


@pytest.mark.parametrize("page", PAGES)
def test_each_page_answers_its_person_and_nobody_else(cast: Cast, client, page, django_assert_max_num_queries):
    url = reverse(f"community:{page}")
    assert client.get(url)["Location"].startswith("/account/login/")
    client.force_login(cast.ana)
    with django_assert_max_num_queries(22):
        assert client.get(url).status_code == 200
    assert client.delete(url).status_code == 405


def test_ana_says_something_of_herself(cast: Cast, client):
    client.force_login(cast.ana)
    form = {
        "about": "I like long walks with music.",
        "locale": "de",
        "time_zone": "Europe/Lisbon",
        "is_active": "",
        "level": 4,
    }
    assert client.post(reverse("community:settings"), form).status_code == 302
    ana = Person.objects.get(pk=cast.ana.pk)
    assert (ana.about, ana.time_zone, ana.level, ana.is_active) == (
        "I like long walks with music.",
        "Europe/Lisbon",
        0,
        True,
    )


def test_a_zone_that_does_not_exist_is_refused_and_the_text_stays(cast: Cast, client):
    client.force_login(cast.ana)
    answer = client.post(
        reverse("community:settings"), {"about": "Hello there", "locale": "de", "time_zone": "Mars/Base"}
    )
    assert answer.status_code == 422
    assert "Hello there" in answer.content.decode()


def test_a_card_number_does_not_get_into_a_profile(cast: Cast, client):
    client.force_login(cast.ana)
    form = {"about": "My card is 4111 1111 1111 1111", "locale": "de", "time_zone": "Europe/Berlin"}
    assert client.post(reverse("community:settings"), form).status_code == 422
    assert Person.objects.get(pk=cast.ana.pk).about == ""


def test_chris_adds_a_product_corrects_it_and_removes_it(cast: Cast, client):
    client.force_login(cast.chris)
    url = reverse("community:settings-products")
    client.post(url, {"product": cast.beam2.pk, "version": "fw 3.1", "order_number": "NL-2002"})
    client.post(url, {"product": cast.beam2.pk, "version": "FW 3.2", "order_number": "NL-2002"})
    row = Ownership.objects.get(person=cast.chris)
    assert (row.version, row.order_number) == (cast.fw32, "NL-2002")
    assert client.post(url, {"product": cast.beam2.pk, "version": "fw 9"}).status_code == 422

    remove = reverse("community:settings-product-remove", args=[row.pk])
    assert client.get(remove).status_code == 405
    client.force_login(cast.mallory)
    assert client.post(remove).status_code == 404
    client.force_login(cast.chris)
    client.post(remove)
    assert not Ownership.objects.filter(person=cast.chris).exists()


def test_wishes_are_kept(cast: Cast, client):
    client.force_login(cast.ana)
    client.post(
        reverse("community:settings-notifications"),
        {"tray-answer": "on", "mail-comment": "now", "daily_cap": "5", "digest": "daily", "digest_at": "18:00"},
    )
    answer, comment = wish_for(cast.ana, "answer"), wish_for(cast.ana, "comment")
    assert (answer.tray, answer.mail) == (True, False)
    assert (comment.tray, comment.mail) == (False, True)


def photo() -> SimpleUploadedFile:
    exif = Image.Exif()
    exif[0x010E] = "taken at home, Rosenweg 12"
    kept = BytesIO()
    Image.new("RGB", (900, 600), "teal").save(kept, "JPEG", exif=exif)
    return SimpleUploadedFile("dora-at-home.jpg", kept.getvalue(), content_type="image/jpeg")


FACE = {"alias": "Dora, Bluetooth", "languages": "en de", "hours": "Mon–Fri 09:00–17:00", "topics": "Bluetooth"}


def test_doras_photo_keeps_the_picture_and_nothing_else(cast: Cast, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(cast.dora)
    assert client.post(reverse("community:settings-persona"), {**FACE, "photo": photo()}).status_code == 302
    persona = Persona.objects.get(person=cast.dora)
    answer = client.get(persona.photo.url)
    body = b"".join(answer.streaming_content)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"Rosenweg" not in body
    assert Image.open(BytesIO(body)).size == (256, 256)
    assert "dora" not in persona.photo.name
    assert Event.objects.filter(verb="persona.changed", actor=cast.dora).count() == 1


@pytest.mark.parametrize(
    "body", [b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", b"GIF89a", b"", b"\xff\xd8\xff\xe0broken"]
)
def test_what_is_no_photo_is_refused(cast: Cast, client, body):
    client.force_login(cast.dora)
    upload = SimpleUploadedFile("x.jpg", body, content_type="image/jpeg")
    assert client.post(reverse("community:settings-persona"), {**FACE, "photo": upload}).status_code == 422


def test_an_alias_is_one_persons(cast: Cast, client):
    _ = cast.dora
    client.force_login(cast.emil)
    assert client.post(reverse("community:settings-persona"), FACE).status_code == 422


@pytest.mark.parametrize(("name", "status"), [("mallory", 404), ("ben", 404), ("jo", 403)])
def test_a_persona_is_for_staff_who_answer(cast: Cast, client, name, status):
    client.force_login(getattr(cast, name))
    assert client.get(reverse("community:settings-persona")).status_code == status


@pytest.mark.parametrize("name", ["../settings.py", "x.jpg", "..%2f..%2fsecret", "a" * 32 + ".png"])
def test_only_photos_are_served(client, db, name):
    assert client.get(f"/media/personas/{name}").status_code == 404
