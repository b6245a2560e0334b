"""Run the bench: `make bench SIZE=50000`, or `python -m bench --size 50000 --seconds 10`. It stays on this machine."""

import argparse
import sys
from pathlib import Path

from bench.place import NO_LIMITS, ROOT, running_site, settle

asked = argparse.ArgumentParser(prog="bench")
asked.add_argument("--seconds", type=float, default=4.0, help="how long each page is asked for")
asked.add_argument("--port", type=int, default=0)
asked.add_argument("--size", type=int, default=10_000, help="how many threads, of ten posts each")
asked.add_argument("--texts", default="", help="a file of real threads (JSON lines) whose texts are used")
asked.add_argument("--rows", default="", help="only rows with one of these words in their name")
asked.add_argument("--var", default="", help="where its database and files are kept (default: one for each size)")
asked.add_argument("--write", default="", help="also write the figures to this file, as Markdown")
options = asked.parse_args()
options.var = options.var or str(ROOT / "var" / f"bench-{options.size}{'-real' if options.texts else ''}")
settle(options.var, **NO_LIMITS)

from bench.report import Cost, Texts, run  # noqa: E402 - Django reads its settings here


def main() -> int:
    with running_site(options.port) as (base, process):
        texts = Texts.of(options.texts) if options.texts else Texts.own()
        return run(base, options, texts, Cost(process, Path(options.var, "postgres")))


if __name__ == "__main__":
    sys.exit(main())
