"""python -m bench [NAME …] [--check]: all benches, or those named; with --check, exit 1 where a goal is missed."""

from __future__ import annotations

import argparse
import signal
import sys

from bench import content, page, showing

BENCHES = {"page": (page.measure, page.GOALS), "content": (content.measure, content.GOALS)}


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description="Measure our work beside its limit.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHES)}; all of them unless said")
    parser.add_argument("--check", action="store_true", help="exit 1 where a goal is missed")
    asked = parser.parse_args()
    if unknown := set(asked.names) - BENCHES.keys():
        parser.error(f"there is no bench {', '.join(sorted(unknown))}; there are {', '.join(BENCHES)}")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # So that what was started is stopped then, too.
    met = [showing.show(name, *BENCHES[name]) for name in asked.names or BENCHES]
    return int(asked.check and not all(met))


if __name__ == "__main__":
    sys.exit(main())
