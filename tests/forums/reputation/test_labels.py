"""What somebody was to the company when they wrote stands beside what they wrote, for good."""

from community.notifications.models import EmailDelivery
from forums.threads.replying import answer
from tests.forums.structured import of_type
from tests.jobs import work
from tests.scenes import ana_asks


def test_ac_people_5_each_tie_to_the_company_is_labelled_on_the_page_and_stays(client, cast):
    question = ana_asks(cast, product=cast.kettle_one, product_version=None)
    for person, as_staff in ((cast.gil, True), (cast.dora, True), (cast.leo, False), (cast.ben, False)):
        answer(question.thread, by=person, source=f"From {person}: try it once more.", as_staff=as_staff)
    cast.gil.grants.get().revoke(by=None, reason="moved on")
    cast.ben.grants.get().revoke(by=None, reason="moved on")
    for grant in cast.dora.grants.all():
        grant.revoke(by=None, reason="moved on")
    page = client.get(question.get_absolute_url()).content.decode()
    bylines = [part.partition("</div>")[0] for part in page.split('class="byline"')[1:]]
    said = {
        name: next(b for b in bylines if f">{name}<" in b) for name in ("Gil", "Dora, Bluetooth", "leo", "ben", "ana")
    }
    assert ">partner<" in said["Gil"]
    assert ">Northlight team<" in said["Dora, Bluetooth"]
    assert ">works here<" in said["leo"]
    assert ">champion<" in said["ben"]
    assert "chip" not in said["ana"]


SIGNED = {
    "Gil": "Gil (partner)",
    "Dora, Bluetooth": "Dora, Bluetooth (Northlight team)",
    "leo": "leo (works here)",
    "ben": "ben (champion)",
    "chris": "chris",
}


def everybody_answers(cast):
    question = ana_asks(cast, product=cast.kettle_one, product_version=None)
    ties = ((cast.gil, True), (cast.dora, True), (cast.leo, False), (cast.ben, False), (cast.chris, False))
    for person, as_staff in ties:
        answer(question.thread, by=person, source=f"From {person}: try it once more.", as_staff=as_staff)
    work()
    for person, _as_staff in ties:
        for grant in person.grants.all():
            grant.revoke(by=None, reason="moved on")
    return question


def test_ac_people_5_the_label_stands_in_mails_and_in_the_tray(cast):
    everybody_answers(cast)
    mails = "\n".join(f"{mail.text}\n{mail.html}" for mail in EmailDelivery.objects.filter(person=cast.ana))
    told = "\n".join(cast.ana.notifications.values_list("text", flat=True))
    for signed in SIGNED.values():
        assert f"{signed} answered your question" in told
        assert mails.count(f"{signed} answered your question") == 2


def test_ac_people_5_the_label_stands_in_feeds_and_outlives_the_role(client, cast):
    everybody_answers(cast)
    for person in ("gil", "dora-bluetooth", "leo", "ben", "chris"):
        feed = client.get(f"/feeds/people/{person}/").content.decode()
        assert any(f"<name>{signed}</name>" in feed for signed in SIGNED.values())
    assert f"<name>{SIGNED['Gil']}</name>" in client.get(f"/feeds/people/{cast.gil.handle}/").content.decode()


def test_ac_people_5_the_label_stands_in_what_machines_read_and_outlives_the_role(client, cast):
    question = everybody_answers(cast)
    [told] = of_type(client.get(question.get_absolute_url()).content.decode(), "QAPage")
    authors = [row["author"] for row in told["mainEntity"]["suggestedAnswer"]]
    ties = {author["name"]: author.get("description", "") for author in authors}
    assert ties == {
        "Gil": "partner",
        "Dora, Bluetooth": "Northlight team",
        "leo": "works here",
        "ben": "champion",
        "chris": "",
    }
    assert "description" not in told["mainEntity"]["author"]
