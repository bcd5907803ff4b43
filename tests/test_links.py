"""Personal links are the same in every mail, outlive a change of keys, and open only what they were made for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app import db, links
from app.models import Credential, CredentialKind, Person
from tests.page_rules import Browser
from tests.world import NOW, World


def token(world: World) -> str:
    with db.reading():
        return links.token(credential(world))


def credential(world: World) -> Credential:
    return db.session.scalars(select(Credential).where(Credential.person_id == world.amina.id)).one()


def opens(token: str, kind: CredentialKind = CredentialKind.LINK) -> bool:
    with db.reading():
        return links.credential(kind, token, NOW) is not None


def test_every_mail_carries_the_same_link(world: World) -> None:
    first = token(world)
    with db.writing():
        links.link_for(db.session.get_one(Person, world.amina.id), NOW + timedelta(days=30))
        db.session.commit()
    assert token(world) == first


def test_a_new_key_signs_and_the_old_ones_still_open(app: Flask, world: World) -> None:
    old = token(world)
    first, newest = app.config["LINK_KEYS"]
    app.config["LINK_KEYS"] = [first, newest, "a-third-key-for-links-long-enough-for-all"]
    new = token(world)
    assert new != old
    assert opens(old)
    assert opens(new)
    app.config["LINK_KEYS"] = ["a-third-key-for-links-long-enough-for-all"]
    assert not opens(old), "a key that is taken away takes its links with it"
    assert opens(new)


def test_a_leaked_database_or_a_leaked_cookie_key_forges_no_link(app: Flask, world: World) -> None:
    app.config["LINK_KEYS"], kept = [app.config["SECRET_KEY"]], app.config["LINK_KEYS"]
    forged = token(world)
    app.config["LINK_KEYS"] = kept
    assert not opens(forged)


@pytest.mark.parametrize("kind", [CredentialKind.SIGN_IN, CredentialKind.SLIP])
def test_a_link_is_for_one_purpose(world: World, kind: CredentialKind) -> None:
    assert not opens(token(world), kind)


def test_a_new_generation_ends_the_link_and_the_session_it_opened(world: World, client: Browser) -> None:
    link = f"/k/{token(world)}"
    client.get(link)
    with db.writing():
        credential(world).generation += 1
        db.session.commit()
    assert client.get("/min-sida").status_code == 403
    assert client.get(link).location == "/ny-lank?gammal=1"
    assert client.get(f"/k/{token(world)}").location == "/min-sida"


def test_a_personal_link_neither_ends_nor_gives_a_staff_session(world: World, client: Browser) -> None:
    client.get(f"/k/{token(world)}")
    with client.session_transaction() as cookie:
        assert cookie.keys() == {"participant"}
        cookie["_user_id"], cookie["staff"] = "1:1", [1, 1]
    client.get(f"/k/{token(world)}")
    client.get("/inte-jag")
    with client.session_transaction() as cookie:
        assert cookie.keys() == {"_user_id", "staff"}
