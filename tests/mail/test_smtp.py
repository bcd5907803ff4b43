"""Sending by SMTP, against a real server on this machine that answers as it is told."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session
from flask import Flask

from app.mail import envelope, outbox, smtp
from app.mail.faults import Deferred, Refused, Unclear
from app.models import DeliveryKind
from tests.harness import databases
from tests.mail import post
from tests.mail.test_envelope import write
from tests.world import NOW, World

# A key for tests only: nothing trusts it, and that is what it is for.
CERTIFICATE = Path(__file__).parent / "self-signed.pem"


@pytest.fixture
def database_url(servers: dict[str, databases.Databases]) -> Iterator[str]:
    """One kind of database is enough here."""
    with servers["sqlite"].copy("migrated") as url:
        yield url


class Sink:
    """Takes mail; `recipient` and `data` are what it says, once they are set."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.connections: set[Any] = set()
        self.recipient, self.data = "250 OK", "250 tack 42"

    async def handle_RCPT(self, server: Any, session: Session, mail: Envelope, address: str, _options: Any) -> str:
        self.connections.add(session.peer)
        if self.recipient.startswith("250"):
            mail.rcpt_tos.append(address)
        return self.recipient

    async def handle_DATA(self, server: Any, session: Session, mail: Envelope) -> str:
        if self.data.startswith("250"):
            assert isinstance(mail.content, bytes)
            self.taken.append(mail.content)
        return self.data


@contextmanager
def listening(handler: Any, **more: Any) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    controller = Controller(handler, hostname="127.0.0.1", port=port, **more)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


