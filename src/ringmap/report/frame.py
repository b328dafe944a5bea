"""What every page of this room stands in: a head that forbids fetching and running anything."""

import base64
import hashlib
from functools import cache
from importlib.resources import files

from ringmap.report.markup import Markup, element


def whole_page(title: str, language: str, *body: object) -> str:
    """A page as HTML text: one file without scripts that loads nothing."""
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="robots", content="noindex"),
        element("title", title),
        element("style", Markup(style)),
    )
    return f"<!doctype html>\n{element('html', head, element('body', *body), lang=language)}\n"


@cache
def _style() -> str:
    return files("ringmap.report").joinpath("assets", "report.css").read_text("utf-8")
