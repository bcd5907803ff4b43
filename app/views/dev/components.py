"""Every component in every state, from the same macros as the pages: what is not here should not be anywhere else."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template
from wtforms import BooleanField, DateField, FileField, SelectField, StringField, TextAreaField

from app import content, coverage, help
from app.coverage.count import Counts
from app.forms import AddressField, Choices, Form
from app.views.dev import blueprint

SAMPLE = """\
---
id: prov
version: 1
title: Ett prov
summary: En mening. Två. Tre. Fyra.
minutes: 5
---

## Frågan {#fraga}

::: question
Amina får höra ”nej, en till klarar du inte” vid fikat. Vad tänker de andra?

- [x] Flera blev illa till mods och väntade på någon annan
  > Ja. De flesta känner mer än de visar.
- [x] Någon hann inte tänka alls
  > Så är det ofta. Det går att säga något efteråt också.
- [ ] De tyckte att det var ett vanligt skämt
  > Kanske någon. Men den som inte skrattar brukar ha ett skäl.
:::

## Scenen {#scen}

::: scenario
### Vid fikat {#fikat}
Tisdag, tjugo i tio. ”Ska du verkligen ta en till?” säger Jonas.

- [”Det där är inte okej, Jonas.”](#grans)
- [Fråga Amina efteråt hur det blev](#grans)

### Han tystnar {#grans .good}
Amina ser upp.
:::

## Stödet {#stod}

::: fact
**18 av 23**

En siffra, en mening.

Källa: [Den som har räknat](https://example.org/rapport). Uppgifterna gäller 2025.
:::

::: local definition
Organisationens egna ord, eller kursens.
:::

::: reflection
Tänk på någon som såg dig. Vad gjorde den?
:::

::: help akut kvinnofridslinjen
Ring för din egen skull, eller för någon du tänker på.
:::
"""
LINES = [
    help.Row("a", "urgent", "SOS Alarm", "112", "112", None, "När någon är i fara nu.", "", "Syns i samtalslistan.", "",
             is_confirmed=True, is_own=False),
    help.Row("b", "work", "Företagshälsovården", "0980-31 92 10", "+46980319210", None, "För dig som är anställd.",
             "Svenska och engelska.", "Syns i samtalslistan.", "Vardagar 8–16.", is_confirmed=True, is_own=True),
]  # fmt: skip
PARTS = {
    "Alla klara": Counts(in_scope=29, completed=29),
    "Några försenade": Counts(in_scope=23, completed=18, late=3, within_time=2, unreached=1),
    "Frånvarande och utgångna": Counts(in_scope=12, completed=5, absent=4, expired=3),
    "Ingen har börjat": Counts(in_scope=12, within_time=12),
    "Ingen räknas": Counts(),
}
COLOURS = (
    "paper", "wash", "field", "hair", "line", "ink-soft", "ink", "accent", "accent-deep", "sun", "ribbon", "band",
    "good", "good-field", "unsure", "unsure-field", "bad", "bad-field",
)  # fmt: skip


@dataclass(frozen=True)
class Done:
    """A module as the strokes of a course show it."""

    is_complete: bool
    left: int


class Sample(Form):
    name = StringField("Namn", description="Som du vill att det ska stå.")
    address = AddressField(description="Till exempel namn@kommunen.se.")
    day = DateField("Dag")
    closed = StringField("Avstängt", render_kw={"disabled": True})
    listed = SelectField("Lista", choices=["Alla som räknas", "Timanställda"])
    text = TextAreaField("Flera rader", description="Så långt du vill.")
    file = FileField("Fil", description="SVG eller PNG.")
    place = Choices("Var arbetar du?", description="Välj ett.")
    chosen = Choices("Vilket språk läser du helst?")
    alone = BooleanField("En ruta för sig")


@blueprint.get("/komponenter")
def components() -> str:
    fine, faulty = _forms()
    question, scene, rest = content.parse(SAMPLE).steps
    return render_template(
        "dev/components.html", fine=fine, faulty=faulty, question=question.question, scenario=scene.scenario,
        blocks=rest.blocks, lines=LINES, lines_of=lambda _keys: LINES, parts_of=PARTS, of=coverage.of, colours=COLOURS,
        all=sum(PARTS.values(), Counts()), text_language="sv",
        modules=[Done(True, 0), Done(True, 0), Done(False, 5), Done(False, 6)],
    )  # fmt: skip


def _forms() -> tuple[Sample, Sample]:
    """As it stands at first, and as it comes back with faults."""
    fine, faulty = Sample(formdata=None, chosen="sv"), Sample(formdata=None, prefix="fel", address="farah.sundby")
    for form in (fine, faulty):
        form.place.choices = [("a", "Ett val"), ("b", "Ett till")]
        form.chosen.choices = [("sv", "Svenska"), ("en", "English")]
    faulty.address.errors = ["Skriv en adress med @ i."]
    faulty.place.errors = ["Välj ett av alternativen."]
    return fine, faulty
