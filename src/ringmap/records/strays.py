"""Rows and columns of a table that are no records: sums, headings again, a second table."""

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
import pyarrow.compute as pc

from ringmap.records.coded import Cells, Mask, Positions
from ringmap.records.edges import is_matrix
from ringmap.records.headings import REQUIRED, read_headings
from ringmap.records.tabletext import WITH_CELLS, RawTable

#: A line that is drawn between rows, as programs for databases do.
_RULE = re.compile(r"\s*:?[-=+]{2,}:?\s*")
#: The number of a column below its heading, as official forms have it.
_COLUMN_NUMBER = re.compile(r"^\s*\(([0-9]{1,3})\)\s*$")
_NUMBER = re.compile(r"\s*[-+]?[0-9][0-9.,  ]*%?\s*")
#: What begins with 0 is no amount but a phone, or a number that somebody gave.
_NO_AMOUNT = re.compile(r"\s*0[0-9]")
#: With their marks: Tống and Công are names of people.
_SUMS = (
    "grand total", "sub-?total", "totals?", "tổng cộng", "tổng số", "tổng", "cộng", "tong cong",
    "tong so", "suma total", "合计", "总计", "小计", "รวมทั้งหมด", "รวม",
)  # fmt: skip
_FORMS = [unicodedata.normalize(form, one) for form in ("NFC", "NFD") for one in _SUMS]
_SUM = rf"(?i)^\s*(?:{'|'.join(_FORMS)})\s*(?:[:=(].*)?$"
#: So many rows that might be headings are looked at; more of them are no headings.
_MOST_LOOKED_AT = 200


def tell_strays(raw: RawTable) -> None:
    """Refuse rows that are certainly no records, and warn of what may be none.

    A row that is a sum of others would be a party with the strongest ties of all, and the rows
    of a second table would be read under the headings of the first.
    """
    if raw.fatal or raw.format not in WITH_CELLS or not raw.columns:
        return
    _tell_of_gaps(raw)
    if len(raw.row):
        _refuse_rule(raw)
        _refuse_numbers_of_columns(raw)
        _refuse_headings_again(raw)
        _refuse_second_table(raw)
        _tell_of_sums(raw)


def _cells(raw: RawTable, place: int) -> list[str]:
    return [column[place] or "" for column in raw.columns]


def _refuse_rule(raw: RawTable) -> None:
    filled = [cell for cell in _cells(raw, 0) if cell]
    if filled and all(map(_RULE.fullmatch, filled)):
        raw.refuse(
            np.array([0]), None, None, "a line drawn below the headings",
            "delete it, if it is no row",
        )  # fmt: skip


def _refuse_numbers_of_columns(raw: RawTable) -> None:
    """Refuse (1), (2), (3) below the headings, unless parties or cases have such names."""
    found = [int(match[1]) for cell in _cells(raw, 0) if (match := _COLUMN_NUMBER.fullmatch(cell))]
    if not len(found) == sum(map(bool, _cells(raw, 0))) > 1:
        return
    if found == list(range(found[0], found[0] + len(found))) and not _has_such_names(raw):
        raw.refuse(
            np.array([0]), None, None, "the numbers of the columns, and no record",
            "delete the row",
        )  # fmt: skip


def _has_such_names(raw: RawTable) -> bool:
    """True where a row below the first has a number in brackets too."""
    return any(
        (places := np.flatnonzero(_fits(cells, _COLUMN_NUMBER.pattern))).size and places[-1] > 0
        for cells in raw.columns
    )


def _refuse_headings_again(raw: RawTable) -> None:
    """Refuse a row that says what its headings say, as where two files were joined."""
    named = [(cells, heading) for cells, heading in zip(raw.columns, raw.headings, strict=True)
             if heading]  # fmt: skip
    if not _are_headings(raw) or not named:
        return
    # The column of the fewest texts first: as a rule its heading is none of them.
    named.sort(key=lambda one: one[0].count)
    again = ~raw.refused
    for cells, heading in named:
        again &= _says(cells, heading)
        if not again.any():
            return
    raw.refuse(again, None, None, "the headings stand here again", "delete the row")


def _are_headings(raw: RawTable) -> bool:
    """False for texts of a mapping, and for those that may be a row of a list without headings."""
    if raw.cutting.headings or all(len(heading) <= 1 for heading in raw.headings):
        return False
    if any(_NUMBER.fullmatch(heading) for heading in raw.headings):
        return False
    return len(raw.headings) > 2 or _are_known(raw.headings)


def _are_known(headings: Sequence[str]) -> bool:
    """True where one of them at least is the heading of a column."""
    return any(read_headings(headings, table).columns for table in REQUIRED)


