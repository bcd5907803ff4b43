"""The silent film, as its files are: short, without sound, small, and with no number that help.yaml does not have."""

from __future__ import annotations

import re
import struct
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from app import film, library
from app.config import ROOT
from app.languages import LANGUAGES
from courses.film import make
from tests.page_rules import Browser

SHOWN = sorted({each.shown for each in film.films().values()})
TOLD = sorted(film.films())
FOUR = {"112", "114 14", "020-50 50 50", "116 111"}
NUMBER = r"\d[\d \N{NO-BREAK SPACE}-]*\d"
AGE = "18"
HOLDING = {b"moov", b"trak", b"mdia"}


def boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The boxes of an MP4 with what is in them, those within others too."""
    while data:
        size, kind = struct.unpack(">I4s", data[:8])
        assert size >= 8
        yield kind, data[8:size]
        if kind in HOLDING:
            yield from boxes(data[8:size])
        data = data[size:]


def cues(language: str) -> list[tuple[float, float, str]]:
    """A film's captions: from, to, and what they say."""
    head, *rest = (ROOT / "static" / f"film.{language}.vtt").read_text(encoding="utf-8").strip().split("\n\n")
    assert head == "WEBVTT"
    found = []
    for cue in rest:
        times, said = cue.split("\n", 1)
        start, end = (int(each[:2]) * 60 + float(each[3:]) for each in times.split(" --> "))
        found.append((start, end, said))
    return found


def numbers(text: str) -> set[str]:
    return {each.replace("\N{NO-BREAK SPACE}", " ") for each in re.findall(NUMBER, text)} - {AGE}


def test_every_language_of_the_pages_has_the_film_in_its_own_words() -> None:
    assert set(TOLD) == set(LANGUAGES)
    assert SHOWN == ["ar", "en", "sv"]


@pytest.mark.parametrize("language", SHOWN)
def test_the_film_lasts_about_a_minute_and_has_no_sound_track(language: str) -> None:
    found = list(boxes((ROOT / "static" / f"film.{language}.mp4").read_bytes()))
    kinds = [data[8:12] for kind, data in found if kind == b"hdlr"]
    scale, length = next(struct.unpack(">II", data[12:20]) for kind, data in found if kind == b"mvhd")
    assert kinds == [b"vide"]
    assert 45 <= length / scale <= 75
    assert length / scale == pytest.approx(make.LENGTH_S)


@pytest.mark.parametrize("language", SHOWN)
def test_the_film_is_light_and_begins_before_all_of_it_is_there(language: str) -> None:
    data = (ROOT / "static" / f"film.{language}.mp4").read_bytes()
    outer = [kind for kind, _ in boxes(data) if kind in (b"moov", b"mdat")]
    assert len(data) <= 700_000
    assert outer == [b"moov", b"mdat"]
    assert (ROOT / "static" / "film.jpg").stat().st_size <= 30_000


@pytest.mark.parametrize("language", TOLD)
def test_captions_say_the_four_numbers_as_help_has_them_and_no_other(language: str) -> None:
    always = {line.number for line in library.help_lines().values() if line.always}
    assert always == FOUR
    assert numbers(" ".join(said for _, _, said in cues(language))) == always


@pytest.mark.parametrize("language", TOLD)
def test_captions_can_be_read_one_after_the_other(language: str) -> None:
    found = cues(language)
    assert all(end - start >= 1 and len(said) / (end - start) <= 20 for start, end, said in found)
    assert all(end <= start for (_, end, _), (start, _, _) in pairwise(found))
    assert found[-1][1] <= make.LENGTH_S


@pytest.mark.parametrize("language", TOLD)
def test_captions_are_what_the_text_says_today(language: str) -> None:
    assert (ROOT / "static" / f"film.{language}.vtt").read_text(encoding="utf-8") == make.captions(film.told(language))


@pytest.mark.parametrize("language", TOLD)
def test_the_text_follows_the_film_and_no_number_is_written_by_hand(language: str) -> None:
    told = film.told(language)
    assert [picture.name for picture in told.pictures] == list(make.SECONDS)
    assert numbers((film.FOLDER / f"{language}.yaml").read_text(encoding="utf-8")) == set()
    for picture in told.pictures:
        shown = " ".join(picture.plate)
        assert set(re.findall(r"\w+", shown)) <= set(re.findall(r"\w+", picture.says)), picture.name
        assert not shown or language == told.shown


@pytest.mark.parametrize("language", SHOWN)
def test_a_plate_stays_long_enough_to_be_read_twice(language: str) -> None:
    for picture in film.told(language).pictures:
        words = len(" ".join(picture.plate).split(" "))  # A number is one.
        assert not picture.plate or make.SECONDS[picture.name] >= max(4, 4 * words / 6), picture.name


def test_nothing_flashes() -> None:
    """Of what changes the most, the phone that lights up, there is less than one a second, and three would be allowed."""
    lit = [make.SCENES["kitchen"](tenth / 10) for tenth in range(75)]
    from_dark = sum(a == lit[0] != b for a, b in pairwise(lit))
    assert 2 <= from_dark <= 4


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_the_film_waits_to_be_started_with_captions_and_text_at_hand(client: Browser, language: str) -> None:
    text = client.get(f"/stod?sprak={language}").text
    assert client.page is not None
    (video,), (track,) = client.page.all("video"), client.page.all("track")
    assert "controls" in video
    assert "autoplay" not in video
    assert video["preload"] == "none"
    assert str(video["poster"]).endswith("/film.jpg")
    assert "default" in track
    assert (track["kind"], track["srclang"]) == ("captions", language)
    assert all(picture.says in text for picture in film.told(language).pictures)


def test_the_film_can_be_fetched_in_parts_and_is_kept(client: Browser) -> None:
    client.get("/stod?sprak=sv-simple")
    assert client.page is not None
    (source,), (track,) = client.page.all("source"), client.page.all("track")
    part = client.get(str(source["src"]), headers={"Range": "bytes=100-199"}, buffered=True)
    assert (part.status_code, len(part.data), part.mimetype) == (206, 100, "video/mp4")
    assert str(source["src"]).endswith("/film.sv.mp4")
    assert "max-age=31536000" in part.headers["Cache-Control"]
    assert client.get(str(track["src"]), buffered=True).mimetype == "text/vtt"


def test_a_language_without_a_film_gets_the_one_that_is_nearest() -> None:
    assert film.told("ar-EG").language == "ar"
    assert film.told("fi").language == "sv"


def test_what_is_missing_to_make_it_anew_is_said(tmp_path: Path) -> None:
    made = subprocess.run(
        [sys.executable, "-m", "courses.film.make"],
        cwd=ROOT, env={"PATH": str(tmp_path)}, capture_output=True, text=True,
    )  # fmt: skip
    assert made.returncode == 1
    assert "sudo apt install chromium ffmpeg fontconfig fonts-noto-core" in made.stderr
