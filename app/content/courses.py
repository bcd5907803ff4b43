"""Course folders: read whole or not at all, and checked for what one file cannot know about another."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass

from . import helplines
from .blocks import Course, Film, Help, Module, ModuleSet, Text
from .faults import Broken, Fault, Findings, errors, meant, short
from .fields import ByLanguage, Key, Whole, fit, line_of_field, read
from .files import read_text
from .markdown import KEY, LANGUAGE
from .parsing import normalised
from .parsing import read as read_module
from .reading import check_reading
from .translations import compare

Keys = tuple[str, ...] | None
BESIDE = ("__pycache__", "film")
"""What lies among the courses without being one: the silent film of the help page, and what Python leaves."""
MEDIA = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".mp4", ".vtt")


def _some(folders: tuple[str, ...]) -> tuple[str, ...]:
    if not folders or len(set(folders)) < len(folders):
        raise ValueError("Skriv mapparna i ordning, var och en en gång: [valkommen, nasta].")
    return folders


@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class _CourseFile:
    title: ByLanguage
    description: ByLanguage
    modules: Annotated[tuple[Key, ...], AfterValidator(_some)]
    days_between: Whole = 7


COURSE_FILE = TypeAdapter(_CourseFile)
NAMES = tuple(_CourseFile.__dataclass_fields__)


def load(path: Path) -> Course:
    """A course folder, ready to publish. Raises Broken: a course is whole or it is not loaded."""
    course, faults = _course(path, _keys(path.resolve().parent), publishing=True)
    if course is None or errors(faults):
        raise Broken(faults)
    return course


def check(path: Path) -> list[Fault]:
    """Everything to mend in courses/, a course, a module or one file, warnings included."""
    if path.name == "course.yaml":
        return check(path.parent)
    if path.name == "help.yaml":
        return _check_help(path)
    if not path.is_dir():
        return _check_file(path)
    if (path / "course.yaml").exists():
        return _course(path, _keys(path.resolve().parent))[1]
    if any(path.glob("*.md")):
        return _module(path, _keys(path.resolve().parent.parent))[1]
    return list(_check_courses(path))


def _check_courses(path: Path) -> Iterator[Fault]:
    folders = [folder for folder in sorted(path.glob("[!.]*")) if folder.is_dir() and folder.name not in BESIDE]
    if not folders:
        yield Fault(path.as_posix(), 1, "Här finns ingen kurs. Ange courses, en kurs, en modul eller en fil.")
    yield from _check_help(path / "help.yaml")
    for folder in folders:
        yield from _course(folder, _keys(path))[1]


def _check_help(path: Path) -> list[Fault]:
    findings = Findings(path.as_posix())
    helplines.read_lines(path, findings)
    return findings.in_order()


def _check_file(path: Path) -> list[Fault]:
    """One text; a translation is held against its source when that is whole."""
    text, faults = _text(path, _keys(path.resolve().parent.parent.parent))
    source, broken = _text(path.with_name("sv.md"), None) if path.name != "sv.md" else (None, [])
    if text and source and not errors([*faults, *broken]):
        faults += _compared(source, text, path)
    return faults


def _keys(courses: Path) -> Keys:
    return helplines.keys(courses / "help.yaml")


def _course(folder: Path, keys: Keys, *, publishing: bool = False) -> tuple[Course | None, list[Fault]]:
    path = folder / "course.yaml"
    findings = Findings(path.as_posix())
    text = read_text(path, findings)
    fields = read(text, 1, findings) if text is not None else None
    file = fit(COURSE_FILE, fields, findings, NAMES) if fields else None
    if not fields or not file:
        return None, findings.in_order()
    _check_folders(folder, file, fields.line(("modules",)), keys, findings)
    read_modules = [_module(folder / name, keys, publishing=publishing) for name in file.modules]
    modules = [module for module, _ in read_modules if module]
    faults = findings.in_order() + [fault for _, some in read_modules for fault in some]
    faults += _repeated(folder, modules)
    if len(modules) < len(file.modules):
        return None, faults
    key = folder.resolve().name
    return Course(key, file.title, file.description, file.days_between, tuple(modules)), faults


def _check_folders(folder: Path, file: _CourseFile, line: int, keys: Keys, findings: Findings) -> None:
    if not KEY.fullmatch(folder.resolve().name):
        findings.add(1, f"Döp om mappen ”{folder.name}”: bara a–z, 0–9 och bindestreck.")
    if keys is None:
        findings.add(1, "help.yaml går inte att läsa bredvid kursen. Lägg den där, eller rätta den.", warning=True)
    for found in sorted(found.parent.name for found in folder.glob("*/sv.md")):
        if found not in file.modules:
            findings.add(line, f"Mappen ”{found}” är inte med i modules. Lägg till den.", warning=True)


def _repeated(folder: Path, modules: list[ModuleSet]) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for module in modules:
        if first.setdefault(module.id, module.folder) != module.folder:
            path = (folder / module.folder / "sv.md").as_posix()
            line = line_of_field(module.source.source, "id")
            yield Fault(path, line, f"Id ”{module.id}” finns redan i {first[module.id]}. Välj ett annat.")


def _module(folder: Path, keys: Keys, *, publishing: bool = False) -> tuple[ModuleSet | None, list[Fault]]:
    """All languages of a module, the source first; None when the source or any other text has a fault."""
    paths = {path.stem: path for path in sorted(folder.glob("*.md")) if path.stem != "sv"}
    source, faults = _text(folder / "sv.md", keys, publishing=publishing)
    faults += _check_source(source, folder)
    texts = {"sv": source} if source else {}
    for language, path in paths.items():
        text, more = _text(path, keys, publishing=publishing)
        if text and source and not errors([*faults, *more]):
            more += _compared(source, text, path)
        faults += more
        texts |= {language: text} if text else {}
    if source is None or errors(faults):
        return None, faults
    return ModuleSet(source.module.id, folder.name, texts, _media(folder)), faults


def _media(folder: Path) -> dict[str, Path]:
    """What a page may show from the folder, and nothing else that may lie there."""
    files = sorted((folder / "media").glob("*"))
    return {f"media/{path.name}": path for path in files if path.suffix in MEDIA and path.is_file()}


def _check_source(source: Text | None, folder: Path) -> Iterator[Fault]:
    if source and source.module.translated_from:
        path, line = (folder / "sv.md").as_posix(), line_of_field(source.source, "translated_from")
        yield Fault(path, line, "sv.md är källan. Skriv version i stället för translated_from.")


def _compared(source: Text, text: Text, path: Path) -> list[Fault]:
    findings = Findings(path.as_posix())
    compare(source, text, findings)
    return findings.in_order()


def _text(path: Path, keys: Keys, *, publishing: bool = False) -> tuple[Text | None, list[Fault]]:
    findings = Findings(path.as_posix())
    written = read_text(path, findings)
    if written is not None and not LANGUAGE.fullmatch(path.stem):
        findings.add(1, "Filen ska heta som sitt språk: sv.md, sv-simple.md, en.md. Byt namn på den.")
    module = read_module(written, findings) if written is not None else None
    if written is None or module is None:
        return None, findings.in_order()
    _check_media(module, path, findings)
    _check_keys(module, keys, findings)
    for survey in module.surveys:
        findings.add(survey.line, "Enkäter kan inte publiceras än. Ta bort blocket.", warning=not publishing)
    text = Text(path.stem, normalised(written), module)
    if not errors(findings.faults):
        check_reading(text, findings)
    return text, findings.in_order()


def _check_media(module: Module, path: Path, findings: Findings) -> None:
    for image in module.images:
        if image.src.startswith("media/") and not (path.parent / image.src).is_file():
            findings.add(image.line, f"{short(image.src)} finns inte. Lägg dit bilden eller rätta namnet.")
    for film in (block for step in module.steps for block in step.blocks if isinstance(block, Film)):
        captions = f"{film.name}.{path.stem}.vtt"
        for name in (f"{film.name}.mp4", captions):
            if film.name and not (path.parent / "media" / name).is_file():
                findings.add(film.line, f"Filmen behöver media/{name}. Lägg dit filen eller rätta namnet.")


def _check_keys(module: Module, keys: Keys, findings: Findings) -> None:
    for help in (block for step in module.steps for block in step.blocks if isinstance(block, Help)):
        for key in help.keys:
            if keys is not None and key not in keys:
                findings.add(help.line, f"”{short(key)}” finns inte i help.yaml. {meant(key, keys)}")
