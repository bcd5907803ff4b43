"""What every page has: language, forms' protection, static files, dates, and pages for errors."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Hashable
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from wsgiref.headers import Headers

from babel.dates import format_date
from babel.support import NullTranslations as Translations
from flask import Flask, current_app, g, render_template, request
from flask_babel import Babel, get_locale, get_translations, gettext
from flask_wtf.csrf import CSRFError, CSRFProtect
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from app import languages
from app.config import ROOT
from app.guards import HEADERS
from app.languages import LANGUAGES, LOCALES

OFFICE = {"hr", "dev"}
"""The blueprints whose pages easy-read leaves to plain Swedish; translating.OFFICE says where their sentences stand."""
YEAR_S = 31_536_000

csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    Babel(app, locale_selector=lambda: LOCALES[language()])
    csrf.init_app(app)
    _serve_static(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["day"] = day
    app.jinja_env.globals.update(LANGUAGES=LANGUAGES, page_language=language, direction=languages.direction)
    app.jinja_env.globals.update(offered=languages.offered, here_in=here_in, fragment=_fragments())
    app.context_processor(words)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(DBAPIError, database_error)
    app.register_error_handler(PoolTimeout, database_error)
    app.register_error_handler(Exception, unforeseen)


def language() -> str:
    """The language of the page: one that pages have, nearest to what the reader wants."""
    wanted = languages.nearest(_wanted())
    return languages.whole(wanted) if request and request.blueprint in OFFICE else wanted


def _wanted() -> str:
    """What this very address asks for, else the person's own, else what the browser asks for, else Swedish."""
    asked = request.args.get("sprak") if request else None
    if asked in LANGUAGES:
        return asked
    if "language" in g:
        return str(g.language)
    return (request.accept_languages.best_match(list(LANGUAGES)) if request else None) or languages.SOURCE


def here_in(language: str) -> str:
    """The way from this page to the same one in another language: what else is in its address stays."""
    asked = MultiDict(request.args)
    asked["sprak"] = language
    return "?" + urlencode(list(asked.items(multi=True)))


def _fragments() -> Callable[..., Markup]:
    """Parts of pages that say the same to all who read a language: each is made once, a sixth of a step's time."""

    @lru_cache(maxsize=256)
    def fragment(template: str, _language: str, **values: Hashable) -> Markup:
        return Markup(render_template(template, **values))  # noqa: S704  (a template of our own)

    return fragment


def words() -> dict[str, Any]:
    """`_` for one page, with its language found once: flask-babel finds it anew for each word, a tenth of the time."""
    translations = get_translations()

    @pass_eval_context
    def say(evaluation: EvalContext, text: str, **values: object) -> str:
        found = _marked(translations, text) if evaluation.autoescape else translations.ugettext(text)
        return found % values if values else found

    here = language()
    return {"_": say, "page_language": lambda: here}


@lru_cache(maxsize=16_384)
def _marked(translations: Translations, text: str) -> Markup:
    return Markup(translations.ugettext(text))  # noqa: S704  (the words are our own)


def day(value: date, form: str = "long") -> str:
    """A day as the reader's language writes it: `long`, `full` with its weekday too, `near` with that but no year."""
    locale = languages.as_in_sweden(get_locale() or LOCALES[languages.SOURCE])
    return format_date(value, languages.day_without_year(locale) if form == "near" else form, locale=locale)


def _serve_static(app: Flask) -> None:
    """Static files under an address that changes when any of them does, compressed once, cached for a year."""
    source = ROOT / "static"
    files = sorted(path for path in source.rglob("*") if path.is_file())
    digest = sha256(b"".join(path.relative_to(source).as_posix().encode() + path.read_bytes() for path in files))
    version = digest.hexdigest()[:12]
    folder = app.config["DATA"] / "static" / version
    if not folder.exists():
        _compress(source, folder)
    served = WhiteNoise(
        app.wsgi_app, root=str(folder), prefix=f"static/{version}/", max_age=YEAR_S, allow_all_origins=False,
        add_headers_function=_harden, mimetypes={".vtt": "text/vtt; charset=utf-8"},
    )  # fmt: skip
    app.wsgi_app = served  # type: ignore[method-assign]
    app.jinja_env.globals["static"] = lambda name: f"/static/{version}/{name}"


