"""Markdown becomes safe HTML, as CommonMark says, and never takes long."""

import re
from html import unescape
from pathlib import Path
from time import monotonic

import pytest

from community.text import markdown
from community.text.markdown import LONGEST, make_parser, to_html

pytestmark = pytest.mark.django_db
SPEC = Path(__file__).parents[2] / "vendor" / "commonmark" / "spec.txt"
EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", re.MULTILINE | re.DOTALL)


def examples() -> list[tuple[str, str]]:
    found = EXAMPLE.findall(SPEC.read_text())
    return [(source.replace("→", "\t"), html.replace("→", "\t")) for source, html in found]


def same(html: str) -> str:
    """HTML with what makes no difference to a reader taken out."""
    return re.sub(r">\s*\n\s*<", "><", html.replace("<br>", "<br />").replace("<hr>", "<hr />")).strip()


def test_all_652_examples_of_commonmark_come_out_as_the_specification_says():
    parser = make_parser()
    parser.options.update({"html": True, "breaks": False, "linkify": False, "xhtmlOut": True, "highlight": None})
    parser.disable(["table", "strikethrough", "linkify", "lower_headings", "link_mentions"])
    parser.renderer.rules["image"] = parser.renderer.image
    wrong = [number for number, (source, html) in enumerate(examples(), 1) if same(parser.render(source)) != same(html)]
    assert len(examples()) == 652
    assert wrong == []


@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "[a](vbscript:msgbox(1))",
        "<a href='javascript:alert(1)'>a</a>",
        "![a](javascript:alert(1))",
        '![a"onerror="alert(1)](x)',
        "<div hx-get=/account/logout/ hx-trigger=load>x</div>",
        "<svg/onload=alert(1)>",
        "<style>*{display:none}</style>",
        "<iframe src=//evil.example></iframe>",
        "```<script>alert(1)</script>\ncode\n```",
        "[a]: javascript:alert(1)\n\n[a]",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<form action=/x><input name=y></form>",
        '[x](http://a.example/"onmouseover=alert(1))',
        "<base href=//evil.example>",
        "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    ],
)
def test_a_payload_stays_words(payload):
    html = to_html(payload)
    tags = set(re.findall(r"<\s*/?\s*([a-z0-9]+)", html))
    attributes = set(re.findall(r"<\w+((?:\s+[\w-]+=\"[^\"]*\")+)", html))
    assert tags <= markdown.TAGS
    assert not re.search(r"\s(on\w+|style|hx-\w+|id|name)=", " ".join(attributes))
    assert not re.search(r'href="(?!https?:|mailto:|/|#)[a-z]+:', html, re.IGNORECASE)


def test_a_link_is_marked_as_the_readers_own_risk():
    assert 'rel="nofollow ugc noopener"' in to_html("see https://kettle.example/manual")


def test_a_picture_elsewhere_is_a_link_and_calls_nobody():
    html = to_html("![the case](https://pictures.example/case.jpg)")
    assert "<img" not in html
    assert 'href="https://pictures.example/case.jpg"' in html
    assert ">the case</a>" in html


def test_headings_begin_below_those_of_the_page():
    assert to_html("# Steps").strip() == "<h3>Steps</h3>"
    assert to_html("##### Steps").strip() == "<h6>Steps</h6>"


def test_a_line_break_stays_a_line_break():
    assert "<br>" in to_html("first\nsecond")


def test_code_is_coloured_by_classes_and_its_spaces_stay():
    html = to_html("```python\nif x:\n    y = 1\n```")
    assert '<span class="hl-k">if</span>' in html
    assert "\n    " in html


def test_a_table_is_aligned_by_classes():
    html = to_html("| a | b |\n|:--|--:|\n| 1 | 2 |")
    assert 'class="align-right"' in html
    assert "style" not in html


def test_a_name_that_exists_becomes_a_link_and_another_stays_words(cast):
    assert cast.ben
    html = to_html("thanks @Ben and @nobody, mail me@ben.example `@ben`")
    assert html.count('class="mention"') == 1
    assert 'href="/people/ben/"' in html
    assert "@nobody" in html


PATHOLOGICAL = {
    "stars": "*a " * 10_000,
    "brackets": "[" * 32_000,
    "pictures": "![" * 16_000,
    "nested quotes": ">" * 32_000,
    "nested lists": "".join("  " * i + "- a\n" for i in range(170)),
    "ticks": "".join("`" * i + " " for i in range(250)),
    "table": "|a" * 10_000 + "\n" + "|-" * 6_000,
    "links": "[a](<b" * 5_000,
    "references": "".join(f"[{i}]: /u\n" for i in range(2_000)) + "[1]" * 2_000,
    "bare links": "http://a.b/" * 2_900,
    "emphasis": "a**b" + "c* " * 10_000,
    "html": '<a href="' * 3_500,
}


@pytest.mark.parametrize("source", PATHOLOGICAL.values(), ids=PATHOLOGICAL)
def test_a_text_made_to_take_long_is_ready_within_its_limit(source):
    begin = monotonic()
    assert to_html(source[:LONGEST])
    assert monotonic() - begin < markdown.TIME_LIMIT + 2  # the limit itself, and a slow machine


def test_a_text_that_runs_out_of_time_is_shown_as_typed(monkeypatch):
    monkeypatch.setattr(markdown, "TIME_LIMIT", -1)
    assert to_html("**bold** <b>\nnext\n\nlast") == "<p>**bold** &lt;b&gt;<br>next</p><p>last</p>"


def test_control_characters_are_taken_out():
    assert to_html("a\x00b\x08c") == "<p>abc</p>\n"


@pytest.mark.parametrize("words", ["{{7*7}}", "{% now 'Y' %}", "%(x)s", "{0.class}", "${7*7}"])
def test_template_syntax_is_text(words):
    assert words in unescape(to_html(words))
