"""AC-POL-5: whoever audits reads everything that was done, and changes nothing of it."""

from django.db import transaction

from community.api.describing import described
from community.api.scopes import Area
from community.inbound.letter import Letter
from community.inbound.models import InboundMail
from community.inbound.receiving import admit
from community.people.models import Person
from community.people.roles import Capability, Role
from forums.threads.by_mail import PublicPlace
from forums.threads.models import Post
from tests.community.api.program import Program
from tests.scenes import one_line
from tests.security.declared import only_reads, table
from tests.security.keyring import address
from tests.security.test_programs import route_of
from tests.security.watching import writes

FILLED = {
    "reason": "It shows an address", "facts": "It shows an address", "deeds": ["hide"], "text": "Another text.",
    "confirm": "on", "title": "A title that is long enough", "why": "It was wrong", "name": "Mine", "version": 1,
}  # fmt: skip


def test_ac_pol_5_jo_cannot_write_anything_at_the_desk_or_in_public(world, browser_of):
    client, wrong, asked = browser_of("auditor"), [], 0
    for row in table():
        if "POST" not in row.methods or row.operations or not only_reads("auditor", row, "POST"):
            continue
        cookies, asked = client.cookies.copy(), asked + 1
        with transaction.atomic(), writes() as written:
            said = client.post(address(row.path, world), FILLED).status_code
            transaction.set_rollback(True)
        client.cookies = cookies
        if said not in (403, 404) or written:
            wrong.append(f"{row.path}: {said}, wrote {written}")
    assert wrong == []
    assert asked > 200, "there is more than that"


def test_ac_pol_5_jo_reads_a_thread_without_a_form_and_is_told_why(world, browser_of):
    jo = browser_of("auditor")
    page = one_line(jo.get(world.thread.get_absolute_url()))
    assert "You are here as an auditor" in page
    assert 'name="text"' not in page
    said = jo.post(f"/threads/{world.thread.pk}/reply/", {"text": "An answer that is long enough."})
    assert said.status_code == 403
    assert "An auditor reads and changes nothing" in one_line(said)
    assert jo.post(f"/posts/{world.opening.pk}/vote/").status_code == 403
    assert jo.post("/settings/notifications/", {"mails_a_day": "5"}).status_code != 403


def test_ac_pol_5_a_letter_of_jo_becomes_nothing(world):
    before = Post.objects.count()
    mail = InboundMail.objects.create(raw=b"It is all right.", size=16)
    place = PublicPlace(world.cast.jo, world.opening)
    letter = Letter("<1@x>", "jo@example.org", [], "Re: it", "It is all right as it is.")
    told = admit(mail, letter, place, by=world.cast.jo)
    assert (told.reason, Post.objects.count()) == ("refused", before)
    assert "An auditor reads" in told.explanation


def test_ac_pol_5_who_has_another_job_here_as_well_works_as_ever(cast):
    assert cast.jo.only_reads
    cast.jo.grant(Role.AGENT, by=cast.kim)
    assert not Person.objects.get(pk=cast.jo.pk).only_reads
    assert [who.username for who in (cast.kim, cast.dora, cast.ben, cast.ana) if who.only_reads] == []


def test_ac_pol_5_what_opens_to_jo_is_for_reading(world):
    opened = [row for row in table() if Capability.SEE_AUDIT in row.capabilities]
    assert {row.path for row in opened} >= {"/desk/actions/", "/desk/actions/export/", "/desk/actions/signed/"}
    assert {method for row in opened for method in row.methods} <= {"GET", "HEAD", "OPTIONS"}


def test_ac_pol_5_a_program_of_jo_writes_nothing(world):
    program, asked = Program(world.cast.jo), 0
    for one in described():
        if one.method == "GET" or one.operation.area == Area.OWN:
            continue
        asked += 1
        path = address(route_of(one.path), world).removeprefix("/api/v1")
        with transaction.atomic(), writes() as written:
            answer = program.ask(one.method, path, FILLED, **{"If-Match": "*"})
            transaction.set_rollback(True)
        assert answer.status_code == 403, path
        assert not set(written) - {"api_apikey"}, path
    assert asked >= 20
