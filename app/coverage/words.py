"""The figures in words: a share with its denominator, and the rule that stands under every table."""

from __future__ import annotations

from babel.lists import format_list
from flask_babel import get_locale, gettext, ngettext

from app.models import Campaign, EmploymentKind
from app.scope import GRACE_DAYS, LONG_ABSENCE_DAYS

UNREACHED_DAYS = 14
"""One whom no mail has reached has this many days before the campaign's own days begin."""


def _(text: str, **values: object) -> str:
    return str(gettext(text, **values))


def _days(number: int) -> str:
    return str(ngettext("%(num)d dag", "%(num)d dagar", number))


def share(part: int, whole: int) -> int | None:
    """Whole per cent, rounded down: never 100 while one is missing. None of nobody."""
    return 100 * part // whole if whole else None


def of(part: int, whole: int) -> str:
    """A figure as it is always written: 18 av 23 (78 %)."""
    percent = share(part, whole)
    if percent is None:
        return _("0 av 0")
    return _("%(part)d av %(whole)d (%(percent)d %%)", part=part, whole=whole, percent=percent)


def rule(campaign: Campaign) -> str:
    """How the campaign is counted, so that a reader of the figures can judge them."""
    return " ".join((_scope(campaign), _completion(campaign), _time(campaign), _rest()))


def _scope(campaign: Campaign) -> str:
    counted = [_kind(EmploymentKind(each)) for each in campaign.organisation.counted_kinds]
    kinds = format_list(counted, locale=get_locale() or "sv")
    shortest = campaign.organisation.shortest_employment_days
    if shortest > 1:
        return _(
            "Vi räknar alla som den dagen har en placering i en enhet som kursomgången gäller och inte är undantagna: "
            "%(kinds)s, utom anställningar kortare än %(days)s.",
            kinds=kinds, days=_days(shortest),
        )  # fmt: skip
    return _(
        "Vi räknar alla som den dagen har en placering i en enhet som kursomgången gäller och inte är undantagna: "
        "%(kinds)s.",
        kinds=kinds,
    )


def _kind(kind: EmploymentKind) -> str:
    return {
        EmploymentKind.PERMANENT: _("tillsvidareanställda"),
        EmploymentKind.TEMPORARY: _("visstidsanställda"),
        EmploymentKind.HOURLY: _("timanställda"),
        EmploymentKind.CONSULTANT: _("konsulter"),
    }[kind]


def _completion(campaign: Campaign) -> str:
    said = _("Klar är den som har gjort alla moduler, också på annat sätt.")
    if campaign.valid_days is None:
        return said
    holds = _("Ett genomförande gäller i %(days)s.", days=_days(campaign.valid_days))
    return f"{said} {holds}"


def _time(campaign: Campaign) -> str:
    absent = _(
        "Frånvarande är den som är borta %(long)s eller mer, eller är tillbaka sedan mindre än %(grace)s.",
        long=_days(LONG_ABSENCE_DAYS), grace=_days(GRACE_DAYS),
    )  # fmt: skip
    due = _(
        "Var och en har %(due)s på sig från det senaste av kursomgångens start, första anställningsdagen, "
        "återkomsten och första mejlet eller koden. Den som inget mejl och ingen kod har nått får %(unreached)s till.",
        due=_days(campaign.due_days), unreached=_days(UNREACHED_DAYS),
    )  # fmt: skip
    return f"{absent} {due}"


def _rest() -> str:
    return _(
        "Den som har flera anställningar räknas en gång, på sin största. "
        "Förtroendevalda, partner och allmänheten räknas för sig. Procent avrundas nedåt."
    )


def public() -> str:
    return _("Allmänheten")
