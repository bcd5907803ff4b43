"""People: placed by their employments, taken in from a list, away, exempt, accepted, erased."""

from app.people.listing import Outcome, add
from app.people.placing import Employment, Interval, home_placements, place
from app.people.reading import Fault, Faulty, Row, read
from app.people.standing import absent, accept, erase, exempt

__all__ = [
    "Employment", "Fault", "Faulty", "Interval", "Outcome", "Row", "absent", "accept", "add", "erase", "exempt",
    "home_placements", "place", "read",
]  # fmt: skip
