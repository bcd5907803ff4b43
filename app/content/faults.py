"""What is wrong in a course text, said to its author: where, what, and what to do."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend. A warning does not stop a course from being published."""

    path: str
    line: int
    what: str
    warning: bool = False

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}"


class Broken(Exception):
    """A text that cannot be used, with every fault in it and not only the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


@dataclass(slots=True)
class Findings:
    """Collects the faults of one file while it is read."""

    path: str
    faults: list[Fault] = field(default_factory=list)

    def add(self, line: int, what: str, *, warning: bool = False) -> None:
        self.faults.append(Fault(self.path, line, what, warning))

    def in_order(self) -> list[Fault]:
        """Each fault once, from the top of the file down."""
        return sorted(dict.fromkeys(self.faults), key=lambda fault: fault.line)


def errors(faults: Iterable[Fault]) -> list[Fault]:
    """Only what must be mended before the text can be used."""
    return [fault for fault in faults if not fault.warning]


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like this one. Long words are cut: comparing them takes quadratic time."""
    close = difflib.get_close_matches(word[:40].lower(), list(known), n=1, cutoff=0.6)
    return close[0] if close else None


def meant(word: str, known: Iterable[str]) -> str:
    """A sentence that offers the nearest known word, or a few when none is near."""
    # Each comparison takes time, and a list that fills the screen helps nobody.
    known = list(known)[:40]
    close = nearest(word, known)
    return f"Menade du ”{close}”?" if close else f"Det finns: {', '.join(known[:12]) or 'inget än'}."


def short(text: str) -> str:
    """Something of the author's, quoted in a fault without filling the screen."""
    return text if len(text) <= 40 else text[:39] + "…"
