"""New words are told from old ones, and the author's words are never lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community.inbound.html import html_to_text
from community.inbound.trimming import trim
from tests.moderation.escalation.mails import MARK, REPLIES, WHOLE


@pytest.mark.parametrize("name", REPLIES)
def test_a_reply_is_trimmed_to_what_was_typed(name):
    typed, whole = REPLIES[name]
    words, rest = trim(whole)
    assert words == typed
    assert MARK not in words
    assert not rest or rest.splitlines()[-1] in whole


@pytest.mark.parametrize("name", WHOLE)
def test_nothing_is_cut_where_the_author_may_have_written_below(name):
    pieces, whole = WHOLE[name]
    words, _rest = trim(whole)
    for piece in pieces:
        assert piece in words


@given(st.text(alphabet=st.characters(blacklist_categories=("Cs",)), max_size=400))
@settings(max_examples=150, deadline=None)
def test_words_and_rest_together_hold_every_word(text):
    words, rest = trim(text)
    kept = (words + rest).replace("\n", "").replace(" ", "")
    original = text.replace("\r", "\n").replace("\u00a0", " ")
    for word in original.split():
        assert word in kept or word in words + " " + rest
    if original.strip():
        assert words or rest


def test_an_html_mail_becomes_lines_with_marked_quotes():
    html = (
        "<html><head><style>p{}</style></head><body><div>It is <b>4711-A</b>.</div><div><br></div>"
        '<div class="gmail_quote">On 3 Nov 2026 at 10:41, Dora &lt;reply@x.example&gt; wrote:<br>'
        "<blockquote><p>Please send us the number.</p><script>alert(1)</script></blockquote></div></body></html>"
    )
    text = html_to_text(html)
    assert "> Please send us the number." in text
    assert "alert" not in text
    assert trim(text)[0] == "It is 4711-A."


def test_a_hostile_text_takes_no_time():
    words, _rest = trim("On " + "a " * 30_000 + "wrote")
    assert words
    assert trim(">" * 60_000)[0]
    assert trim("From: x\n" * 8_000)[0]
