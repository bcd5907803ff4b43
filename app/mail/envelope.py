"""The bytes of a mail, written directly: the words, quoted-printable, and headers that nothing can be smuggled into."""

from __future__ import annotations

import re
from base64 import encodebytes
from binascii import b2a_qp
from email.header import Header
from email.utils import format_datetime, formataddr
from hashlib import sha256

from email_validator import validate_email
from flask import current_app, render_template
from flask_babel import force_locale
from flask_mail import Message
from sqlalchemy.orm import QueryableAttribute

from app.languages import LOCALES
from app.mail import letters
from app.models import Delivery

NEEDS: tuple[QueryableAttribute[object], ...] = (
    Delivery.organisation, Delivery.person, Delivery.module, Delivery.revision, Delivery.credential, Delivery.request,
)  # fmt: skip
"""What must be loaded with a delivery before its mail can be written without a session."""

LINE, FOLD = 70, "\r\n"
FIXED = {
    "Auto-Submitted": "auto-generated",
    # Never "All": it includes NDR, and would silence bounces.
    "X-Auto-Response-Suppress": "OOF, AutoReply, RN, NRN, DR",
    "MIME-Version": "1.0",
}


class Envelope(Message):
    """Flask-Mail's message, with bytes of our own: one Message-ID, no line over 78, the same when made again."""

    def __init__(self, delivery: Delivery, language: str, subject: str, text: str, html: str) -> None:
        assert delivery.dated_at is not None, "a mail is dated when it is marked as sending"
        # Flask-Mail's own `__init__` would make a Message-ID by asking the name server who we are, once a mail.
        self.delivery_id, self.language, self.dated_at = delivery.id, language, delivery.dated_at
        self.sender_name = _one_line(delivery.organisation.name)
        self.sender = self.sender_address = _mailable(current_app.config["MAIL_DEFAULT_SENDER"])
        self.recipients = [_mailable(delivery.address)]
        self.subject, self.body, self.alts = _one_line(subject), text, {"html": html}
        self.date, self.msgId = delivery.dated_at.timestamp(), delivery.message_id
        self.cc, self.bcc, self.reply_to = [], [], None
        self.charset, self.extra_headers, self.attachments = "utf-8", None, []
        self.mail_options, self.rcpt_options = [], []

    def as_bytes(self) -> bytes:
        boundary = sha256(self.msgId.encode()).hexdigest()[:24]
        content = f'multipart/alternative; boundary="{boundary}"'
        head = "".join(f"{name}: {value}\r\n" for name, value in (self._headers() | {"Content-Type": content}).items())
        parts = (_part("plain", self.body or ""), _part("html", self.html or ""))
        body = b"".join(b"--%s\r\n%s" % (boundary.encode(), part) for part in parts)
        return head.encode("ascii") + b"\r\n" + body + b"--%s--\r\n" % boundary.encode()

    def as_string(self) -> str:
        return self.as_bytes().decode("ascii")

    def _headers(self) -> dict[str, str]:
        return {
            "From": _sender(self.sender_name, self.sender_address),
            "To": str(self.recipients[0]),
            "Subject": _words("Subject", self.subject),
            "Date": format_datetime(self.dated_at),
            "Message-ID": self.msgId,
            "Content-Language": self.language,
            **FIXED,
        }


def of(delivery: Delivery) -> Envelope:
    """The delivery's mail, which is the same each time it is made. Raises ValueError for an address nobody can mail."""
    language = letters.language(delivery)
    with force_locale(LOCALES[language]):
        folder, context = letters.letter(delivery)
        subject, text, html = (
            render_template(f"email/{folder}/{part}", language=language, **context)
            for part in ("subject.txt", "body.txt", "body.html")
        )
    return Envelope(delivery, language, subject, re.sub(r"\n{3,}", "\n\n", text.strip()) + "\n", html)


def _part(subtype: str, text: str) -> bytes:
    """Quoted-printable, or base64 where that is shorter: a letter of Arabic would take six characters."""
    printable = b2a_qp(text.encode(), istext=True).replace(b"\n", b"\r\n")
    base = encodebytes(text.replace("\n", "\r\n").encode()).replace(b"\n", b"\r\n")
    encoding, body = min(("quoted-printable", printable), ("base64", base), key=lambda each: len(each[1]))
    head = f"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return head.encode() + body + (b"" if body.endswith(b"\r\n") else b"\r\n")


def _sender(name: str, address: str) -> str:
    """A name that is short and plain is quoted as it is; any other is written in RFC 2047's words."""
    plain = formataddr((name, address))
    if name.isascii() and len(plain) <= LINE:
        return plain
    return f"{Header(name, 'utf-8', header_name='From', maxlinelen=LINE).encode(linesep=FOLD)}{FOLD} <{address}>"


def _words(header: str, text: str) -> str:
    """The text, folded; in RFC 2047's words where it must be, or where it could not be folded otherwise."""
    charset = "us-ascii" if text.isascii() and len(text) <= LINE - len(header) else "utf-8"
    return Header(text, charset, header_name=header, maxlinelen=LINE).encode(linesep=FOLD)


def _one_line(text: str) -> str:
    """Without anything that could end a header: every white space and control becomes a space."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _mailable(address: str) -> str:
    """The address as SMTP takes it, its domain in ASCII: as IDNA 2008 has it, to which `straße` is not `strasse`."""
    local, at, domain = address.rpartition("@")
    if not (local and at and domain) or not local.isascii():
        raise ValueError("an address that cannot be mailed")
    if any(not char.isprintable() or char in ' <>,;:"()[]\\' for char in address):
        raise ValueError("an address with a character that does not belong there")
    if domain.isascii():
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    return f"{local}@{validate_email(address, check_deliverability=False).ascii_domain}"
