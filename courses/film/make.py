"""Make the silent film anew: python3 dev.py film. Pictures by Chromium, put together by ffmpeg, one file a language.

There is no sound track at all: who hears nothing of it in the next room need not be told.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from itertools import accumulate

from playwright.sync_api import Page, sync_playwright

from app import film, languages
from app.config import ROOT
from courses.film.drawing import HEIGHT, NAVY, WIDTH, group, rect, svg
from courses.film.plates import call_list, plate
from courses.film.scenes import SCENES, eased

OUT = ROOT / "static"
PER_SECOND = 20
FADE_S = 0.7
LONGEST_CUE = 84
"""Letters in a caption before it is divided: two lines, and a third on a small phone."""
SECONDS = {
    "kitchen": 7.5, "alone": 4, "colleague": 6, "walk": 4.5, "cup": 5.5, "fault": 4, "call": 5, "urgent": 4.5,
    "talk": 5.5, "young": 5, "police": 5.5, "erase": 7, "door": 6,
}  # fmt: skip
"""How long each picture is on: a plate long enough for its words to be read twice without haste."""
ENDS = dict(zip(SECONDS, accumulate(SECONDS.values()), strict=True))
LENGTH_S = sum(SECONDS.values())
POSTER = ("cup", 4.5)
NEEDS = {
    "ffmpeg": "ffmpeg",
    "chromium": "chromium",
    "fc-list": "fontconfig",
    "Noto Serif": "fonts-noto-core",
    "Noto Naskh Arabic": "fonts-noto-core",
}
ENCODE = [
    "-c:v", "libx264", "-profile:v", "high", "-level", "3.1", "-pix_fmt", "yuv420p", "-preset", "slow",
    "-tune", "animation", "-crf", "26", "-g", "400",
    "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
    "-an", "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-movflags", "+faststart",
]  # fmt: skip
"""Profile high, which every telephone since 2010 plays, fades flat pictures in a third of the bytes of baseline."""
TO_BT709 = "scale=out_color_matrix=bt709:out_range=tv"


def main() -> None:
    """Write film.<language>.mp4, film.<language>.vtt and film.jpg to static/."""
    say_what_is_missing()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.set_content('<body style="margin:0"></body>')
        taken: dict[str, bytes] = {}
        for told in film.films().values():
            (OUT / f"film.{told.language}.vtt").write_text(captions(told), encoding="utf-8")
            if told.shown == told.language:
                encode(page, told, taken)
        show(page, svg(SCENES[POSTER[0]](POSTER[1])))
        page.screenshot(path=OUT / "film.jpg", type="jpeg", quality=62)
        browser.close()


def say_what_is_missing() -> None:
    lister = shutil.which("fc-list")
    fonts = subprocess.check_output([lister, ":", "family"], text=True) if lister else ""  # noqa: S603
    missing = {NEEDS[need] for need in NEEDS if not shutil.which(need) and need not in fonts.splitlines()}
    if missing:
        sys.exit(f"The film needs more than is here. On Debian: sudo apt install {' '.join(sorted(missing))}")


# Pictures


def encode(page: Page, told: film.Film, taken: dict[str, bytes]) -> None:
    """One language's film. taken keeps the pictures by what is drawn: most are the same in every language."""
    path = OUT / f"film.{told.language}.mp4"
    source = ["-f", "image2pipe", "-c:v", "png", "-framerate", str(PER_SECOND), "-i", "-"]
    command = ["ffmpeg", "-y", "-loglevel", "error", *source, "-vf", TO_BT709, *ENCODE, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as ffmpeg:  # noqa: S603
        assert ffmpeg.stdin
        for number in range(round(LENGTH_S * PER_SECOND)):
            ffmpeg.stdin.write(take(page, frame(told, number / PER_SECOND), taken))
    if ffmpeg.returncode:
        sys.exit(f"ffmpeg could not make {path.name}; its reason stands above.")
    print(f"{path.name}: {path.stat().st_size // 1000} kB", flush=True)


def take(page: Page, drawn: str, taken: dict[str, bytes]) -> bytes:
    """A photograph of what is drawn, unless there is one already."""
    if drawn not in taken:
        show(page, drawn)
        taken[drawn] = page.screenshot()
    return taken[drawn]


def show(page: Page, drawn: str) -> None:
    page.evaluate("drawn => { document.body.innerHTML = drawn }", drawn)


def frame(told: film.Film, seconds: float) -> str:
    """What the film shows then: one picture, or two while one gives way to the next.

    Two plates are never seen at once: a number with another through it could be read wrong.
    """
    names = [name for name in ENDS if ENDS[name] - SECONDS[name] - FADE_S / 2 <= seconds < ENDS[name] + FADE_S / 2]
    if len(names) == 2 and not SCENES.keys() & set(names):
        cut = ENDS[names[0]]
        names, clear = [names[seconds >= cut]], eased(abs(seconds - cut), 0, FADE_S / 2)
    else:
        clear = 1
    shown = [picture(told, name, seconds - ENDS[name] + SECONDS[name], clear) for name in names]
    over = [group(each, opacity=_fade(name, seconds)) for name, each in zip(names[1:], shown[1:], strict=True)]
    dark = 1 - eased(seconds, 0, FADE_S) + eased(seconds, LENGTH_S - 1, 0.9)
    veil = rect(0, 0, WIDTH, HEIGHT, NAVY, opacity=dark) if dark else ""
    return svg(*shown[:1], *over, veil)


def _fade(name: str, seconds: float) -> float:
    return eased(seconds, ENDS[name] - SECONDS[name] - FADE_S / 2, FADE_S)


def picture(told: film.Film, name: str, seconds: float, clear: float = 1) -> str:
    """A scene or a plate as it looks when it has been on for so long; clear is how much is seen of a plate's words."""
    if name in SCENES:
        return SCENES[name](max(0, seconds))
    lines = next(each.plate for each in told.pictures if each.name == name)
    light = (ENDS[name] / ENDS["erase"]) ** 2
    drawn = call_list(eased(seconds, 3, 2)) if name == "erase" else ""
    return plate(lines, languages.direction(told.language), light, drawn, clear)


# Captions


def captions(told: film.Film) -> str:
    """The film's WebVTT: each picture's words while it is shown, divided between sentences where they are many."""
    cues = ["WEBVTT"]
    for each in told.pictures:
        start = ENDS[each.name] - SECONDS[each.name]
        parts = divided(each.says)
        for said in parts:
            end = start + SECONDS[each.name] * len(said) / sum(map(len, parts))
            cues.append(f"{_clock(start)} --> {_clock(end - 0.1)}\n{said}")
            start = end
    return "\n\n".join(cues) + "\n"


def divided(says: str) -> list[str]:
    """The sentences in as few captions as they have room in."""
    parts: list[str] = []
    for sentence in re.split(r"(?<=[.?]) ", says):
        if parts and len(parts[-1]) + len(sentence) < LONGEST_CUE:
            parts[-1] += f" {sentence}"
        else:
            parts.append(sentence)
    return parts


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60:02}:{seconds % 60:06.3f}"


if __name__ == "__main__":
    main()
