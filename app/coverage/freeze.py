"""Monthly totals as they were reported: kept with tree, names and rule, and never changed by a later fact."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta

from sqlalchemy import exists, select

from app import clock
from app.coverage.count import Line, by_unit
from app.db import session
from app.models import Campaign, FrozenTotal, Organisation, UnitKind


def freeze(campaign: Campaign, on: date, now: datetime) -> bool:
    """Keep the campaign's totals of the day. False, and nothing changed, where they are kept already."""
    if session.scalar(select(exists().where(FrozenTotal.campaign_id == campaign.id, FrozenTotal.on == on))):
        return False
    report = by_unit(campaign, on)
    lines = [line for line in report.units + report.apart if line.id is not None]
    session.add_all(_frozen(line, campaign, on, report.rule, now) for line in lines)
    session.flush()
    return bool(lines)


def _frozen(line: Line, campaign: Campaign, on: date, rule: str, now: datetime) -> FrozenTotal:
    return FrozenTotal(
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.id,
        on=on,
        unit=line.id,
        parent=line.parent,
        name=line.name,
        kind=UnitKind(line.kind),
        rule=rule,
        frozen_at=now,
        **asdict(line.counts),
    )


def freeze_due(now: datetime) -> int:
    """Freeze last month's end for every campaign that ran then and is not frozen yet; how many were."""
    frozen = 0
    for organisation in session.scalars(select(Organisation)).all():
        on = clock.day(now, organisation.zone).replace(day=1) - timedelta(days=1)
        frozen += sum(freeze(campaign, on, now) for campaign in _running(organisation, on))
    return frozen


def _running(organisation: Organisation, on: date) -> list[Campaign]:
    kept = exists().where(FrozenTotal.campaign_id == Campaign.id, FrozenTotal.on == on)
    started = select(Campaign).where(Campaign.organisation_id == organisation.id, Campaign.starts_on <= on, ~kept)
    return [
        campaign
        for campaign in session.scalars(started)
        if campaign.closed_at is None or clock.day(campaign.closed_at, organisation.zone) > on
    ]