def _says(cells: Cells, heading: str) -> Mask:
    lowered = pc.utf8_lower(pc.utf8_trim_whitespace(cells.arrow_texts()))
    same = pc.equal(lowered, heading.strip().lower()).to_numpy(zero_copy_only=False)
    return np.asarray(cells.numbers(same.astype(np.int8), 0) == 1, dtype=bool)


def _refuse_second_table(raw: RawTable) -> None:
    """Refuse what stands below the headings of another table."""
    if not _are_known(raw.headings):
        return  # a title, with the headings somewhere below
    for place in _after_gaps(raw)[:_MOST_LOOKED_AT].tolist():
        cells = _cells(raw, place)
        if raw.refused[place] or not _are_all_known(cells):
            continue
        below = np.arange(len(raw.row)) >= place
        told = ", ".join(filter(None, cells))
        raw.refuse(
            below, None, None,
            f"row {int(raw.row[place])} has the headings of another table ({told})",
            "put each table on a sheet or into a file of its own",
        )  # fmt: skip
        return


def _after_gaps(raw: RawTable) -> Positions:
    """Rows with an empty line above, or a line with a single cell, as a title has it.

    Among refused rows any may be one: what stood above it is not there.
    """
    if raw.came_from is not None:
        return np.arange(len(raw.row))
    gap = np.diff(raw.line, prepend=raw.line[:1]) > 1
    count = np.zeros(len(raw.row), dtype=np.int16)
    for cells in raw.columns:
        count += cells.filled
    gap[1:] |= (count[:-1] == 1) & (len(raw.columns) > 1)
    return np.flatnonzero(gap)


def _are_all_known(cells: Sequence[str]) -> bool:
    """True where every cell is the heading of a column of one table, and none is missing."""
    filled = [cell for cell in cells if cell]
    return len(filled) > 1 and any(
        not (meant := read_headings(filled, table)).missing and len(meant.columns) == len(filled)
        for table in REQUIRED
    )


def _tell_of_sums(raw: RawTable) -> None:
    """Refuse sums of other rows; where it is not certain, say so."""
    sums = np.zeros(len(raw.row), dtype=bool)
    nothing_before = ~raw.refused
    for cells in raw.columns:
        sums |= nothing_before & _fits(cells, _SUM)
        nothing_before &= ~cells.filled
        if not nothing_before.any():
            break
    places = np.flatnonzero(sums)
    if not len(places):
        return
    certain = np.array([_has_only_amounts(_cells(raw, place)) for place in places.tolist()])
    if is_matrix(raw):
        certain[:] = False
    if raw.came_from is None:  # of refused rows nothing is known about the others
        certain &= _differ(raw, places)
    raw.refuse(
        places[certain], None, None, "a sum of other rows, and no record",
        "delete the row; if it is a record, say in another of its cells in words what it is",
    )  # fmt: skip
    raw.warn(
        places[~certain], None, None,
        "this looks like a sum of other rows; it is read like any other",
        "delete the row, and in a matrix the column, if it is a sum",
    )  # fmt: skip


def _fits(cells: Cells, pattern: str) -> Mask:
    """Which cells have the pattern; it says itself where a cell begins and ends, if it must."""
    fits = pc.match_substring_regex(cells.arrow_texts(), pattern).to_numpy(zero_copy_only=False)
    return np.asarray(cells.numbers(fits.astype(np.int8), 0) == 1, dtype=bool)


def _has_only_amounts(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    return all(_NUMBER.fullmatch(cell) and not _NO_AMOUNT.match(cell) for cell in filled[1:])


def _differ(raw: RawTable, places: Positions) -> Mask:
    """Which rows have a number where others have words, or nothing where all others have a cell.

    Any other row is like those around it: where parties have numbers, a man may be called Cộng.
    """
    others = ~raw.refused
    others[places] = False
    differ = np.zeros(len(places), dtype=bool)
    if not others.any():
        return ~differ
    first = np.zeros(len(places), dtype=bool)
    for cells in raw.columns:
        filled = cells.filled
        words = others & filled & ~_fits(cells, rf"^(?:{_NUMBER.pattern})$")
        number = filled[places] & first
        differ |= number & (2 * words.sum() > (others & filled).sum())
        differ |= ~filled[places] & bool(filled[others].all())
        first |= filled[places]
    return differ


def _tell_of_gaps(raw: RawTable) -> None:
    """Say that a column with nothing in it stands between two, as between two tables."""
    empty = [
        not heading and not cells.filled.any()
        for heading, cells in zip(raw.headings, raw.columns, strict=True)
    ]
    while empty and empty[-1]:
        empty.pop()
    first = next((place for place, one in enumerate(empty) if not one), 0)
    within = [place for place in range(first, len(empty)) if empty[place]]
    if within:
        raw.doubt(
            f"column {within[0] + 1} is empty, and others stand behind it; "
            "they are read as one table",
            "put tables that stand side by side on sheets or into files of their own",
        )
