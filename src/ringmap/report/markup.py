"""HTML from text that nobody need trust: whatever is not markup is escaped."""

import html
import re

# Control characters and halves of surrogate pairs, which HTML or UTF-8 cannot hold.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_VOID = frozenset({"meta", "br", "hr", "wbr", "rect", "line", "path", "use"})


class Markup(str):
    """HTML made by `element`, which is not escaped again."""

    __slots__ = ()


def legible(text: str) -> str:
    """Text with each control character or broken letter replaced by ``�``."""
    return _FORBIDDEN.sub("\ufffd", text)


def escape(text: object) -> Markup:
    """Text as HTML; markup as it is."""
    if isinstance(text, Markup):
        return text
    return Markup(html.escape(legible(str(text))))


def element(name: str, /, *children: object, **attributes: object) -> Markup:
    """An HTML element; of attributes ``class_`` is ``class``, ``_`` stands for ``-``."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID:
        return Markup(
            f"<{name}{told}>" if name in ("meta", "br", "hr", "wbr") else f"<{name}{told}/>"
        )
    return Markup(f"<{name}{told}>{join(*children)}</{name}>")


def join(*children: object) -> Markup:
    """Pieces one after another, each escaped unless it is markup; None is nothing."""
    return Markup("".join(escape(child) for child in children if child is not None))
