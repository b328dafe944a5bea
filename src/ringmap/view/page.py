"""The ring map as one HTML file that fetches nothing."""

import base64
import hashlib
import html
import json
from functools import cache
from importlib.resources import files
from typing import Any

from ringmap.disclosure import Cleared
from ringmap.view.basemap import Basemap
from ringmap.view.payload import tell_network

NOSCRIPT = (
    "<p>This page draws its map with a script of its own, and scripts are switched off. Nothing "
    "is fetched from any network: please allow the script.</p>"
    '<p lang="vi">Trang này vẽ sơ đồ bằng mã lệnh nằm sẵn trong tệp, mà trình duyệt đang chặn mã '
    "lệnh. Trang không tải gì từ mạng: xin cho phép mã lệnh.</p>"
)


def render_network(
    cleared: Cleared, *, title: str, language: str = "en", basemap: Basemap | None = None
) -> str:
    """The page: ring and route map, every piece of evidence, search and filters, in both languages.

    Same input, same bytes. The browser is told to load nothing and to run no script but ours.

    Parameters
    ----------
    language
        ``en`` or ``vi``: in which the page opens; the reader may change it.
    basemap
        A map to draw under the routes instead of ringmap's.

    Raises
    ------
    OutputError
        If there is no graph to draw.
    """
    block = script_json(tell_network(cleared, title=title, language=language, basemap=basemap))
    script, style = asset("ringmap.js"), asset("ringmap.css")
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{html.escape(language)}">',
            head(title, scripts=[script], styles=[style]),
            "<body>",
            '<div id="ringmap"></div>',
            f"<noscript>{NOSCRIPT}</noscript>",
            f'<script type="application/json" id="ringmap-data">{block}</script>',
            f"<script>{script}</script>",
            "</body>",
            "</html>",
            "",
        ]
    )


def head(title: str, *, scripts: list[str], styles: list[str]) -> str:
    """The page's head, which lets only these scripts and styles work."""
    policy = (
        f"default-src 'none'; script-src {_hashes(scripts)}; style-src {_hashes(styles)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    return "\n".join(
        [
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            '<meta name="color-scheme" content="light dark">',
            f"<title>{html.escape(title)}</title>",
            '<link rel="icon" href="data:,">',
            *(f"<style>{style}</style>" for style in styles),
            "</head>",
        ]
    )


def script_json(block: dict[str, Any]) -> str:
    """JSON that may stand in a script element: no sign in it can end the element."""
    text = json.dumps(block, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for sign in _UNSAFE:
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


@cache
def asset(name: str) -> str:
    """Text of a script or style of ours."""
    return files("ringmap.view").joinpath("assets", name).read_text("utf-8")


_UNSAFE = "<>&\u2028\u2029"


def _hashes(texts: list[str]) -> str:
    digests = (hashlib.sha256(text.encode("utf-8")).digest() for text in texts)
    return " ".join(f"'sha256-{base64.b64encode(one).decode('ascii')}'" for one in digests)
