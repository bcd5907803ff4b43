"""Course folders are read whole or refused, with the faults that only two files together can show."""

from pathlib import Path

import pytest

from app.content import Broken, check, load
from tests.content.texts import QUESTION, SCENARIO, text

SHIPPED = Path(__file__).parents[2] / "courses"

HELP_LINES = """\
akut:
  name: {sv: SOS Alarm, en: Emergency}
  number: "112"
  tel: "112"
  group: urgent
  whom: {sv: För alla.}
  always: true
  source: https://www.sosalarm.se/
"""

COURSE = """\
title: {sv: Våga se, en: Dare to see}
description: {sv: En kort kurs.}
days_between: 7
modules: [forsta]
"""

SOURCE = text(QUESTION) + "\n## Sedan {#sedan}\n\n" + SCENARIO


def translated(written: str, made_from: int = 1) -> str:
    return written.replace("version: 1", f"translated_from: {made_from}")


@pytest.fixture
def courses(tmp_path: Path) -> Path:
    """A courses folder with one course of one module, in Swedish and English, without fault."""
    module = tmp_path / "courses" / "prov" / "forsta"
    module.mkdir(parents=True)
    (module / "sv.md").write_text(SOURCE, encoding="utf-8")
    (module / "en.md").write_text(translated(SOURCE), encoding="utf-8")
    (module.parent / "course.yaml").write_text(COURSE, encoding="utf-8")
    (module.parent.parent / "help.yaml").write_text(HELP_LINES, encoding="utf-8")
    return module.parent.parent


@pytest.fixture
def course(courses: Path) -> Path:
    return courses / "prov"


@pytest.fixture
def module(course: Path) -> Path:
    return course / "forsta"


def change(path: Path, old: str, new: str) -> None:
    written = path.read_text(encoding="utf-8")
    assert old in written
    path.write_text(written.replace(old, new, 1), encoding="utf-8")


def found(path: Path, root: Path) -> list[str]:
    return [str(fault).removeprefix(f"{root.as_posix()}/") for fault in check(path)]


def refused(course: Path) -> str:
    with pytest.raises(Broken) as broken:
        load(course)
    return str(broken.value)


def test_a_course_is_loaded_with_all_its_languages_and_media(course, module):
    (module / "media").mkdir()
    (module / "media" / "bild.svg").write_text("<svg/>", encoding="utf-8")
    (module / "media" / "bild.html").write_text("<p>", encoding="utf-8")
    loaded = load(course)
    assert (loaded.key, loaded.title["en"], loaded.days_between) == ("prov", "Dare to see", 7)
    (only,) = loaded.modules
    assert (only.id, only.folder, list(only.texts)) == ("prov", "forsta", ["sv", "en"])
    assert only.media == {"media/bild.svg": module / "media" / "bild.svg"}
    assert only.source.source == SOURCE
    assert only.texts["en"].module.translated_from == 1


def test_the_source_is_kept_in_one_form(course, module):
    (module / "sv.md").write_bytes(b"\xef\xbb\xbf" + SOURCE.replace("\n", "\r\n").encode())
    assert load(course).modules[0].source.source == SOURCE


def test_everything_from_courses_down_to_a_file_can_be_checked(courses, course, module):
    change(module / "sv.md", "[x]", "[ ]")
    line = "prov/forsta/sv.md:11: Frågan har inget rätt svar. Skriv [x] framför minst ett alternativ."
    for path in (courses, course, course / "course.yaml", module, module / "sv.md"):
        assert found(path, courses) == [line]


def test_the_courses_that_ship_have_no_fault_and_claim_no_review():
    assert check(SHIPPED) == []
    modules = [module for path in SHIPPED.glob("*/course.yaml") for module in load(path.parent).modules]
    assert len(modules) >= 2
    assert not [text for module in modules for text in module.texts.values() if text.module.reviewed]


def test_a_course_without_fault_is_silent(courses):
    assert check(courses) == []


