"""Many at once, at one door: what is to happen once happens once, on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db, links
from app.models import Completion, Credential, CredentialKind, StepPost
from app.models.credential import SIGN_IN_LIFE
from tests.page_rules import Browser
from tests.world import NOW, World

AT_ONCE = 20


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def opened(app: Flask, path: str) -> Browser:
    """A browser of its own that has opened the address."""
    made = app.test_client()
    assert isinstance(made, Browser)
    made.get(path)
    return made


def at_once(presses: list[Callable[[], object]]) -> list[object]:
    with ThreadPoolExecutor(len(presses)) as pool:
        return [each.result() for each in [pool.submit(press) for press in presses]]


def pressing(tab: Browser, path: str) -> Callable[[], object]:
    """A press of the button on the page at the address, as it stands now."""
    tab.get(path)
    assert tab.page is not None
    hidden = tab.page.form(None).hidden
    return lambda: tab.post(path, data=hidden).location


def test_the_last_step_posted_in_twenty_tabs_completes_once(
    app: Flask, world: World, rows: Session, clock: time_machine.Traveller
) -> None:
    with db.reading():
        link = world.link(world.amina)
    module = world.campaign.modules[0].module_id
    for step in ("se", "fraga"):
        rows.add(StepPost(person_id=world.amina.id, module_id=module, step=step, posted_at=NOW))
    rows.commit()
    presses = [pressing(opened(app, link), f"/modul/{module}/3") for _ in range(AT_ONCE)]
    clock.shift(5)
    assert set(at_once(presses)) == {f"/modul/{module}/klar"}
    assert len(rows.scalars(select(Completion)).all()) == 1
    assert rows.scalars(select(StepPost)).all() == [], "nothing half-done is kept"


def test_of_those_who_press_a_sign_in_link_at_once_one_comes_in(app: Flask, world: World) -> None:
    with db.writing():
        ends = NOW + SIGN_IN_LIFE
        found = Credential(person_id=world.asa.id, kind=CredentialKind.SIGN_IN, created_at=NOW, expires_at=ends)
        db.session.add(found)
        db.session.commit()
    link = f"/hr/in/{links.token(found)}"
    presses = [pressing(opened(app, link), link) for _ in range(AT_ONCE)]
    assert sorted(map(str, at_once(presses))) == ["/hr"] + ["None"] * (AT_ONCE - 1)
