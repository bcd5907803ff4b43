"""A language is a folder: its name, its direction and its place in every list come from there and from CLDR."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from babel import Locale
from babel.dates import format_date

from app import languages
from app.languages import LANGUAGES, LOCALES


def add(folder: Path, name: str) -> None:
    path = folder / name / "LC_MESSAGES" / "messages.mo"
    path.parent.mkdir(parents=True)
    path.touch()


def test_a_folder_with_a_compiled_catalogue_is_a_language_and_no_other_is(tmp_path: Path) -> None:
    for name in ("fi", "pt_BR", "fi@simple"):
        add(tmp_path, name)
    (tmp_path / "so" / "LC_MESSAGES").mkdir(parents=True)
    assert list(languages.among(tmp_path)) == ["sv", "fi", "fi-simple", "pt-BR"]


def test_every_language_that_ships_is_there_and_every_folder_is_a_language() -> None:
    assert {"sv", "sv-simple", "en", "ar"} <= LANGUAGES.keys()
    folders = {path.name for path in languages.FOLDER.iterdir()}
    assert folders == {str(locale) for locale in LOCALES.values()} - {"sv"}


@pytest.mark.parametrize(("name", "own"), [("fi", "Suomi"), ("ar", "العربية"), ("pt_BR", "Português (Brasil)")])
def test_a_language_is_called_what_it_calls_itself(tmp_path: Path, name: str, own: str) -> None:
    assert languages.own_name(Locale.parse(name), tmp_path) == own


def test_a_form_of_a_language_brings_its_name(tmp_path: Path) -> None:
    add(tmp_path, "fi@simple")
    (tmp_path / "fi@simple" / "name.txt").write_text("Selkosuomi\n", encoding="utf-8")
    assert languages.own_name(Locale.parse("fi@simple"), tmp_path) == "Selkosuomi"
    assert LANGUAGES["sv-simple"] == "Lättläst svenska"


def test_no_two_languages_have_the_same_name() -> None:
    assert len(set(LANGUAGES.values())) == len(LANGUAGES)


@pytest.mark.parametrize(
    ("language", "direction"),
    [("sv", "ltr"), ("sv-simple", "ltr"), ("ar", "rtl"), ("ar-SY", "rtl"), ("fa", "rtl"), ("ckb", "rtl"), ("he", "rtl"), ("qqq", "ltr"), ("x y", "ltr")],
)  # fmt: skip
def test_the_direction_is_the_languages_own(language: str, direction: str) -> None:
    assert languages.direction(language) == direction


def test_a_list_begins_with_the_readers_own_alphabet() -> None:
    swedish = list(languages.offered("sv"))
    assert [each for each in swedish if each != "ar"] == ["en", "sv-simple", "sv"]
    assert swedish[-1] == next(iter(languages.offered("ar"))) == "ar"
    assert all(set(languages.offered(each)) == set(LANGUAGES) for each in LANGUAGES)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("ar", "ar"), ("ar-SY", "ar"), ("sv-simple", "sv-simple"), ("sv-FI", "sv"), ("so", "sv"), ("en-simple", "en"), ("", "sv")],
)  # fmt: skip
def test_a_language_that_is_not_there_is_the_one_it_is_a_form_of_or_swedish(wanted: str, found: str) -> None:
    assert languages.nearest(wanted) == found


@pytest.mark.parametrize(
    ("language", "long", "near"),
    [
        ("sv", "30 november 2026", "måndag 30 november"),
        ("sv@simple", "30 november 2026", "måndag 30 november"),
        ("en", "30 November 2026", "Monday, 30 November"),
        ("ar", "30 نوفمبر 2026", "الاثنين، 30 نوفمبر"),
        ("de", "30. November 2026", "Montag, 30. November"),
        ("fi", "30. marraskuuta 2026", "maanantaina 30. marraskuuta"),
        ("tr", "30 Kasım 2026", "30 Kasım Pazartesi"),
    ],
)
def test_a_day_is_written_as_the_language_writes_it(language: str, long: str, near: str) -> None:
    locale = languages.as_in_sweden(Locale.parse(language))
    assert format_date(date(2026, 11, 30), "long", locale=locale) == long
    assert format_date(date(2026, 11, 30), languages.day_without_year(locale), locale=locale) == near


def test_words_that_a_language_lacks_are_found_and_told_to_be_in_another() -> None:
    words = {"sv": "hej", "en": "hello", "sv-simple": "hej!"}
    asked = ("sv-simple", "en-GB", "ar", "sv-FI")
    assert [languages.pick(words, each)[0] for each in asked] == ["sv-simple", "en", "sv", "sv"]
    with pytest.raises(LookupError, match="no words in sv"):
        languages.pick({"en": "hello"}, "ar")


@pytest.mark.parametrize(("language", "office"), [("sv-simple", "sv"), ("ar", "ar"), ("en", "en"), ("sv", "sv")])
def test_easy_read_leaves_the_office_to_plain_swedish(language: str, office: str) -> None:
    assert languages.whole(language) == office
