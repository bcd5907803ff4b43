"""The help page on paper: one sheet, with every number on it."""

from __future__ import annotations

import re

import pytest

from app import checking, db, library, organisations
from tests.browser.conftest import NewVisitor
from tests.browser.site import NOW, Site

CONTACTS = ("exposed", "exposed", "harming", "work", "work", "other")


def fill_in(site: Site) -> None:
    """Sundby has checked every line, and has six contacts of its own: about as many as there can be."""
    with db.writing() as session:
        sundby = organisations.find("sundby")
        checking.confirm_all(sundby, list(library.help_lines()), NOW.date())
        for number, group in enumerate(CONTACTS):
            words = {"group": group, "name": "Mottagningen i Sundby", "number": f"0980-31 92 1{number}"}
            words |= {"whom": "Samtal, skydd och någon som följer med.", "hours": "Vardagar 8–16."}
            checking.confirm(sundby, checking.add(sundby, words), NOW.date(), None)
        session.commit()


@pytest.mark.parametrize(("language", "sides"), [("sv", 1), ("en", 2), ("ar", 1), ("sv-simple", 2)])
def test_the_help_page_prints_on_one_sheet(
    new_visitor: NewVisitor, site: Site, language: str, sides: int
) -> None:
    """Easy-read, in larger type, takes both its sides."""
    fill_in(site)
    visitor = new_visitor(locale=language)
    visitor.go(f"/stod?organisation=sundby&sprak={language}")
    paper = visitor.page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) <= sides
    visitor.page.emulate_media(media="print")
    numbers = visitor.page.locator(".tel")
    assert numbers.count() == len(CONTACTS) + sum(line.tel is not None for line in library.help_lines().values())
    assert all(each.is_visible() for each in numbers.all())
    assert not visitor.page.locator(".exit, nav, video").locator("visible=true").count()
