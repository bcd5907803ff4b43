"""bench page: a step's page and its answer beside the limit app; a worker's memory, and the weight of a first page."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_urlsafe
from statistics import median
from tempfile import TemporaryDirectory

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from app import links
from bench import limit, load, weight
from bench.serving import Server, serving
from bench.showing import Goal, Measured
from bench.town import Town, browser

ROUNDS = 5
"""No more than the module has steps before its last."""
TURNS = 4
"""How often ours and the limit take turns in a round: a machine that is busy for a second burdens both."""
ASKED = 250
"""Pages fetched in a turn."""
ANSWERED = 300
"""People who answer in a round; in each round they answer the step after."""
READERS = 50
PLAIN_STEP = 2
"""A step of text alone: no picture and no question."""
TIME_S = 45.0
"""After this no new round is begun."""

GOALS = {
    "ratio": Goal(least=0.6),
    "answer_ratio": Goal(least=0.35),
    "worker_mb": Goal(most=110),
    "page_kb": Goal(most=30),
    "requests": Goal(most=5),
}


@dataclass
class Rates:
    """Requests per second, round by round."""

    limit: list[float] = field(default_factory=list)
    page: list[float] = field(default_factory=list)
    answer: list[float] = field(default_factory=list)

    def ratio(self, ours: list[float]) -> float:
        """Ours beside the limit of the same round; what else the machine does then burdens both."""
        return median(mine / theirs for mine, theirs in zip(ours, self.limit, strict=True))


def measure() -> Measured:
    with TemporaryDirectory() as folder, _ours(Path(folder)) as (town, ours), _limit(Path(folder)) as (asking, theirs):
        first = weight.weigh(ours.port, town.address(1), town.people[0].cookie)
        rates = _rounds(town, ours, asking, theirs)
        memory = ours.largest_worker_mb()
        bare = theirs.largest_worker_mb()
    figures = {
        "ratio": round(rates.ratio(rates.page), 3),
        "answer_ratio": round(rates.ratio(rates.answer), 3),
        "worker_mb": round(memory, 1),
        "page_kb": round(sum(size for _, size in first) / 1000, 1),
        "requests": len(first),
    }
    beside = {
        "limit, pages/s": f"{median(rates.limit):.0f}",
        "ours, pages/s": f"{median(rates.page):.0f}",
        "ours, answers/s": f"{median(rates.answer):.0f}",
        "limit's worker, MB": f"{bare:.1f}",
    }
    return Measured(figures, beside)


def _rounds(town: Town, ours: Server, asking: bytes, theirs: Server) -> Rates:
    """The limit and ours in turn, after a first round that only warms both."""
    readers, answerers = town.people[:READERS], town.people[READERS:]
    town.read(readers, PLAIN_STEP - 1)
    before = town.posted()
    pages = load.repeated((town.step(each, PLAIN_STEP) for each in readers), ASKED)
    limits = load.repeated([asking], ASKED)
    load.rate(theirs.port, limits, 200)
    load.rate(ours.port, pages, 200)
    rates, began = Rates(), time.monotonic()
    for number in range(1, ROUNDS + 1):
        turns = [(load.rate(theirs.port, limits, 200), load.rate(ours.port, pages, 200)) for _ in range(TURNS)]
        rates.limit.append(median(limit for limit, _ in turns))
        rates.page.append(median(page for _, page in turns))
        rates.answer.append(load.rate(ours.port, town.answers(answerers, number), 303))
        if time.monotonic() - began > TIME_S:
            break
        time.sleep(links.READING_TIME.total_seconds())  # Quicker than anybody reads, a step is shown again.
    written = town.posted() - before
    if written != len(rates.answer) * len(answerers):
        raise load.Unexpected(f"{written} answers were written, of {len(rates.answer) * len(answerers)}")
    return rates


@contextmanager
def _ours(folder: Path) -> Iterator[tuple[Town, Server]]:
    environ = {
        "FLASK_BASE_URL": "http://127.0.0.1",
        "FLASK_SECRET_KEY": token_urlsafe(32),
        "FLASK_LINK_KEYS": token_urlsafe(32),
        "FLASK_DATA": str(folder / "ours"),
        "FLASK_MAIL_TRANSPORT": "mailbox",
        "FLASK_MAIL_DEFAULT_SENDER": "kurs@provby.example",
    }
    town = Town(environ, READERS + ANSWERED)
    with serving("wsgi:app", environ, folder / "ours.log") as server:
        yield town, server


@contextmanager
def _limit(folder: Path) -> Iterator[tuple[bytes, Server]]:
    """The limit's server, and the request that it is asked with."""
    environ = {"LIMIT_KEY": token_urlsafe(32), "LIMIT_DATABASE_URL": f"sqlite:///{folder / 'limit.sqlite3'}"}
    engine = create_engine(environ["LIMIT_DATABASE_URL"])
    limit.Model.metadata.create_all(engine)
    with Session(engine) as rows:
        rows.add(limit.Reader(id=1, name="En sida att jämföra med", place="Provby kommun", steps=6))
        rows.commit()
    engine.dispose()
    cookie, _token = browser(limit.create_app(environ), lambda session: session.update(reader=1))
    with serving("bench.limit:create_app()", environ, folder / "limit.log") as server:
        yield load.get(f"/step/{PLAIN_STEP}", cookie), server
