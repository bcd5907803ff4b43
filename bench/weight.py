"""The weight of a page: what a browser with an empty cache fetches for it, as it is transferred."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from http.client import HTTPConnection

FETCHED = {"img": "src", "script": "src", "source": "src", "video": "poster"}
LINKED = ("stylesheet", "icon", "preload")


class Resources(HTMLParser):
    """The addresses that a page makes a browser fetch, each once."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, None] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        address = values.get(FETCHED.get(tag, ""))
        if tag == "link" and values.get("rel") in LINKED:
            address = values.get("href")
        if address:
            self.found[address] = None


def weigh(port: int, path: str, cookie: str) -> list[tuple[str, int]]:
    """The page and everything it makes a browser fetch, with the bytes of each body."""
    return list(_fetched(HTTPConnection("127.0.0.1", port, timeout=10), path, cookie))


def _fetched(connection: HTTPConnection, path: str, cookie: str) -> Iterator[tuple[str, int]]:
    # The page itself is read plain, since it is to be looked through, and then weighed as a browser gets it.
    resources = Resources(_fetch(connection, path, cookie, "identity").decode())
    for address in (path, *resources.found):
        yield address, len(_fetch(connection, address, cookie, "gzip"))


def _fetch(connection: HTTPConnection, path: str, cookie: str, encoding: str) -> bytes:
    connection.request("GET", path, headers={"Cookie": cookie, "Accept-Encoding": encoding})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    return body
