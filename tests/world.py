"""A small named world for tests. Today is Tuesday 3 November 2026, 14.50 in Sweden."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from app import db
from app.models import (
    Campaign,
    CampaignModule,
    CampaignUnit,
    Course,
    Credential,
    CredentialKind,
    Domain,
    EmploymentKind,
    Enrolment,
    Module,
    Organisation,
    Origin,
    Person,
    Placement,
    Revision,
    RevisionText,
    Right,
    Role,
    Unit,
    UnitKind,
)  # fmt: skip

NOW = datetime(2026, 11, 3, 13, 50, tzinfo=UTC)
TODAY = date(2026, 11, 3)
START = date(2026, 9, 1)
FIRST = (Path(__file__).parent / "courses" / "liten" / "ett" / "sv.md").read_text(encoding="utf-8")
SECOND = (Path(__file__).parent / "courses" / "liten" / "tva" / "sv.md").read_text(encoding="utf-8")


class World:
    """Ids and addresses of the named world, written through the models in the session that is open."""

    def __init__(self) -> None:
        self.sundby = self._organisation("sundby", "Sundby kommun", "sundby.example")
        self.norrby = self._organisation("norrby", "Norrby kommun", "norrby.example")
        db.session.flush()
        self.care = self._unit(self.sundby, "Omsorg")
        self.east = self._unit(self.sundby, "Hemtjänst Öster", self.care)
        self.west = self._unit(self.sundby, "Hemtjänst Väster", self.care)
        self.school = self._unit(self.sundby, "Skola")
        self.elected = self._unit(self.sundby, "Förtroendevalda", kind=UnitKind.ELECTED)
        self.norrby_care = self._unit(self.norrby, "Omsorg")
        self.course = self._course()
        self.asa = self._person(self.sundby, "1001", "Åsa Nyström", "asa@sundby.example", self.school)
        self.amina = self._person(self.sundby, "0102", "Amina Farah", "amina@sundby.example", self.east)
        self.jonas = self._person(self.sundby, "0103", "Jonas Lind", "jonas@sundby.example", self.west)
        self.nils = self._person(self.norrby, "1", "Nils Ek", "nils@norrby.example", self.norrby_care)
        db.session.flush()
        for person in (self.asa, self.nils):
            db.session.add(Right(person_id=person.id, role=Role.HR, given_at=NOW))
        self.campaign = self._campaign(self.sundby, [self.care, self.school, self.elected])
        self.norrby_campaign = self._campaign(self.norrby, [self.norrby_care])
        self.enrolment = self._enrol(self.amina, self.campaign)
        self._enrol(self.jonas, self.campaign)
        self._enrol(self.nils, self.norrby_campaign)
        db.session.flush()

    def link(self, person: Person) -> str:
        """The address in the person's mail. The credential must be committed by the caller when it is new."""
        from app import links

        found = db.session.query(Credential).filter_by(person_id=person.id, kind=CredentialKind.LINK).one()
        return f"/k/{links.token(found)}"

    def _organisation(self, slug: str, name: str, domain: str) -> Organisation:
        counted = [EmploymentKind.PERMANENT, EmploymentKind.TEMPORARY, EmploymentKind.HOURLY]
        made = Organisation(slug=slug, name=name, created_at=NOW, counted_kinds=[kind.value for kind in counted])
        made.domains.append(Domain(name=domain))
        db.session.add(made)
        return made

    def _unit(
        self, organisation: Organisation, name: str, parent: Unit | None = None, kind: UnitKind = UnitKind.STAFF
    ) -> Unit:
        made = Unit(organisation_id=organisation.id, name=name, parent_id=parent.id if parent else None, kind=kind)
        db.session.add(made)
        db.session.flush()
        return made

    def _person(self, organisation: Organisation, number: str, name: str, address: str, unit: Unit) -> Person:
        made = Person(
            organisation_id=organisation.id, origin=Origin.LISTED, number=number, name=name, created_at=NOW, language="sv"
        )
        made.reach_at(address)
        made.placements.append(Placement(unit_id=unit.id, starts_on=START, employed_from=START))
        db.session.add(made)
        db.session.flush()
        later = NOW.replace(year=2027)
        db.session.add(Credential(person_id=made.id, kind=CredentialKind.LINK, created_at=NOW, expires_at=later))
        return made

    def _course(self) -> Course:
        course = Course(key="liten", title={"sv": "Liten kurs"}, description={"sv": "Två moduler."}, days_between=7)
        course.published_at = NOW
        db.session.add(course)
        db.session.flush()
        for position, (key, source) in enumerate((("ett", FIRST), ("tva", SECOND)), start=1):
            module = Module(course_id=course.id, key=key, position=position)
            db.session.add(module)
            db.session.flush()
            revision = Revision(
                module_id=module.id, number=1, version=1, retake=False, minutes=3, published_at=NOW.replace(month=8),
                media={}, digest=key,
            )  # fmt: skip
            title = "Första stunden" if key == "ett" else "Andra stunden"
            revision.texts.append(RevisionText(language="sv", title=title, source=source))
            db.session.add(revision)
        db.session.flush()
        return course

    def _campaign(self, organisation: Organisation, units: list[Unit]) -> Campaign:
        made = Campaign(
            organisation_id=organisation.id, course_id=self.course.id, name="Hösten 2026", starts_on=date(2026, 10, 5),
            due_days=60, days_between=7, created_at=NOW,
        )  # fmt: skip
        made.units = [CampaignUnit(unit_id=unit.id) for unit in units]
        made.modules = [
            CampaignModule(module_id=module.id, position=module.position) for module in self.course.modules
        ]
        db.session.add(made)
        db.session.flush()
        return made

    def _enrol(self, person: Person, campaign: Campaign) -> Enrolment:
        made = Enrolment(person_id=person.id, campaign_id=campaign.id, enrolled_at=NOW)
        db.session.add(made)
        return made
