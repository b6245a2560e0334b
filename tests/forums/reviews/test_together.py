"""Many processes write reviews of one product at once; the kept sums are what a count makes."""

import os
import subprocess
import sys
from collections import Counter

import pytest
from django.db import connection

from forums.reviews.models import Review, Score
from forums.reviews.recounting import recount_scores
from tests.databases import ROOT, address_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PROCESSES = 8
WRITES = int(os.environ.get("PORCHLIGHT_WRITES", "160"))


def test_the_sums_are_exact_after_many_processes_wrote_at_once(cast):
    cast.beam2, cast.hana  # noqa: B018
    environment = {
        **os.environ,
        "DATABASE_URL": address_of(connection.settings_dict["NAME"]),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    share = str(WRITES // PROCESSES)
    commands = [[sys.executable, "-m", "tests.forums.reviews.writer", share, str(n)] for n in range(PROCESSES)]
    running = [subprocess.Popen(command, env=environment, cwd=ROOT) for command in commands]
    assert [process.wait(timeout=300) for process in running] == [0] * PROCESSES
    seen = Counter(Review.objects.filter(thread__is_hidden=False).values_list("stars", flat=True))
    assert Score.objects.get().histogram == [seen[stars] for stars in (1, 2, 3, 4, 5)]
    assert Review.objects.count() == WRITES // PROCESSES * PROCESSES
    assert recount_scores() == []
