"""Every setting, its default and its meaning. In production the house refuses to start half-configured.

Settings come from the environment as text, prefixed FLASK_ (Flask's own `from_prefixed_env()` would make a key of
digits an int, and `1e5` a float).
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from app.db import sqlite_url

ROOT = Path(__file__).parent.parent
TELLING = ("våld", "vald", "kvinnofrid", "fri från", "frifran")
"""Words that a base address or a sender must not carry: somebody may be reading over the shoulder (safety.md)."""


class Misconfigured(Exception):
    """The settings do not let the house start; the text lists all that is wrong."""


@dataclass(frozen=True)
class Setting:
    name: str
    default: str | None
    """None: it must be set in production."""
    meaning: str
    read: Callable[[str], Any] = str


def _flag(text: str) -> bool:
    if text.casefold() in ("1", "true", "yes", "on"):
        return True
    if text.casefold() in ("", "0", "false", "no", "off"):
        return False
    raise ValueError("skriv 1 eller 0")


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ValueError("skriv ett heltal, noll eller större")
    return int(text)


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/"):
        raise ValueError("skriv en adress som https://utbildning.kommunen.se, utan något efter värdnamnet")
    usual = {"http": 80, "https": 443}[parts.scheme]
    port = "" if parts.port in (None, usual) else f":{parts.port}"
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{parts.scheme}://{host}{port}"


def _long_key(text: str) -> str:
    if len(text) < 32:
        raise ValueError("skriv minst 32 slumpade tecken")
    return text


def _keys(text: str) -> list[str]:
    return [_long_key(key.strip()) for key in text.split(",")]


def _transport(text: str) -> str:
    if text not in ("mailbox", "smtp"):
        raise ValueError("skriv mailbox eller smtp")
    return text


SETTINGS = (
    Setting("BASE_URL", None, "the installation's address, the only source of links", _address),
    Setting("SECRET_KEY", None, "signs session cookies; 32 random characters or more", _long_key),
    Setting("LINK_KEYS", None, "sign personal links; comma separated, oldest first", _keys),
    Setting("DATA", None, "folder for everything written: database, mailbox, media"),
    Setting("DATABASE_URL", "", "postgresql+psycopg://…; empty: SQLite in DATA"),
    Setting("PROXY_HOPS", "0", "how many proxies stand in front and set X-Forwarded-*", _whole),
    Setting("EXIT_URL", "https://www.smhi.se/", "the neutral site that quick exit opens"),
    Setting("MAIL_TRANSPORT", None, "mailbox (files in DATA/mailbox) or smtp", _transport),
    Setting("MAIL_SERVER", "localhost", "SMTP server"),
    Setting("MAIL_PORT", "587", "SMTP port", _whole),
    Setting("MAIL_USE_TLS", "1", "STARTTLS, with the certificate checked", _flag),
    Setting("MAIL_USE_SSL", "0", "TLS from the first byte, with the certificate checked", _flag),
    Setting("MAIL_USERNAME", "", "SMTP user"),
    Setting("MAIL_PASSWORD", "", "SMTP password"),
    Setting("MAIL_DEFAULT_SENDER", None, "the address that mail comes from"),
)

DEVELOPMENT = {
    "BASE_URL": "http://127.0.0.1:5000",
    "DATA": str(ROOT / "instance"),
    "MAIL_TRANSPORT": "mailbox",
    "MAIL_DEFAULT_SENDER": "utbildning@sundby.example",
}
"""What development fills in where production refuses; its keys are made once and kept in DATA."""


def read(environ: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The settings, parsed. Raises Misconfigured with everything that is missing or wrong, not only the first."""
    environ = os.environ if environ is None else environ
    development = environ.get("FLASK_DEVELOPMENT") == "1"
    wrong: list[str] = []
    config: dict[str, Any] = {"DEVELOPMENT": development}
    for setting in SETTINGS:
        text = environ.get(f"FLASK_{setting.name}") or _default(setting, environ, development)
        if text is None:
            wrong.append(f"FLASK_{setting.name} saknas ({setting.meaning})")
            continue
        try:
            config[setting.name] = setting.read(text)
        except ValueError as error:
            wrong.append(f"FLASK_{setting.name}: {error}")
    wrong += _together(config)
    if wrong:
        raise Misconfigured("Kan inte starta:\n" + "\n".join(f"  {line}" for line in wrong))
    return config | _derived(config)


def _together(config: Mapping[str, Any]) -> list[str]:
    """What is wrong between settings that are right each by itself."""
    wrong = []
    if config.get("SECRET_KEY") in config.get("LINK_KEYS", ()):
        wrong.append("FLASK_LINK_KEYS: en av dem är FLASK_SECRET_KEY; slumpa fram egna")
    if config["DEVELOPMENT"] and not _is_loopback(config.get("BASE_URL", DEVELOPMENT["BASE_URL"])):
        wrong.append("FLASK_DEVELOPMENT: öppnar HR:s sidor för alla, så FLASK_BASE_URL måste börja http://127.0.0.1")
    return wrong


def _is_loopback(address: str) -> bool:
    base = urlsplit(address)
    return base.scheme == "http" and base.hostname in ("127.0.0.1", "localhost", "::1")


def _default(setting: Setting, environ: Mapping[str, str], development: bool) -> str | None:
    if development and setting.name in ("SECRET_KEY", "LINK_KEYS"):
        return _kept_key(Path(environ.get("FLASK_DATA") or DEVELOPMENT["DATA"]), setting.name)
    return setting.default if setting.default is not None or not development else DEVELOPMENT[setting.name]


def _kept_key(data: Path, name: str) -> str:
    """A random key for development, made once: a restart must not break the links in yesterday's mails."""
    path = data / f"{name.lower()}.txt"
    data.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        made = data / f".{path.name}.{os.getpid()}"
        made.write_text(secrets.token_urlsafe(32), encoding="ascii")
        with suppress(FileExistsError):  # Several processes may start at once: the first one's key is everybody's.
            path.hardlink_to(made)
        made.unlink()
    return path.read_text(encoding="ascii")


def _derived(config: Mapping[str, Any]) -> dict[str, Any]:
    base = urlsplit(config["BASE_URL"])
    loopback = _is_loopback(config["BASE_URL"])
    return {
        "DATA": Path(config["DATA"]).resolve(),
        "DATABASE_URL": config["DATABASE_URL"] or sqlite_url(Path(config["DATA"]).resolve()),
        "TRUSTED_HOSTS": [base.hostname, *(["localhost", "127.0.0.1"] if config["DEVELOPMENT"] else [])],
        "MAX_CONTENT_LENGTH": 64 * 1024,
        "MAX_FORM_MEMORY_SIZE": 64 * 1024,
        "MAX_FORM_PARTS": 100,
        "SESSION_COOKIE_NAME": "s" if loopback else "__Host-s",
        "SESSION_COOKIE_SECURE": not loopback,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
        "WTF_CSRF_CHECK_DEFAULT": True,
        "BABEL_DEFAULT_LOCALE": "sv",
        "BABEL_DEFAULT_TIMEZONE": "Europe/Stockholm",
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "app" / "translations"),
    }


def telling(config: Mapping[str, Any]) -> list[str]:
    """The addresses among the settings that say what the course is about, to be warned about at start."""
    seen = (config["BASE_URL"], config["MAIL_DEFAULT_SENDER"])
    return [text for text in seen if any(word in text.casefold() for word in TELLING)]
