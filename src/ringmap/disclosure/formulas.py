"""Texts of records in cells that a spreadsheet would otherwise run."""

import re

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_RETURN = re.compile("\r\n?")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")


def escape_formula(text: str) -> str:
    """Text that a spreadsheet shows and does not run: ``=A1`` → ``'=A1``; numbers stay.

    A carriage return becomes a line feed: the csv module leaves a bare one unquoted, and
    readers take it for the end of the row.
    """
    if "\r" in text:
        text = _RETURN.sub("\n", text)
    if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text
