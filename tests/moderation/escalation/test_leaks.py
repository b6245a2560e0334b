"""Nothing private is ever public: canary words are looked for everywhere that others can see."""

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse

from community.live import broadcasting
from community.notifications.models import Notification
from community.routes import routes
from tests.community.inbound.letters import comes_in
from tests.jobs import work
from tests.moderation.escalation.letters import letter
from tests.moderation.escalation.scenes import ana_accepts, dora_offers

WORDS = ["canary-text", "canary-title", "canary-reply", "canary-mail", "canary-note", "canary-summary", "canary-file"]
OTHERS = [None, "ben", "chris", "mallory", "ivo", "jo", "gil", "leo"]


@pytest.fixture
def private_world(cast):
    """Ana's private help, with a canary in every text of it."""
    invitation = dora_offers(cast)
    talk = invitation.accept(by=cast.ana, channels=["page", "mail"], title="canary-title", text="canary-text")
    talk.reply("canary-reply", by=cast.dora)
    comes_in(letter(talk, "canary-mail"))
    talk.item.note("canary-note", by=cast.dora)
    talk.close_with_summary(by=cast.dora, result="solved", note="canary-note", summary="canary-summary")
    work()
    return talk


def plain_routes() -> list[str]:
    """Every page that is reached without a key."""
    found = []
    for route in routes(get_resolver().url_patterns):
        if "GET" in route.methods and "<" not in route.path and route.name:
            try:
                found.append(reverse(route.name))
            except NoReverseMatch:
                continue
    return sorted(set(found))


@pytest.mark.parametrize("who", OTHERS)
def test_ac_priv_7_no_canary_on_any_page_of_others(client, cast, private_world, who):
    if who:
        client.force_login(getattr(cast, who))
    thread = private_world.thread
    pages = [*plain_routes(), thread.get_absolute_url(), "/people/ana/", "/products/beam-2/", "/search/?q=canary"]
    for page in pages:
        if page.startswith(("/account/logout", "/demo/")):
            continue
        answered = client.get(page)
        seen = b"".join(answered.streaming_content) if answered.streaming else answered.content
        text = seen.decode("utf-8", "replace") + str(answered.headers)
        assert not [word for word in WORDS if word in text], (who, page)


def test_ac_priv_7_no_canary_in_mails_or_trays_of_others(cast, private_world, mailoutbox):
    for mail in mailoutbox:
        if mail.to != ["ana@example.org"]:
            assert not [word for word in WORDS if word in str(mail.message())], mail.to
    told = " ".join(f"{n.text} {n.url}" for n in Notification.objects.all())
    assert not [word for word in WORDS if word in told]


def test_ac_priv_7_no_canary_in_frames_of_public_streams(cast, monkeypatch):
    sent = []
    original = broadcasting.broadcast
    monkeypatch.setattr(
        "moderation.escalation.models.speaking.broadcast",
        lambda *args, **kw: sent.append(args) or original(*args, **kw),
    )
    talk = ana_accepts(cast)
    talk.reply("canary-reply", by=cast.dora)
    assert sent
    assert {stream for stream, _template, _context in sent} == {f"conversation:{talk.pk}"}


def test_ana_reads_all_of_it_herself(client, cast, private_world):
    client.force_login(cast.ana)
    page = client.get(f"/requests/{private_world.token}/").content.decode()
    for word in ("canary-text", "canary-title", "canary-reply", "canary-mail", "canary-summary"):
        assert word in page
    assert "canary-note" not in page
