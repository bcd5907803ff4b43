"""What is answered to one who asks for a way in, and how often."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import db, links, registering
from app.models import (
    Campaign,
    Credential,
    CredentialKind,
    Delivery,
    DeliveryKind,
    LinkRequest,
    Organisation,
    RequestKind,
    Right,
    Role,
)
from tests.asking import LATER, add, answer, ask, register
from tests.world import NOW, World


def sent(rows: Session) -> list[tuple[DeliveryKind, str, int | None]]:
    rows.expire_all()
    deliveries = rows.scalars(select(Delivery).order_by(Delivery.id))
    return [(each.kind, each.address, each.person_id) for each in deliveries]


# --- answering -------------------------------------------------------------------------------------------------------


def test_a_listed_address_gets_its_ordinary_link(world: World, rows: Session) -> None:
    register("Amina@SUNDBY.example", world.sundby)
    assert sent(rows) == [(DeliveryKind.LINK, "amina@sundby.example", world.amina.id)], "to the one we have"
    with db.reading():
        ordinary = world.link(world.amina)
    delivery = rows.scalars(select(Delivery)).one()
    assert delivery.credential is not None
    assert ordinary == f"/k/{links.token(delivery.credential)}"


def test_an_unlisted_address_gets_a_registration_to_confirm(world: World, rows: Session) -> None:
    register("ny@sundby.example", world.sundby)
    assert sent(rows) == [(DeliveryKind.CONFIRM, "ny@sundby.example", None)]
    assert rows.scalars(select(Delivery.expires_at)).one() == NOW + timedelta(days=7)


def test_an_address_is_listed_only_in_its_own_organisation(world: World, rows: Session) -> None:
    register("nils@norrby.example", world.sundby)
    assert sent(rows) == [(DeliveryKind.CONFIRM, "nils@norrby.example", None)]


def test_an_address_that_two_people_share_gets_nothing(world: World, rows: Session) -> None:
    add(world, "amina@sundby.example")
    register("amina@sundby.example", world.sundby)
    ask(RequestKind.LINK, "amina@sundby.example")
    assert answer() == 1
    assert sent(rows) == []


def test_an_address_shared_with_one_who_has_left_is_not_shared(world: World, rows: Session) -> None:
    add(world, "amina@sundby.example", left_at=NOW)
    register("amina@sundby.example", world.sundby)
    assert sent(rows) == [(DeliveryKind.LINK, "amina@sundby.example", world.amina.id)]


def test_a_domain_that_looks_alike_is_somebody_elses(world: World, rows: Session) -> None:
    add(world, "eva@strasse.example")
    for kind in (RequestKind.LINK, RequestKind.SIGN_IN):
        ask(kind, "eva@straße.example")
    answer()
    assert sent(rows) == []
    assert not rows.get_one(Organisation, world.sundby.id).owns_address("eva@ſundby.example")


@pytest.mark.parametrize("typed", ["\u212aarin@Sundby.example", "ｋarin@sundby.example", "KARIN@SUNDBY.EXAMPLE"])
def test_what_is_alike_to_us_is_sent_to_the_address_we_have(world: World, rows: Session, typed: str) -> None:
    karin = add(world, "karin@sundby.example")
    ask(RequestKind.LINK, typed)
    answer()
    assert sent(rows) == [(DeliveryKind.LINK, "karin@sundby.example", karin.id)]


def test_a_lost_link_comes_from_every_organisation_that_knows_the_address(world: World, rows: Session) -> None:
    other = add(world, "nils@norrby.example")
    ask(RequestKind.LINK, "nils@norrby.example", language="en")
    answer()
    assert {person for _kind, _address, person in sent(rows)} == {world.nils.id, other.id}
    assert set(rows.scalars(select(Delivery.language))) == {"en"}


def test_a_lost_link_to_an_unknown_address_is_answered_with_nothing(world: World, rows: Session) -> None:
    ask(RequestKind.LINK, "okand@sundby.example")
    assert answer() == 1
    assert sent(rows) == []


def test_only_those_with_a_right_get_a_way_to_sign_in(world: World, rows: Session) -> None:
    for address in ("asa@sundby.example", "amina@sundby.example", "okand@sundby.example"):
        ask(RequestKind.SIGN_IN, address)
    assert answer() == 3
    assert sent(rows) == [(DeliveryKind.SIGN_IN, "asa@sundby.example", world.asa.id)]
    credential = rows.scalars(select(Credential).where(Credential.kind == CredentialKind.SIGN_IN)).one()
    assert credential.expires_at == LATER + timedelta(minutes=15)


def test_a_right_that_has_ended_signs_nobody_in(world: World, rows: Session) -> None:
    with db.writing():
        db.session.add(Right(person_id=world.jonas.id, role=Role.MANAGER, given_at=NOW, ends_on=NOW.date()))
        db.session.commit()
    ask(RequestKind.SIGN_IN, "jonas@sundby.example")
    answer()
    assert sent(rows) == []


def test_an_address_shared_with_one_who_has_no_right_signs_nobody_in(world: World, rows: Session) -> None:
    add(world, "asa@sundby.example")
    ask(RequestKind.SIGN_IN, "asa@sundby.example")
    answer()
    assert sent(rows) == []


def test_a_request_is_answered_once(world: World, rows: Session) -> None:
    register("amina@sundby.example", world.sundby)
    assert answer() == 0
    assert len(sent(rows)) == 1


def test_an_expired_link_gets_a_new_life_and_a_revoked_one_a_new_generation(world: World, rows: Session) -> None:
    def credential() -> Credential:
        rows.expire_all()
        return rows.scalars(select(Credential).where(Credential.person_id == world.amina.id)).one()

    credential().expires_at = NOW
    rows.commit()
    register("amina@sundby.example", world.sundby)
    assert (credential().opens(LATER), credential().generation) == (True, 1)
    credential().revoked_at = NOW
    rows.commit()
    register("amina@sundby.example", world.sundby)
    assert (credential().opens(LATER), credential().generation) == (True, 2)


# --- limits ----------------------------------------------------------------------------------------------------------


def waiting(rows: Session) -> int:
    rows.expire_all()
    return rows.scalars(select(func.count()).select_from(LinkRequest)).one()


def test_one_address_is_mailed_five_times_an_hour_whatever_is_asked(world: World, rows: Session) -> None:
    for kind in (RequestKind.REGISTER, RequestKind.LINK) * 4:
        ask(kind, "amina@sundby.example", world.sundby)
    assert waiting(rows) == registering.PER_ADDRESS
    ask(RequestKind.LINK, "jonas@sundby.example")
    assert waiting(rows) == registering.PER_ADDRESS + 1


def test_asking_for_links_to_an_address_does_not_shut_its_owner_out_of_signing_in(world: World, rows: Session) -> None:
    for kind in (RequestKind.LINK,) * 9 + (RequestKind.SIGN_IN,):
        ask(kind, "asa@sundby.example", world.sundby)
    assert waiting(rows) == registering.PER_ADDRESS + 1


@pytest.mark.parametrize(
    ("limit", "client"), [("PER_CLIENT", "192.0.2.1"), ("PER_ORGANISATION", None), ("PER_INSTALLATION", None)]
)
def test_each_limit_holds_by_itself(
    world: World, rows: Session, monkeypatch: pytest.MonkeyPatch, limit: str, client: str | None
) -> None:
    monkeypatch.setattr(registering, limit, 3)
    more = {"client": client} if client else {}
    for number in range(5):
        ask(RequestKind.REGISTER, f"n{number}@sundby.example", world.sundby, **more)
    assert waiting(rows) == 3


def test_one_client_cannot_fill_the_limits_that_all_share(
    world: World, rows: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registering, "PER_CLIENT", 3)
    monkeypatch.setattr(registering, "PER_INSTALLATION", 6)
    for number in range(10):
        ask(RequestKind.LINK, f"n{number}@mejl.example", client="192.0.2.1")
    ask(RequestKind.LINK, "amina@sundby.example", client="192.0.2.2")
    assert waiting(rows) == 4


def test_a_home_with_all_its_ipv6_addresses_is_one_client(
    world: World, rows: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registering, "PER_CLIENT", 3)
    for number in range(5):
        ask(RequestKind.LINK, f"n{number}@mejl.example", client=f"2001:db8:0:1::{number}")
    ask(RequestKind.LINK, "amina@sundby.example", client="2001:db8:0:2::1")
    assert waiting(rows) == 4


def test_the_limits_remember_no_address(world: World, rows: Session) -> None:
    ask(RequestKind.LINK, "amina@sundby.example", client="192.0.2.1")
    kept = rows.connection().exec_driver_sql("select key from rate_count").scalars().all()
    assert kept
    assert not any("amina" in key or "192" in key for key in kept)


# --- where one can register ------------------------------------------------------------------------------------------


def names() -> list[str]:
    with db.reading():
        return [each.name for each in registering.open_organisations(NOW)]


def change(rows: Session, campaign: Campaign, **values: object) -> None:
    found = rows.get_one(Campaign, campaign.id)
    for name, value in values.items():
        setattr(found, name, value)
    rows.commit()


def test_registrations_are_taken_where_a_campaign_runs(world: World, rows: Session) -> None:
    assert names() == ["Norrby kommun", "Sundby kommun"]
    change(rows, world.campaign, closed_at=NOW)
    change(rows, world.norrby_campaign, starts_on=NOW.date() + timedelta(days=1))
    assert names() == []
