"""What has had its time is gone, and what has not is left."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, make_url, select

from app import db, guards, people, pruning
from app.models import (
    About,
    AccessibilityReport,
    Answer,
    AskedFor,
    Credential,
    Delivery,
    DeliveryKind,
    LinkRequest,
    Look,
    Person,
    PersonRequest,
    RateCount,
)
from app.models.credential import REGISTRATION_LIFE
from tests.mail import post
from tests.world import NOW, TODAY, World

WEEK = REGISTRATION_LIFE
SECOND = timedelta(seconds=1)


def prune(now: object = NOW) -> dict[str, int]:
    assert hasattr(now, "timestamp")
    with db.writing():
        found = pruning.prune(now)
        db.session.commit()
    return {name: count for name, count in found.items() if count}


def count(model: type[db.Model]) -> int:
    with db.reading():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_registration_that_nobody_confirmed_is_gone_after_a_week_with_its_mail(world: World) -> None:
    post.queue(world, DeliveryKind.CONFIRM)
    assert prune(NOW + WEEK - SECOND) == {}
    assert prune(NOW + WEEK) == {"requests": 1}
    assert (count(LinkRequest), count(Delivery)) == (0, 0)


def test_a_sign_in_link_is_gone_when_it_has_ended_and_a_personal_link_is_not(world: World) -> None:
    personal = count(Credential)
    post.queue(world, DeliveryKind.SIGN_IN)
    post.queue(world, DeliveryKind.LINK)
    assert prune(NOW) == {}
    assert prune(NOW + timedelta(days=2)) == {"sign-ins": 1}
    assert count(Credential) == personal
    with db.reading():
        assert db.session.scalars(select(Delivery.kind)).all() == [DeliveryKind.LINK]


def test_a_confirmation_that_has_ended_is_gone_with_its_mail(world: World) -> None:
    post.queue(world, DeliveryKind.CONFIRMATION)
    assert prune(NOW) == {}
    assert prune(NOW + timedelta(days=2)) == {"sign-ins": 1}
    assert count(Delivery) == 0


def test_who_looked_and_what_was_answered_is_gone_after_two_years_and_what_waits_is_not(world: World) -> None:
    people = (world.amina.id, world.jonas.id)
    with db.writing():
        db.session.add(Look(person_id=people[0], by_person_id=world.asa.id, page="hr.waiting", looked_at=NOW))
        db.session.add_all(PersonRequest(person_id=each, asked_for=AskedFor.LEFT, asked_at=NOW) for each in people)
        db.session.flush()
        done = db.session.scalars(select(PersonRequest).where(PersonRequest.person_id == people[0])).one()
        done.answer, done.answered_at = Answer.DONE, NOW
        db.session.commit()
    assert prune(NOW + pruning.LOOK_KEPT - SECOND) == {}
    assert prune(NOW + pruning.LOOK_KEPT) == {"looks": 1, "answered": 1}
    assert (count(Look), count(PersonRequest)) == (0, 1)


def test_a_count_whose_window_is_over_is_gone(world: World) -> None:
    with db.writing():
        guards.within([guards.Limit("a", "b", 5, timedelta(hours=1))], NOW)
        db.session.commit()
    assert prune(NOW + timedelta(minutes=59)) == {}
    assert prune(NOW + timedelta(hours=1)) == {"rate counts": 1}
    assert count(RateCount) == 0


def test_an_old_mail_forgets_its_address_and_stays_counted(world: World) -> None:
    mail = post.queue(world, DeliveryKind.INVITATION)
    post.change(Delivery, mail, accepted_at=NOW, response="250 amina@sundby.example ok")
    assert prune(NOW + pruning.DELIVERY_NAMED - SECOND) == {}
    assert prune(NOW + pruning.DELIVERY_NAMED) == {"delivery addresses": 1}
    found = post.read(mail)
    assert (found.address, found.response, found.accepted_at) == ("", None, NOW)
    assert prune(NOW + pruning.DELIVERY_NAMED) == {}


def test_what_is_pruned_is_gone_from_the_files_too(world: World, database_url: str) -> None:
    if make_url(database_url).get_backend_name() != "sqlite":
        pruning.forget()
        return
    post.queue(world, DeliveryKind.CONFIRM)
    files = [Path(f"{make_url(database_url).database}{ending}") for ending in ("", "-wal")]
    assert any(b"ny@sundby.example" in file.read_bytes() for file in files if file.exists())
    prune(NOW + WEEK)
    pruning.forget()
    assert not any(b"ny@sundby.example" in file.read_bytes() for file in files if file.exists())


def test_one_who_is_erased_is_gone_from_the_files_too(world: World, database_url: str) -> None:
    if make_url(database_url).get_backend_name() != "sqlite":
        return  # PostgreSQL's own vacuum sees to it.
    mail = post.queue(world, DeliveryKind.INVITATION)
    post.change(Delivery, mail, accepted_at=NOW, response="250 amina@sundby.example ok")
    with db.writing():
        people.erase(db.session.get_one(Person, world.amina.id), NOW)
        db.session.commit()
    pruning.forget()
    files = [Path(f"{make_url(database_url).database}{ending}") for ending in ("", "-wal")]
    held = b"".join(file.read_bytes() for file in files if file.exists())
    assert b"jonas@" in held
    assert not any(trace in held for trace in (b"amina@", b"Amina Farah", b"0102"))


@pytest.mark.parametrize("name", pruning.CLASSES)
def test_every_class_says_why(name: str) -> None:
    assert pruning.CLASSES[name].__doc__


def report(world: World, handled_at: datetime | None) -> None:
    with db.writing():
        db.session.add(
            AccessibilityReport(
                organisation_id=world.sundby.id, about=About.FAULT, what="x", contact="070-1", language="sv",
                sent_at=NOW, answer_by=TODAY, handled_at=handled_at,
            )
        )  # fmt: skip
        db.session.commit()


def contacts() -> list[str | None]:
    with db.reading():
        return list(db.session.scalars(select(AccessibilityReport.contact)))


def test_how_to_reach_whoever_reported_is_forgotten_ninety_days_after_it_was_handled(world: World) -> None:
    later = NOW + timedelta(days=10)
    report(world, handled_at=later)
    assert prune(later + timedelta(days=90) - SECOND).get("report contacts") is None
    assert contacts() == ["070-1"]
    assert prune(later + timedelta(days=90))["report contacts"] == 1
    assert contacts() == [None]
    assert prune(later + timedelta(days=91)).get("report contacts") is None


@pytest.mark.parametrize("handled_at", [None, NOW])
def test_a_report_is_gone_after_two_years_handled_or_not(world: World, handled_at: datetime | None) -> None:
    report(world, handled_at)
    assert prune(NOW + timedelta(days=730) - SECOND).get("reports") is None
    assert contacts() == [None if handled_at else "070-1"], "whoever waits for an answer can still be reached"
    assert prune(NOW + timedelta(days=730))["reports"] == 1
    assert contacts() == []
