"""What concerns somebody alone, through the API: decisions, appeals, reports, private requests."""

from forums.threads.models import Post
from moderation.decisions.models import Appeal, Decision
from moderation.flags.models import Flag
from tests.community.api.program import Program
from tests.moderation.escalation.scenes import CANARY, ana_writes_in_private
from tests.scenes import ana_asks, ben_answers


def test_ac_mod_5_the_api_returns_the_record_of_the_page_to_whom_it_concerns(client, cast, case, decided):
    decided(case, "hide", "silence", days=3)
    statement = Decision.objects.get().statement
    writer = Program(statement.person)
    [row] = writer.get("/statements/").json()["rows"]
    record = client.get(f"{statement.get_absolute_url()}record.json").json()
    for name in ("what", "where", "rule", "facts", "scope", "automation"):
        assert row[name] == record[name]
    assert row["appeal_until"][:19] == record["appeal_until"][:19]
    assert writer.get(f"/statements/{statement.token}/").json() == row
    assert Program(cast.mallory).get(f"/statements/{statement.token}/").status_code == 404
    path = f"/statements/{statement.token}/appeal/"
    assert Program(cast.mallory).post(path, {"text": "Because."}).status_code == 404
    assert writer.post(path, {"text": "It was no shop of mine."}).status_code == 201
    again = writer.post(path, {"text": "Once more."})
    assert (again.status_code, again.json()["code"]) == (409, "once")
    assert Appeal.objects.count() == 1


def test_a_post_is_reported_once_and_the_reporter_reads_where_it_stands(cast):
    post = ben_answers(cast, ana_asks(cast))
    chris = Program(cast.chris)
    rule = next(row for row in Program().get("/rules/").json()["rows"])
    for _twice in range(2):
        said = chris.post(f"/posts/{post.pk}/flag/", {"rule": rule["id"], "note": "It is an advertisement."})
        assert said.status_code == 201
    assert Flag.objects.get().by == cast.chris
    assert chris.get("/flags/").json()["rows"] == [said.json()]
    own = Program(cast.ben).post(f"/posts/{post.pk}/flag/", {"rule": rule["id"]})
    assert (own.status_code, own.json()["code"]) == (409, "own")
    Post.objects.filter(pk=post.pk).update(is_hidden=True)
    assert Program(cast.mallory).post(f"/posts/{post.pk}/flag/", {"rule": rule["id"]}).status_code == 404


def test_private_requests_are_read_and_answered_by_their_customer_alone(cast):
    talk = ana_writes_in_private(cast)
    talk.reply("We look into it.", by=cast.dora)
    ana = Program(cast.ana, ["own:read", "own:write"])
    [row] = ana.get("/requests/").json()["rows"]
    read = ana.get(f"/requests/{row['token']}/").json()
    said = [one for one in read["messages"] if one["side"] != "step"]
    assert [one["by"] for one in said] == ["ana", "Dora, Bluetooth"]
    more = ana.post(f"/requests/{row['token']}/messages/", {"text": "Thank you, here it is."})
    assert more.status_code == 201
    assert talk.messages.count() == 3
    for other in (Program(cast.mallory), Program(cast.dora), Program(cast.kim)):
        assert other.get(f"/requests/{row['token']}/").status_code == 404
        assert other.post(f"/requests/{row['token']}/messages/", {"text": "Me too."}).status_code == 404
        assert CANARY not in other.get("/search/?q=heliotrope").content.decode()
    assert Program(cast.ana, ["community:read"]).get("/requests/").status_code == 403
