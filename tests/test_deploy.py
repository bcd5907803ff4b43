"""What ships for servers keeps quiet about who looked at what, and its guide names every setting."""

import logging
import re
import runpy
from pathlib import Path

import pytest

from app.config import SETTINGS

ROOT = Path(__file__).parent.parent
TELLING = ["$request_uri", "$request ", "$uri", "$args", "$query_string", "$remote_addr", "$http_", "$cookie_"]


@pytest.mark.parametrize("message", ["Error handling request GET /k/secret", "Invalid request from ip=10.0.0.7: /k/secret"])
def test_gunicorn_never_logs_a_link_or_an_address(message: str):
    without_the_request = runpy.run_path(str(ROOT / "deploy" / "gunicorn.conf.py"))["without_the_request"]
    record = logging.LogRecord("gunicorn.error", logging.ERROR, "", 0, message, (), None)
    assert without_the_request(record)
    assert not re.search("secret|10.0.0.7", record.getMessage())


def test_nginx_logs_the_first_part_of_an_address_alone():
    settings = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    (log_format,) = re.findall(r"log_format [^;]+;", settings)
    assert "$vaga_se_room" in log_format
    assert [name for name in TELLING if name in log_format] == []
    logs = set(re.findall(r"^\s*((?:access|error)_log .*);", settings, re.MULTILINE))
    assert logs == {
        "access_log off",
        "access_log /var/log/nginx/vaga-se.log vaga-se if=$vaga_se_logged",
        "error_log /dev/null emerg",
    }


@pytest.mark.parametrize(("path", "logged"), [("/stod", "0"), ("/lamna", "0"), ("/stod/mer", "0"), ("/stil/x/0a5c36.css", "0"), ("/logga/x", "0"), ("/static/x/app.css", "0"), ("/kurs/vaga-se", "1")])
def test_nginx_logs_neither_help_nor_quick_exit(app, path: str, logged: str):
    settings = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    pattern, value, default = re.findall(r"vaga_se_logged \{\s+~(\S+)\s+(\d);\s+default\s+(\d);", settings)[0]
    assert (value if re.search(pattern, path) else default) == logged
    assert {"/stod", "/lamna"} <= {rule.rule for rule in app.url_map.iter_rules()}


def test_the_guide_names_every_setting():
    guide = (ROOT / "docs" / "server.md").read_text(encoding="utf-8")
    assert [setting.name for setting in SETTINGS if f"`FLASK_{setting.name}`" not in guide] == []
