"""What is true: the nouns, their rules, the times that tell their state. They see no request, and never commit."""

from app.models.accessibility import (
    About,
    AccessibilityReport,
    AccessibilityStatement,
    Conformance,
    Judged,
    Reason,
    Shortcoming,
)
from app.models.campaign import Campaign, CampaignModule, CampaignUnit, Completion, Enrolment, How, StepPost
from app.models.course import Course, Module, Revision, RevisionText
from app.models.coverage import FrozenTotal
from app.models.credential import Credential, CredentialKind, LinkRequest, RequestKind
from app.models.delivery import Delivery, DeliveryKind
from app.models.help import HelpCheck, HelpContact, HelpGroup, LocalText
from app.models.holding import Answer, AskedFor, Look, PersonRequest
from app.models.organisation import Domain, Logo, Organisation, Unit, UnitKind
from app.models.person import Absence, EmploymentKind, Exemption, Origin, Person, Placement, Right, Role
from app.models.upkeep import Heartbeat, RateCount

__all__ = [
    "About", "Absence", "AccessibilityReport", "AccessibilityStatement", "Answer", "AskedFor", "Campaign",
    "CampaignModule", "CampaignUnit", "Completion", "Conformance", "Course", "Credential", "CredentialKind", "Delivery",
    "DeliveryKind", "Domain", "EmploymentKind", "Enrolment", "Exemption", "FrozenTotal", "Heartbeat", "HelpCheck",
    "HelpContact", "HelpGroup", "How", "Judged", "LinkRequest", "LocalText", "Logo", "Look", "Module", "Organisation",
    "Origin", "Person", "PersonRequest", "Placement", "RateCount", "Reason", "RequestKind", "Revision", "RevisionText",
    "Right", "Role", "Shortcoming", "StepPost", "Unit", "UnitKind",
]  # fmt: skip
