"""An app under gunicorn as in production: started on a free port, its memory read, and always stopped."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PATIENCE_S = 20.0


@dataclass(frozen=True)
class Server:
    port: int
    pid: int

    def largest_worker_mb(self) -> float:
        """Resident memory of the largest worker (Linux)."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text(encoding="ascii").split()
        return max(_resident_kb(int(pid)) for pid in children) / 1024


def _resident_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))


@contextmanager
def serving(app: str, environ: Mapping[str, str], log: Path) -> Iterator[Server]:
    """`app` (as gunicorn names it) with the settings of deploy/; what it writes goes to `log`."""
    port = free_port()
    settings = ["--config", "deploy/gunicorn.conf.py", "--bind", f"127.0.0.1:{port}"]
    command = [sys.executable, "-m", "gunicorn", *settings, app]
    with log.open("wb") as errors:
        own = _inherited() | dict(environ)
        process = subprocess.Popen(command, cwd=ROOT, env=own, stdin=subprocess.DEVNULL, stderr=errors, process_group=0)
    try:
        _wait_for(process, port)
        yield Server(port, process.pid)
    except Exception as error:
        error.add_note(log.read_text(encoding="utf-8", errors="replace")[-2000:])
        raise
    finally:
        _stop(process)


def _inherited() -> dict[str, str]:
    """The environment without what belongs to somebody's development site."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("FLASK_", "WEB_CONCURRENCY"))}


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    """Until the port answers; gunicorn opens it before its workers are ready, so a first answer is waited for."""
    until = time.monotonic() + PATIENCE_S
    while process.poll() is None and time.monotonic() < until:
        try:
            with socket.create_connection(("127.0.0.1", port), PATIENCE_S) as door:
                door.sendall(b"GET /ready HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                if door.recv(1):
                    return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("gunicorn did not start")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(PATIENCE_S)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, 9)
        process.wait()
