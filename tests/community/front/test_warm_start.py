"""A process has read and compiled everything before its first visitor, who therefore waits for nothing but the page."""

import subprocess
import sys

ASK = """
import community.front, sys
from django.template import engines
[loader] = engines["django"].engine.template_loaders
names = {template.name for template in loader.get_template_cache.values()}
assert "moderation.desk.views.queue" in sys.modules and "forums.questions.views" in sys.modules
assert {"moderation/desk/_row.html", "forums/questions/detail.html"} <= names, len(names)
"""


def test_the_first_visitor_of_a_process_waits_for_no_view_and_no_template_to_be_read():
    done = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
