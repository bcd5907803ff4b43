"""Where a person stands in their modules: steps posted, in order, until the last required one completes the module."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ScalarSelect, Select, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from app import clock, content, library
from app.db import session
from app.models import Campaign, CampaignModule, Completion, Enrolment, How, Module, Person, Revision, StepPost

READING_TIME = timedelta(seconds=2)
"""The shortest time between the server showing a step and somebody having read it (safety.md)."""


@dataclass(frozen=True)
class Standing:
    """A person in a module: its newest text, the steps they have posted and whether they are done."""

    person: Person
    campaign: Campaign
    module: Module
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
        """Number (from 1) of the first step not yet posted; one past the last where all are."""
        if self.is_complete:
            return len(self.steps) + 1
        return next((n for n, step in enumerate(self.steps, 1) if step.id not in self.posted), len(self.steps) + 1)

    @property
    def has_begun(self) -> bool:
        return self.is_complete or self.next_step > 1

    def minutes_left(self, step: int | None = None) -> int:
        """Minutes left from a step (the next one unless said), at least one while anything is left."""
        left = len(self.steps) + 1 - (step or self.next_step)
        return -(-self.revision.minutes * left // len(self.steps))

    def was_posted(self, step: content.Step) -> bool:
        return self.is_complete or step.id in self.posted

    def too_quick(self, shown_at: datetime | None, now: datetime) -> bool:
        """Whether the step was answered sooner than anybody reads it, since it was shown or since the one before."""
        earlier = [at for at in (shown_at, max(self.posted.values(), default=None)) if at is not None]
        return shown_at is None or now - max(earlier) < READING_TIME


def standings(person: Person, now: datetime) -> list[Standing]:
    """The person's modules in every running campaign they are enrolled in, in order. Two queries."""
    posts: dict[int, dict[str, datetime]] = {}
    for module_id, step, at in session.execute(_posts(person)):
        posts.setdefault(module_id, {})[step] = at
    return _standings(person, session.execute(_modules(person)), posts, now)


def standing(person: Person, module_id: int, now: datetime) -> Standing | None:
    """The person in one module, found through their own enrolments; None where it is not theirs. Two queries."""
    row = session.execute(_modules(person).where(Module.id == module_id)).first()
    if row is None:
        return None
    posts = session.execute(_posts(person).where(StepPost.module_id == module_id))
    return _standings(person, [row], {module_id: {step: at for _, step, at in posts}}, now)[0]


def _standings(
    person: Person, rows: Iterable[tuple[Campaign, Module, int, Revision, date | None]],
    posts: dict[int, dict[str, datetime]], now: datetime,
) -> list[Standing]:  # fmt: skip
    today = clock.day(now, person.organisation.zone)
    found: dict[int, Standing] = {}
    for campaign, module, position, revision, completed_on in rows:
        if completed_on and campaign.valid_days and today >= completed_on + timedelta(days=campaign.valid_days):
            completed_on = None
        language, text = library.text(revision, person.language)
        found.setdefault(
            module.id,
            Standing(
                person, campaign, module, position, revision, language, text, posts.get(module.id, {}), completed_on
            ),
        )
    return list(found.values())


def _modules(person: Person) -> Select[tuple[Campaign, Module, int, Revision, date | None]]:
    """Each module of the person's running campaigns with its newest revision and the day it was last completed."""
    other = aliased(Revision)
    newest = select(func.max(other.number)).where(other.module_id == Module.id).scalar_subquery()
    return (
        select(Campaign, Module, CampaignModule.position, Revision, _completed_on(person))
        .join(Enrolment, Enrolment.campaign_id == Campaign.id)
        .join(CampaignModule, CampaignModule.campaign_id == Campaign.id)
        .join(Module, Module.id == CampaignModule.module_id)
        .join(Revision, (Revision.module_id == Module.id) & (Revision.number == newest))
        .where(Enrolment.person_id == person.id, Enrolment.ended_at.is_(None), Campaign.closed_at.is_(None))
        .order_by(Campaign.starts_on, Campaign.id, CampaignModule.position)
    )


def _completed_on(person: Person) -> ScalarSelect[date | None]:
    """The last completion that no correction voids, of a version that need not be retaken."""
    taken, retaken, correction = aliased(Revision), aliased(Revision), aliased(Completion)
    must_have = select(func.max(retaken.version)).where(retaken.module_id == Module.id, retaken.retake.is_(True))
    return (
        select(func.max(Completion.completed_on))
        .join(taken, taken.id == Completion.revision_id)
        .where(
            Completion.person_id == person.id,
            Completion.module_id == Module.id,
            Completion.how != How.CORRECTION,
            ~select(correction.id).where(correction.corrects_id == Completion.id).exists(),
            taken.version >= func.coalesce(must_have.scalar_subquery(), 0),
        )
        .correlate(Module)
        .scalar_subquery()
    )


def _posts(person: Person) -> Select[tuple[int, str, datetime]]:
    return select(StepPost.module_id, StepPost.step, StepPost.posted_at).where(StepPost.person_id == person.id)


# --- writing ---------------------------------------------------------------------------------------------------------


def post_step(standing: Standing, step: content.Step, now: datetime) -> bool:
    """Note that the step is done; True where it was the last required one and so completed the module.

    Whatever is pressed twice, or in two tabs, is noted once.
    """
    if standing.was_posted(step):
        return False
    row = {"person_id": standing.person.id, "module_id": standing.module.id, "step": step.id, "posted_at": now}
    session.execute(_insert(StepPost).values(row).on_conflict_do_nothing())
    standing.posted[step.id] = now
    if standing.next_step <= len(standing.steps):
        return False
    complete(standing, now, How.LINK)
    return True


def take_another_way(standing: Standing, now: datetime) -> None:
    """The module in four sentences: the same rows are written as for anyone who goes through every step."""
    for step in standing.steps:
        post_step(standing, step, now)


def complete(standing: Standing, now: datetime, how: How, by: Person | None = None) -> None:
    """Append the fact of completion, once; what was half-done is no longer needed."""
    person, module = standing.person, standing.module
    before = session.scalar(
        select(func.max(Completion.id)).where(Completion.person_id == person.id, Completion.module_id == module.id)
    )
    fact = {
        "person_id": person.id,
        "module_id": module.id,
        "revision_id": standing.revision.id,
        "completed_at": now,
        "completed_on": clock.day(now, person.organisation.zone),
        "how": how,
        "by_person_id": by.id if by else None,
        "once": f"{person.id}:{module.id}:{before or 0}",
    }
    session.execute(_insert(Completion).values(fact).on_conflict_do_nothing())
    session.execute(delete(StepPost).where(StepPost.person_id == person.id, StepPost.module_id == module.id))


def _insert(model: type[StepPost] | type[Completion]) -> sqlite.Insert | postgresql.Insert:
    postgres = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(model) if postgres else sqlite.insert(model)
