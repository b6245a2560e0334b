"""Excerpts, mentions and diffs."""

from community.text.diffs import diff_html
from community.text.excerpts import excerpt, plain_text
from community.text.mentions import mentioned_names
from community.text.words import words_of


def test_an_excerpt_has_no_markup():
    assert excerpt("**Bold** [link](https://x.example) and `code`\n\n- item") == "Bold link and code item"


def test_words_of_a_post_have_no_room_where_a_mark_within_the_line_was():
    markup = "<p>Pick <strong>the <em>menu</em></strong>.</p><ul><li>re<mark>set</mark> it</li><li>A &amp; B</li></ul>"
    assert words_of(markup) == "Pick the menu. reset it A & B"


def test_an_excerpt_is_cut_at_a_word():
    words = excerpt("one two three four five six seven", length=20)
    assert words == "one two three four…"
    assert len(words) <= 20


def test_an_excerpt_of_one_endless_word_still_fits():
    assert len(excerpt("a" * 500, length=50)) == 50


def test_plain_text_keeps_the_words_of_code():
    assert plain_text("run\n\n```\nmake run\n```") == "run make run"


def test_names_are_found_once_in_order_and_not_in_code_or_addresses():
    source = "@ben and @dora, @ben again, mail x@y.example, `@code` and\n```\n@fenced\n```"
    assert mentioned_names(source) == ["ben", "dora"]


def test_at_most_ten_names_are_honoured():
    assert len(mentioned_names(" ".join(f"@person{i}" for i in range(100)))) == 10


def test_a_diff_shows_what_went_and_what_came():
    assert diff_html("turn it off now", "turn it on now") == "turn it <del>off</del><ins>on</ins> now"


def test_a_diff_escapes_both_wordings():
    assert diff_html("<b>", "<i>") == "&lt;<del>b</del><ins>i</ins>&gt;"


def test_a_long_diff_goes_by_lines():
    old = "\n".join(f"line {i} has some words" for i in range(2_000))
    assert diff_html(old, old + "\nnew line").endswith("<ins>\nnew line</ins>") or "<ins>" in diff_html(
        old, old + "\nx"
    )