def test_a_relative_path_is_checked_and_told_as_it_was_given(module, monkeypatch):
    change(module / "sv.md", "help akut", "help akutt")
    monkeypatch.chdir(module)
    assert [str(fault) for fault in check(Path("sv.md"))] == [
        "sv.md:20: ”akutt” finns inte i help.yaml. Menade du ”akut”?"
    ]


CHANGES = {
    "id": ("id: prov", "id: annat", 2, "Modulens id är ”prov” i sv.md"),
    "version ahead": ("translated_from: 1", "translated_from: 2", 3, "men sv.md har version 1"),
    "no translated_from": ("translated_from: 1", "version: 1", 1, "Lägg till raden ”translated_from: 1”"),
    "a step renamed": ("{#sedan}", "{#senare}", 23, "Steget ”senare” finns inte i sv.md"),
    "a right answer": ("[ ]", "[x]", 16, "Alternativ 2 är inte rätt i sv.md"),
    "a place": ("{#vantat .unsure}", "{#vantat .risky}", 35, "har en annan ton i sv.md"),
    "other choices": ("[Säg något](#sagt)", "[Säg något](#vantat)", 26, "leder åt andra håll i sv.md"),
    "an option more": ("- [ ]", "- [ ] Ler\n  > Hm.\n- [ ]", 11, "Frågan har 2 alternativ i sv.md"),
    "a block more": ("## Sedan", "::: reflection\nHej.\n:::\n\n## Sedan", 9, "andra block i sv.md: question, help"),
}


@pytest.mark.parametrize(("old", "new", "line", "what"), CHANGES.values(), ids=CHANGES)
def test_a_translation_has_the_shape_of_its_source(course, module, old, new, line, what):
    change(module / "en.md", old, new)
    faults = check(module / "en.md")
    assert [fault.line for fault in faults if what in fault.what] == [line], faults
    assert what in refused(course)


def test_a_translation_may_have_more_pictures_and_words(module):
    change(module / "en.md", "## Sedan", "Hej.\n\n### Mer\n\n- ett\n\n## Sedan")
    assert check(module) == []


def test_steps_come_in_the_order_of_the_source(module):
    first, second = SOURCE.split("\n## Steget")[0], SOURCE.split("\n## Steget")[1]
    one, two = second.split("\n## Sedan")
    turned = f"{first}\n## Sedan{two}\n## Steget{one}"
    (module / "en.md").write_text(translated(turned), encoding="utf-8")
    assert [fault.what for fault in check(module)] == [
        "Stegen står i en annan ordning i sv.md: steget, sedan. Följ den."
    ]


def test_a_translation_that_lags_is_a_warning_and_still_loads(course, module):
    change(module / "sv.md", "version: 1", "version: 2")
    assert [(fault.line, fault.warning) for fault in check(course)] == [(3, True)]
    assert load(course).modules[0].source.module.version == 2


def test_the_source_is_not_a_translation(course, module):
    change(module / "sv.md", "version: 1", "translated_from: 1")
    assert "sv.md:3: sv.md är källan. Skriv version i stället" in refused(course)


def test_a_module_without_a_source_is_refused(course, module):
    (module / "sv.md").unlink()
    assert "sv.md:1: Filen finns inte" in refused(course)


@pytest.mark.parametrize("name", ["svenska!.md", "README.md", "a.md"])
def test_a_text_is_named_by_its_language(course, module, name):
    (module / name).write_text(translated(SOURCE), encoding="utf-8")
    assert f"{name}:1: Filen ska heta som sitt språk" in refused(course)


def test_easy_read_is_a_language(course, module):
    (module / "sv-simple.md").write_text(translated(SOURCE), encoding="utf-8")
    assert list(load(course).modules[0].texts) == ["sv", "en", "sv-simple"]


def test_a_file_that_is_not_utf8_has_a_line(module):
    (module / "sv.md").write_bytes(SOURCE.replace("Går hem", "Går hem då").encode("latin-1"))
    assert [(fault.line, fault.what[:31]) for fault in check(module / "sv.md")] == [
        (12, "Filen är inte sparad som UTF-8."),
    ]


