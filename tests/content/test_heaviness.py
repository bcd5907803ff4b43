"""A text that is heavier than its readers should have to bear is a warning, with a line, that stops nothing."""

from pathlib import Path

import pytest

from app.content import check, load
from app.content.reading import HEAVIEST, MOST_WORDS, PACE, lix, words_met
from tests.content.texts import FIRST, HELP, QUESTION, SCENARIO, read, text

PICTURE = "![En kopp](media/kopp.svg)\n"
HEAVY = "Kommunstyrelsens arbetsutskott återremitterade nämndens verksamhetsberättelse.\n"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "help.yaml").write_text(
        "akut:\n  name: {sv: SOS}\n  group: urgent\n  whom: {sv: Alla.}\n  always: true\n", encoding="utf-8"
    )
    folder = tmp_path / "prov" / "forsta"
    (folder / "media").mkdir(parents=True)
    (folder / "media" / "kopp.svg").write_text("<svg/>", encoding="utf-8")
    (folder / "sv.md").write_text(text(QUESTION), encoding="utf-8")
    (folder.parent / "course.yaml").write_text(
        "title: {sv: Prov}\ndescription: {sv: Om ett prov.}\nmodules: [forsta]\n", encoding="utf-8"
    )
    return folder.parent


def warnings(course: Path, language: str, *blocks: str, **front: str) -> list[tuple[int, str]]:
    """What is said of the blocks in the language, by line; and whatever it is, the course can be published."""
    written = text(*blocks, **front)
    if language != "sv":
        written = written.replace("version: 1", "translated_from: 1")
        (course / "forsta" / "sv.md").write_text(text(*blocks), encoding="utf-8")
    (course / "forsta" / f"{language}.md").write_text(written, encoding="utf-8")
    found = check(course / "forsta" / f"{language}.md")
    assert all(fault.warning for fault in found)
    assert load(course).modules[0].texts[language]
    return [(fault.line, fault.what) for fault in found]


@pytest.mark.parametrize(
    ("pieces", "index"),
    [
        ([], 0),
        (["..."], 0),
        (["Hon ser dig."], 3),
        (["Hon ser dig. Du ser henne."], 3),
        (["Hon ser dig", "Du ser henne"], 3),
        (["Rubriken", "Hon ser dig"], 2 + 25),
        (["Säg: jag ser dig."], 2),
        (["Hon kom 14.50."], 3),
        (["Kommunens omsorgsnämnd beslutade."], 3 + 100),
        (["Det är en HR-chef på 020-50 50 50."], 8 + 100 * 1 / 8),
        (["”Ser du?” frågar hon. ”Ja.”"], 5 / 3),
    ],
)
def test_lix_is_the_length_of_sentences_and_the_share_of_long_words(pieces: list[str], index: float) -> None:
    assert lix(pieces) == pytest.approx(index)


def test_a_light_text_has_no_warning(course: Path) -> None:
    assert warnings(course, "sv", "Hon ser dig. Du ser henne.\n", QUESTION) == []
    assert warnings(course, "sv-simple", PICTURE, QUESTION) == []


@pytest.mark.parametrize("language", ["sv", "sv-simple"])
def test_a_heavy_text_is_told_at_its_heaviest_step(course: Path, language: str) -> None:
    heavy = f"\n## Sedan {{#sedan}}\n\n{PICTURE}\n{HEAVY * 3}\n## Sist {{#sist}}\n\n{PICTURE}\nHej.\n"
    ((line, what),) = warnings(course, language, PICTURE, QUESTION, HELP + heavy + HELP)
    assert line == FIRST + 14
    assert f"högst {HEAVIEST[language]} är bra" in what


def test_lix_says_nothing_of_other_languages(course: Path) -> None:
    assert warnings(course, "en", HEAVY * 3, QUESTION) == []


def test_easy_read_needs_a_picture_in_each_step(course: Path) -> None:
    lacking = f"\n## Sedan {{#sedan}}\n\nHej.\n\n## Sist {{#sist}}\n\n{PICTURE}"
    assert warnings(course, "sv", PICTURE, QUESTION, HELP + lacking) == []
    found = warnings(course, "sv-simple", PICTURE, QUESTION, HELP + lacking)
    assert found == [(FIRST + 14, "Steget har ingen bild. En lättläst text behöver en i varje steg.")]


def test_a_picture_in_a_scenario_is_a_picture_in_its_step(course: Path) -> None:
    assert warnings(course, "sv-simple", SCENARIO.replace("Alla tystnar.", f"Alla tystnar.\n\n{PICTURE}")) == []


@pytest.mark.parametrize(("language", "is_told"), [("sv", True), ("en", False), ("sv-simple", False)])
def test_a_swedish_text_has_at_most_seven_hundred_words(course: Path, language: str, is_told: bool) -> None:
    words = "Du ser. " * (MOST_WORDS // 2)
    found = warnings(course, language, PICTURE, words + "\n", QUESTION, minutes="10")
    assert [line for line, what in found if "högst 700" in what] == ([1] if is_told else [])


@pytest.mark.parametrize("language", ["sv", "sv-simple", "en"])
def test_a_text_takes_the_minutes_that_it_says(course: Path, language: str) -> None:
    enough = "Du ser. " * (PACE // 2) + "\n"
    assert warnings(course, language, PICTURE, enough, QUESTION, minutes="2") == []
    (found,) = warnings(course, language, PICTURE, enough, QUESTION, minutes="1")
    assert found == (6, f"{PACE - 1 + 10} ord tar 2 minuter, inte 1. Korta, eller ändra minutes.")


def test_words_are_counted_as_one_reader_meets_them() -> None:
    """Every option, the longest feedback, and the longest of the straight ways through a scenario."""
    assert words_met(read(QUESTION).steps) == words("Steget Vad gör du Frågar Går hem Ja det hjälper")
    way = "Steget Rummet Alla tystnar Säg något Vänta Det är sagt Hon andas ut"
    assert words_met(read(SCENARIO).steps) == words(way)


def words(said: str) -> int:
    return len(said.split())


def test_a_scenario_that_goes_in_a_ring_is_counted_once() -> None:
    ring = SCENARIO.replace("- [Vänta](#vantat)", "- [Vänta](#vantat)\n- [Börja om](#rummet)")
    assert words_met(read(ring).steps) == words_met(read(SCENARIO).steps) + 2


def test_sources_and_transcripts_are_not_counted() -> None:
    fact = "::: fact\nFem av tio.\n\nKälla: [En lång källa](https://a.se)\n:::\n"
    film = "::: film tyst\nEn hand på en axel.\n:::\n"
    assert words_met(read(fact, film, QUESTION).steps) == words_met(read(QUESTION).steps) + 3


def test_a_text_with_a_fault_is_not_weighed_as_well(course: Path) -> None:
    (course / "forsta" / "sv.md").write_text(text(HEAVY, QUESTION.replace("[x]", "[ ]")), encoding="utf-8")
    assert len(check(course / "forsta")) == 1
