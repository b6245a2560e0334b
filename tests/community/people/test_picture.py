"""A picture of one's own: put up, changed and removed; drawn anew; beside the name wherever that stands."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from community.people.models import Person
from community.people.silencing import silence
from tests.cast import Cast
from tests.jobs import work
from tests.scenes import ana_asks, as_, ben_answers

pytestmark = pytest.mark.django_db
PLACE = reverse("community:settings-picture")


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def photo(colour: str = "teal", kind: str = "JPEG") -> SimpleUploadedFile:
    exif = Image.Exif()
    exif[0x010E] = "taken at home, Rosenweg 12"
    kept = BytesIO()
    Image.new("RGBA" if kind == "PNG" else "RGB", (900, 600), colour).save(kept, kind, exif=exif)
    return SimpleUploadedFile("ben-at-home.jpg", kept.getvalue(), content_type="image/jpeg")


def put_up(person: Person, **kind: str) -> str:
    answer = as_(person).post(PLACE, {"picture": photo(**kind)})
    assert answer.status_code == 302
    person.refresh_from_db()
    return person.picture_url


def test_bens_picture_is_a_small_square_and_says_nothing_else(cast: Cast):
    path = put_up(cast.ben)
    answer = Client().get(path)
    body = b"".join(answer.streaming_content)
    picture = Image.open(BytesIO(body))
    assert (picture.size, picture.format, dict(picture.getexif())) == ((256, 256), "JPEG", {})
    assert b"Rosenweg" not in body
    assert "ben" not in path
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert Client().get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_it_stands_beside_his_name_on_threads_boards_his_page_and_the_frame(cast: Cast):
    question = ana_asks(cast)
    question.accept(ben_answers(cast, question), by=cast.ana)
    work()
    visitor, pages = Client(), (question.get_absolute_url(), cast.ben.get_absolute_url(), "/people/", "/")
    for page in pages:
        assert "/media/people/" not in visitor.get(page).content.decode()  # and it is kept so
    path = put_up(cast.ben)
    work()
    for page in pages:
        assert f'src="{path}"' in visitor.get(page).content.decode(), page
    assert f'src="{path}"' in as_(cast.ben).get("/").content.decode()


def test_another_one_takes_its_place_and_the_first_is_gone(cast: Cast):
    first = put_up(cast.ben)
    second = put_up(cast.ben, colour="tomato", kind="PNG")
    assert first != second
    assert (Client().get(first).status_code, Client().get(second).status_code) == (404, 200)


def test_removed_the_letter_stands_there_again(cast: Cast, django_capture_on_commit_callbacks, tmp_path):
    question = ana_asks(cast)
    ben_answers(cast, question)
    path = put_up(cast.ben)
    with django_capture_on_commit_callbacks(execute=True):
        as_(cast.ben).post(reverse("community:settings-picture-remove"))
    work()
    assert Client().get(path).status_code == 404
    assert "/media/people/" not in Client().get(question.get_absolute_url()).content.decode()
    assert list((tmp_path / "people").iterdir()) == []


@pytest.mark.parametrize(
    "body", [b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", b"GIF89a", b"x", b"\xff\xd8\xff\xe0broken"]
)
def test_what_is_no_picture_is_refused_beside_the_field(cast: Cast, body):
    answer = as_(cast.ben).post(PLACE, {"picture": SimpleUploadedFile("x.jpg", body, content_type="image/jpeg")})
    assert answer.status_code == 422
    assert "not a photo we can read" in answer.content.decode()


def test_strangers_have_none_and_nobody_changes_anothers(cast: Cast):
    assert Client().get(PLACE)["Location"].startswith("/account/login/")
    assert Client().post(reverse("community:settings-picture-remove")).status_code == 302
    put_up(cast.ben)
    as_(cast.mallory).post(reverse("community:settings-picture-remove"))
    assert Person.objects.get(pk=cast.ben.pk).picture
    assert as_(cast.ben).get(reverse("community:settings-picture-remove")).status_code == 405


@pytest.mark.parametrize("name", ["x.jpg", "..%2fpersonas%2fx.jpg", "a" * 32 + ".jpg", "a" * 32 + ".png"])
def test_only_pictures_of_people_are_served(client, db, name):
    assert client.get(f"/media/people/{name}").status_code == 404


def test_a_face_of_the_team_shows_its_persona_only(cast: Cast):
    answer = as_(cast.dora).post(PLACE, {"picture": photo()})
    assert answer.status_code in (302, 409)
    assert not Person.objects.get(pk=cast.dora.pk).picture
    cast.ben.refresh_from_db()
    path = put_up(cast.ben)
    Person.objects.filter(pk=cast.ben.pk).update(shown_as="Ben, Beam")
    assert Client().get(path).status_code == 404


def test_who_is_silenced_puts_none_up_and_ten_an_hour_are_enough(cast: Cast):
    for _ in range(10):
        put_up(cast.chris)
    assert as_(cast.chris).post(PLACE, {"picture": photo()}).status_code in (302, 429)
    assert cast.chris.picture == Person.objects.get(pk=cast.chris.pk).picture
    silence(cast.ben, by=cast.hana, reason="Insults", until=timezone.now() + timedelta(days=3))
    as_(cast.ben).post(PLACE, {"picture": photo()})
    assert not Person.objects.get(pk=cast.ben.pk).picture
