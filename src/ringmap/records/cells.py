"""What the cells of a column mean: each distinct text is read once."""

import difflib
import math
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ringmap.model import as_texts, find_codes, find_country, load_words, match_key, match_keys
from ringmap.records.coded import Cells, Mask, rows_of
from ringmap.records.dates import (
    BY_MONTH,
    ORDERS,
    are_plain,
    find_order,
    hint_for,
    read_date,
    shows_month_first,
)
from ringmap.records.numbers import DECIMALS, NOT_A_NUMBER, find_decimal, read_number
from ringmap.records.tabletext import RawTable

_GRADE = re.compile(r"([A-Fa-f])[ /\-]?([1-6])")
#: Minutes and seconds with their marks, straight or curly; "N" is north, never Vietnamese "nam".
_DEGREES = re.compile(
    r"([0-9]{1,3}) ?° ?([0-9]{1,2}) ?['′’] ?(?:([0-9]{1,2}(?:[.,][0-9]+)?) ?(?:[\"″”]|''|’’) ?)?"
    "([NSEWnsewBbĐđ])"
)
_LONGEST_WORD = 40
_UNKNOWN = frozenset(
    map(match_key, ("unknown", "not known", "không rõ", "chưa rõ", "không biết", "chưa xác định"))
)
_UNKNOWN_KEYS = as_texts(_UNKNOWN)
_LONGEST_UNKNOWN = 2 * max(map(len, _UNKNOWN))
#: All of those words have one of these pairs, in any spelling; ids by the thousand have none.
_PAIRS = ("kn", "kh", "ch")
_MAY_BE_UNKNOWN = re.compile("|".join(_PAIRS), re.IGNORECASE)
_YES_NO = {
    **dict.fromkeys(map(match_key, ("yes", "y", "true", "có", "legal", "hợp pháp", "1")), "yes"),
    **dict.fromkeys(
        map(match_key, ("no", "n", "false", "không", "illegal", "trái phép", "0")), "no"
    ),
}


