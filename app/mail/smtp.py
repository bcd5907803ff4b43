"""Sending by SMTP: certificates checked, every wait limited, and the moment of the final dot known."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from time import monotonic
from typing import Any

from flask import Flask
from flask_mail import Connection, Mail

from app.mail.envelope import Envelope
from app.mail.faults import Deferred, Refused, Unclear

CONNECT_S, COMMAND_S, FINAL_DOT_S = 10, 60, 600
AWAY_S = 30
"""How long we leave a server alone that did not answer."""
MOST_MAILS, LONGEST_S, FRESH_S = 100, 300, 5
"""A connection is used for so many mails and seconds; after a pause of FRESH_S we first ask whether it is there."""


class _KnowsTheDot(smtplib.SMTP):
    """Remembers whether the final dot has been sent: until then nothing has left, after it nobody knows."""

    past_dot = False
    reply = ""

    def data(self, msg: Any) -> tuple[int, bytes]:
        self.past_dot = False
        code, text = self.docmd("DATA")
        if code == 354:
            self.send(_stuffed(msg))
            code, text = self._finish()
        if code != 250:
            raise smtplib.SMTPDataError(code, text)
        self.reply = _said(code, text)
        return code, text

    def _finish(self) -> tuple[int, bytes]:
        assert self.sock is not None, "the server has just answered"
        self.past_dot = True
        self.sock.settimeout(FINAL_DOT_S)
        self.send(b".\r\n")
        answer = self.getreply()
        self.past_dot = False
        self.sock.settimeout(COMMAND_S)
        return answer


class _Encrypted(_KnowsTheDot, smtplib.SMTP_SSL):
    pass


class _Connection(Connection):
    """Flask-Mail's, with the certificate checked and a limit to every wait."""

    host: _KnowsTheDot | None

    def configure_host(self) -> _KnowsTheDot:
        context = ssl.create_default_context()
        server, port = self.mail.server, self.mail.port or 0
        host: _KnowsTheDot
        if self.mail.use_ssl:
            host = _Encrypted(server, port, timeout=CONNECT_S, context=context)
        else:
            host = _KnowsTheDot(server, port, timeout=CONNECT_S)
        try:
            self._greet(host, context)
        except BaseException:
            host.close()
            raise
        return host

    def _greet(self, host: _KnowsTheDot, context: ssl.SSLContext) -> None:
        assert host.sock is not None, "it is connected when it is made"
        host.sock.settimeout(COMMAND_S)
        if self.mail.use_tls and not self.mail.use_ssl:
            host.starttls(context=context)
        if self.mail.username and self.mail.password:
            host.login(self.mail.username, self.mail.password)


class Smtp:
    """One connection, kept while it is young and well."""

    def __init__(self, app: Flask) -> None:
        app.config.setdefault("MAIL_SUPPRESS_SEND", False)
        self._mail = Mail(app)
        self._connection: _Connection | None = None
        self._opened, self._used, self._sent, self._away_until = 0.0, 0.0, 0, 0.0

    def send(self, envelope: Envelope) -> str:
        """The server's words of acceptance. Raises Deferred, Refused or Unclear."""
        connection = self._open()
        assert connection.host is not None, "it is open"
        try:
            connection.send(envelope)
        except (smtplib.SMTPException, OSError) as error:
            past_dot = connection.host.past_dot
            if not isinstance(error, smtplib.SMTPRecipientsRefused):
                self._drop()
            raise _sorted_out(error, past_dot) from error
        self._sent += 1
        self._used = monotonic()
        return connection.host.reply

    def is_ready(self) -> bool:
        return monotonic() >= self._away_until

    def close(self) -> None:
        if self._connection and self._connection.host:
            with suppress(smtplib.SMTPException, OSError):
                self._connection.host.quit()
        self._drop()

    def _open(self) -> _Connection:
        worn = self._sent >= MOST_MAILS or monotonic() - self._opened > LONGEST_S
        if self._connection and self._connection.host and (worn or not self._is_there(self._connection.host)):
            self.close()
        if self._connection is None:
            made = _Connection(self._mail)
            try:
                made.host = made.configure_host()
            except (smtplib.SMTPException, OSError) as error:
                self._away_until = monotonic() + AWAY_S
                raise Deferred(_words(error), reached=False) from error
            self._connection, self._sent = made, 0
            self._opened = self._used = monotonic()
        return self._connection

    def _is_there(self, host: smtplib.SMTP) -> bool:
        if monotonic() - self._used < FRESH_S:
            return True
        try:
            return host.noop()[0] == 250
        except (smtplib.SMTPException, OSError):
            return False

    def _drop(self) -> None:
        if self._connection and self._connection.host:
            self._connection.host.close()
        self._connection = None


def _sorted_out(error: Exception, past_dot: bool) -> Exception:
    """What an error says of the mail."""
    if past_dot:
        return Unclear(_words(error))
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _answered(*next(iter(error.recipients.values())))
    if isinstance(error, smtplib.SMTPResponseException):
        return _answered(error.smtp_code, error.smtp_error)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Refused(_words(error))
    return Deferred(_words(error), reached=False)


def _answered(code: int, text: bytes | str) -> Exception:
    """421 is a server that closes the door to all."""
    return Refused(_said(code, text)) if 500 <= code < 600 else Deferred(_said(code, text), reached=code != 421)


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _said(error.smtp_code, error.smtp_error)
    return f"{type(error).__name__}: {error}"


def _said(code: int, text: bytes | str) -> str:
    return f"{code} {text.decode('utf-8', 'replace') if isinstance(text, bytes) else text}"


def _stuffed(message: bytes) -> bytes:
    """The message as DATA carries it: a line that begins with a dot gets one more, and the last line ends."""
    stuffed = (b"\r\n" + message).replace(b"\r\n.", b"\r\n..")[2:]
    return stuffed if stuffed.endswith(b"\r\n") else stuffed + b"\r\n"