def test_pictures_and_films_must_be_there(module):
    change(module / "sv.md", "## Sedan", "![a](media/a.svg)\n\n::: film tyst\nEn hand.\n:::\n\n## Sedan")
    assert [(fault.line, fault.what) for fault in check(module / "sv.md")] == [
        (23, "media/a.svg finns inte. Lägg dit bilden eller rätta namnet."),
        (25, "Filmen behöver media/tyst.mp4. Lägg dit filen eller rätta namnet."),
        (25, "Filmen behöver media/tyst.sv.vtt. Lägg dit filen eller rätta namnet."),
    ]
    (module / "media").mkdir()
    for name in ("a.svg", "tyst.mp4", "tyst.sv.vtt"):
        (module / "media" / name).write_text("-", encoding="utf-8")
    assert check(module / "sv.md") == []


def test_a_survey_is_a_warning_to_the_author_and_cannot_be_published(course, module):
    survey = "\n## Enkät {#enkat}\n\n::: survey fore\nHur?\n\n- Bra\n- Illa\n:::\n"
    (module / "sv.md").write_text(SOURCE + survey, encoding="utf-8")
    (module / "en.md").unlink()
    assert [fault.warning for fault in check(course)] == [True]
    assert "Enkäter kan inte publiceras än" in refused(course)


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("title: {sv: Våga se, ", "title: {", 1, "Den svenska texten (sv) saknas"),
        ("sv: En kort kurs.", "svenska: En", 2, "”svenska” är ingen språkkod"),
        ("days_between: 7", "days_between: varje", 3, "Skriv ett helt tal"),
        ("modules: [forsta]", "modules: [forsta, forsta]", 4, "var och en en gång"),
        ("modules: [forsta]", "modules: []", 4, "Skriv mapparna i ordning"),
        ("modules: [forsta]", "modules: [../prov]", 4, "bindestreck"),
        ("modules: [forsta]", "moduler: [forsta]", 4, "Menade du ”modules”?"),
        ("title:", "titel: a\ntitle:", 1, "Menade du ”title”?"),
    ],
)
def test_the_course_file_has_its_lines_too(course, old, new, line, what):
    change(course / "course.yaml", old, new)
    assert [fault.line for fault in check(course) if what in fault.what] == [line], check(course)
    assert what in refused(course)


def test_a_module_that_is_not_there_is_told(course):
    change(course / "course.yaml", "[forsta]", "[forsta, andra]")
    assert "andra/sv.md:1: Filen finns inte" in refused(course)


def test_a_module_that_is_not_in_the_course_is_a_warning(course, module):
    module.with_name("andra").mkdir()
    (module.with_name("andra") / "sv.md").write_text(SOURCE, encoding="utf-8")
    assert [(fault.line, fault.warning) for fault in check(course)] == [(4, True)]


def test_two_modules_cannot_share_an_id(course, module):
    change(course / "course.yaml", "[forsta]", "[forsta, andra]")
    module.with_name("andra").mkdir()
    (module.with_name("andra") / "sv.md").write_text(SOURCE, encoding="utf-8")
    assert "andra/sv.md:2: Id ”prov” finns redan i forsta. Välj ett annat." in refused(course)


def test_a_course_without_help_lines_beside_it_is_a_warning(courses, course):
    (courses / "help.yaml").unlink()
    assert [fault.warning for fault in check(course)] == [True]
    assert "help.yaml:1: Filen finns inte eller går inte att läsa." in found(courses, courses)


def test_a_folder_that_cannot_stand_in_an_address_is_refused(course):
    assert "Döp om mappen ”Våga se”" in refused(course.rename(course.with_name("Våga se")))


@pytest.mark.parametrize("name", ["borta", "borta.md", "help.yaml", "course.yaml"])
def test_what_is_not_there_is_told(tmp_path, name):
    assert "Filen finns inte" in check(tmp_path / "tom" / name)[0].what


def test_an_empty_folder_holds_no_course(tmp_path):
    assert "Här finns ingen kurs" in check(tmp_path)[0].what
