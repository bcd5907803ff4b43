"""Where a person stands in their modules: steps posted, in order, until the last required one completes the module."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Integer, Result, ScalarSelect, Select, bindparam, delete, func, select
from sqlalchemy.orm import aliased

from app import clock, content, db, library, links
from app.db import session
from app.models import Campaign, CampaignModule, Completion, Enrolment, How, Person, Revision, StepPost


@dataclass(frozen=True)
class Standing:
    """A person in a module: its newest text, the steps they have posted and whether they are done."""

    person: Person
    module_id: int
    position: int
    revision: Revision
    language: str
    text: content.Module
    posted: dict[str, datetime]
    completed_on: date | None

    @property
    def is_complete(self) -> bool:
        return self.completed_on is not None

    @property
    def steps(self) -> tuple[content.Step, ...]:
        return self.text.steps

    @property
    def next_step(self) -> int:
        """Number (from 1) of the first step not yet posted; the last where all are, one past it when completed."""
        if self.is_complete:
            return len(self.steps) + 1
        return next((n for n, step in enumerate(self.steps, 1) if step.id not in self.posted), len(self.steps))

    @property
    def has_begun(self) -> bool:
        return self.is_complete or self.next_step > 1

    def minutes_left(self, step: int | None = None) -> int:
        """Minutes left from a step (the next one unless said), at least one while anything is left."""
        left = len(self.steps) + 1 - (step or self.next_step)
        return -(-self.revision.minutes * left // len(self.steps))

    @property
    def left(self) -> int:
        """Minutes left of the module."""
        return 0 if self.is_complete else self.minutes_left()

    def was_posted(self, step: content.Step) -> bool:
        return self.is_complete or step.id in self.posted

    @property
    def is_all_posted(self) -> bool:
        """Which completes. Where a new text has lost just the step that was left, one more press is needed."""
        return all(step.id in self.posted for step in self.steps)

    def awaits(self, step: content.Step) -> bool:
        """Whether posting the step would change anything."""
        return not self.is_complete and (step.id not in self.posted or self.is_all_posted)

    def too_quick(self, shown_at: datetime | None, now: datetime) -> bool:
        """Whether the step was answered sooner than anybody reads it, since it was shown or since the one before."""
        earlier = [at for at in (shown_at, max(self.posted.values(), default=None)) if at is not None]
        return shown_at is None or now - max(earlier) < links.READING_TIME


def standings(person: Person, now: datetime) -> list[Standing]:
    """The person's modules in every running campaign they are enrolled in, in order. One query."""
    return _standings(person, session.execute(_MODULES, {"person_id": person.id}), now)


def standing(person: Person, module_id: int, now: datetime) -> Standing | None:
    """The person in one module, found through their own enrolments; None where it is not theirs. One query."""
    rows = session.execute(_MODULE, {"person_id": person.id, "module_id": module_id})
    return next(iter(_standings(person, rows, now)), None)


Found = tuple[int | None, int, int, Revision, date, str, datetime]
"""A row of `_modules`, whose last three are None where nothing is completed or posted."""


def _standings(person: Person, rows: Result[*Found], now: datetime) -> list[Standing]:
    today = clock.day(now, person.organisation.zone)
    found: dict[int, Standing] = {}
    for valid_days, module_id, position, revision, completed_on, step, posted_at in rows:
        if module_id not in found:
            language, text = library.text(revision, person.language)
            expired = completed_on and valid_days and today >= completed_on + timedelta(days=valid_days)
            done = None if expired else completed_on
            found[module_id] = Standing(person, module_id, position, revision, language, text, {}, done)
        if step:
            found[module_id].posted[step] = posted_at
    return list(found.values())


def _modules() -> Select[*Found]:
    """Each module of the person's running campaigns: its newest revision, the day it was last completed, steps posted.

    A module comes in as many rows as it has steps posted, or in one.
    """
    other = aliased(Revision)
    newest = select(func.max(other.number)).where(other.module_id == CampaignModule.module_id).scalar_subquery()
    return (
        select(
            Campaign.valid_days, CampaignModule.module_id, CampaignModule.position, Revision, _completed_on(),
            StepPost.step, StepPost.posted_at,
        )
        .join(Enrolment, Enrolment.campaign_id == Campaign.id)
        .join(CampaignModule, CampaignModule.campaign_id == Campaign.id)
        .join(Revision, (Revision.module_id == CampaignModule.module_id) & (Revision.number == newest))
        .outerjoin(StepPost, (StepPost.module_id == CampaignModule.module_id) & (StepPost.person_id == PERSON))
        .where(Enrolment.person_id == PERSON, Enrolment.ended_at.is_(None), Campaign.closed_at.is_(None))
        .order_by(Campaign.starts_on, Campaign.id, CampaignModule.position)
    )  # fmt: skip


def _completed_on() -> ScalarSelect[date]:
    """The last completion that no correction voids, of a version that need not be retaken."""
    taken, retaken, correction = aliased(Revision), aliased(Revision), aliased(Completion)
    must_have = select(func.max(retaken.version)).where(
        retaken.module_id == taken.module_id, retaken.retake.is_(True)
    )
    return (
        select(func.max(Completion.completed_on))
        .join(taken, taken.id == Completion.revision_id)
        .where(
            Completion.person_id == PERSON,
            Completion.module_id == CampaignModule.module_id,
            Completion.how != How.CORRECTION,
            ~select(correction.id).where(correction.corrects_id == Completion.id).exists(),
            taken.version >= func.coalesce(must_have.scalar_subquery(), 0),
        )
        .correlate(CampaignModule)
        .scalar_subquery()
    )


PERSON, MODULE = bindparam("person_id", type_=Integer), bindparam("module_id", type_=Integer)
_MODULES = _modules()
_MODULE = _MODULES.where(CampaignModule.module_id == MODULE)
"""Every page asks one of these, so they are built once: to build one takes ten times as long as to ask it."""


# --- writing ---------------------------------------------------------------------------------------------------------


def post_step(standing: Standing, step: content.Step, now: datetime) -> bool:
    """Note that the step is done; True where it was the last required one and so completed the module.

    Whatever is pressed twice, or in two tabs, is noted once.
    """
    if not standing.awaits(step):
        return False
    row = {"person_id": standing.person.id, "module_id": standing.module_id, "step": step.id, "posted_at": now}
    session.execute(db.insert(StepPost).on_conflict_do_nothing(), row)
    standing.posted[step.id] = now
    if not standing.is_all_posted:
        return False
    complete(standing, now, How.LINK)
    return True


def take_another_way(standing: Standing, now: datetime) -> None:
    """The module in four sentences: the same rows are written as for anyone who goes through every step."""
    for step in standing.steps:
        if post_step(standing, step, now):
            return


def complete(standing: Standing, now: datetime, how: How, by: Person | None = None) -> None:
    """Append the fact of completion, once; what was half-done is no longer needed."""
    person, module_id = standing.person, standing.module_id
    before = session.scalar(
        select(func.max(Completion.id)).where(Completion.person_id == person.id, Completion.module_id == module_id)
    )
    fact = {
        "person_id": person.id,
        "module_id": module_id,
        "revision_id": standing.revision.id,
        "completed_at": now,
        "completed_on": clock.day(now, person.organisation.zone),
        "how": how,
        "by_person_id": by.id if by else None,
        "once": f"{person.id}:{module_id}:{before or 0}",
    }
    session.execute(db.insert(Completion).on_conflict_do_nothing(), fact)
    session.execute(delete(StepPost).where(StepPost.person_id == person.id, StepPost.module_id == module_id))
