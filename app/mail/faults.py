"""What may become of a mail instead of being accepted."""

from __future__ import annotations

import re

BAD_ADDRESS = re.compile(r"5\d\d[ -]+(5\.1\.\d+|5\.4\.1)\b")
"""What servers say of an address that is not there; the last is Microsoft's."""


class Deferred(Exception):
    """Not now; nothing has left the house. `reached` is False where there was no server to talk to."""

    def __init__(self, text: str, *, reached: bool = True) -> None:
        super().__init__(text)
        self.reached = reached


class Refused(Exception):
    """Never: the server's 5xx."""

    @property
    def no_such_address(self) -> bool:
        return BAD_ADDRESS.match(str(self)) is not None


class Unclear(Exception):
    """The mail went, and no answer came: nobody knows whether it arrived."""
