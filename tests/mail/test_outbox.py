"""What the outbox promises: each state, each way between them, and the pace."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import db
from app.mail import outbox, states
from app.mail.envelope import Envelope
from app.mail.faults import Deferred, Refused, Unclear
from app.models import Campaign, Credential, CredentialKind, Delivery, DeliveryKind, Enrolment, Organisation, Person
from tests.mail import post
from tests.world import NOW, World

PLANNED = (DeliveryKind.INVITATION, DeliveryKind.REMINDER)
HOUR = timedelta(hours=1)


class Server:
    """A way out that answers as it is told, each mail in turn, and keeps what it took."""

    def __init__(self, *answers: Exception) -> None:
        self.answers, self.taken = list(answers), list[bytes]()
        self.meanwhile: Callable[[], None] = lambda: None

    def send(self, envelope: Envelope) -> str:
        self.meanwhile()
        if self.answers:
            raise self.answers.pop(0)
        self.taken.append(envelope.as_bytes())
        return "250 tack"

    def is_ready(self) -> bool:
        return True

    def close(self) -> None:
        pass


@pytest.fixture
def server(app: Flask) -> Server:
    app.extensions["mail_transport"] = made = Server()
    return made


@pytest.mark.parametrize("kind", DeliveryKind)
def test_every_kind_of_mail_is_sent_once(world: World, server: Server, kind: DeliveryKind) -> None:
    if kind == DeliveryKind.REMINDER:
        _invited(world)
    mail = post.queue(world, kind)
    assert post.state(mail) == "queued"
    assert outbox.send_due(NOW) == 1
    assert outbox.send_due(NOW) == 0
    assert post.state(mail) == "accepted"
    assert post.read(mail).response == "250 tack"
    assert len(server.taken) == 1


def test_a_key_is_queued_once(world: World) -> None:
    post.queue(world, DeliveryKind.LINK, key="link:1")
    with db.writing():
        organisation = db.session.get_one(Organisation, world.sundby.id)
        again = outbox.queue(
            DeliveryKind.LINK, "link:1", organisation=organisation, address="a@sundby.example", language="sv", now=NOW
        )
        assert not again
        assert db.session.scalar(select(func.count()).select_from(Delivery)) == 1


def test_a_mail_is_not_sent_before_it_is_due(world: World, server: Server) -> None:
    mail = post.queue(world, DeliveryKind.INVITATION, due_at=NOW + timedelta(minutes=1))
    assert outbox.send_due(NOW) == 0
    assert outbox.send_due(NOW + timedelta(minutes=1)) == 1
    assert post.state(mail) == "accepted"


def test_planned_mail_waits_for_sending_hours(world: World, server: Server) -> None:
    _invited(world)
    mails = [post.queue(world, kind, module=2) for kind in PLANNED]
    for later in (timedelta(hours=3), timedelta(days=4), timedelta(days=51)):  # The evening, Saturday, Christmas Eve.
        assert outbox.send_due(NOW + later) == 0
    assert [post.state(mail) for mail in mails] == ["queued"] * 2


def test_mail_that_somebody_asked_for_goes_at_any_hour(world: World, server: Server) -> None:
    mail = post.queue(world, DeliveryKind.LINK)
    assert outbox.send_due(NOW + 10 * HOUR) == 1
    assert post.state(mail) == "accepted"


def _erased(world: World) -> None:
    post.change(Person, world.amina.id, erased_at=NOW, address=None, address_key=None)


def _new_address(world: World) -> None:
    post.change(Person, world.amina.id, address="ny.amina@sundby.example")


def _revoked(world: World) -> None:
    with db.writing():
        kinds = (Credential.person_id == world.amina.id, Credential.kind == CredentialKind.LINK)
        for credential in db.session.scalars(select(Credential).where(*kinds)):
            credential.revoked_at = NOW
        db.session.commit()


def _out_of_scope(world: World) -> None:
    post.change(Enrolment, world.enrolment.id, ended_at=NOW)


NO_LONGER: dict[str, Callable[[World], object]] = {
    "erased": _erased,
    "left": lambda world: post.change(Person, world.amina.id, left_at=NOW),
    "address-changed": _new_address,
    "paused": lambda world: post.change(Person, world.amina.id, paused_at=NOW),
    "campaign-closed": lambda world: post.change(Campaign, world.campaign.id, closed_at=NOW),
    "out-of-scope": _out_of_scope,
    "completed": lambda world: post.complete(world, 1, NOW),
    "link-ended": _revoked,
}


@pytest.mark.parametrize("reason", NO_LONGER)
def test_a_mail_that_nobody_needs_is_cancelled_with_its_reason(world: World, server: Server, reason: str) -> None:
    _invited(world)
    mails = [post.queue(world, kind, key=f"again:{kind}") for kind in PLANNED]
    NO_LONGER[reason](world)
    outbox.send_due(NOW)
    assert [(post.state(mail), post.read(mail).reason) for mail in mails] == [("cancelled", reason)] * 2
    assert server.taken == []


def test_the_plan_cancels_what_nobody_needs_without_claiming_it(world: World) -> None:
    mail = post.queue(world, DeliveryKind.INVITATION)
    post.change(Person, world.amina.id, paused_at=NOW)
    with db.writing():
        states.cancel_unneeded(NOW)
        db.session.commit()
    assert (post.state(mail), post.read(mail).reason) == ("cancelled", "paused")


def test_a_completion_that_was_a_mistake_does_not_cancel(world: World, server: Server) -> None:
    from app.models import Completion, How

    mail = post.queue(world, DeliveryKind.INVITATION)
    mistaken = post.complete(world, 1, NOW)
    with db.writing():
        fact = db.session.get_one(Completion, mistaken)
        db.session.add(
            Completion(
                person_id=fact.person_id, module_id=fact.module_id, revision_id=fact.revision_id, completed_at=NOW,
                completed_on=fact.completed_on, how=How.CORRECTION, corrects_id=fact.id, reason="fel person",
            )
        )  # fmt: skip
        db.session.commit()
    outbox.send_due(NOW)
    assert post.state(mail) == "accepted"


def test_an_asked_for_link_goes_to_one_who_has_paused(world: World, server: Server) -> None:
    mail = post.queue(world, DeliveryKind.LINK)
    post.change(Person, world.amina.id, paused_at=NOW)
    outbox.send_due(NOW)
    assert post.state(mail) == "accepted"


def test_a_late_reminder_expires_and_a_late_invitation_does_not(world: World, server: Server) -> None:
    _invited(world)
    late = NOW + timedelta(days=2)
    invitation = post.queue(world, DeliveryKind.INVITATION, module=2)
    reminder = post.queue(world, DeliveryKind.REMINDER, key="reminder", expires_at=late)
    outbox.send_due(late)
    assert (post.state(reminder), post.read(reminder).reason) == ("expired", "late")
    assert post.state(invitation) == "accepted"


def test_a_server_that_says_later_is_asked_again_at_growing_intervals(world: World, server: Server) -> None:
    mail = post.queue(world, DeliveryKind.LINK, expires_at=NOW + timedelta(days=9))
    server.answers = [Deferred("451 senare") for _ in range(8)]
    now, waits = NOW, []
    for _ in range(8):
        assert outbox.send_due(now) == 1
        assert (post.state(mail), post.read(mail).response) == ("queued", "451 senare")
        waits.append((post.read(mail).due_at - now) / timedelta(minutes=1))
        now = post.read(mail).due_at
    for wait, minutes in zip(waits, (5, 15, 30, 60, 120, 240, 240, 240), strict=True):
        assert 0.8 * minutes <= wait <= 1.2 * minutes + 0.1
    assert outbox.send_due(now) == 1
    assert post.state(mail) == "accepted"


def test_one_mail_sent_again_is_the_same_mail(world: World, server: Server) -> None:
    mail = post.queue(world, DeliveryKind.INVITATION)
    server.answers = [Unclear("ingen vet")]
    outbox.send_due(NOW)
    first = post.read(mail)
    outbox.send_due(first.due_at)
    again = post.read(mail)
    assert (again.message_id, again.dated_at) == (first.message_id, first.dated_at)
    assert len(server.taken) == 1


def test_a_server_that_is_away_gets_no_more_mails_in_that_round(world: World, server: Server) -> None:
    mails = [post.queue(world, DeliveryKind.LINK, key=f"link:{n}") for n in range(3)]
    server.answers = [Deferred("connection refused", reached=False)]
    assert outbox.send_due(NOW) == 0
    assert [post.state(mail) for mail in mails] == ["queued"] * 3
    assert [post.read(mail).attempts for mail in mails] == [1, 0, 0]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("550 5.1.1 No such user", "no-such-address"),
        ("550 5.4.1 Recipient address rejected", "no-such-address"),
        ("550 5.7.1 Policy", "refused"),
        ("554 " + "x" * 900, "refused"),
    ],
)
def test_a_refused_mail_has_failed_and_says_why(world: World, server: Server, text: str, reason: str) -> None:
    mail = post.queue(world, DeliveryKind.INVITATION)
    server.answers = [Refused(text)]
    outbox.send_due(NOW)
    assert (post.state(mail), post.read(mail).reason) == ("failed", reason)
    assert post.read(mail).response == text[:500]
    outbox.send_due(NOW + 3 * HOUR)
    assert server.taken == []


def test_an_uncertain_invitation_is_sent_once_more_and_never_a_third_time(world: World, server: Server) -> None:
    mail = post.queue(world, DeliveryKind.INVITATION)
    server.answers = [Unclear("dropped"), Unclear("dropped again")]
    outbox.send_due(NOW)
    assert (post.state(mail), post.read(mail).reason) == ("queued", "once-more")
    outbox.send_due(NOW + HOUR)
    assert post.state(mail) == "uncertain"
    assert outbox.send_due(NOW + timedelta(days=1)) == 0


@pytest.mark.parametrize("kind", [kind for kind in DeliveryKind if kind != DeliveryKind.INVITATION])
def test_an_uncertain_mail_of_another_kind_is_left(world: World, server: Server, kind: DeliveryKind) -> None:
    _invited(world)
    mail = post.queue(world, kind, key="other")
    server.answers = [Unclear("dropped")]
    outbox.send_due(NOW)
    assert post.state(mail) == "uncertain"
    assert outbox.send_due(NOW + HOUR / 4) == 0


def test_a_lease_that_runs_out_before_anything_was_sent_frees_the_mail(world: World, server: Server) -> None:
    mail = post.queue(world, DeliveryKind.INVITATION)
    assert _claim("a worker that dies") == [mail]
    assert post.state(mail) == "claimed"
    assert outbox.send_due(NOW) == 0
    assert outbox.send_due(NOW + states.CLAIM_LEASE) == 1
    assert post.state(mail) == "accepted"


@pytest.mark.parametrize("kind", PLANNED)
def test_a_worker_that_dies_while_sending_leaves_an_uncertain_mail(
    world: World, server: Server, kind: DeliveryKind
) -> None:
    _invited(world)
    mail = post.queue(world, kind, module=2)
    _claim("dying")
    with db.writing():
        assert states.mark(mail, "dying", NOW)
        db.session.commit()
    assert post.state(mail) == "sending"
    outbox.send_due(NOW + states.CLAIM_LEASE)
    assert post.state(mail) == "sending"
    outbox.send_due(NOW + states.SENDING_LEASE)
    assert post.state(mail) == ("queued" if kind == DeliveryKind.INVITATION else "uncertain")


def test_only_the_one_who_claimed_may_send(world: World) -> None:
    mail = post.queue(world, DeliveryKind.INVITATION)
    _claim("first")
    with db.writing():
        assert not states.mark(mail, "second", NOW)
        assert not states.drop_claimed(mail, "second", NOW)
        assert not states.mark(mail, "first", NOW + states.CLAIM_LEASE)
        assert states.mark(mail, "first", NOW)
        assert not states.mark(mail, "first", NOW)


def test_the_servers_word_stands_over_a_worker_that_gave_the_mail_up(world: World, server: Server) -> None:
    mail = post.queue(world, DeliveryKind.REMINDER)
    _invited(world)

    def somebody_else_heals() -> None:
        with db.writing():
            states.heal(NOW + states.SENDING_LEASE + HOUR)
            db.session.commit()
        assert post.state(mail) == "uncertain"

    server.meanwhile = somebody_else_heals
    outbox.send_due(NOW)
    assert post.state(mail) == "accepted"


def test_nothing_holds_the_database_while_a_mail_is_sent(world: World, server: Server) -> None:
    mail = post.queue(world, DeliveryKind.INVITATION)
    server.meanwhile = lambda: post.change(Person, world.jonas.id, name="Jonas Berg")
    outbox.send_due(NOW)
    assert post.state(mail) == "accepted"


def test_a_pace_is_kept_a_minute_at_a_time(world: World, server: Server) -> None:
    post.change(Organisation, world.sundby.id, sends_per_minute=3)
    mails = [post.queue(world, DeliveryKind.INVITATION, key=f"m:{n}") for n in range(5)]
    assert outbox.send_due(NOW) == 3
    assert outbox.send_due(NOW + timedelta(seconds=30)) == 0
    asked = post.queue(world, DeliveryKind.LINK)
    assert outbox.send_due(NOW + timedelta(seconds=31)) == 1, "what somebody waits for does not wait for the pace"
    assert post.state(asked) == "accepted"
    assert outbox.send_due(NOW + timedelta(minutes=2)) == 2
    assert {post.state(mail) for mail in mails} == {"accepted"}


def test_a_large_organisation_does_not_starve_a_small_one(world: World, server: Server) -> None:
    for n in range(20):
        post.queue(world, DeliveryKind.INVITATION, key=f"m:{n}")
    small = post.queue(world, DeliveryKind.INVITATION, key="small", due_at=NOW)
    post.change(Delivery, small, organisation_id=world.norrby.id)
    outbox.send_due(NOW, most=4)
    assert post.state(small) == "accepted"


def test_a_worker_told_to_stop_finishes_its_mail_and_gives_the_rest_back(world: World, server: Server) -> None:
    mails = [post.queue(world, DeliveryKind.LINK, key=f"link:{n}") for n in range(3)]
    assert outbox.send_due(NOW, stopping=lambda: len(server.taken) == 1) == 1
    assert [post.state(mail) for mail in mails] == ["accepted", "queued", "queued"]


def test_a_mail_that_cannot_be_written_does_not_stop_the_others(world: World, server: Server) -> None:
    broken = post.queue(world, DeliveryKind.LINK, key="1", address="a@sundby.example\r\nBcc: b@sundby.example")
    whole = post.queue(world, DeliveryKind.LINK, key="2")
    assert outbox.send_due(NOW) == 2
    assert (post.state(broken), post.read(broken).reason) == ("failed", "unwritable")
    assert post.state(whole) == "accepted"


def test_no_more_than_five_statements_a_mail(world: World, server: Server, queries: list[str]) -> None:
    for n in range(6):
        post.queue(world, DeliveryKind.LINK, key=f"link:{n}")
    queries.clear()
    outbox.send_due(NOW)
    assert len(queries) <= 10 + 6 * 5


def test_the_mailbox_gets_one_file_a_mail(world: World, app: Flask) -> None:
    mail = post.queue(world, DeliveryKind.INVITATION)
    outbox.send_due(NOW)
    files = list(Path(app.config["MAILBOX"]).iterdir())
    assert [file.suffix for file in files] == [".eml"]
    assert files[0].stem.endswith(f"-{mail}")


def _claim(worker: str) -> list[int]:
    with db.writing():
        taken = states.claim(Delivery.id > 0, 10, worker, NOW)
        db.session.commit()
    return taken


def _invited(world: World) -> None:
    """Amina has had the invitation to her first module."""
    mail = post.queue(world, DeliveryKind.INVITATION, key="the first", due_at=NOW - timedelta(days=3))
    post.change(Delivery, mail, accepted_at=NOW - timedelta(days=3), sending_at=NOW, dated_at=NOW)
