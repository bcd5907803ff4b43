"""People: placed by their employments, taken in from a list, away, exempt, waiting, accepted, asking, gone, erased."""

from app.people.asking import ANSWERS, WORDS, answer, answer_by, ask, asked, how_many_ask, in_inbox
from app.people.listing import Outcome, add
from app.people.placing import Employment, Interval, home_placements, place
from app.people.reading import Fault, Faulty, Row, read
from app.people.seeing import hr_units, may_place_in, seen_by
from app.people.standing import absent, accept, erase, exempt, leave
from app.people.waiting import how_many_wait, turn_away, waiting, waiting_one

__all__ = [
    "ANSWERS", "WORDS", "Employment", "Fault", "Faulty", "Interval", "Outcome", "Row", "absent", "accept", "add",
    "answer", "answer_by", "ask", "asked", "erase", "exempt", "home_placements", "how_many_ask", "how_many_wait",
    "hr_units", "in_inbox", "leave", "may_place_in", "place", "read", "seen_by", "turn_away", "waiting", "waiting_one",
]  # fmt: skip
