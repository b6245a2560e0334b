# ruff: noqa: E501 - payloads are not broken into lines
"""Texts that would become more than text if anybody let them. Each carries the mark `zqx`, so that it is found again."""

MARK = "zqx"
TAGS = ["script", "img", "svg", "iframe", "object", "embed", "form", "input", "button", "meta", "link", "base", "style",
        "math", "template", "details", "video", "audio", "body", "html", "marquee", "textarea", "title", "noscript",
        "xmp", "plaintext", "select", "frameset", "dialog", "portal", "zqx-card", "text-composer", "live-listen", "a",
        "p", "b", "slot", "svg:script", "image", "applet", "isindex", "bgsound", "noembed"]  # fmt: skip
OPENED = [f'<{tag} onload=zqx() onerror=zqx() autofocus onfocus=zqx() src=x href="javascript:zqx()">' for tag in TAGS]
DRESSED = [f'<{tag} id=zqx name=zqx class="zqx modal" style="position:fixed;zqx:1">zqx</{tag}>' for tag in TAGS[:20]]
HTMX = [
    '<a hx-get="/zqx" hx-trigger="load">x</a>', '<div hx-on:click="zqx()">x</div>', "<p data-hx-post=/zqx>x</p>",
    '<b hx-post="/account/logout/?zqx" hx-trigger="load">x</b>', '<p hx-vals="js:{a:zqx()}">x</p>',
    "<p hx-ext=zqx>x</p>", "<i hx-on::load='zqx()'>x</i>", '<p data-hx-on-load="zqx()">x</p>', "<p x-on:click=zqx()>x</p>",
    "<p @click=zqx()>x</p>", "<p x-data=zqx x-init=zqx()>x</p>", "<p ng-app ng-init=zqx()>x</p>", "<p :src=zqx v-html=zqx>x</p>",
]  # fmt: skip
BREAK_OUTS = [
    '"><img src=x onerror=zqx()>', "'><svg onload=zqx()>", '" onmouseover="zqx()', "' onfocus='zqx()' autofocus='",
    "</title><script>zqx()</script>", "</textarea><script>zqx()</script>", "</script><script>zqx()</script>",
    "--><script>zqx()</script>", "]]><script>zqx()</script>", "\\\"><script>zqx()</script>", "&lt;script&gt;zqx()&lt;/script&gt;",
    "&quot;&gt;&lt;img src=x onerror=zqx()&gt;", "＜script＞zqx()＜/script＞", "\u2028<script>zqx()</script>",
    "<scr<script>ipt>zqx()</scr</script>ipt>", "<<script>zqx()//<</script>", "<img/src=x/onerror=zqx()>",
    "<img\tsrc=x\nonerror\n=\nzqx()>", "\u202e<b>zqx</b>", "<svg><a xlink:href=javascript:zqx()>x</a></svg>",
    "<math><mtext></p><style><img src=x onerror=zqx()></style></math>", "<!--><img src=x onerror=zqx()>-->",
    "<![CDATA[<img src=x onerror=zqx()>]]>", "<?xml-stylesheet href=javascript:zqx()?>", "<!DOCTYPE zqx>",
    "<noscript><p title=\"</noscript><img src=x onerror=zqx()>\">", "<a href=\"javascript&colon;zqx()\">x</a>",
]  # fmt: skip
MARKDOWN = [
    "[a](javascript:zqx())", "[a](JaVaScRiPt:zqx())", "[a](&#106;avascript:zqx())", "[a](java&Tab;script:zqx())",
    "[a](java&NewLine;script:zqx())", "[a](<java script:zqx()>)", "[a](\x01javascript:zqx())", "[a](vbscript:zqx())",
    "[a](data:text/html;base64,zqx)", "[a](file:///zqx)", "[a](blob:zqx)", "[a](view-source:zqx)", "[a](about:zqx)",
    "![a](javascript:zqx())", "![a](data:image/svg+xml,zqx)", "<javascript:zqx()>", "<data:text/html,zqx>",
    "[zqx1]\n\n[zqx1]: javascript:zqx()", '[zqx2]\n\n[zqx2]: https://a.example "\\" onmouseover=\\"zqx()"',
    "[a](https://a.example \"zqx' onmouseover='zqx()\")", '<https://a.example/"onmouseover="zqx()>',
    '```zqx" onload="zqx()\ncode\n```', "``` zqx class=modal\ncode\n```", "`<img src=x onerror=zqx()>`",
    "    <script>zqx()</script>", "# <img src=x onerror=zqx()>", "> <script>zqx()</script>", "* <iframe src=//zqx>",
    "| <img src=x onerror=zqx()> | b |\n|---|---|\n| [a](javascript:zqx()) | \" onload=zqx() |", "**<svg onload=zqx()>**",
    "https://a.example/<script>zqx()</script>", "https://a.example/\"onmouseover=\"zqx()", "www.a.example/'onload='zqx()",
    "[a](https://a.example/\\\"onload=zqx())", "[<img src=x onerror=zqx()>](https://a.example)", "\\<script>zqx()\\</script>",
    "@ana\"><img src=x onerror=zqx()>", "@<script>zqx()</script>", "&#60;script&#62;zqx()&#60;/script&#62;",
    "[a](mailto:zqx@example.net?body=<script>)", "[a](//zqx.example)", "[a](\\javascript:zqx())", "![zqx\" onerror=\"zqx()](https://a.example/x.png)",
]  # fmt: skip
TEMPLATES = ["{{7*191}}zqx", "{% debug %}zqx", "{# zqx #}", "${7*191}zqx", "%(zqx)s", "%s%d zqx", "{0.__class__}zqx",
             "#{7*191}zqx", "<%= 7*191 %>zqx", "{{ request.user.password }}zqx", "{zqx}", "[[7*191]]zqx"]  # fmt: skip
LINES = [text.replace("\n", " ") for text in [*BREAK_OUTS, *HTMX, *TEMPLATES, *OPENED[:12]]]
"""For fields of one line."""
TEXTS = [*OPENED, *DRESSED, *HTMX, *BREAK_OUTS, *MARKDOWN, *TEMPLATES]
"""For fields of many."""


def in_lines(most: int) -> list[str]:
    """All of LINES in as few pieces of at most this many signs as there are."""
    pieces = [""]
    for text in LINES:
        if len(pieces[-1]) + len(text) >= most:
            pieces.append("")
        pieces[-1] += text if len(text) < most else ""
    return [piece for piece in pieces if piece]


def in_one_text() -> str:
    """All of TEXTS, each a paragraph of its own."""
    return "\n\n".join(TEXTS)
