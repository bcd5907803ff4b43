"""A load client that is much cheaper than any server: finished bytes out over kept connections, answers counted."""

from __future__ import annotations

import re
import selectors
import socket
from collections.abc import Iterable, Iterator
from time import perf_counter

CONNECTIONS = 16
"""Twice what 2 × 4 threads take at once, so that no thread waits for us."""
PATIENCE_S = 20.0
LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.I)


class Unexpected(Exception):
    """The server answered something else than the bench is about; measuring it would say nothing."""


def rate(port: int, requests: list[bytes], status: int) -> float:
    """Requests per second. Raises Unexpected unless every answer has the status."""
    waiting = iter(requests)
    began = perf_counter()
    with selectors.DefaultSelector() as selector:
        for _ in range(min(CONNECTIONS, len(requests))):
            _send(selector, socket.create_connection(("127.0.0.1", port), PATIENCE_S), waiting)
        while selector.get_map():
            ready = selector.select(PATIENCE_S)
            if not ready:
                raise Unexpected(f"no answer within {PATIENCE_S:g} seconds")
            for key, _events in ready:
                _receive(selector, key, waiting, b" %d " % status)
    return len(requests) / (perf_counter() - began)


def _send(selector: selectors.BaseSelector, connection: socket.socket, waiting: Iterator[bytes]) -> None:
    """The next request on this connection, which is closed where there is none left."""
    request = next(waiting, None)
    if request is None:
        connection.close()
        return
    connection.sendall(request)
    selector.register(connection, selectors.EVENT_READ, bytearray())


def _receive(
    selector: selectors.BaseSelector, key: selectors.SelectorKey, waiting: Iterator[bytes], status: bytes
) -> None:
    """What has come of an answer; when all of it has, on to the next request."""
    connection, answer = key.fileobj, key.data
    assert isinstance(connection, socket.socket)
    part = connection.recv(65536)
    answer += part
    if part and not is_whole(answer):
        return
    if status not in answer[:20] or not is_whole(answer):
        raise Unexpected(f"asked for{status.decode()}and got: {answer[:300].decode(errors='replace')!r}")
    selector.unregister(connection)
    _send(selector, connection, waiting)


def is_whole(answer: bytes | bytearray) -> bool:
    """Whether the head and as many bytes as it promises have come."""
    head, _, body = answer.partition(b"\r\n\r\n")
    length = LENGTH.search(head)
    return length is not None and len(body) >= int(length[1])


def get(path: str, cookie: str) -> bytes:
    """A request as a browser makes it, as far as a server looks."""
    return _head("GET", path, cookie) + b"\r\n"


def post(path: str, cookie: str, form: str) -> bytes:
    body = form.encode()
    kind = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
    return _head("POST", path, cookie) + kind.encode() + b"Sec-Fetch-Site: same-origin\r\n\r\n" + body


def _head(method: str, path: str, cookie: str) -> bytes:
    lines = (
        f"{method} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        "Accept: text/html,application/xhtml+xml",
        "Accept-Encoding: gzip, br",
        "Accept-Language: sv-SE,sv;q=0.9,en;q=0.5",
        f"Cookie: {cookie}",
        "",
    )
    return "\r\n".join(lines).encode()


def repeated(requests: Iterable[bytes], count: int) -> list[bytes]:
    """As many requests, the same ones over and over."""
    known = list(requests)
    return [known[n % len(known)] for n in range(count)]
