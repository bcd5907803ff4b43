"""What an organisation may set of the pages' look: its colour, its logo; and whom to ask about one's data."""

from __future__ import annotations

from hashlib import sha256

from flask_babel import gettext as _

from app import colour, logos, plain
from app.models import Logo, Organisation


def choose_colour(organisation: Organisation, given: str) -> None:
    """Its one colour; empty text gives our own back. Raises ValueError with a sentence."""
    organisation.brand = colour.read(given) if given.strip() else None


def show_logo(organisation: Organisation, given: bytes) -> None:
    """The logo on its pages, once it is cleaned; no bytes take it down. Raises ValueError with a sentence."""
    if not given:
        organisation.logo = None
        return
    picture = logos.read(given)
    logo = organisation.logo or Logo(organisation_id=organisation.id)
    logo.content, logo.media_type = picture.content, picture.media_type
    logo.width, logo.height = picture.width, picture.height
    logo.digest = sha256(picture.content).hexdigest()[:32]
    organisation.logo = logo


def name_officer(organisation: Organisation, given: str) -> None:
    """Where the data protection officer is reached; empty text takes it back. Raises ValueError with a sentence."""
    try:
        organisation.data_protection = plain.address(given) if given.strip() else None
    except ValueError:
        raise ValueError(_("Adressen går inte att mejla till. Skriv den som dataskydd@kommunen.se.")) from None
