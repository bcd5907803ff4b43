"""dev.py: sets itself up from whatever it finds, passes on what is not its own, and stops what it starts."""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parent.parent / "dev.py"


@pytest.fixture
def dev(tmp_path: Path) -> ModuleType:
    """dev.py in a project of its own, with a space and an å in its path, that locks nothing."""
    project = tmp_path / "våga se"
    (project / "requirements").mkdir(parents=True)
    shutil.copy(SCRIPT, project)
    for lock in ("run", "all"):
        (project / "requirements" / f"{lock}.txt").write_text(f"# {lock}\n")
    spec = importlib.util.spec_from_file_location("copied_dev", project / "dev.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


def with_python(dev: ModuleType, stamp: str) -> None:
    dev.PYTHON.parent.mkdir(parents=True, exist_ok=True)
    dev.PYTHON.symlink_to(sys.executable)
    dev.STAMP.write_text(stamp)


def test_an_old_python_can_read_the_file_and_gets_a_sentence_in_two_languages():
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 7))
    pretend = "import runpy, sys; sys.version_info = (3, 9, 2); runpy.run_path(sys.argv[1])"
    result = subprocess.run([sys.executable, "-c", pretend, SCRIPT], capture_output=True, text=True)
    assert result.returncode == 1
    assert "behöver Python 3.11 eller senare. Det här är 3.9." in result.stderr
    assert "needs Python 3.11 or later. This is 3.9." in result.stderr


@pytest.mark.parametrize("arguments", [["-k", "a or b", "-n0", "tests/x.py"], ["--help", "-v"], []])
def test_arguments_after_test_are_pytests_own(dev: ModuleType, arguments: list[str]):
    options, rest = dev.parse(["test", *arguments])
    assert (options.command, rest) == ("test", arguments)


def test_help_after_flask_is_the_sites_own(dev: ModuleType):
    assert dev.parse(["flask", "--help"])[1] == ["--help"]


@pytest.mark.parametrize("command", [[], ["run"], ["test"], ["lint"], ["judges"], ["bench"]])
def test_help_is_there_for_each_command(
    dev: ModuleType, command: list[str], capsys: pytest.CaptureFixture[str]
):
    with pytest.raises(SystemExit) as ended:
        dev.parse([*command, "--help"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("usage: dev.py")


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", ""])
def test_a_port_that_is_none_is_refused(dev: ModuleType, port: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        dev.parse(["run", f"--port={port}"])
    assert "a port is a number from 1 to 65535" in capsys.readouterr().err


def test_data_lies_where_asked_else_where_the_environment_says_else_in_instance(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FLASK_DATA", raising=False)
    assert dev.environment()["FLASK_DATA"] == str(dev.ROOT / "instance")
    monkeypatch.setenv("FLASK_DATA", "/var/from-environment")
    assert dev.environment()["FLASK_DATA"] == "/var/from-environment"
    assert dev.environment("here")["FLASK_DATA"] == str(tmp_path / "here")


def test_it_is_development_unless_the_environment_says_otherwise(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("FLASK_DEVELOPMENT", raising=False)
    assert dev.environment()["FLASK_DEVELOPMENT"] == "1"
    monkeypatch.setenv("FLASK_DEVELOPMENT", "0")
    assert dev.environment()["FLASK_DEVELOPMENT"] == "0"


def test_a_port_in_use_is_said_before_anything_is_set_up(dev: ModuleType, taken_port: int):
    command = [sys.executable, dev.__file__, "run", f"--port={taken_port}"]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 1
    assert f"Port {taken_port}: Address already in use." in result.stderr
    assert not dev.VENV.exists()


def test_what_everything_needs_is_enough_to_run_but_not_the_other_way_round(dev: ModuleType):
    with_python(dev, dev.stamp("all"))
    assert dev.is_ready("run")
    assert dev.is_ready("all")
    dev.STAMP.write_text(dev.stamp("run"))
    assert dev.is_ready("run")
    assert not dev.is_ready("all")


def test_a_changed_lock_or_another_python_is_set_up_anew(dev: ModuleType):
    with_python(dev, dev.stamp("run").replace(dev.VERSION, "3.1"))
    assert not dev.is_ready("run")
    dev.STAMP.write_text(dev.stamp("run"))
    dev.LOCKS["run"].write_text("# changed\n")
    assert not dev.is_ready("run")


def test_the_lock_of_the_judges_has_a_hash_for_each_and_no_address():
    lock = json.loads((SCRIPT.parent / "tests" / "tools" / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert len(packages) > 100
    assert [name for name, each in packages.items() if "resolved" in each or "integrity" not in each] == []


def test_the_judges_that_stand_as_locked_are_left_alone_and_else_what_they_need_is_said(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    with_python(dev, dev.stamp("all"))
    dev.TOOLS.mkdir(parents=True)
    (dev.TOOLS / "package-lock.json").write_text("{}")
    dev.JUDGES.mkdir()
    (dev.JUDGES / "stamp").write_text(hashlib.sha256(b"{}").hexdigest())
    monkeypatch.setenv("PATH", str(tmp_path))
    assert dev.judges() == 0
    (dev.TOOLS / "package-lock.json").write_text("{ }")
    with pytest.raises(SystemExit, match="java, node, npm: missing"):
        dev.judges()


def test_a_half_made_environment_is_made_anew(dev: ModuleType, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "executable", sys._base_executable)  # type: ignore[attr-defined]
    half_made = dev.VENV / "lib" / "half-made"
    half_made.mkdir(parents=True)
    dev.prepare("run")
    assert not half_made.exists()
    assert dev.is_ready("run")
    assert subprocess.run([dev.PYTHON, "-c", "import sys"]).returncode == 0


def test_when_one_process_ends_the_other_is_stopped_and_its_code_is_given(
    dev: ModuleType, capfd: pytest.CaptureFixture[str]
):
    web = dev.start([sys.executable, "-c", "import time; time.sleep(60)"], dict(os.environ))
    worker = dev.start([sys.executable, "-c", "raise SystemExit(3)"], dict(os.environ))
    assert dev.watch({"web": web, "worker": worker}, free_port()) == 3
    dev.stop([web, worker])
    assert web.returncode == -signal.SIGTERM
    assert "The worker process ended by itself (3)" in capfd.readouterr().out


def test_a_process_that_will_not_stop_is_killed_with_its_children(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setattr(dev, "GRACE", 0.2)
    signs = tmp_path / "signs of life"
    living = f"while :; do echo alive >> '{signs}'; sleep 0.05; done"
    stubborn = f"trap '' TERM; {living} & while :; do sleep 1; done"
    process = dev.start(["sh", "-c", stubborn], dict(os.environ))
    while not signs.exists():
        time.sleep(0.01)
    dev.stop([process])
    assert process.returncode == -signal.SIGKILL
    written = signs.read_text()
    time.sleep(0.2)
    assert signs.read_text() == written


def test_run_says_through_a_pipe_when_it_is_ready_and_stops_all_on_a_signal(tmp_path: Path):
    port = free_port()
    command = [sys.executable, SCRIPT, "run", f"--port={port}", f"--data={tmp_path / 'dåta'}", "--empty"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        said = next(line for line in running.stdout if line.startswith("Ready:"))
        assert said == f"Ready: http://127.0.0.1:{port}\n"
        asked = HTTPConnection("127.0.0.1", port, timeout=5)
        asked.request("GET", "/healthz")
        assert asked.getresponse().status == 200
        asked.close()
        running.send_signal(signal.SIGTERM)
        assert running.wait(20) == 0
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=1)
