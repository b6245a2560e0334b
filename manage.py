#!/usr/bin/env python
"""Porchlight's command line: `manage.py up` starts everything, `manage.py help` lists the rest."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db.utils import OperationalError
from environs.exceptions import EnvError

from community.embedded.problems import StartupProblem


def main() -> int:
    """Run a command. What stands in the way of a start is one sentence, not a traceback (unless DEBUG asks for it)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
    try:
        execute_from_command_line(sys.argv)
    except (StartupProblem, ImproperlyConfigured, EnvError, OperationalError) as problem:
        if "--traceback" in sys.argv:
            raise
        sys.stderr.write(" ".join(str(problem).split()) + "\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
