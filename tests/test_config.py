"""Settings: refused when half-made, parsed as text, never guessed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app import config
from app.config import Misconfigured

WHOLE = {
    "FLASK_BASE_URL": "https://utbildning.sundby.example",
    "FLASK_SECRET_KEY": "1" * 32,
    "FLASK_LINK_KEYS": f"{'2' * 32}, {'3' * 32}",
    "FLASK_DATA": "/srv/vagase",
    "FLASK_MAIL_TRANSPORT": "smtp",
    "FLASK_MAIL_DEFAULT_SENDER": "utbildning@sundby.example",
}


def test_production_refuses_to_start_and_lists_all_that_is_missing() -> None:
    with pytest.raises(Misconfigured) as refused:
        config.read({})
    for name in WHOLE:
        assert name in str(refused.value)


def test_a_bare_server_refuses_with_the_list(tmp_path: Path) -> None:
    found = subprocess.run(
        [sys.executable, "-c", "import wsgi"], cwd=config.ROOT, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True
    )
    assert found.returncode != 0
    assert "FLASK_BASE_URL saknas" in found.stderr
    assert "FLASK_LINK_KEYS saknas" in found.stderr


def test_keys_of_digits_stay_text() -> None:
    read = config.read(WHOLE)
    assert read["SECRET_KEY"] == "1" * 32
    assert read["LINK_KEYS"] == ["2" * 32, "3" * 32]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("BASE_URL", "sundby.example"),
        ("BASE_URL", "ftp://sundby.example"),
        ("BASE_URL", "https://sundby.example/kurs"),
        ("SECRET_KEY", "short"),
        ("LINK_KEYS", f"{'2' * 32},short"),
        ("PROXY_HOPS", "1e5"),
        ("PROXY_HOPS", "-1"),
        ("MAIL_PORT", "many"),
        ("MAIL_TRANSPORT", "pigeon"),
        ("MAIL_USE_TLS", "perhaps"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(name: str, text: str) -> None:
    with pytest.raises(Misconfigured, match=f"FLASK_{name}"):
        config.read(WHOLE | {f"FLASK_{name}": text})


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://Utbildning.Sundby.example:443/", "https://utbildning.sundby.example"),
        ("http://localhost:5000", "http://localhost:5000"),
        ("http://[::1]:5000/", "http://[::1]:5000"),
    ],
)
def test_the_address_is_written_as_a_browser_writes_an_origin(written: str, read: str) -> None:
    assert config.read(WHOLE | {"FLASK_BASE_URL": written})["BASE_URL"] == read


def test_a_public_address_has_a_locked_cookie() -> None:
    read = config.read(WHOLE)
    assert read["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert read["SESSION_COOKIE_SECURE"]
    assert read["SESSION_COOKIE_SAMESITE"] == "Lax"
    assert not read["DEVELOPMENT"]


def test_only_loopback_over_http_has_a_plain_cookie() -> None:
    assert not config.read(WHOLE | {"FLASK_BASE_URL": "http://127.0.0.1:5000"})["SESSION_COOKIE_SECURE"]
    assert config.read(WHOLE | {"FLASK_BASE_URL": "http://sundby.example"})["SESSION_COOKIE_SECURE"]


def test_development_keeps_its_keys_from_one_start_to_the_next(tmp_path: Path) -> None:
    environ = {"FLASK_DEVELOPMENT": "1", "FLASK_DATA": str(tmp_path)}
    assert config.read(environ)["LINK_KEYS"] == config.read(environ)["LINK_KEYS"]


@pytest.mark.parametrize("address", ["https://kurs-om-våld.example", "https://VALDSKURS.example", "https://kvinnofrid.example"])
def test_an_address_that_tells_is_warned_about(address: str) -> None:
    assert config.telling({"BASE_URL": address, "MAIL_DEFAULT_SENDER": "a@b.example"}) == [address]
    assert config.telling({"BASE_URL": "https://utbildning.example", "MAIL_DEFAULT_SENDER": "a@b.example"}) == []


def test_a_key_of_links_is_not_the_key_of_cookies() -> None:
    with pytest.raises(Misconfigured, match="FLASK_LINK_KEYS"):
        config.read(WHOLE | {"FLASK_LINK_KEYS": f"{'2' * 32},{WHOLE['FLASK_SECRET_KEY']}"})


@pytest.mark.parametrize("address", ["https://utbildning.sundby.example", "http://192.0.2.1:5000", "https://127.0.0.1"])
def test_development_opens_its_doors_on_loopback_only(tmp_path: Path, address: str) -> None:
    environ = {"FLASK_DEVELOPMENT": "1", "FLASK_DATA": str(tmp_path), "FLASK_BASE_URL": address}
    with pytest.raises(Misconfigured, match="FLASK_DEVELOPMENT"):
        config.read(environ)
