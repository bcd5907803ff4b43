"""A sentence instead of a traceback: what a command cannot do, it says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click


@contextmanager
def refusing() -> Iterator[None]:
    """A ValueError from the work becomes the command's message, with exit status 1."""
    try:
        yield
    except ValueError as error:
        raise click.ClickException(str(error)) from None
