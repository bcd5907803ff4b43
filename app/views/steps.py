"""What a step's page needs, the same for a participant and for one who reads without registering."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import render_template, url_for
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from app import clock, content, help
from app.db import session
from app.models import LocalText, Organisation, Revision


@dataclass(frozen=True)
class Chosen:
    """The options that were chosen in a question, or the end that was reached in a scenario, by number from 0."""

    options: tuple[int, ...] = ()

    def has_right(self, question: content.Question) -> bool:
        return any(question.options[n].right for n in self.options)

    def is_right(self, question: content.Question) -> bool:
        return set(self.options) == {n for n, option in enumerate(question.options) if option.right}


def chosen(step: content.Step, form: MultiDict[str, str]) -> Chosen | None:
    """What the form says was chosen in this step; None where a choice is missing or does not exist."""
    if step.question:
        options = _numbers(form.getlist("svar"), len(step.question.options))
        return Chosen(options) if options and (step.question.multiple or len(options) == 1) else None
    if step.scenario:
        place = place_number(step.scenario, form.get("plats"))
        return Chosen((place,)) if step.scenario.places[place].is_end else None
    return Chosen()


def place_number(scenario: content.Scenario, text: str | None) -> int:
    """The number of a place in a scenario; the first where the text says none."""
    numbers = _numbers([text or ""], len(scenario.places))
    return numbers[0] if numbers else 0


def _numbers(texts: list[str], below: int) -> tuple[int, ...]:
    found = {int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 4}
    return tuple(sorted(found)) if found and max(found) < below else ()


def local_words(step: content.Step, organisation_id: int, language: str) -> dict[str, str]:
    """The organisation's own texts for the step's local blocks, as HTML by key; no query where there is none.

    Easy-read takes those in plain Swedish where it has none of its own; other languages keep the course's words.
    """
    keys = [block.key for block in step.blocks if isinstance(block, content.Local)]
    if not keys:
        return {}
    rows = session.scalars(
        select(LocalText).where(
            LocalText.organisation_id == organisation_id,
            LocalText.key.in_(keys),
            LocalText.language.in_((language, language.partition("-")[0])),
        )
    )
    return {row.key: _in_its_language(row, language) for row in sorted(rows, key=lambda row: row.language == language)}


def _in_its_language(row: LocalText, language: str) -> str:
    html = content.passage(row.text)
    return html if row.language == language else f'<div lang="{row.language}">{html}</div>'


def help_lines(
    step: content.Step, language: str, organisation: Organisation | None
) -> Callable[[tuple[str, ...]], list[help.Row]]:
    """What each of the step's help blocks shows today, by its keys; no query where there is no such block."""
    if not any(isinstance(block, content.Help) for block in step.blocks):
        return lambda keys: []
    today = clock.day(clock.now(), organisation.zone if organisation else "Europe/Stockholm")
    rows = help.rows(language, today, organisation)
    return lambda keys: help.in_block(keys, rows)


def media_address(revision: Revision, name: str) -> str:
    return url_for("reading.media", name=revision.media.get(name, "saknas"))


def show_step(step: content.Step, number: int, standing: Any, **more: Any) -> str:
    """The page of a step. `standing` has text, revision, language and minutes_left, whoever reads."""
    place = more.get("place")
    scenario = step.scenario
    return render_template(
        "steps/step.html",
        help_lines=help_lines(step, standing.language, more.get("organisation")),
        step=step,
        number=number,
        standing=standing,
        scene=scenario.places[place] if scenario and place is not None else None,
        targets={each.id: n for n, each in enumerate(scenario.places)} if scenario else {},
        media=lambda name: media_address(standing.revision, name),
        tone=_tone(step, more),
        **more,
    )


def _tone(step: content.Step, more: dict[str, Any]) -> str | None:
    """The light of the room: by a question's answer, or by where a scenario has led."""
    answered, place = more.get("answered"), more.get("place")
    if step.question and answered:
        return "good" if answered.is_right(step.question) else "unsure"
    if step.scenario and place:
        tone = step.scenario.places[place].tone
        return {"good": "good", "unsure": "unsure", "risky": "unsure"}.get(tone or "")
    return None
