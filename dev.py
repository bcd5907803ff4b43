"""Våga se on a developer's machine: sets itself up in .venv, then runs, tests and checks the project.

Standard library only. The syntax is old enough for an old Python to read, as far as the sentence it deserves.
"""

import argparse
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import venv
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import NoReturn

if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(
        "Våga se behöver Python 3.11 eller senare. Det här är {0}.{1}.\n"
        "Våga se needs Python 3.11 or later. This is {0}.{1}.".format(*sys.version_info)
    )

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "dev-stamp"
VERSION = "{}.{}".format(*sys.version_info)
LOCKS = {name: ROOT / "requirements" / f"{name}.txt" for name in ("run", "all")}
TOOLS = ROOT / "tests" / "tools"
JUDGES = VENV / "judges"
GRACE = 10  # Seconds a process has to stop before it is killed.
PATIENCE = 60  # Seconds the site has to answer for the first time.
WAYS_IN = {"Start": "/", "Participant": "/dev/mailbox", "HR": "/dev/in/hr"}
PROGRAMS = {
    "test": ("all", ["pytest"]),
    "flask": ("run", ["flask", "--app", "wsgi"]),
    "bench": ("all", ["bench"]),
    "film": ("all", ["courses.film.make"]),
}
Process = subprocess.Popen[bytes]
LINTERS = (["ruff", "check", "."], ["mypy"], ["djlint", "--lint", "--quiet", "templates"])


def main(argv: list[str]) -> int:
    options, rest = parse(argv)
    if options.command == "run":
        return run(options.port, environment(options.data), options.empty)
    if options.command == "lint":
        return lint()
    if options.command == "judges":
        return judges()
    lock, program = PROGRAMS[options.command]
    prepare(lock)
    if options.command == "test":
        become([*program, *(rest or ["-n", "2"])], dict(os.environ))
    return become([*program, *rest], environment())


def parse(argv: list[str]) -> tuple[argparse.Namespace, list[str]]:
    """What was asked for, and the arguments that belong to the program behind `test`, `flask` and `bench`."""
    parser = argparse.ArgumentParser(prog="dev.py", description="Set up, run, test and check Våga se.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    running = commands.add_parser("run", help="web and worker, until Ctrl-C")
    running.add_argument("--port", type=port_number, default=5000, help="on 127.0.0.1 (5000)")
    running.add_argument("--data", help="folder for all that is written (FLASK_DATA, or else instance/)")
    running.add_argument("--empty", action="store_true", help="without the demo")
    commands.add_parser("lint", help="ruff, mypy and djlint")
    commands.add_parser("judges", help="install what judges pages in the tests: Node and Java programs, from npm")
    commands.add_parser("test", help="pytest, with its arguments", usage="dev.py test [ARGUMENT …]")
    commands.add_parser("flask", help="a command of the site", usage="dev.py flask COMMAND …")
    commands.add_parser("bench", help="measures beside their limits", usage="dev.py bench [NAME …]")
    commands.add_parser("film", help="make the silent film anew", usage="dev.py film")
    passes = argv[:1] and argv[0] in PROGRAMS and (argv[0] == "flask" or argv[1:] != ["--help"])
    return parser.parse_args(argv[:1] if passes else argv), argv[1:] if passes else []


def port_number(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return int(text)


def environment(data: str | None = None) -> dict[str, str]:
    """The caller's own, made that of a development site. A relative folder is relative to the caller's."""
    folder = Path(data or os.environ.get("FLASK_DATA") or ROOT / "instance").absolute()
    return {"FLASK_DEVELOPMENT": "1", "PYTHONUNBUFFERED": "1", **os.environ, "FLASK_DATA": str(folder)}


def become(module: list[str], environment: dict[str, str]) -> NoReturn:
    """Turn into a program of .venv, whose signals and exit code are then its own."""
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), "-m", *module], environment)


def lint() -> int:
    """Run every linter, also after one has found something; 1 when any has."""
    prepare("all")
    codes = [subprocess.run([PYTHON, "-m", *linter], cwd=ROOT).returncode for linter in LINTERS]
    return int(any(codes))


def judges() -> int:
    """Have in .venv/judges what tests/tools/package-lock.json locks, and nothing run while it is installed."""
    prepare("all")
    locked = hashlib.sha256((TOOLS / "package-lock.json").read_bytes()).hexdigest()
    done = JUDGES / "stamp"
    if done.exists() and done.read_text(encoding="ascii") == locked:
        return 0
    missing = [program for program in ("java", "node", "npm") if not shutil.which(program)]
    if missing:
        sys.exit(f"{', '.join(missing)}: missing. On Debian and Ubuntu: sudo apt install default-jre-headless npm")
    shutil.rmtree(JUDGES, ignore_errors=True)
    shutil.copytree(TOOLS, JUDGES)
    code = subprocess.run(["npm", "ci", "--ignore-scripts"], cwd=JUDGES).returncode
    if not code:
        done.write_text(locked, encoding="ascii")
    return code


# Setting up


