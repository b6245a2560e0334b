"""What somebody was to the company when they wrote stands beside what they wrote, for good."""

from forums.threads.replying import answer
from tests.scenes import ana_asks


def test_ac_people_5_each_tie_to_the_company_is_labelled_on_the_page_and_stays(client, cast):
    question = ana_asks(cast, product=cast.kettle_one, product_version=None)
    for person, as_staff in ((cast.gil, True), (cast.dora, True), (cast.leo, False), (cast.ben, False)):
        answer(question.thread, by=person, source=f"From {person}: try it once more.", as_staff=as_staff)
    cast.gil.grants.get().revoke(by=None)
    cast.ben.grants.get().revoke(by=None)
    for grant in cast.dora.grants.all():
        grant.revoke(by=None)
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
