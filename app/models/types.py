"""Shared column types: closed sets as checked text, and the one way an address becomes a key."""

import unicodedata
from enum import StrEnum
from typing import Any

from sqlalchemy import Enum
from sqlalchemy.orm import MappedColumn, mapped_column


def closed_set(kind: type[StrEnum], **more: Any) -> MappedColumn[Any]:
    """A column that holds one of the values of `kind`, as text with a CHECK on every database."""
    return mapped_column(
        Enum(
            kind,
            native_enum=False,
            create_constraint=True,
            name=kind.__name__.lower(),
            length=20,
            values_callable=lambda members: [member.value for member in members],
        ),
        **more,
    )


def address_key(address: str) -> str:
    """The one form in which addresses are compared: NFKC and case-folded, so that U+212A is a `k` everywhere.

    The domain is only put in small letters: `straße.se` and `strasse.se` are two domains, with two owners.
    """
    local, at, domain = unicodedata.normalize("NFKC", address.strip()).rpartition("@")
    return unicodedata.normalize("NFKC", local.casefold() + at + domain.lower())