_KEPT = "the word is kept as it is written"
_WITHOUT_CODE = f"{_KEPT}, without a code"
#: A column of more different texts is no list of codes: to look for the nearest code of each
#: would take most of the time of reading.
_MOST_SUGGESTED = 1_000


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text means: its value (None: not recorded) and what to say of it."""

    value: str | None
    reason: str | None = None
    hint: str = ""
    refuse: bool = False


_NOT_RECORDED = Reading(None)
Reader = Callable[[str], Reading]


def read_cells(table: RawTable, column: str, cells: Cells, kind: str) -> Cells:
    """The meaning of each cell of a column, its problems noted in the table.

    Cells are read by `kind` (see ``columns.yaml``). One that says "unknown" is then empty.
    One that cannot be read is empty with a warning; only a kind whose rows mean nothing
    without it refuses the row.
    """
    if kind.partition(":")[0] not in _READ:
        unknown = where_unknown(cells)
        return cells.blank(unknown) if unknown.any() else cells
    used = cells.used()
    odd = (
        np.flatnonzero(~are_plain(used.arrow_texts())) if kind == "date" else np.arange(used.count)
    )
    asked = used.arrow_texts().take(odd)
    texts = asked.to_pylist()
    shown = table.shown[column].used() if column in table.shown else used
    order = _order(table, column, shown) if kind == "date" else None
    decimal = _decimal(table, column, shown) if kind in ("number", "strength") else None
    reader = _reader(kind, texts, order, decimal)
    unknown = _are_unknown(asked).tolist()
    readings = [
        _NOT_RECORDED if gap else reader(text) for text, gap in zip(texts, unknown, strict=True)
    ]
    doubtful = [place for place, reading in enumerate(readings) if reading.reason is not None]
    for place, rows in zip(doubtful, rows_of(used.codes, odd[doubtful].tolist()), strict=True):
        reading = readings[place]
        say = table.refuse if reading.refuse else table.warn
        say(rows, column, cells, str(reading.reason), reading.hint)
    if order == BY_MONTH and table.cutting.dates is None:
        _tell_month_first(table, column, used)
    values = [reading.value for reading in readings]
    if values == texts:
        return used
    meant = used.texts.copy()
    meant[odd] = values
    return Cells.repeated(used.codes, meant)


def where_unknown(cells: Cells) -> Mask:
    """True for each cell that holds a word by which a record says that it does not know."""
    used = cells.used()
    if not _may_be_unknown(used.arrow_texts()):
        return np.zeros(len(cells), dtype=bool)
    return np.asarray(used.numbers(_are_unknown(used.arrow_texts()), missing=False))


def _may_be_unknown(texts: pa.LargeStringArray) -> bool:
    """False where no text can be such a word: a look at the bytes of all texts together."""
    together = (texts.buffers()[2] or pa.py_buffer(b"")).to_pybytes().lower()
    return any(pair.encode() in together for pair in (*_PAIRS, "\N{KELVIN SIGN}"))


def _are_unknown(texts: pa.LargeStringArray) -> Mask:
    unknown = np.zeros(len(texts), dtype=bool)
    short = np.flatnonzero(np.asarray(pc.utf8_length(texts)) <= _LONGEST_UNKNOWN)
    worded = pc.match_substring_regex(texts.take(short), _MAY_BE_UNKNOWN.pattern, ignore_case=True)
    asked = short[np.asarray(worded, dtype=bool)]
    numbered = pc.match_substring_regex(texts.take(asked), "[0-9]")  # which those words are not
    asked = asked[~np.asarray(numbered, dtype=bool)]
    unknown[asked] = np.asarray(pc.is_in(match_keys(texts.take(asked)), _UNKNOWN_KEYS))
    return unknown


def is_unknown(text: str) -> bool:
    """True for words by which a record says that it does not know."""
    if len(text) > _LONGEST_UNKNOWN or not _MAY_BE_UNKNOWN.search(text):
        return False
    return match_key(text) in _UNKNOWN


def _order(table: RawTable, column: str, shown: Cells) -> str | None:
    """How the dates of a column are ordered; plain dates all tell the same, so one will do."""

    def find() -> str | None:
        plain = are_plain(shown.arrow_texts())
        days = (text for text in shown.texts[plain].tolist() if len(text) == len("2019-05-03"))
        return find_order([*shown.texts[~plain].tolist(), *islice(days, 1)])

    return _way(table, column, table.cutting.dates, ORDERS, find)


def _decimal(table: RawTable, column: str, shown: Cells) -> str | None:
    """The sign before fractions in a column."""
    return _way(table, column, table.cutting.decimal, DECIMALS, lambda: find_decimal(shown.texts))


def _way(table: RawTable, column: str, stated: str | None, ways: Collection[str],
         find: Callable[[], str | None]) -> str | None:  # fmt: skip
    """How a column is written: as somebody says, as was told before, or as its cells show."""
    heading = table.called.get(column, column)
    known = table.read_as.get(heading)
    if stated is not None or known in ways:
        return stated or known
    found = find()
    if found is not None:
        table.read_as[heading] = found
    return found


def _reader(kind: str, texts: Sequence[str], order: str | None, decimal: str | None) -> Reader:
    """How the cells of a column are read, which the column as a whole may decide."""
    name, _, list_name = kind.partition(":")
    if name in ("code", "codes"):
        suggests = len(texts) <= _MOST_SUGGESTED
        several = name == "codes"
        return partial(_read_code, list_name=list_name, suggests=suggests, several=several)
    if name in ("number", "strength"):
        read = _read_number if name == "number" else _read_strength
        return partial(read, decimal=decimal)
    if name == "date":
        return partial(_read_date, order=order)
    return _READERS[name]


def _read_code(text: str, list_name: str, *, suggests: bool, several: bool) -> Reading:
    codes: list[str] = []
    # A cell of nothing but separators has no parts.
    for part in _parts(text, list_name) or [text]:
        found = find_codes(list_name, part)
        if not found:
            hint = _nearest(part, list_name) if suggests else _WITHOUT_CODE
            return Reading(None, f"unknown {_called(list_name)}", hint)
        if len(found) > 1 and not several:
            reason = f"a word of several meanings ({_called(list_name)})"
            return Reading(None, reason, f"{_KEPT}; write {' or '.join(found)}")
        codes += [code for code in found if code not in codes]
    return Reading(";".join(codes))


def _parts(text: str, list_name: str) -> list[str]:
    """A cell may hold several codes; a word that is known whole is not split."""
    if find_codes(list_name, text):
        return [text]
    return [part.strip() for part in re.split(r"[;|]", text) if part.strip()]


def _nearest(text: str, list_name: str) -> str:
    if len(text) > _LONGEST_WORD:
        return _WITHOUT_CODE
    near = difflib.get_close_matches(match_key(text), list(load_words(list_name)), n=3, cutoff=0.5)
    return f"{_KEPT}; did you mean {' or '.join(near)}?" if near else _WITHOUT_CODE


def _called(list_name: str) -> str:
    names = {"tie": "kind of tie", "event": "kind of event", "place": "kind of place",
             "identifier": "kind of identifier", "organisation": "kind of organisation",
             "case_status": "status of a case", "victim_status": "status of a victim"}  # fmt: skip
    return names.get(list_name, list_name)


def _read_date(text: str, order: str | None) -> Reading:
    date, problem = read_date(text, order=order)
    return Reading(date, problem, "" if problem is None else hint_for(problem))


def _tell_month_first(table: RawTable, column: str, cells: Cells) -> None:
    """Say once of a column that it is month/day/year, and which row shows it."""
    for row in np.flatnonzero(cells.where(shows_month_first) & ~table.refused)[:1]:
        table.warn(
            np.array([row]), column, cells,
            f"the column is read as month/day/year, as row {table.row[row]} shows",
            "write 2019-05-03, or say 'dates: day first' in a mapping file if it is wrong",
        )  # fmt: skip


def _no_number(problem: str, otherwise: str) -> Reading:
    how = "write digits, as in 3.5" if problem == NOT_A_NUMBER else "write 1234 or 1.234"
    return Reading(None, problem, f"{otherwise}; {how}")


def _read_number(text: str, decimal: str | None) -> Reading:
    number, problem = read_number(text, decimal)
    if problem is not None:
        return _no_number(problem, "the rest of the row is used")
    return Reading(number)


#: Ten million ties as strong as that still have a sum.
STRONGEST = 1e15


def _read_strength(text: str, decimal: str | None) -> Reading:
    number, problem = read_number(text, decimal)
    if number is None:
        return _no_number(str(problem), "the tie is used without a strength")
    value = float(number)
    if not math.isfinite(value) or value < 0:
        return Reading(
            None, "a strength cannot be negative or without end",
            "write how often or how strongly, 0 or more", refuse=True,
        )  # fmt: skip
    if value > STRONGEST:
        return Reading(
            None, "a strength above 10^15, which nothing has that was counted",
            "write how often or how strongly, 0 or more", refuse=True,
        )  # fmt: skip
    if value == 0:
        return Reading(
            number, "a strength of 0 says there is no tie",
            "the row is kept and shown; measures leave the tie out",
        )  # fmt: skip
    return Reading(number)


def _read_coordinate(text: str) -> Reading:
    number = _from_degrees(text) or read_number(text, "," if "," in text else ".")[0]
    if number is None or abs(float(number)) > 180:
        return Reading(
            None, "not a coordinate in degrees",
            "the rest of the row is used; write decimal degrees, as in 22.4856",
        )  # fmt: skip
    return Reading(number)


def _from_degrees(text: str) -> str | None:
    """Degrees, minutes and seconds with a letter, as in 22°30'15"N; B and Đ are Vietnamese."""
    match = _DEGREES.fullmatch(text.strip())
    if match is None:
        return None
    minutes, seconds = int(match[2]), float((match[3] or "0").replace(",", "."))
    if minutes >= 60 or seconds >= 60:
        return None
    value = int(match[1]) + minutes / 60 + seconds / 3600
    return f"{-value if match[4].upper() in 'SW' else value:.6f}".rstrip("0").rstrip(".")


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
    "coordinate": _read_coordinate,
    "country": _read_country,
    "grade": _read_grade,
    "reliability": _read_reliability,
    "credibility": _read_credibility,
    "yes_no": _read_yes_no,
}
#: Kinds whose cells mean something else than they say.
_READ = frozenset({*_READERS, "date", "number", "strength", "code", "codes"})
