"""Publishing courses from files: only what changed, all of a course or none of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db, library
from app.models import Course, Module, Revision
from tests.world import NOW

SOURCE = Path(__file__).parent / "courses" / "liten"


@pytest.fixture
def folder(tmp_path: Path, app: Flask) -> Path:
    return Path(shutil.copytree(SOURCE, tmp_path / "courses" / "liten"))


def publish(folder: Path) -> tuple[list[str], list[str]]:
    with db.writing():
        done, faults = library.publish([folder], NOW)
        db.session.commit()
    return done, [str(fault) for fault in faults]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_publishing_twice_makes_one_revision(folder: Path, rows: Session) -> None:
    done, faults = publish(folder)
    assert (len(done), faults) == (2, [])
    assert publish(folder) == ([], [])
    assert len(rows.scalars(select(Revision)).all()) == 2


def test_only_the_module_that_changed_gets_a_revision(folder: Path, rows: Session) -> None:
    publish(folder)
    change(folder / "ett" / "sv.md", "Vem tänker du på?", "Vem kommer du att tänka på?")
    done, _ = publish(folder)
    assert done == ["liten/ett: version 1, revision 2"]
    numbers = rows.execute(select(Module.key, Revision.number).join(Revision).order_by(Revision.id)).all()
    assert [tuple(each) for each in numbers] == [("ett", 1), ("tva", 1), ("ett", 2)]


def test_a_new_version_says_whether_it_must_be_retaken(folder: Path, rows: Session) -> None:
    publish(folder)
    change(folder / "ett" / "sv.md", "version: 1", "version: 2\nretake: true")
    publish(folder)
    assert rows.scalars(select(Revision.retake).order_by(Revision.id)).all() == [False, False, True]


def test_a_course_with_a_fault_keeps_its_old_text(folder: Path, rows: Session) -> None:
    publish(folder)
    change(folder / "tva" / "sv.md", "- [x] Att fråga efteråt", "- [ ] Att fråga efteråt")
    change(folder / "tva" / "sv.md", "- [x] Att byta ämne", "- [ ] Att byta ämne")
    change(folder / "ett" / "sv.md", "Vem tänker du på?", "Något helt nytt?")
    done, faults = publish(folder)
    assert done == []
    assert faults
    assert "tva/sv.md" in faults[0]
    assert len(rows.scalars(select(Revision)).all()) == 2


def test_a_module_taken_out_of_the_course_is_retired_and_comes_back_as_itself(folder: Path, rows: Session) -> None:
    publish(folder)
    change(folder / "course.yaml", "[ett, tva]", "[tva]")
    publish(folder)
    course = rows.scalars(select(Course)).one()
    assert [module.key for module in course.current] == ["tva"]
    change(folder / "course.yaml", "[tva]", "[ett, tva]")
    publish(folder)
    rows.expire_all()
    assert [module.key for module in course.current] == ["ett", "tva"]


def test_the_courses_that_ship_publish_with_their_pictures(app: Flask, rows: Session) -> None:
    with db.writing():
        _, faults = library.publish(library.course_folders(library.COURSES), NOW)
        db.session.commit()
    assert faults == []
    for revision in rows.scalars(select(Revision)):
        assert revision.media
        assert all((app.config["DATA"] / "media" / name).exists() for name in revision.media.values())


def test_the_commands_check_and_publish_say_where_a_fault_is(app: Flask, folder: Path) -> None:
    run = app.test_cli_runner()
    assert run.invoke(args=["courses", "check", str(folder)]).exit_code == 0
    assert run.invoke(args=["courses", "publish", str(folder)]).exit_code == 0
    change(folder / "ett" / "sv.md", "::: help akut kvinnofridslinjen", "::: hjälp akut")
    found = run.invoke(args=["courses", "check", str(folder)])
    assert found.exit_code == 1
    assert "ett/sv.md:" in found.output
    refused = run.invoke(args=["courses", "publish", str(folder)])
    assert refused.exit_code == 1
    assert "ett/sv.md:" in refused.output
