"""Templates carry no script, no style and no handler of their own: the content policy allows none."""

import re

from tests.architecture.tree import Source, templates

SCRIPT = re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/[\w+]*json\")", re.IGNORECASE)
STYLE = re.compile(r"<style\b|\sstyle=", re.IGNORECASE)
HANDLER = re.compile(r"\s(on[a-z]+|hx-on[:\w-]*)=", re.IGNORECASE)
FOREIGN = re.compile(r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=\"(?:https?:)?//", re.IGNORECASE)
COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}", re.DOTALL)
SIGNED = {  # no cookies there: the signed link is the proof
    "templates/community/notifications/mail_less.html",
    "templates/community/notifications/mail_off.html",
}
UNSAFE = re.compile(r"\|\s*safe\b|\{% autoescape off")


MADE_SAFE_BEFORE = {
    "templates/components/_field.html",  # help texts are ours, some with a list in them
    "templates/moderation/desk/_note.html",  # a note's HTML comes from community.text, sanitised on write
}


def inline(sources: list[Source]) -> list[str]:
    """Pages with inline script, style or handlers, or with something fetched from elsewhere. Mail needs its styles."""
    found = []
    for source in sources:
        if "/emails/" in source.path or source.path.endswith(".txt"):
            continue
        text = COMMENT.sub("", source.text)
        for name, pattern in (("script", SCRIPT), ("style", STYLE), ("handler", HANDLER), ("foreign", FOREIGN)):
            if pattern.search(text):
                found.append(f"{source.path}: {name}")
    return found


def unsafe(sources: list[Source]) -> list[str]:
    """Templates that switch escaping off. What is safe HTML already says so by its type."""
    pages = [source for source in sources if source.path.endswith(".html") and source.path not in MADE_SAFE_BEFORE]
    return [source.path for source in pages if UNSAFE.search(source.text)]


ACCOUNT = re.compile(r"(?<!\buser)\.username\b")
FOR_THE_TEAM = ("templates/moderation/", "templates/community/profiles/", "templates/community/api/key_list.html")


def accounts(sources: list[Source]) -> list[str]:
    """Pages for customers that call somebody by the account: a face of the team has another name there.

    Say `person.name`, and `person.get_absolute_url` for their page; one's own account is `user.username`.
    """
    public = [source for source in sources if not source.path.startswith(FOR_THE_TEAM)]
    return [source.path for source in public if ACCOUNT.search(COMMENT.sub("", source.text))]


def forms_without_token(sources: list[Source]) -> list[str]:
    """POST forms without the token against cross-site requests."""
    form = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.IGNORECASE | re.DOTALL)
    return [
        source.path
        for source in sources
        for match in form.finditer(COMMENT.sub("", source.text))
        if "csrf_token" not in match.group() and source.path not in SIGNED
    ]


def test_no_page_has_inline_script_or_style():
    assert inline(templates()) == []


def test_each_kind_of_inline_is_found():
    wrong = [
        Source("templates/a.html", "<script>alert(1)</script>"),
        Source("templates/b.html", '<p style="color: red">'),
        Source("templates/c.html", '<p onclick="go()">'),
        Source("templates/d.html", '<script src="https://cdn.example/x.js"></script>'),
        Source("templates/e.html", '<script src="{% static "js/site.js" %}" type="module"></script><a href="//x">'),
        Source("templates/f.html", "<style>p{}</style>"),
        Source("templates/g.html", '<button hx-on:click="go()">'),
    ]
    assert inline(wrong) == [
        "templates/a.html: script",
        "templates/b.html: style",
        "templates/c.html: handler",
        "templates/d.html: foreign",
        "templates/f.html: style",
        "templates/g.html: handler",
    ]


def test_no_template_switches_escaping_off():
    assert unsafe(templates()) == []


def test_an_unescaped_value_is_found():
    assert unsafe([Source("templates/a.html", "{{ post.html|safe }}")]) == ["templates/a.html"]


def test_every_post_form_has_its_token():
    assert forms_without_token(templates()) == []


def test_a_form_without_token_is_found():
    assert forms_without_token([Source("templates/a.html", '<form method="post"><button></form>')]) == [
        "templates/a.html"
    ]


INCLUDE = re.compile(r"\{% include \"([^\"]+)\"([^%]*)%\}")
TOKEN = re.compile(r"\{[%{] csrf_token [%}]\}")


def tokens_lost(sources: list[Source]) -> list[str]:
    """Forms included with `only` and without the token: the tag then writes nothing, and every browser is refused."""
    texts = {source.path.removeprefix("templates/"): COMMENT.sub("", source.text) for source in sources}

    def wants_token(name: str, seen: tuple[str, ...] = ()) -> bool:
        text = "" if name in seen else texts.get(name, "")
        open_ones = [inner for inner, said in INCLUDE.findall(text) if said.split()[-1:] != ["only"]]
        return bool(TOKEN.search(text)) or any(wants_token(inner, (*seen, name)) for inner in open_ones)

    return [
        f"{name}: {inner}"
        for name, text in texts.items()
        for inner, said in INCLUDE.findall(text)
        if said.split()[-1:] == ["only"] and "csrf_token=" not in said and wants_token(inner)
    ]


def test_every_form_that_is_included_has_the_token():
    assert tokens_lost(templates()) == []


def test_a_token_lost_on_the_way_is_found():
    form = Source("templates/a/_form.html", '<form method="post">{% csrf_token %}</form>')
    around = Source("templates/a/_around.html", '{% include "a/_form.html" %}')
    wrong = Source("templates/a/wrong.html", '{% include "a/_around.html" with x=y only %}')
    fine = Source("templates/a/fine.html", '{% include "a/_around.html" with csrf_token=csrf_token only %}')
    assert tokens_lost([form, around, wrong, fine]) == ["a/wrong.html: a/_around.html"]


def test_customers_meet_people_by_their_public_names():
    assert accounts(templates()) == []


def test_an_account_shown_to_customers_is_found():
    wrong = Source("templates/forums/a.html", "{{ post.author.username }}")
    fine = [
        Source("templates/components/b.html", "{{ user.username }}"),
        Source("templates/moderation/c.html", "{{ item.holder.username }}"),
        Source("templates/forums/d.html", "{{ post.author.name }}"),
    ]
    assert accounts([wrong, *fine]) == ["templates/forums/a.html"]


def raw_static(sources: list[Source]) -> list[str]:
    """Pages that name a static file by its raw path: only the hashed ones are there."""
    return [source.path for source in sources if re.search(r"(href|src)=\"/static/", source.text)]


def test_no_template_names_a_static_file_by_its_raw_path():
    assert raw_static(templates()) == []


def test_a_raw_path_is_found():
    assert raw_static([Source("a.html", '<link href="/static/css/sorry.css">')]) == ["a.html"]
