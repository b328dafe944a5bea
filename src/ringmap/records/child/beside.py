"""What only a number format writes beside a number: a currency, a unit, another text."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from operator import eq, ge, gt, le, lt, ne

#: What is flagged, such as ``currency ₫`` or ``text kg``.
Kinds = tuple[str, ...]
#: Which numbers a section of a format is for; None for all that are left.
Test = Callable[[float], bool] | None
#: The sections of a format in the order in which they are tried.
Sections = tuple[tuple[Test, Kinds], ...]

# A quotation; a sign as it is; room or filling; brackets; the mark between sections; the rest.
_PIECE = re.compile(r'"([^"]*)"?|\\(.)|([_*].)|(\[[^\]]*\])|(;)|(.)', re.DOTALL)
_CURRENCY = re.compile(r"\[\$([^\]-]+)(?:-[^\]]*)?\]|(?<!\[)([$¢-¥₠-⃀])")
_CONDITION = re.compile(
    r"(?:\[|value\(\))\s*(<=|>=|<>|!=|=|<|>)\s*(-?[0-9.]+(?:e[+-]?[0-9]+)?)", re.I
)
_WORD = re.compile(r"[^\W_]")
_COMPARED: Mapping[str, Callable[[float, float], bool]] = {
    "<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "<>": ne, "!=": ne,
}  # fmt: skip


def sections_of(code: str) -> Sections:
    """The sections of a format such as ``"P"000`` or ``0" kg";"nợ "0``; none if it tells nothing.

    A fourth section is for texts. Without conditions the first is for positive numbers and the
    second for negative ones; where there are two, nought belongs to the first.
    """
    codes = _cut(code)[:3]
    tests = [test_of(one) for one, _ in codes]
    if len(codes) > 1 and tests[0] is None:
        tests[0] = partial(_passes, ">=" if len(codes) == 2 else ">", 0.0)
    if len(codes) > 2 and tests[1] is None:
        tests[1] = partial(_passes, "<", 0.0)
    tests[-1] = None
    found = tuple(
        (test, kinds_of(_currency(one), texts))
        for test, (one, texts) in zip(tests, codes, strict=True)
    )
    return found if any(kinds for _, kinds in found) else ()


def test_of(condition: str) -> Test:
    """Which numbers a condition means, such as ``[>=1000]`` or ``value()<0``; None for none."""
    match = _CONDITION.search(condition)
    try:
        return partial(_passes, match[1], float(match[2])) if match else None
    except ValueError:
        return None


def kinds_of(currency: str, texts: Iterable[str]) -> Kinds:
    """What to flag of a currency and of texts, of which those without a word say nothing."""
    words = " … ".join(text.strip() for text in texts if _WORD.search(text))
    return tuple(
        f"{kind} {what}" for kind, what in (("currency", currency), ("text", words)) if what
    )


def told_of(sections: Sections, number: str) -> Kinds:
    """What the format writes beside this number; nothing beside what is no number."""
    try:
        value = float(number)
    except ValueError:
        return ()
    return next((kinds for test, kinds in sections if test is None or test(value)), ())


def _passes(sign: str, bound: float, number: float) -> bool:
    return _COMPARED[sign](number, bound)


def _currency(code: str) -> str:
    match = _CURRENCY.search(code)
    return (match[1] or match[2]).strip() if match else ""


def _cut(code: str) -> list[tuple[str, list[str]]]:
    """Each section with the texts that it writes as they are."""
    sections: list[tuple[str, list[str]]] = [("", [])]
    running = False
    for piece in _PIECE.finditer(code):
        quoted, escaped, _, _, mark, _ = piece.groups()
        if mark:
            sections.append(("", []))
        own, texts = sections[-1]
        text = quoted if quoted is not None else escaped
        if text is not None and running:
            texts[-1] += text
        elif text is not None:
            texts.append(text)
        running = text is not None
        sections[-1] = (own if mark else own + piece[0], texts)
    return sections
