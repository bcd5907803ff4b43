"""What is true: the nouns, their rules, the times that tell their state. They see no request, and never commit."""

from app.models.campaign import Campaign, CampaignModule, CampaignUnit, Completion, Enrolment, How, StepPost
from app.models.course import Course, Module, Revision, RevisionText
from app.models.coverage import FrozenTotal
from app.models.credential import Credential, CredentialKind, LinkRequest, RequestKind
from app.models.delivery import Delivery, DeliveryKind
from app.models.organisation import Domain, HelpCheck, LocalText, Organisation, Unit, UnitKind
from app.models.person import Absence, EmploymentKind, Exemption, Origin, Person, Placement, Right, Role
from app.models.upkeep import Heartbeat, RateCount

__all__ = [
    "Absence", "Campaign", "CampaignModule", "CampaignUnit", "Completion", "Course", "Credential", "CredentialKind",
    "Delivery", "DeliveryKind", "Domain", "EmploymentKind", "Enrolment", "Exemption", "FrozenTotal", "Heartbeat",
    "HelpCheck", "How", "LinkRequest", "LocalText", "Module", "Organisation", "Origin", "Person", "Placement",
    "RateCount", "RequestKind", "Revision", "RevisionText", "Right", "Role", "StepPost", "Unit", "UnitKind",
]  # fmt: skip
