"""{% listen %} and {% kept %}, loaded in every template."""

from types import SimpleNamespace
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from community.live.fragments import kept
from community.live.hub import hub
from community.live.outlet import outlet

register = template.Library()
VIEWERS_OWN = {"request", "user", "perms", "messages", "csrf_token", "person", "viewer", "once_key", "since_place"}


@register.simple_tag(takes_context=True)
def listen(
    context: Context, kind: str, key: Any, version: int | None = None, *, mode: str = "replace", into: str = ""
) -> SafeString:
    """Listen to a stream while this page is open: `{% listen "thread" thread.pk thread.version mode="notify" %}`.

    `mode` says what happens to a fragment that is not on the page yet: `replace` ignores it, `append` puts it at the
    end of the element that the selector `into` finds, `notify` keeps it until the reader asks for it.
    With the version of what the page shows, or on a signed-in page by itself, it learns what it missed while loading.
    """
    name = f"{kind}:{key}"
    request = context.get("request")
    seq: int | str | None = ""
    if "since_place" in context:
        seq = f"{context['since_place']}{name};"
    elif version is None and request is not None and request.user.is_authenticated:
        seq = (outlet or hub).standing(name)[0]
    return format_html(
        '<live-stream name="{}" version="{}" since="{}" data-live="{}" data-into="{}"></live-stream>',
        name,
        "" if version is None else version,
        "" if seq is None else seq,
        mode,
        into,
    )


@register.filter
def section(path: str) -> str:
    """The part of the site that an address lies in: `/questions/` of `/questions/7/it-hums/`."""
    return f"/{first}/" if (first := str(path or "").strip("/").partition("/")[0]) else "/"


@register.tag("kept")
def do_kept(parser: Parser, token: Token) -> "KeptNode":
    """{% kept "posts" thread.pk thread.version %}…{% endkept %}: rendered once for everybody.

    What is between may use everything but the viewer: `request`, `user`, `perms`, `messages` and `csrf_token`
    are not there. A fragment that is named by `request.path` or `request.path|section` knows that much of the request.
    """
    parts = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    if len(parts) < 2:
        raise template.TemplateSyntaxError("kept needs a name and what tells its versions apart")
    nodes = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(parts, nodes)


class KeptNode(template.Node):
    """A fragment that is looked up before it is rendered."""

    child_nodelists = ("nodes",)

    def __init__(self, parts: list[FilterExpression], nodes: NodeList) -> None:
        self.parts = parts
        self.nodes = nodes
        self.address = next((part for part in parts if str(part).startswith("request.path")), None)

    def render(self, context: Context) -> SafeString:
        return kept(lambda: self._render_for_nobody(context), *[part.resolve(context) for part in self.parts])

    def _render_for_nobody(self, context: Context) -> str:
        values: dict[Any, Any] = {name: value for name, value in context.flatten().items() if name not in VIEWERS_OWN}
        if self.address is not None:
            values["request"] = SimpleNamespace(path=self.address.resolve(context) or "", GET={})
        neutral = Context(values, autoescape=context.autoescape, use_l10n=context.use_l10n, use_tz=context.use_tz)
        neutral.render_context = context.render_context
        neutral.template = context.template
        return self.nodes.render(neutral)
