"""Answers that browsers keep: what stands at the address never changes."""

from __future__ import annotations

import gzip
from functools import lru_cache

from flask import Response, make_response, request

from app.pages import YEAR_S

SHRINKS = {"text/css", "image/svg+xml"}


def kept(content: bytes, media_type: str, tag: str) -> Response:
    """The content for a year, compressed where that helps and the browser can read it."""
    shrinks = media_type in SHRINKS and request.accept_encodings["gzip"] > 0
    answer = make_response(_compressed(content) if shrinks else content)
    answer.mimetype = media_type
    if shrinks:
        answer.content_encoding = "gzip"
    answer.vary.add("Accept-Encoding")
    answer.cache_control.public = answer.cache_control.immutable = True
    answer.cache_control.max_age = YEAR_S
    answer.set_etag(f"{tag}-gzip" if shrinks else tag)
    answer.make_conditional(request)
    return answer


@lru_cache(maxsize=128)
def _compressed(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)
