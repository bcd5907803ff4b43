"""Files as text, with a fault and a line where they are not."""

from pathlib import Path

from .faults import Findings

LARGEST = 500_000


def read_text(path: Path, findings: Findings) -> str | None:
    """The text of a file, or None when it has none to give (which is then a fault)."""
    try:
        if path.stat().st_size > LARGEST:
            findings.add(1, "Filen är för stor. En modul är några sidor text.")
            return None
        written = path.read_bytes()
    except OSError:
        findings.add(1, "Filen finns inte eller går inte att läsa.")
        return None
    try:
        return written.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = written.count(b"\n", 0, error.start) + 1
        findings.add(line, "Filen är inte sparad som UTF-8. Spara om den med teckenkodningen UTF-8.")
        return None
