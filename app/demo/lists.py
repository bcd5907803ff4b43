"""The demo's staff lists, as the CSV that a municipality would hand in. Names and numbers are invented."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

HR = "asa.nystrom@sundby.example"
ELECTED = "Förtroendevalda"
COMPANY = "Sundbybostäder AB"

UNITS = {
    "Kommunledningsförvaltningen": {"HR-avdelningen": 9, "Ekonomi": 10, "Kansli och kontaktcenter": 12, "IT": 9},
    "Barn- och utbildningsförvaltningen": {
        "Sundbyskolan F–3": 22, "Sundbyskolan 4–6": 21, "Sundbyskolan 7–9": 24, "Lindskolan": 18,
        "Förskolan Blåklinten": 13, "Förskolan Solgläntan": 12, "Förskolan Skogsdungen": 11, "Elevhälsan": 10,
        "Sundby gymnasium": 34,
    },
    "Vård- och omsorgsförvaltningen": {
        "Hemtjänst norr": 29, "Hemtjänst söder": 28, "Nattpatrullen": 9, "Ekbacken, avdelning Linden": 18,
        "Ekbacken, avdelning Rönnen": 19, "Björkgården": 21, "LSS Ringvägen": 13, "LSS Sjögatan": 12,
        "Hälsa och rehab": 11, "Biståndsenheten": 11,
    },
    "Socialförvaltningen": {"Barn och familj": 14, "Vuxenenheten": 11, "Familjehuset": 7, "Integration": 8},
    "Teknik- och serviceförvaltningen": {
        "Gata och park": 17, "Vatten och avlopp": 13, "Lokalvård": 30, "Måltid": 33, "Fastighet": 10,
    },
    "Kultur- och fritidsförvaltningen": {"Biblioteket": 9, "Fritid och bad": 12, "Kulturskolan": 8},
    COMPANY: {"Förvaltning": 11, "Kundtjänst": 6, "Drift": 9},
    ELECTED: {"Kommunstyrelsen": 11, "Nämnderna": 15},
}  # fmt: skip
NORRBY_UNITS = {
    "Omsorg": {"Hemtjänsten": 9, "Granbacken": 11},
    "Skola": {"Norrbyskolan": 12, "Förskolan Kotten": 6},
}

FIRST = [
    "Anna", "Erik", "Maria", "Lars", "Karin", "Johan", "Eva", "Anders", "Sara", "Per", "Lena", "Mikael", "Ingrid",
    "Daniel", "Kristina", "Peter", "Emma", "Magnus", "Birgitta", "Fredrik", "Linnéa", "Oskar", "Elsa", "Gunnar",
    "Åsa", "Håkan", "Malin", "Björn", "Hanna", "Jonas", "Aino", "Eero", "Liisa", "Matti", "Tuula", "Pekka", "Helmi",
    "Juha", "Päivi", "Timo", "Fatima", "Ahmad", "Layla", "Omar", "Mariam", "Yusuf", "Noor", "Khalid", "Amal",
    "Hassan", "Samira", "Ibrahim", "Ayaan", "Abdi", "Hodan", "Mohamud", "Ifrah", "Cabdi", "Faduma", "Liban",
    "Ruqiya", "Warsame",
]  # fmt: skip
LAST = [
    "Andersson", "Johansson", "Karlsson", "Nilsson", "Eriksson", "Larsson", "Olsson", "Persson", "Svensson",
    "Gustafsson", "Lindberg", "Lindström", "Åberg", "Öhman", "Sjögren", "Nyström", "Hedlund", "Ek", "Dahl",
    "Wallin", "Korhonen", "Virtanen", "Mäkinen", "Nieminen", "Hämäläinen", "Laine", "Heikkilä", "Salo", "Haddad",
    "Al-Masri", "Darwish", "Khoury", "Nasser", "Saleh", "Hamdan", "Farah", "Warsame", "Nuur", "Hersi", "Jama",
    "Mahad", "Abdullahi",
]  # fmt: skip
CONTACTS = {
    "sundby": (
        ("exposed", "Socialjouren i Sundby", "0980-31 92 10", "Skydd, någonstans att bo, och någon som följer med.",
         "Kvällar, nätter och helger."),
        ("exposed", "Kvinnojouren i Sundby", "0980-31 92 50", "Samtal och skyddat boende. Du får vara anonym.",
         "Vardagar 9–16."),
        ("harming", "Mottagningen Vändpunkten", "0980-31 92 60", "Samtal för dig som vill sluta göra någon illa.",
         "Vardagar 8–16."),
        ("work", "HR i Sundby", "0980-31 92 20", "Om det som rör jobbet. Du behöver inte gå via chefen.",
         "Vardagar 8–16."),
        ("work", "Företagshälsovården", "0980-31 92 70", "Samtal på arbetstid, med tystnadsplikt.", "Vardagar 8–17."),
        ("other", "Socialtjänsten i Sundby", "0980-31 92 00", "Stöd till vuxna och barn, och till den som vill sluta.",
         "Vardagar 8–16.30."),
    ),
    "norrby": (("work", "HR i Norrby", "0980-32 92 20", "Om det som rör jobbet.", "Vardagar 9–15."),),
}  # fmt: skip
"""Whom each municipality turns to: group, name, number, for what, and when."""

WITHOUT_ADDRESS = 30
SHARED = ("Måltid", (1, 2), "koket.ekbacken@sundby.example")
"""Two in the kitchens share an address: both are people, and it is nobody's way in."""


