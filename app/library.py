"""courses/ → revisions in the database, and a revision's text back as steps."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import current_app
from sqlalchemy import select

from app import content, languages
from app.config import ROOT
from app.db import session
from app.models import Course, Module, Revision, RevisionText

COURSES = ROOT / "courses"
SOURCE_LANGUAGE = "sv"

Texts = dict[str, content.Module]


# --- out: what a revision says ---------------------------------------------------------------------------------------


def texts(revision: Revision) -> Texts:
    """All languages of a revision, parsed; kept in memory by digest, so that a page costs no query for them."""
    return _texts(revision.digest) or _remember(revision)


_memory: dict[str, Texts] = {}


def _texts(digest: str) -> Texts | None:
    return _memory.get(digest)


def _remember(revision: Revision) -> Texts:
    if len(_memory) >= 500:
        _memory.clear()
    _memory[revision.digest] = {text.language: content.parse(text.source) for text in revision.texts}
    return _memory[revision.digest]


def text(revision: Revision, language: str) -> tuple[str, content.Module]:
    """The revision in the language, else in what that is a form of, else in Swedish; and which it was."""
    return languages.pick(texts(revision), language)


def latest(module_id: int) -> Revision:
    """The newest revision of a module."""
    query = select(Revision).where(Revision.module_id == module_id).order_by(Revision.number.desc()).limit(1)
    return session.scalars(query).one()


def published() -> list[Course]:
    """The installation's own courses that can be read, in order of key."""
    query = select(Course).where(Course.organisation_id.is_(None), Course.published_at.is_not(None))
    return list(session.scalars(query.order_by(Course.key)))


def course(key: str) -> Course | None:
    if "\0" in key:  # PostgreSQL takes none, and no course has one.
        return None
    return session.scalar(select(Course).where(Course.organisation_id.is_(None), Course.key == key))


def media_folder() -> Path:
    folder: Path = current_app.config["DATA"] / "media"
    return folder


@lru_cache
def help_lines() -> dict[str, content.HelpLine]:
    """The help lines that ship, by key."""
    return content.help_lines(COURSES / "help.yaml")


# --- in: publishing from files ---------------------------------------------------------------------------------------


def publish(folders: Iterable[Path], now: datetime) -> tuple[list[str], list[content.Fault]]:
    """Publish each course folder: a revision only where a module's files changed since it was last published from file.

    A course with a fault is left as it was; its faults come back beside the sentences about what was done.
    """
    done: list[str] = []
    faults: list[content.Fault] = []
    for folder in folders:
        try:
            done += _publish(content.load(folder), now)
        except content.Broken as broken:
            faults += [fault for fault in broken.faults if not fault.warning]
    return done, faults


def course_folders(root: Path) -> list[Path]:
    return sorted(path.parent for path in root.glob("*/course.yaml"))


def _publish(read: content.Course, now: datetime) -> list[str]:
    stored = course(read.key)
    if stored is None:
        stored = Course(key=read.key)
        session.add(stored)
    stored.title, stored.description, stored.days_between = read.title, read.description, read.days_between
    stored.published_at = stored.published_at or now
    session.flush()
    known = {module.key: module for module in stored.modules}
    done = []
    for position, module in enumerate(read.modules, start=1):
        kept = known.pop(module.id, None) or Module(course=stored, key=module.id, position=position)
        kept.position, kept.retired_at = position, None
        if revision := _revise(kept, module, now):
            done.append(f"{read.key}/{module.folder}: version {revision.version}, revision {revision.number}")
    for gone in known.values():
        gone.retired_at = gone.retired_at or now
    session.flush()
    return done


def _revise(stored: Module, read: content.ModuleSet, now: datetime) -> Revision | None:
    digest = _digest(read)
    newest = max(stored.revisions, key=lambda revision: revision.number, default=None)
    if newest is not None and newest.digest == digest:
        return None
    source = read.source.module
    revision = Revision(
        module=stored,
        number=newest.number + 1 if newest else 1,
        version=source.version,
        retake=bool(source.retake and newest and source.version > newest.version),
        minutes=source.minutes,
        published_at=now,
        media={name: _store(path) for name, path in read.media.items()},
        digest=digest,
    )
    revision.texts = [
        RevisionText(language=language, title=text.module.title, source=text.source)
        for language, text in sorted(read.texts.items())
    ]
    session.add(revision)
    return revision


def _digest(read: content.ModuleSet) -> str:
    parts = [f"{language}\0{text.source}" for language, text in sorted(read.texts.items())]
    parts += [f"{name}\0{sha256(path.read_bytes()).hexdigest()}" for name, path in sorted(read.media.items())]
    return sha256("\0\0".join(parts).encode()).hexdigest()


def _store(path: Path) -> str:
    """Keep a media file under its digest: a revision's pictures never change under it."""
    name = sha256(path.read_bytes()).hexdigest()[:32] + path.suffix.lower()
    kept = media_folder() / name
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, kept.with_suffix(".part"))
        kept.with_suffix(".part").rename(kept)
    return name
