"""Run the bench: `make bench SIZE=50000`, or `python -m bench --size 50000 --seconds 10`. It stays on this machine."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
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
    os.environ.update(
        VAR_DIR=options.var, DJANGO_SETTINGS_MODULE="community.settings", POSTS_A_MINUTE="100000000",
        NEW_MEMBER_POSTS_A_DAY="100000000", PYTHONWARNINGS="ignore",
    )  # fmt: skip
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    port = options.port or free_port()
    Path(options.var).mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "manage.py", "up", "--no-demo", "--workers", "2", "--port", str(port)]
    with Path(options.var, "up.log").open("w") as log:
        site = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
    try:
        wait_for(port, site)
        from bench.report import Cost, Texts, run  # Django's settings are read here, after the environment is set

        texts = Texts.of(options.texts) if options.texts else Texts.own()
        cost = Cost(site.pid, Path(options.var, "postgres"))
        return run(f"http://127.0.0.1:{port}", options, texts, cost)
    finally:
        site.send_signal(signal.SIGINT)
        site.wait(30)


def free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return line.getsockname()[1]


def wait_for(port: int, site: subprocess.Popen) -> None:
    """Until the site is ready; a site that ends instead is a failure."""
    for _ in range(3000):
        if site.poll() is not None:
            raise SystemExit("The site did not start; see up.log in its folder.")
        if "is ready" in Path(os.environ["VAR_DIR"], "up.log").read_text():
            return
        time.sleep(0.2)
    raise SystemExit("The site was not ready within ten minutes.")


if __name__ == "__main__":
    sys.exit(main())
