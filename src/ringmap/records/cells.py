"""What the cells of a column mean: each distinct text is read once."""

import difflib
import math
import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ringmap.model import find_codes, find_country, load_words, match_key
from ringmap.records.dates import MONTH_FIRST, NO_SUCH_DATE, NOT_A_DATE, read_date
from ringmap.records.tabletext import Cells, Positions, RawTable

_GRADE = re.compile(r"([A-Fa-f])[ /\-]?([1-6])")
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_LONGEST_WORD = 40
_UNKNOWN = frozenset(
    map(match_key, ("unknown", "not known", "không rõ", "chưa rõ", "không biết", "chưa xác định"))
)
_LONGEST_UNKNOWN = 2 * max(map(len, _UNKNOWN))
#: All of those words have one of these pairs, in any spelling; ids by the thousand have none.
_MAY_BE_UNKNOWN = re.compile("kn|kh|ch", re.IGNORECASE)
_YES_NO = {
    **dict.fromkeys(map(match_key, ("yes", "y", "true", "có", "legal", "hợp pháp", "1")), "yes"),
    **dict.fromkeys(
        map(match_key, ("no", "n", "false", "không", "illegal", "trái phép", "0")), "no"
    ),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text means: its value (None: not recorded) and what to say of it."""

    value: str | None
    reason: str | None = None
    hint: str = ""
    refuse: bool = False


Reader = Callable[[str], Reading]


def read_cells(table: RawTable, column: str, cells: Cells, kind: str) -> Cells:
    """The meaning of each cell of a column, its problems noted in the table.

    Cells are read by `kind` (see ``columns.yaml``). An empty cell and one that says
    "unknown" are None. A cell that cannot be read is None with a warning; only a kind
    whose rows mean nothing without it refuses the row.
    """
    codes, distinct = pd.factorize(cells, use_na_sentinel=True)
    reader = _reader(kind)
    readings = [_read(text, reader) for text in distinct.tolist()]
    doubtful = [place for place, reading in enumerate(readings) if reading.reason is not None]
    for place, rows in zip(doubtful, _rows_of(codes, doubtful), strict=True):
        reading = readings[place]
        say = table.refuse if reading.refuse else table.warn
        say(rows, column, cells, str(reading.reason), reading.hint)
    values = np.empty(len(readings) + 1, dtype=object)
    values[:-1] = [reading.value for reading in readings]
    values[-1] = None
    return values[codes]


def _rows_of(codes: Positions, asked: list[int]) -> list[Positions]:
    """For each code asked for, the rows that have it, in order."""
    if not asked:
        return []
    order = np.argsort(codes, kind="stable")
    first = np.searchsorted(codes, asked, side="left", sorter=order)
    behind = np.searchsorted(codes, asked, side="right", sorter=order)
    return [order[start:stop] for start, stop in zip(first, behind, strict=True)]


def _read(text: str, reader: Reader) -> Reading:
    return Reading(None) if is_unknown(text) else reader(text)


def is_unknown(text: str) -> bool:
    """True for words by which a record says that it does not know."""
    if len(text) > _LONGEST_UNKNOWN or not _MAY_BE_UNKNOWN.search(text):
        return False
    return match_key(text) in _UNKNOWN


def _reader(kind: str) -> Reader:
    name, _, list_name = kind.partition(":")
    if name in ("code", "codes"):
        return lambda text: _read_code(text, list_name)
    return _READERS.get(name, Reading)


def _read_code(text: str, list_name: str) -> Reading:
    codes: list[str] = []
    for part in _parts(text, list_name):
        found = find_codes(list_name, part)
        if not found:
            return Reading(None, f"unknown {_called(list_name)}", _nearest(part, list_name))
        codes += [code for code in found if code not in codes]
    return Reading(";".join(codes))


def _parts(text: str, list_name: str) -> list[str]:
    """A cell may hold several codes; a word that is known whole is not split."""
    if find_codes(list_name, text):
        return [text]
    return [part.strip() for part in re.split(r"[;|]", text) if part.strip()]


def _nearest(text: str, list_name: str) -> str:
    kept = "the word is kept as it is written"
    if len(text) > _LONGEST_WORD:
        return f"{kept}, without a code"
    near = difflib.get_close_matches(match_key(text), list(load_words(list_name)), n=3, cutoff=0.5)
    return f"{kept}; did you mean {' or '.join(near)}?" if near else f"{kept}, without a code"


def _called(list_name: str) -> str:
    names = {"tie": "kind of tie", "event": "kind of event", "place": "kind of place",
             "identifier": "kind of identifier", "organisation": "kind of organisation",
             "case_status": "status of a case", "victim_status": "status of a victim"}  # fmt: skip
    return names.get(list_name, list_name)


def _read_date(text: str) -> Reading:
    date, problem = read_date(text)
    if problem is None:
        return Reading(date)
    hints = {
        NO_SUCH_DATE: "the rest of the row is used; correct the date, or give only what is sure, "
        "such as 2019-02 or 2019",
        NOT_A_DATE: "the rest of the row is used; write 2019-05-03, 03/05/2019, 2019-05 or 2019",
        MONTH_FIRST: "write 2019-05-03 to leave no doubt",
    }
    return Reading(date, problem, hints[problem])


def _read_number(text: str) -> Reading:
    if not _NUMBER.fullmatch(text):
        return Reading(None, "not a number", "the rest of the row is used; write digits, as in 3.5")
    return Reading(text)


def _read_strength(text: str) -> Reading:
    if not _NUMBER.fullmatch(text):
        return Reading(
            None, "not a number", "the tie is used without a strength; write digits, as in 3.5"
        )
    value = float(text)
    if not math.isfinite(value) or value < 0:
        return Reading(
            None, "a strength cannot be negative or without end",
            "write how often or how strongly, 0 or more", refuse=True,
        )  # fmt: skip
    if value == 0:
        return Reading(
            text, "a strength of 0 says there is no tie",
            "the row is kept and shown; measures leave the tie out",
        )  # fmt: skip
    return Reading(text)


def _read_coordinate(text: str) -> Reading:
    if not _NUMBER.fullmatch(text) or abs(float(text)) > 180:
        return Reading(
            None, "not a coordinate in degrees",
            "the rest of the row is used; write decimal degrees, as in 22.4856",
        )  # fmt: skip
    return Reading(text)


def _read_country(text: str) -> Reading:
    code = find_country(text)
    if code is None:
        return Reading(
            None, "unknown country",
            "the rest of the row is used; write a two-letter ISO code such as VN, or a full name",
        )  # fmt: skip
    return Reading(code)


def _read_grade(text: str) -> Reading:
    match = _GRADE.fullmatch(text)
    if match is None:
        return Reading(
            None, "not a grade",
            "the rest of the row is used; write reliability A–F and credibility 1–6, as in B2",
        )  # fmt: skip
    return Reading(match[1].upper() + match[2])


def _read_reliability(text: str) -> Reading:
    if text.upper() in set("ABCDEF"):
        return Reading(text.upper())
    return Reading(
        None, "not a reliability", "the rest of the row is used; write a letter from A to F"
    )


def _read_credibility(text: str) -> Reading:
    if text in set("123456"):
        return Reading(text)
    return Reading(
        None, "not a credibility", "the rest of the row is used; write a number from 1 to 6"
    )


def _read_yes_no(text: str) -> Reading:
    answer = _YES_NO.get(match_key(text))
    if answer is None:
        return Reading(None, "neither yes nor no", "the rest of the row is used; write yes or no")
    return Reading(answer)


_READERS: dict[str, Reader] = {
    "date": _read_date,
    "number": _read_number,
    "strength": _read_strength,
    "coordinate": _read_coordinate,
    "country": _read_country,
    "grade": _read_grade,
    "reliability": _read_reliability,
    "credibility": _read_credibility,
    "yes_no": _read_yes_no,
}
