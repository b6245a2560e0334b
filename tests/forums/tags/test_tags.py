"""Tags: what they are for, other words for them, and putting two into one with a look before and a way back."""

import pytest
from taggit.models import Tag

from forums.tags.merging import merge, undo
from forums.tags.models import Synonym, TagCard, TagMerge
from forums.tags.naming import main_names
from forums.tags.tending import add_synonym, describe, rename
from tests.jobs import work
from tests.scenes import ana_asks, one_line


@pytest.fixture
def tags(cast):
    """Three questions about bluetooth, two about bt, one of them with both."""
    for number, names in enumerate((["bluetooth"], ["bluetooth", "bt"], ["bt"], ["bluetooth"])):
        ana_asks(
            cast,
            title=f"A question with number {number} here",
            source=f"It hums {number} times a day, always.",
            tags=names,
        )
    work()
    return {name: Tag.objects.get(name=name) for name in ("bluetooth", "bt")}


def of(tag):
    return set(tag.thread_tags.values_list("content_object__title", flat=True))


def test_typing_a_synonym_gives_the_tag(client, cast, tags):
    add_synonym(tags["bluetooth"], "Blue Tooth", by=cast.hana)
    question = ana_asks(cast, title="It is called something else here", tags=["#blue tooth", "bluetooth", "new"])
    assert sorted(question.thread.tags.names()) == ["bluetooth", "new"]
    assert main_names(["Blue Tooth", "x"]) == ["bluetooth", "x"]
    moved = client.get("/tags/blue-tooth/")
    assert (moved.status_code, moved["Location"]) == (301, "/tags/bluetooth/")
    assert "It is called something else here" in client.get("/questions/?tag=blue-tooth").content.decode()


def test_a_renamed_tag_keeps_its_questions_and_its_old_address(client, cast, tags):
    rename(tags["bluetooth"], "Wireless", by=cast.hana)
    assert client.get("/tags/bluetooth/")["Location"] == "/tags/wireless/"
    assert "question with number 0" in client.get("/tags/wireless/").content.decode()
    assert main_names(["bluetooth"]) == ["wireless"]


def test_a_merge_is_seen_before_done_after_and_undone(client, cast, tags):
    before = {name: of(tag) for name, tag in tags.items()}
    client.force_login(cast.hana)
    seen = one_line(client.get("/tags/bt/merge/?into=bluetooth"))
    assert "affects 2 questions, 1 of them has both tags already" in seen
    assert of(tags["bt"]) == before["bt"]
    assert client.post("/tags/bt/merge/", {"into": "bluetooth"}).status_code == 302
    assert of(tags["bluetooth"]) == before["bluetooth"] | before["bt"]
    assert of(tags["bt"]) == set()
    assert TagCard.objects.get(tag=tags["bluetooth"]).question_count == 4
    assert client.get("/tags/bt/")["Location"] == "/tags/bluetooth/"
    late = ana_asks(cast, title="Asked after the two were merged", tags=["bt"])
    assert list(late.thread.tags.names()) == ["bluetooth"]
    row = TagMerge.objects.get()
    assert client.post(f"/tags/bluetooth/merges/{row.pk}/undo/").status_code == 302
    assert of(tags["bt"]) == before["bt"]
    assert of(tags["bluetooth"]) == {*before["bluetooth"], "Asked after the two were merged"}
    assert client.get("/tags/bt/").status_code == 200
    undo(row, by=cast.hana)  # twice is as once


def test_a_merge_refuses_what_makes_no_sense(client, cast, tags):
    client.force_login(cast.hana)
    assert client.get("/tags/bt/merge/?into=bt").status_code == 422
    assert client.get("/tags/bt/merge/?into=nothing").status_code == 422
    merge(tags["bt"], tags["bluetooth"], by=cast.hana)
    assert not Synonym.objects.filter(tag=tags["bt"]).exists()


def test_a_description_goes_through_the_gate_and_stands_on_the_page(client, cast, tags):
    client.force_login(cast.hana)
    answer = client.post("/tags/bluetooth/edit/", {"name": "bluetooth", "description": "Pairing and *dropouts*."})
    assert answer.status_code == 302
    assert "<em>dropouts</em>" in client.get("/tags/bluetooth/").content.decode()
    refused = client.post("/tags/bluetooth/edit/", {"name": "bluetooth", "description": "Far too long. " * 300})
    assert refused.status_code == 422
    assert "Far too long. Far too long." in refused.content.decode()
    describe(tags["bluetooth"], "", by=cast.hana)
    assert "dropouts" not in client.get("/tags/bluetooth/").content.decode()


def test_a_word_means_one_tag_only(client, cast, tags):
    client.force_login(cast.hana)
    refused = client.post("/tags/bluetooth/synonyms/add/", {"word": "bt"})
    assert refused.status_code == 422
    assert "Merge the two instead" in refused.content.decode()
    assert client.post("/tags/bluetooth/synonyms/add/", {"word": "blue"}).status_code == 302
    assert client.post("/tags/bt/synonyms/add/", {"word": "blue"}).status_code == 422
    assert client.post("/tags/bluetooth/synonyms/remove/", {"word": "blue"}).status_code == 302
    assert client.post("/tags/bt/synonyms/add/", {"word": "blue"}).status_code == 302


def test_only_community_managers_tend_tags(client, cast, tags):
    for name, status in ((None, 302), ("mallory", 404), ("ben", 404), ("dora", 403), ("hana", 200)):
        if name:
            client.force_login(getattr(cast, name))
        assert client.get("/tags/bluetooth/edit/").status_code == status, name
    client.force_login(cast.mallory)
    for path in ("synonyms/add/", "synonyms/remove/", "merge/"):
        assert client.post(f"/tags/bluetooth/{path}", {"word": "x", "into": "bt"}).status_code == 404


def test_all_tags_are_listed_by_use_and_can_be_searched(client, cast, tags):
    add_synonym(tags["bt"], "beetee", by=cast.hana)
    body = client.get("/tags/").content.decode()
    assert body.index("#bluetooth") < body.index("#bt")
    found = client.get("/tags/?q=beet").content.decode()
    assert "#bt" in found
    assert "#bluetooth" not in found
    assert "noindex" in found


def test_the_page_names_what_often_stands_beside_it(client, cast, tags):
    assert '<a class="chip outline" href="/tags/bt/"' in client.get("/tags/bluetooth/").content.decode()


def test_a_tag_of_hidden_questions_is_nobodys_business(client, cast):
    question = ana_asks(cast, title="A question with a telling tag", tags=["secretword"])
    work()
    question.thread.posts.get(kind="opening").hide(by=cast.hana, reason="Private")
    work()
    assert client.get("/tags/secretword/").status_code == 404
    assert "secretword" not in client.get("/tags/").content.decode()
