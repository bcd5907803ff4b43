"""python -m bench [NAME …] [--check]: the quick benches or those named. With --check, 1 where a goal is missed."""

from __future__ import annotations

import argparse
import signal
import sys

from bench import content, page, pages, showing

BENCHES = {
    "page": (page.measure, page.GOALS),
    "content": (content.measure, content.GOALS),
    "pages": (pages.measure, pages.GOALS),
}
QUICK = ("page", "content")


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description="Measure our work beside its limit.")
    names = f"of {', '.join(BENCHES)}; {' and '.join(QUICK)} unless said"
    parser.add_argument("names", nargs="*", metavar="NAME", help=names)
    parser.add_argument("--check", action="store_true", help="exit 1 where a goal is missed")
    asked = parser.parse_args()
    if unknown := set(asked.names) - BENCHES.keys():
        parser.error(f"there is no bench {', '.join(sorted(unknown))}; there are {', '.join(BENCHES)}")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # So that what was started is stopped then, too.
    met = [showing.show(name, *BENCHES[name]) for name in asked.names or QUICK]
    return int(asked.check and not all(met))


if __name__ == "__main__":
    sys.exit(main())