def prepare(name: str) -> None:
    """Have in .venv what requirements/<name>.txt locks. A stamp there, written last, says that it is done."""
    if is_ready(name):
        return
    with one_at_a_time():
        if is_ready(name):
            return
        pip = outer_pip()
        print("Setting up .venv; the first time takes a minute …", flush=True)
        if not read_stamp().startswith(f"{VERSION} ") or not os.access(PYTHON, os.X_OK):
            # It is not there, half made (somebody was interrupted), or another Python's.
            venv.create(VENV, clear=True, symlinks=True)
        STAMP.unlink(missing_ok=True)
        if subprocess.run([*pip, "-r", LOCKS[name]]).returncode:
            sys.exit("pip could not install what the project needs; its reason stands above.")
        STAMP.write_text(stamp(name), encoding="utf-8")


def is_ready(name: str) -> bool:
    """Whether .venv holds what a lock says, or the lock of everything, which includes the others."""
    return os.access(PYTHON, os.X_OK) and read_stamp() in (stamp(name), stamp("all"))


def read_stamp() -> str:
    return STAMP.read_text(encoding="utf-8") if STAMP.exists() else ""


def stamp(name: str) -> str:
    return f"{VERSION} {name} {hashlib.sha256(LOCKS[name].read_bytes()).hexdigest()}\n"


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Lock this very file while setting up, so that two of us never do. The lock goes with the process."""
    import fcntl

    with Path(__file__).open("a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def outer_pip() -> list[str]:
    """The command that fills .venv with the pip outside it: Debian has no ensurepip to put one inside."""
    pip = [sys.executable, "-m", "pip"]
    if subprocess.run([*pip, "--version"], capture_output=True).returncode:
        sys.exit(f"{sys.executable} has no pip. On Debian and Ubuntu: sudo apt install python3-pip")
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input", "--root-user-action=ignore"]
    return [*pip, "--python", str(PYTHON), "install", *quiet, "--require-hashes"]


# Running


def run(port: int, environment: dict[str, str], empty: bool) -> int:
    """Serve until Ctrl-C or SIGTERM, or until web or worker ends by itself, whose exit code is then ours."""
    heed_signals()
    door = open_door(port)
    prepare("run")
    environment |= {"FLASK_DEVELOPMENT": "1", "FLASK_BASE_URL": f"http://127.0.0.1:{port}"}
    processes = {}
    try:
        # The web loads meanwhile, which saves a second. Nobody has been told of it yet.
        processes["web"] = start(gunicorn(door.fileno()), environment, [door.fileno()])
        set_up = subprocess.run(flask("setup", *["--empty"] * empty), cwd=ROOT, env=environment)
        if set_up.returncode:
            return set_up.returncode
        processes["worker"] = start(flask("work"), environment)
        return watch(processes, port)
    except KeyboardInterrupt:
        return 0
    finally:
        stop(list(processes.values()))


def heed_signals() -> None:
    """Have them all do what Ctrl-C does, which a script's `dev.py run &` begins with ignoring; nohup may stay."""
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if ending != signal.SIGHUP or signal.getsignal(ending) == signal.SIG_DFL:
            signal.signal(ending, signal.default_int_handler)


def open_door(port: int) -> socket.socket:
    """Listen on the port before anything is started, and keep it: gunicorn inherits it."""
    try:
        return socket.create_server(("127.0.0.1", port), backlog=128)
    except OSError as error:
        sys.exit(f"Port {port}: {os.strerror(error.errno or 0)}. Choose another: dev.py run --port NUMBER")


def flask(*arguments: str) -> list[str]:
    return [str(PYTHON), "-m", "flask", "--app", "wsgi", *arguments]


def gunicorn(door: int) -> list[str]:
    options = ["--config", "deploy/gunicorn.conf.py", "--workers=1", "--threads=8"]
    return [str(PYTHON), "-m", "gunicorn", *options, "--bind", f"fd://{door}", "wsgi:app"]


def start(command: list[str], environment: dict[str, str], inherits: Sequence[int] = ()) -> Process:
    """Start in a process group of its own, so that Ctrl-C reaches us alone and we stop each in good order."""
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, process_group=0, pass_fds=inherits
    )


def watch(processes: dict[str, Process], port: int) -> int:
    """Say when the site answers, then wait until one of the processes ends by itself."""
    waiting, patience_ends = True, time.monotonic() + PATIENCE
    while all(process.poll() is None for process in processes.values()):
        if waiting and answers(port):
            waiting = False
            home = f"http://127.0.0.1:{port}"
            ways_in = [f"  {who:<12}{home}{path}" for who, path in WAYS_IN.items()]
            print(f"Ready: {home}", *ways_in, sep="\n", flush=True)
        elif waiting and time.monotonic() > patience_ends:
            print(f"The site has not answered in {PATIENCE} seconds.", flush=True)
            return 1
        time.sleep(0.1)
    name, process = next(item for item in processes.items() if item[1].returncode is not None)
    print(f"The {name} process ended by itself ({process.returncode}), so all is stopped.", flush=True)
    return process.returncode if process.returncode > 0 else 1


def answers(port: int) -> bool:
    with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection, suppress(OSError, HTTPException):
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    return False


def stop(processes: list[Process]) -> None:
    """Ask all to stop, and kill the groups of those that do not in time, or at once on a second Ctrl-C."""
    for process in processes:
        process.terminate()
    until = time.monotonic() + GRACE
    for process in processes:
        try:
            process.wait(max(0, until - time.monotonic()))
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