@contextmanager
def raw_server(script: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server of few words: `script` gets each connection, after the greeting."""
    stop = Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)

        def serve() -> None:
            while not stop.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                with connection:
                    connection.settimeout(5)
                    connection.sendall(b"220 hej\r\n")
                    script(connection)

        thread = Thread(target=serve)
        thread.start()
        try:
            yield int(server.getsockname()[1])
        finally:
            stop.set()
            thread.join()


def converse(connection: socket.socket, *, until: bytes) -> None:
    """Say yes to everything until a line begins with `until`, which is left unanswered."""
    with connection.makefile("rb") as lines:
        for line in lines:
            if line.upper().startswith(until):
                return
            connection.sendall(b"354 ja\r\n" if line.upper().startswith(b"DATA") else b"250 ja\r\n")
            if line.upper().startswith(b"DATA"):
                for body in lines:
                    if body == until + b"\r\n":
                        return


def sender(app: Flask, port: int, **more: Any) -> smtp.Smtp:
    app.config.update({"MAIL_SERVER": "127.0.0.1", "MAIL_PORT": port, "MAIL_USE_TLS": False, "MAIL_USE_SSL": False} | more)
    app.extensions["mail_transport"] = made = smtp.Smtp(app)
    return made


@pytest.fixture
def mail(world: World) -> envelope.Envelope:
    from sqlalchemy.orm import joinedload

    from app import db
    from app.models import Delivery

    delivery = post.queue(world, DeliveryKind.INVITATION)
    write(delivery)
    with db.reading():
        row = db.session.get_one(Delivery, delivery, options=[joinedload(each) for each in envelope.NEEDS])
    return envelope.of(row)


def test_what_arrives_is_what_was_written_and_the_answer_is_kept(app: Flask, world: World) -> None:
    sink = Sink()
    delivery = post.queue(world, DeliveryKind.INVITATION)
    with listening(sink) as port:
        way_out = sender(app, port)
        assert outbox.send_due(NOW) == 1
        way_out.close()
    assert post.state(delivery) == "accepted"
    assert post.read(delivery).response == "250 tack 42"
    assert sink.taken == [write(delivery)]


def test_one_connection_carries_many_mails(app: Flask, world: World) -> None:
    sink = Sink()
    for number in range(5):
        post.queue(world, DeliveryKind.LINK, key=f"link:{number}")
    with listening(sink) as port:
        way_out = sender(app, port)
        outbox.send_due(NOW)
        way_out.close()
    assert (len(sink.taken), len(sink.connections)) == (5, 1)


def test_a_connection_is_not_worn_out(app: Flask, mail: envelope.Envelope, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "MOST_MAILS", 2)
    sink = Sink()
    with listening(sink) as port:
        way_out = sender(app, port)
        for _ in range(5):
            way_out.send(mail)
        way_out.close()
    assert (len(sink.taken), len(sink.connections)) == (5, 3)


def test_a_connection_that_the_server_has_closed_is_opened_again(
    app: Flask, mail: envelope.Envelope, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "FRESH_S", -1)
    sink = Sink()
    with listening(sink) as port:
        way_out = sender(app, port)
        way_out.send(mail)
        assert way_out._connection
        assert way_out._connection.host
        assert way_out._connection.host.sock
        way_out._connection.host.sock.shutdown(socket.SHUT_RDWR)
        way_out.send(mail)
        way_out.close()
    assert len(sink.taken) == 2


@pytest.mark.parametrize("where", ["recipient", "data"])
@pytest.mark.parametrize(
    ("answer", "state", "reason"),
    [
        ("451 4.7.1 senare", "queued", None),
        ("452 4.2.2 fullt", "queued", None),
        ("550 5.1.1 finns inte", "failed", "no-such-address"),
        ("554 5.7.1 nej", "failed", "refused"),
    ],
)
def test_the_servers_no_is_later_or_never(
    app: Flask, world: World, where: str, answer: str, state: str, reason: str | None
) -> None:
    sink = Sink()
    setattr(sink, where, answer)
    delivery = post.queue(world, DeliveryKind.INVITATION)
    with listening(sink) as port:
        way_out = sender(app, port)
        assert outbox.send_due(NOW) == 1
        way_out.close()
    assert (post.state(delivery), post.read(delivery).reason) == (state, reason)
    assert post.read(delivery).response == answer


def test_a_no_to_one_recipient_does_not_cost_the_connection(app: Flask, mail: envelope.Envelope) -> None:
    sink = Sink()
    with listening(sink) as port:
        way_out = sender(app, port)
        sink.recipient = "550 5.1.1 finns inte"
        with pytest.raises(Refused):
            way_out.send(mail)
        sink.recipient = "250 OK"
        way_out.send(mail)
        way_out.close()
    assert len(sink.connections) == 1


@pytest.mark.parametrize("until", [b"MAIL", b"RCPT", b"DATA"])
def test_a_connection_that_drops_before_the_dot_is_tried_again(
    app: Flask, mail: envelope.Envelope, until: bytes
) -> None:
    with raw_server(lambda connection: converse(connection, until=until)) as port, pytest.raises(Deferred) as caught:
        sender(app, port).send(mail)
    assert not caught.value.reached


def test_a_connection_that_drops_after_the_dot_is_unclear(app: Flask, mail: envelope.Envelope) -> None:
    with raw_server(lambda connection: converse(connection, until=b".")) as port, pytest.raises(Unclear):
        sender(app, port).send(mail)


def test_a_server_that_never_answers_the_dot_is_unclear(
    app: Flask, mail: envelope.Envelope, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "FINAL_DOT_S", 0.2)
    done = Event()

    def silent(connection: socket.socket) -> None:
        converse(connection, until=b".")
        done.wait(5)

    with raw_server(silent) as port:
        with pytest.raises(Unclear):
            sender(app, port).send(mail)
        done.set()


def test_a_server_that_is_not_there_puts_the_mail_back(app: Flask, world: World) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    delivery = post.queue(world, DeliveryKind.INVITATION)
    sender(app, port)
    assert outbox.send_due(NOW) == 0
    assert post.state(delivery) == "queued"


def test_a_server_that_is_not_there_is_left_alone_for_a_while(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    mails = [post.queue(world, DeliveryKind.LINK, key=f"link:{number}") for number in range(3)]
    way_out = sender(app, port)
    for _ in range(3):
        outbox.send_due(NOW)
    assert [post.read(mail).attempts for mail in mails] == [1, 0, 0]
    assert not way_out.is_ready()
    monkeypatch.setattr(smtp, "monotonic", lambda: way_out._away_until)
    outbox.send_due(NOW)
    assert [post.read(mail).attempts for mail in mails] == [1, 1, 0]


def _context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


def test_a_certificate_that_nobody_vouches_for_is_refused(app: Flask, mail: envelope.Envelope) -> None:
    sink = Sink()
    with listening(sink, tls_context=_context()) as port, pytest.raises(Deferred, match="CERTIFICATE_VERIFY_FAILED"):
        sender(app, port, MAIL_USE_TLS=True, MAIL_SERVER="localhost").send(mail)
    assert sink.taken == []


def test_a_certificate_that_is_vouched_for_is_used(
    app: Flask, mail: envelope.Envelope, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    sink = Sink()
    with listening(sink, tls_context=_context(), require_starttls=True) as port:
        way_out = sender(app, port, MAIL_USE_TLS=True, MAIL_SERVER="localhost")
        way_out.send(mail)
        way_out.close()
    assert len(sink.taken) == 1


def test_a_server_without_encryption_is_not_used_when_it_is_asked_for(app: Flask, mail: envelope.Envelope) -> None:
    sink = Sink()
    with listening(sink) as port, pytest.raises(Deferred, match="STARTTLS"):
        sender(app, port, MAIL_USE_TLS=True).send(mail)
    assert sink.taken == []


def test_a_wrong_password_puts_the_mail_back(
    app: Flask, mail: envelope.Envelope, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))

    def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: LoginPassword) -> AuthResult:
        return AuthResult(success=data.password == b"hemligt", handled=False)

    sink = Sink()
    asked = {"MAIL_USE_TLS": True, "MAIL_SERVER": "localhost", "MAIL_USERNAME": "vi"}
    with listening(sink, tls_context=_context(), authenticator=check, auth_required=True) as port:
        with pytest.raises(Deferred, match=r"^535"):
            sender(app, port, MAIL_PASSWORD="fel", **asked).send(mail)
        way_out = sender(app, port, MAIL_PASSWORD="hemligt", **asked)
        way_out.send(mail)
        way_out.close()
    assert len(sink.taken) == 1


def test_a_line_that_begins_with_a_dot_arrives_whole() -> None:
    assert smtp._stuffed(b".a\r\n..b\r\nc.\r\n") == b"..a\r\n...b\r\nc.\r\n"
    assert smtp._stuffed(b"utan slut") == b"utan slut\r\n"