def sundby(random: Random, first: date) -> str:
    """600 people in 40 units: thirty without an address, two who share one, and some who come and go in these weeks."""
    return _csv(list(_people(random, UNITS, "sundby.example", 1001, first, without=WITHOUT_ADDRESS)))


def norrby(random: Random, first: date) -> str:
    return _csv(list(_people(random, NORRBY_UNITS, "norrby.example", 1, first, without=2)))


def _csv(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([["number", "name", "email", "unit", "manager", "from", "to"], *rows])
    return out.getvalue()


def _people(
    random: Random, tree: dict[str, dict[str, int]], domain: str, number: int, first: date, *, without: int
) -> Iterator[list[str]]:
    taken: set[str] = set()
    total = sum(size for units in tree.values() for size in units.values())
    silent = set(random.sample(range(4, total), without))
    index = 0
    for top, units in tree.items():
        for unit, size in units.items():
            manager = str(number + index)
            for place in range(size):
                name = f"{random.choice(FIRST)} {random.choice(LAST)}"
                if index == 0 and domain in HR:
                    name = "Åsa Nyström"
                address = "" if index in silent else _address(name, domain, taken)
                if unit == SHARED[0] and place in SHARED[1]:
                    address = SHARED[2]
                starts, ends = _days(random, first, place)
                boss = manager if place else ""
                yield [str(number + index), name, address, f"{top} / {unit}", boss, starts, ends]
                index += 1


def _days(random: Random, first: date, place: int) -> tuple[str, str]:
    """Most have been here for long; a few began, and a few left, within these weeks. Managers stay."""
    luck = random.random()
    if place and luck < 0.04:
        return (first + timedelta(days=random.randrange(5, 50))).isoformat(), ""
    start = first - timedelta(days=random.randrange(120, 6_000))
    if place and luck > 0.985:
        return start.isoformat(), (first + timedelta(days=random.randrange(10, 50))).isoformat()
    return start.isoformat(), ""


def _address(name: str, domain: str, taken: set[str]) -> str:
    """first.last, without accents; a namesake gets a figure, as an IT department would give."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold().replace(" ", ".")
    found = next(each for n in range(1, 99) if (each := plain if n == 1 else f"{plain}{n}") not in taken)
    taken.add(found)
    return f"{found}@{domain}"
