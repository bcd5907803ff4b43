"""Small course texts for tests, each whole, so that a test can break one thing."""

from app.content import Broken, Module, parse

FRONT = {"id": "prov", "version": "1", "title": "Prov", "summary": "Om ett prov.", "minutes": "5"}

QUESTION = """\
::: question
Vad gör du?

- [x] Frågar
  > Ja, det hjälper.
- [ ] Går hem
  > Du får stanna.
:::
"""

SCENARIO = """\
::: scenario
### Rummet {#rummet}
Alla tystnar.

- [Säg något](#sagt)
- [Vänta](#vantat)

### Det är sagt {#sagt .good}
Hon andas ut.

### Efteråt {#vantat .unsure}
Du frågar henne.

- [Gå med till chefen](#sagt)
:::
"""

HELP = "::: help akut\n:::\n"


def text(*blocks: str, **front: str) -> str:
    """A module of one step with these blocks and, to be whole, help. A field given as an empty text is left out."""
    fields = "".join(f"{name}: {value}\n" for name, value in {**FRONT, **front}.items() if value)
    return f"---\n{fields}---\n\n## Steget {{#steget}}\n\n" + "\n".join([*blocks, HELP])


FIRST = text(QUESTION).split("\n").index("## Steget {#steget}") + 3
"""The line of the file where the first block given to text() begins, when no field is added."""


def read(*blocks: str, **front: str) -> Module:
    return parse(text(*blocks, **front), "sv.md")


def faults(source: str) -> list[tuple[int, str]]:
    """What is wrong, by line; nothing when the text can be read."""
    try:
        parse(source, "sv.md")
    except Broken as broken:
        return [(fault.line, fault.what) for fault in broken.faults]
    return []
