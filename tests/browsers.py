"""Where a Chromium is, and how it is started."""

import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]


def chromium_path() -> str:
    """The machine's Chromium; empty when there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), "")
