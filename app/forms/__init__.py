"""What may be asked: the base of every form, and fields whose faults are sentences that say how to go on."""

from __future__ import annotations

import unicodedata
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import EmailField, RadioField
from wtforms.validators import StopValidation, ValidationError

from app.models.types import address_key

LONGEST = 200
"""Characters in one line of text, as the database keeps it."""
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode categories that nobody types: NUL, newlines, other controls, marks that turn the direction of the text."""


class Form(FlaskForm):  # type: ignore[misc]
    """A form of ours. Macros in components.html tie each field's label, hint and error together."""


def tidy(text: str | None) -> str | None:
    """The text in one form (NFC), without blanks around it."""
    return text and unicodedata.normalize("NFC", text).strip()


def shown(text: str) -> str:
    """The text without what cannot be seen."""
    return "".join(character for character in text if unicodedata.category(character) not in HIDDEN)


def one_line(_form: Form, field: Any) -> None:
    """One line of text that can be seen. What cannot be kept is taken away, and the sentence says so."""
    typed = field.data or ""
    field.data = shown(typed)[:LONGEST]
    if len(typed) > LONGEST:
        raise StopValidation(_("Texten är för lång. Skriv högst %(most)s tecken.", most=LONGEST))
    if field.data != typed:
        raise StopValidation(
            _("Det fanns radbrytningar eller dolda tecken i texten. Se efter att den stämmer och skicka igen.")
        )


def mail_address(_form: Form, field: Any) -> None:
    """An address that can be mailed to, written as email-validator writes it."""
    if not field.data:
        raise StopValidation(_("Skriv din mejladress."))
    if "@" not in field.data:
        raise StopValidation(_("Skriv en adress med @ i."))
    try:
        field.data = validate_email(field.data, check_deliverability=False).normalized
    except EmailNotValidError:
        raise StopValidation(_("Adressen går inte att mejla till. Skriv den som namn@kommunen.se.")) from None
    if max(len(field.data), len(address_key(field.data))) > LONGEST:
        raise StopValidation(_("Adressen är för lång. Skriv högst %(most)s tecken.", most=LONGEST))


class AddressField(EmailField):  # type: ignore[misc]
    """A mail address. After validation `data` is the address to keep."""

    def __init__(self, label: Any = None, **more: Any) -> None:
        more["render_kw"] = {"autocomplete": "email", "spellcheck": "false"} | more.get("render_kw", {})
        super().__init__(label or lazy_gettext("Mejladress"), [one_line, mail_address], filters=[tidy], **more)


class Choices(RadioField):  # type: ignore[misc]
    """Radios, of which one must be chosen and nothing is chosen beforehand. Values are text."""

    def __init__(self, label: Any = None, *, missing: Any = None, **more: Any) -> None:
        self.missing = missing or lazy_gettext("Välj ett av alternativen.")
        super().__init__(label, **more)

    def pre_validate(self, form: Form) -> None:
        if self.data not in {value for value, *_rest in self.choices}:
            raise ValidationError(str(self.missing))
