"""The judges of pages that come from npm, as tests/tools locks them: where they lie, and how two of them are asked."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.harness import browsers

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "tests" / "tools" / "package-lock.json"
FOLDER = ROOT / ".venv" / "judges"
STAMP = FOLDER / "stamp"
"""Which lock is installed; `dev.py judges` writes it last."""
PACKAGES = FOLDER / "node_modules"
CODESNIFFER = PACKAGES / "html_codesniffer" / "build" / "HTMLCS.js"
NU = PACKAGES / "vnu-jar" / "build" / "dist" / "vnu.jar"
LIGHTHOUSE = PACKAGES / "lighthouse" / "cli" / "index.js"

JAVA = ["java", "-Xss2m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar"]
"""A stack that its schema needs, and half the time: most of it goes to starting."""
CATEGORIES = "accessibility,best-practices"
UNHEEDED = {
    "The “(table|rowgroup|row|rowheader|columnheader|cell)” role is unnecessary|.* which has a “table” ancestor with no “role”": (
        "a table that is laid out as a list on a phone is to some readers no table unless its parts say what they are"
    ),
    "Attribute “disable(pictureinpicture|remoteplayback)” not allowed": (
        "they are in standards of their own, and keep the film on the page and off the TV in the room"
    ),
}
"""What Nu says and we do not heed, and why."""
ARGUED: dict[str, str] = {}
"""The points that Lighthouse takes and that stay taken: the name of each audit, and why."""
TRIES_S = 120


@functools.cache
def unavailable() -> str | None:
    """Why pages are not judged by them here, or None when they are."""
    if missing := [program for program in ("node", "java") if not shutil.which(program)]:
        return f"no {' and no '.join(missing)} on the PATH"
    locked = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if not STAMP.exists() or STAMP.read_text(encoding="ascii").strip() != locked:
        return "not installed: python3 dev.py judges"
    return browsers.unavailable()


def nu(pages: Iterable[Path]) -> list[str]:
    """What the Nu checker says of these files, all in one call."""
    options = ["--format", "json", "--stdout", "--exit-zero-always", "--no-langdetect"]
    told = _told([*JAVA, str(NU), *options, *map(str, pages)])["messages"]
    heeded = [each for each in told if not re.match("|".join(UNHEEDED), each["message"])]
    return [f"{Path(each['url']).stem}: {each['message']} {_line(each.get('extract', ''))}" for each in heeded]


def _line(text: str) -> str:
    return " ".join(text.split())


def lighthouse(address: str, cookie: str) -> dict[str, str]:
    """The audits that take points from a page, each with its title; asked on a phone, as one who has the cookie."""
    told = _told([
        "node", str(LIGHTHOUSE), address, "--quiet", "--output=json", "--output-path=stdout",
        f"--only-categories={CATEGORIES}", "--disable-full-page-screenshot",
        f"--extra-headers={json.dumps({'Cookie': cookie})}",
        f"--chrome-flags=--headless {' '.join(browsers.QUIET)}",
    ])  # fmt: skip
    assert not (error := told.get("runtimeError")), error
    return dict(_lost(told))


def _lost(told: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for category in told["categories"].values():
        for counted in category["auditRefs"]:
            audit = told["audits"][counted["id"]]
            if counted["weight"] and audit["score"] is not None and audit["score"] < 1:
                yield counted["id"], audit["title"]


def _told(command: list[str]) -> dict[str, Any]:
    """What a program says in JSON."""
    environment = {**os.environ, "CHROME_PATH": browsers.executable() or ""}
    done = subprocess.run(command, capture_output=True, text=True, timeout=TRIES_S, env=environment)
    assert done.stdout, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told
