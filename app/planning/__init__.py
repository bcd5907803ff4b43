"""Who is due what, and when: a comparison made again and again, safe to stop, and safe to run twice."""

from app.planning.enrolling import enrol
from app.planning.inviting import opens_on, plan
from app.planning.noticing import notice
from app.planning.reading import reachable

__all__ = ["enrol", "notice", "opens_on", "plan", "reachable"]
