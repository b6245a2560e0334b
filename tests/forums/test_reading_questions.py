"""Reading a question: what everybody sees, what is one's own, and what nobody sees."""

from tests.scenes import ana_asks, ben_answers


def test_a_stranger_reads_a_question(client, cast):
    question = ana_asks(cast)
    ben_answers(cast, question)
    page = client.get(question.get_absolute_url())
    assert page.status_code == 200
    body = page.content.decode()
    assert "Turn LE Audio off" in body
    assert "1 answer" in body
    assert not page.cookies
    assert "csrfmiddlewaretoken" not in body


def test_ana_reads_her_question(client, cast):
    question = ana_asks(cast)
    post = ben_answers(cast, question)
    client.force_login(cast.ana)
    body = client.get(question.get_absolute_url()).content.decode()
    assert f"/questions/{question.pk}/accept/{post.pk}/" in body
    assert f"/posts/{post.pk}/vote/" in body
    assert "Your answer" in body


def test_the_list_and_the_form(client, cast):
    ana_asks(cast)
    assert "Bluetooth drops" in client.get("/questions/").content.decode()
    client.force_login(cast.ana)
    assert "fw 3.2" in client.get("/questions/new/").content.decode()
