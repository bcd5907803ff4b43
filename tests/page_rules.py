"""A test client that reads every page it gets, as a careful reader would: each test of a door is a check of its page too."""

from __future__ import annotations

from contextvars import Context
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

Attributes = dict[str, str | None]


class Browser(FlaskClient):
    """Follows what a person follows: fills in the form that stands on the page, hidden fields and all."""

    page: Page | None = None

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        # A context of its own for each request, as on a server: else the test's `g` would be every request's.
        response: TestResponse = Context().run(super().open, *args, **kwargs)
        if response.mimetype == "text/html" and response.data and not 300 <= response.status_code < 400:
            self.page = check_page(response.text)
        return response

    def submit(self, path: str, data: dict[str, Any] | None = None, *, action: str | None = None, **kwargs: Any) -> TestResponse:
        """Open `path` and post the form there (the one whose action ends with `action`), with `data` filled in."""
        self.get(path, follow_redirects=True)
        assert self.page is not None
        form = self.page.form(action)
        filled = form.hidden | (data or {})
        return self.post(form.action or path, data=filled, **kwargs)


class Form:
    def __init__(self, action: str | None, method: str) -> None:
        self.action, self.method = action, method
        self.in_main = False
        self.hidden: dict[str, str] = {}
        self.fields: list[Attributes] = []


class Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, Attributes]] = []
        self.ids: list[str] = []
        self.forms: list[Form] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "form":
            self.forms.append(Form(found.get("action"), str(found.get("method", "get")).lower()))
            self.forms[-1].in_main = bool(self.all("main"))
        elif tag in ("input", "select", "textarea", "button") and self.forms:
            self.forms[-1].fields.append(found)
            if found.get("type") == "hidden" and found.get("name"):
                self.forms[-1].hidden[str(found["name"])] = found.get("value") or ""

    def all(self, name: str) -> list[Attributes]:
        return [attrs for tag, attrs in self.tags if tag == name]

    def form(self, action: str | None) -> Form:
        """The form whose action ends with `action`, or the page's own: the first one in its main that posts.

        The choice of language is no page's own.
        """
        posting = [form for form in self.forms if form.method == "post"]
        own = [form for form in posting if form.in_main and not (form.action or "").endswith("/sprak")]
        found = own if action is None else [form for form in posting if (form.action or "").endswith(action)]
        assert found, f"no form with action {action!r} among {[form.action for form in posting]}"
        return found[0]


def check_page(html: str) -> Page:
    page = Page(html)
    assert page.all("html")[0].keys() >= {"lang", "dir"}
    assert len(page.all("h1")) == 1, "one h1 on every page"
    assert len(page.all("main")) == 1
    assert len(page.ids) == len(set(page.ids)), f"ids are unique: {sorted(page.ids)}"
    assert all("alt" in image for image in page.all("img"))
    assert not any({"style", "onclick"} & attrs.keys() for _, attrs in page.tags), "no inline style or script"
    assert "style" not in {tag for tag, _ in page.tags}
    assert all(script.get("src") for script in page.all("script"))
    assert all("scope" in cell for cell in page.all("th"))
    labelled = {attrs.get("for") for attrs in page.all("label")}
    wrapped = html.count('<label class="choice"')
    for field in page.all("input") + page.all("select") + page.all("textarea"):
        if field.get("type") in ("hidden", "submit") or (wrapped and field.get("type") in ("radio", "checkbox")):
            continue
        assert field.get("id") in labelled or "aria-label" in field or "aria-labelledby" in field, field
    return page
