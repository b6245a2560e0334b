"""Colours for code: pygments classes, styled by `code.css`."""

from pygments import highlight as colour
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

LONGEST = 8_000
"""Characters of a code block that are coloured; a longer one is shown plain."""
FORMATTER = HtmlFormatter(nowrap=True, classprefix="hl-")


def highlight(code: str, language: str, attributes: str) -> str:
    """HTML of a code block in a known language; empty, which means plain, otherwise."""
    if not language or len(code) > LONGEST:
        return ""
    try:
        lexer = get_lexer_by_name(language)
    except ClassNotFound:
        return ""
    return f'<pre class="code"><code>{colour(code, lexer, FORMATTER)}</code></pre>'
