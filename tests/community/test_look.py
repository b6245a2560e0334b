"""The look's own rules: icons exist, bundles hold their parts, vendored files are unchanged, pages say no kindly."""

import hashlib
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.utils import timezone

from community.people.models import Person
from community.refusals import Refusal, RefusalMiddleware
from community.static_files import bundle
from community.templatetags.look import ago, hue, initial, stars

ROOT = Path(__file__).resolve().parent.parent.parent
STATIC = ROOT / "static"


def render(source, **context):
    return Template(source).render(Context(context))


def test_every_icon_that_a_template_names_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "images/icons.svg").read_text()))
    named = {
        (name, path.name)
        for path in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r'\{% icon "([\w-]+)"|icon="([\w-]+)"', path.read_text())
        for name in name
        if name
    }
    assert {pair for pair in named if pair[0] not in drawn} == set()


def test_vendored_files_are_what_they_were():
    listed = re.findall(r"^\| ([\w./-]+) \|.*\| ([0-9a-f]{64}) \|$", (STATIC / "vendor/README.md").read_text(), re.M)
    assert listed
    for name, digest in listed:
        assert hashlib.sha256((STATIC / "vendor" / name).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("name", ["css/site.css", "css/desk.css", "js/site.js"])
def test_a_bundle_holds_its_parts(name):
    text = bundle(name, (STATIC / name).read_text(), lambda path: (STATIC / path).read_text())
    assert "@import" not in text
    assert not re.search(r"^import ", text, re.M)
    assert len(text) > 2000


def test_a_module_that_exports_stays_a_file_of_its_own():
    parts = {"js/a.js": "export const a = 1\n", "js/b.js": "const b = 2\n"}
    text = bundle("js/site.js", 'import "./a.js";\nimport "./b.js";\n', parts.__getitem__)
    assert 'import "./a.js";' in text
    assert "{\nconst b = 2\n}" in text


@pytest.mark.parametrize("path", sorted(STATIC.glob("js/*.js")), ids=lambda path: path.name)
def test_a_behaviour_stays_small(path):
    assert len(path.read_text().splitlines()) <= 160


@pytest.mark.parametrize(
    ("past", "words"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=38), "38 min ago"),
        (timedelta(hours=2), "2 h ago"),
        (timedelta(days=1, hours=1), "1 day ago"),
        (timedelta(days=6), "6 days ago"),
    ],
)
def test_times_are_relative_for_a_week(past, words):
    assert ago(timezone.now() - past) == words


def test_older_times_are_dates_and_nothing_is_nothing():
    assert re.fullmatch(r"\d{1,2} \w{3} \d{4}", ago(timezone.now() - timedelta(days=800)))
    assert ago(None) == ""


def test_hues_initials_and_stars():
    assert (hue(204), hue(358), hue(None)) == ("hue-20", "hue-0", "hue-0")
    assert (initial("ana"), initial("„Ömer“"), initial("…")) == ("A", "Ö", "?")
    drawn = stars(3.4)
    assert (drawn.count("#star&quot;") + drawn.count('#star"'), drawn.count("star-half"), drawn.count("#star-off")) == (
        3,
        1,
        1,
    )
    assert 'aria-label="3.4 of 5 stars"' in drawn


def test_an_avatar_is_drawn_from_hue_and_initial_without_a_query(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        drawn = render(
            '{% include "components/_avatar.html" with person=person only %}', person=Person(username="ana", hue=28)
        )
    assert "hue-3" in drawn
    assert ">A<" in drawn


def test_a_composer_is_a_plain_text_area_without_script():
    drawn = render(
        '{% include "components/_composer.html" with name="text" label="Answer" value=value only %}',
        value="</textarea><b>",
    )
    assert "&lt;/textarea&gt;" in drawn
    assert '<div class="tools" role="toolbar"' in drawn
    assert "hidden>" in drawn
    assert "style=" not in drawn


@pytest.mark.django_db  # pages with the site's head ask once whether a notice is in force
@pytest.mark.parametrize("code", [400, 403, 404, 410, 429, 500, 503])
def test_every_error_has_a_page(rf, code):
    request = rf.get("/")
    request.user, request.session = AnonymousUser(), {}
    drawn = render(f'{{% include "{code}.html" %}}', request=request, site_name="N", user=request.user)
    assert str(code) in drawn
    assert "style=" not in drawn


def test_a_refusal_gives_the_text_back(rf, cast):
    def refuse(_request):
        raise Refusal("Take the card number out, please.", code="personal", offers=["send_privately"])

    request = rf.post(
        "/questions/new/",
        {"title": "A refund for my order", "text": "A long text that must not be lost.", "password": "x" * 30},
    )
    request.user, request.htmx, request.session = cast.ana, False, {}
    answer = RefusalMiddleware(refuse).process_exception(
        request, Refusal("Take it out, please.", offers=["send_privately"])
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Take it out, please." in page
    assert "A long text that must not be lost." in page
    assert 'action="/requests/new/"' in page
    assert "x" * 30 not in page
