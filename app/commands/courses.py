"""flask courses …: check and publish."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from app import clock, content, db, library

group = AppGroup("courses", help="Courses in files.")


@group.command("check")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def check(paths: tuple[Path, ...]) -> None:
    """Print `path:line: what is wrong and what to do`; exit 1 where something is."""
    faults = [fault for path in paths for fault in content.check(path)]
    for fault in faults:
        click.echo(str(fault))
    raise SystemExit(1 if any(not fault.warning for fault in faults) else 0)


@group.command("publish")
@click.argument("root", default=str(library.COURSES), type=click.Path(exists=True, file_okay=False, path_type=Path))
def publish(root: Path) -> None:
    """Publish what has changed in the files of ROOT (courses/); a course with a fault keeps its old text."""
    folders = [root] if (root / "course.yaml").exists() else library.course_folders(root)
    if not folders:
        raise click.ClickException(f"{root}: här finns ingen kurs. En kurs är en mapp med course.yaml.")
    with db.writing() as session:
        done, faults = library.publish(folders, clock.now())
        session.commit()
    for sentence in done:
        click.echo(f"Publicerad: {sentence}")
    for fault in faults:
        click.echo(str(fault), err=True)
    raise SystemExit(1 if any(not fault.warning for fault in faults) else 0)
