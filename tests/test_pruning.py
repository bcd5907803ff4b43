"""What has had its time is gone, and what has not is left."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, make_url, select

from app import db, guards, people, pruning
from app.models import Credential, Delivery, DeliveryKind, LinkRequest, Person, RateCount
from app.models.credential import REGISTRATION_LIFE
from tests.mail import post
from tests.world import NOW, World

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
