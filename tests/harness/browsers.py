"""The browser for tests and how it is started: the system's Chromium, since nothing is downloaded."""

import functools
import os
import shutil
from typing import Any

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@functools.cache
def executable() -> str | None:
    """The path of a Chromium: what the environment's CHROMIUM says, else the first on the PATH."""
    named = os.environ.get("CHROMIUM")
    names = [named] if named else NAMES
    return next((path for name in names if (path := shutil.which(name))), None)


def unavailable() -> str | None:
    """Why there is no browser to test with, or None when there is."""
    return None if executable() else "no Chromium on the PATH, and CHROMIUM names none"


def launch_options() -> dict[str, Any]:
    """The options of Playwright's `launch`, for pytest-playwright's fixture `browser_type_launch_args`."""
    return {"executable_path": executable(), "headless": True, "args": QUIET}
