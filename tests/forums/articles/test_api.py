"""Help pages for programs: the list and one page, as everybody reads them."""

import pytest
from django.test import Client

from forums.articles.models import Article
from tests.forums.articles.scenes import SUMMARY, TITLE, hana_drafts, hana_publishes

pytestmark = pytest.mark.django_db
URL = "/api/v1/help/"


def test_the_list_has_published_pages_with_the_most_useful_first_and_comes_by_key(cast):
    for number in range(21):
        hana_publishes(cast, title=f"Care of your Beam, part {number:02}")
    best = hana_publishes(cast, title="Best of all pages", product=None)
    hana_drafts(cast, title="Nobody knows this yet")
    Article.objects.filter(pk=best.pk).update(helped_count=9)
    first = Client().get(URL).json()
    assert first["rows"][0]["title"] == "Best of all pages"
    second = Client().get(URL, {"after": first["next"]}).json()
    assert [row["title"] for row in second["rows"]] == [f"Care of your Beam, part {n:02}" for n in (1, 0)]
    of_beam = Client().get(URL, {"product": "beam-2"}).json()["rows"]
    assert {row["product"] for row in of_beam} == {"beam-2"}
    assert Client().get(URL, {"product": "nothing"}).status_code == 404


def test_a_page_is_read_by_any_name_it_had_and_a_draft_by_none(cast):
    article = hana_publishes(cast, versions=(cast.fw32,))
    article.move_to("Another name")
    for slug in ("pair-your-beam-2-with-a-phone", "another-name"):
        said = Client().get(f"{URL}{slug}/").json()
        assert (said["article"]["title"], said["article"]["summary"], said["article"]["versions"]) == (
            TITLE, SUMMARY, ["fw 3.2"],
        )  # fmt: skip
        assert said["checked_by"] == "Hana"
    hana_drafts(cast, title="Nobody knows this yet")
    assert Client().get(f"{URL}nobody-knows-this-yet/").status_code == 404
