"""Real workers of the CRM's queue, each a process of its own on the test's database, to be killed at any moment."""

import os
import random
import signal
import subprocess
import sys
from collections import deque
from contextlib import suppress

from django.db import connection as database

CODE = """
import os, django
from django.conf import settings
settings.DATABASES['default']['NAME'] = os.environ['WORKER_DATABASE']
django.setup()
from django.core.management import call_command
call_command('procrastinate', 'worker', '--queues', 'crm,events', *os.environ['WORKER_ARGUMENTS'].split())
"""


def start_worker(concurrency=2, **environment):
    """A worker that has just been started; it needs a moment to begin."""
    info = database.get_connection_params()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "WORKER_DATABASE": info.get("dbname") or database.settings_dict["NAME"],
        "WORKER_ARGUMENTS": f"--concurrency {concurrency} --fetch-job-polling-interval 0.5",
        "PGHOST": str(info.get("host") or ""),
        **environment,
    }
    return subprocess.Popen(
        [sys.executable, "-c", CODE], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


class Crew:
    """Some workers at once. Whoever is killed is replaced, as `manage.py up` does it."""

    def __init__(self, size, **environment):
        self.environment, self.killed = environment, 0
        self.workers = [self.hire() for _each in range(size)]

    def hire(self):
        return start_worker(concurrency=1, **self.environment)

    def kill_one(self, draw):
        """`kill -9` of any of them, in the middle of whatever it does."""
        place = draw.randrange(len(self.workers))
        os.kill(self.workers[place].pid, signal.SIGKILL)
        self.workers[place].wait()
        self.workers[place] = self.hire()
        self.killed += 1

    def dismiss(self):
        for worker in self.workers:
            with suppress(ProcessLookupError):
                worker.kill()
            worker.wait()


class LostReplies(deque):
    """The faults of a line that loses a share of all replies: what was asked for is done, and nobody hears of it."""

    def __init__(self, share, seed):
        super().__init__()
        self.share, self.draw, self.lost = share, random.Random(seed), 0

    def __bool__(self):
        return True

    def popleft(self):
        is_lost = self.draw.random() < self.share
        self.lost += is_lost
        return "drop_reply" if is_lost else None