def _harden(headers: Headers, _path: str, _url: str) -> None:
    """No request of Flask's passes here, so the headers are set once, when the files are read in."""
    for name in ("Content-Security-Policy", "Cross-Origin-Resource-Policy", "X-Content-Type-Options"):
        headers[name] = HEADERS[name]


def _compress(source: Path, folder: Path) -> None:
    """Copy and compress beside, then move in place: several processes may start at once."""
    made = folder.with_name(f"{folder.name}.{id(object())}")
    shutil.copytree(source, made)
    for path in made.glob("*.css"):
        path.write_text(lean(path.read_text(encoding="utf-8")), encoding="utf-8")
    compressor = Compressor(quiet=True, use_brotli=False)
    for path in made.rglob("*"):
        if path.is_file() and compressor.should_compress(path.name):
            list(compressor.compress(str(path)))
    try:
        made.rename(folder)
    except OSError:
        shutil.rmtree(made)


def lean(css: str) -> str:
    """A style sheet without its comments and its indentation: a seventh less to fetch, compressed."""
    return re.sub(r"\n\s*", "\n", re.sub(r"/\*.*?\*/", "", css, flags=re.S)).lstrip()


def http_error(error: HTTPException) -> tuple[str, int] | HTTPException:
    """A page that helps: what happened, how to go on, and where help is. Needs neither database nor session."""
    if error.code is None or error.code < 400:
        return error
    heading, text = _error_words(error)
    return render_template("errors/error.html", heading=heading, text=text), error.code


def _error_words(error: HTTPException) -> tuple[str, str]:
    """What happened, and how to go on."""
    by_link = gettext("Öppna länken i ditt mejl, så kommer du rätt.")
    again = gettext("Gå tillbaka, ladda om sidan och skicka en gång till.")
    too_much = gettext("Det du skickade är större än vi tar emot. Korta texten och skicka igen.")
    if isinstance(error, CSRFError):
        return gettext("Sidan har legat öppen för länge"), again
    words = {
        403: (gettext("Den här sidan är inte öppen för dig"), by_link),
        404: (gettext("Sidan finns inte"), gettext("Adressen kan ha blivit avklippt.") + " " + by_link),
        405: (gettext("Det gick inte att göra så"), gettext("Gå tillbaka till sidan du kom från och försök igen.")),
        413: (gettext("Det var för mycket på en gång"), too_much),
    }
    return words.get(error.code or 0, (gettext("Det gick inte"), gettext("Gå tillbaka och försök igen.")))


def database_error(error: Exception) -> tuple[str, int, dict[str, str]]:
    """The database is locked or away: nothing was acknowledged, so nothing is lost by trying again."""
    told = getattr(error, "orig", None)  # Its words may repeat a row; its code does not.
    code = getattr(told, "sqlstate", None) or getattr(told, "sqlite_errorname", None)
    current_app.logger.error("database", extra={"error": type(error).__name__, "code": code})
    page = render_template(
        "errors/error.html",
        heading=gettext("Vi kan inte spara just nu"),
        text=gettext("Vänta en minut och försök igen. Det du redan har gjort finns kvar."),
    )
    return page, 503, {"Retry-After": "60"}


def unforeseen(error: Exception) -> tuple[str, int]:
    if current_app.testing or current_app.debug:
        raise error
    current_app.logger.exception("unforeseen")
    page = render_template(
        "errors/error.html",
        heading=gettext("Något gick fel hos oss"),
        text=gettext("Det är inte ditt fel. Vänta en stund och försök igen."),
    )
    return page, 500
