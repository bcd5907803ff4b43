"""flask coverage: the figures of a campaign on a day, as a table, JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from datetime import date

import click

from app import campaigns, clock, coverage, db, organisations, plain
from app.commands.refusals import refusing

COLUMNS = ("in_scope", "completed", "absent", "expired", "within_time", "late", "unreached")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins so for a formula."""


@click.command("coverage", help="Genomförandegraden per enhet, den dag som anges.")
@click.option("--organisation", "slug", required=True, help="Organisationens kortnamn.")
@click.option("--campaign", "which", help="Kursomgångens nummer eller namn; annars den senaste som pågår.")
@click.option("--on", "written", help="Dagen, som 2026-11-20; annars i dag.")
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)
def group(slug: str, which: str | None, written: str | None, form: str) -> None:
    with db.reading(), refusing():
        organisation = organisations.find(slug)
        on = _day(written) if written else clock.day(clock.now(), organisation.zone)
        report = coverage.by_unit(campaigns.find(organisation, which, on), on)
    click.echo({"table": _table, "json": _json, "csv": _csv}[form](report), nl=form != "csv")


def _day(written: str) -> date:
    try:
        return plain.day(written)
    except ValueError as error:
        raise ValueError(f"--on: {error}.") from None


def _json(report: coverage.Report) -> str:
    return json.dumps(report.as_dict(), ensure_ascii=False, indent=2)


def _csv(report: coverage.Report) -> str:
    """A line a unit, then those counted apart; `kind` tells them from each other."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["id", "name", "parent", "kind", *COLUMNS])
    for line in report.units + report.apart:
        cells = [line.id, line.name, line.parent, line.kind, *asdict(line.counts).values()]
        writer.writerow(["" if cell is None else _cell(str(cell)) for cell in cells])
    return out.getvalue()


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


def _table(report: coverage.Report) -> str:
    apart = [line for line in report.apart if line.counts.in_scope]
    rows = [_row(report.organisation, report.total, 0), *_rows(report.units, 1)]
    rows += [["Räknas för sig", *[""] * 6], *_rows(apart, 1)] if apart else []
    heads = ["Enhet", "Klara", "Frånv.", "Utg.", "Inom tid", "Förs.", "Ej nådda"]
    widths = [max(len(row[n]) for row in [heads, *rows]) for n in range(len(heads))]
    lines = ["  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in [heads, *rows]]
    return "\n".join([f"{report.organisation}, {report.on}", "", *map(str.rstrip, lines), "", report.rule])


def _rows(lines: list[coverage.Line], top: int) -> list[list[str]]:
    levels: dict[int | None, int] = {}
    for line in lines:
        levels[line.id] = top if line.parent is None else levels[line.parent] + 1
    return [_row(line.name, line.counts, levels[line.id]) for line in lines]


def _row(name: str, counts: coverage.Counts, level: int) -> list[str]:
    figures = (counts.absent, counts.expired, counts.within_time, counts.late, counts.unreached)
    return ["  " * level + name, coverage.of(counts.completed, counts.in_scope), *map(str, figures)]
