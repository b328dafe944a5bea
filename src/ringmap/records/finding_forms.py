"""Which form a file is in, found from what is in it and not from its name."""

import re

#: Bytes looked at; long enough to get past comments at the top of a file.
_HEAD = 4_096
_ZIP, _OLE2, _SQLITE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"SQLite format 3\x00"
_XML = re.compile(r"\s*<(\?xml|!DOCTYPE|!--|graphml\b|gexf\b|[a-z]+:(graphml|gexf)\b)", re.I)
_JSON = re.compile(r"\s*(#[^\n]*\n\s*)*[\[{]")
_DL = re.compile(r"\s*dl\s*,?\s*(n|nr|nc|nm|format|labels|data|\s)\s*[=:]?", re.I)
_PAJEK = re.compile(r"\s*(%[^\n]*\n\s*)*\*(vertices|network|arcs|edges|matrix)\b", re.I)


#: Forms of graphs that are not read, and how each begins.
_UNREAD = {
    "GML": re.compile(r'\s*((#|Creator\b|Version\b)[^\n]*\n\s*)*graph\s*\[', re.I),
    "DOT": re.compile(
        r"\s*(/\*[^*]*\*/\s*|//[^\n]*\n\s*)*(strict\s+)?(di)?graph\b[^\[{\n]*\{", re.I
    ),
    "LEDA": re.compile(r"LEDA\.GRAPH\b"),
    # A party behind "#" and below it each of those it is tied to, with a strength or without.
    "LGL": re.compile(r"(# [^\s,;|~^]+\r?\n)+([^\s,;|#~^]+( [0-9.eE+-]+)?\r?\n)+(# |\Z)"),
}  # fmt: skip


def name_unread_graph(text: str) -> str | None:
    """What a text is called that is a graph in a form that is not read; else None."""
    head = text[:_HEAD]
    return next((name for name, pattern in _UNREAD.items() if pattern.match(head)), None)


def find_form_of_bytes(data: bytes) -> str | None:
    """The form of a file that is no text: ``spreadsheet`` or ``database``; else None."""
    if data.startswith((_ZIP, _OLE2)):
        return "spreadsheet"
    return "database" if data.startswith(_SQLITE) else None


def find_form_of_text(text: str) -> str:
    """The form of a text: ``xml``, ``json``, ``dl``, ``pajek`` or ``table``.

    A table may begin with any sign, so JSON is only a guess until it has been read as such.
    """
    head = text[:_HEAD]
    for form, pattern in (("xml", _XML), ("json", _JSON), ("dl", _DL), ("pajek", _PAJEK)):
        if pattern.match(head):
            return form
    return "table"
