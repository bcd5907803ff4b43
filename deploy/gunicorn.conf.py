"""How gunicorn serves the site, in production and under dev.py (which asks for one worker)."""

import logging
import os
from pathlib import Path
from typing import Any

bind = "127.0.0.1:8000"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
timeout = 30
graceful_timeout = 8
keepalive = 75  # Longer than the proxy keeps an idle connection, so that it never writes to one just closed.

accesslog = None  # The app writes its own log, without addresses and links.
loglevel = "warning"
control_socket_disable = True

# Whether a proxy is to be believed is said in one place, FLASK_PROXY_HOPS, so gunicorn believes none.
forwarded_allow_ips = ""

# A worker shows that it lives by touching a file, which must not wait for a disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108

ABOUT_A_REQUEST = ("Error handling request", "Invalid request")


def on_starting(server: Any) -> None:
    server.log.error_log.addFilter(without_the_request)


def without_the_request(record: logging.LogRecord) -> bool:
    """Cut from gunicorn's log the address asked for, which may be a personal link, and the client's own."""
    for beginning in ABOUT_A_REQUEST:
        if record.getMessage().startswith(beginning):
            record.msg, record.args = beginning, ()
    return True
