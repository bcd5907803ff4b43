"""What comes next for one person in one campaign: one chain of mails, never two close together. Knows only dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from app import hours
from app.models import DeliveryKind

REST = 3
"""Of so many working days, one at most has a mail for the same person."""
REMINDERS = tuple(timedelta(days=days) for days in (3, 7, 14))
"""After the last invitation, while something that was sent is unfinished."""
LATE = timedelta(days=2)
"""A reminder later than this is not sent."""


@dataclass(frozen=True)
class Mail:
    """One mail of the chain, sent or to come."""

    kind: DeliveryKind
    module_id: int
    day: date
    went: bool = True
    """False where the server refused it: the day counts, the module is still to be opened."""
    waiting: bool = False
    """True while it is in the outbox, due that day."""


@dataclass(frozen=True)
class Chain:
    begins: date
    days_between: int
    modules: tuple[int, ...]
    """The campaign's modules, in order."""
    completed: frozenset[int] = frozenset()
    mails: tuple[Mail, ...] = field(default=())

    def next(self, today: date) -> Mail | None:
        """The next mail and its day, which is today or to come. An invitation replaces the reminder before it."""
        invitation, reminder = self._invitation(today), self._reminder(today)
        if reminder and (invitation is None or hours.after(reminder.day, REST) <= invitation.day):
            return reminder
        return invitation

    def coming(self, today: date) -> Iterator[Mail]:
        """The invitations still to come, if the person does nothing in between."""
        chain = self
        while (mail := chain._invitation(today)) is not None:
            yield mail
            chain = replace(chain, mails=(*chain.mails, mail))

    def _invitation(self, today: date) -> Mail | None:
        """To the first module neither completed nor opened, at the pace, whether or not the last one is done."""
        left = (module for module in self.modules if module not in self.completed | self._opened)
        module = next(left, None)
        if module is None:
            return None
        invitations = [mail.day for mail in self.mails if mail.kind == DeliveryKind.INVITATION]
        paced = max(invitations) + timedelta(days=self.days_between) if invitations else self.begins
        return Mail(DeliveryKind.INVITATION, module, hours.sending_day(max(paced, self._rested, today)))

    def _reminder(self, today: date) -> Mail | None:
        """Of the first module that was opened and is unfinished; one that would come late is left out."""
        unfinished = [module for module in self.modules if module in self._opened - self.completed]
        if not unfinished:
            return None
        last = max(mail.day for mail in self.mails if mail.kind == DeliveryKind.INVITATION and mail.went)
        for wait in REMINDERS:
            planned = hours.sending_day(last + wait)
            day = hours.sending_day(max(planned, self._rested, today))
            if day - planned <= LATE:
                return Mail(DeliveryKind.REMINDER, unfinished[0], day)
        return None

    @property
    def _opened(self) -> frozenset[int]:
        return frozenset(mail.module_id for mail in self.mails if mail.kind == DeliveryKind.INVITATION and mail.went)

    @property
    def _rested(self) -> date:
        """The first day on which the person may have another mail."""
        return hours.after(max(mail.day for mail in self.mails), REST) if self.mails else self.begins
