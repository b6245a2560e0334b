"""axe-core in the page: what it finds against WCAG 2.2 AA, in words."""

from pathlib import Path

SOURCE = (Path(__file__).resolve().parent.parent / "vendor/axe.min.js").read_text()
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
OF_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""What can be wrong in the dark alone: nothing else about a page changes with its colours."""
SETTLED = """() => Promise.allSettled(
    document.getAnimations().filter(one => one instanceof CSSTransition).map(one => one.finished))"""
"""Colours on their way from one theme to the other are those of neither."""

VIOLATIONS = """rules => axe.run(document, {...rules, resultTypes: ["violations"]}).then(found => found.violations)"""
"""What is well is neither described, element by element, nor brought out of the browser."""


def findings(page, rules: dict = RULES) -> list[str]:
    """Each finding as `rule: element`; an empty list is what we want."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SOURCE)
    page.evaluate(SETTLED)
    found = page.evaluate(VIOLATIONS, rules)
    return [
        f"{rule['id']}: {node['html'][:160]} ({node['failureSummary'][:160]})"
        for rule in found
        for node in rule["nodes"]
    ]
