"""Findings as tables to print: evidence by file and row, in the form asked for."""

import csv
import io
import json
import math
import shutil
import textwrap
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, Literal

import pandas as pd

from ringmap.disclosure import Cleared, escape_formula
from ringmap.errors import one_line
from ringmap.model import Case, date_in_words, names_of_parties

Form = Literal["table", "csv", "json"]


class _Where(dict[str, Any]):
    """File, row and line of a record."""


def cite(table: pd.DataFrame, records: pd.DataFrame) -> pd.DataFrame:
    """The table with its record positions turned into file, row and line."""
    if "records" not in table.columns or not _are_positions(table["records"]):
        return table
    files, rows, lines = (records[name].tolist() for name in ("file", "row", "line"))
    where = {
        place: _Where(file=files[place], row=rows[place], line=lines[place])
        for place in set(chain.from_iterable(table["records"]))
    }
    cited = [[where[place] for place in places] for places in table["records"]]
    found = table.assign(records=pd.Series(cited, index=table.index, dtype=object))
    found.attrs = table.attrs
    return found


#: Columns of ids, and the column that names them.
_NAMED = {"party": "name", "source": "source_name", "target": "target_name", "gate": "gate_name",
          "from_party": "from_name", "to_party": "to_name", "first_then": "first_then_name",
          "from_place": "from_name", "to_place": "to_name", "crossing": "gate_name"}  # fmt: skip


def name_parties(
    table: pd.DataFrame, case: Case, columns: Mapping[str, str] = _NAMED
) -> pd.DataFrame:
    """The table with the name of each party beside its id, where it has no name yet.

    `columns` are those of ids, with the column that is to name them.
    """
    names = names_of_parties(case)
    named = table.copy()
    for column, name in columns.items():
        if column in named.columns and name not in named.columns:
            place = list(named.columns).index(column) + 1
            named.insert(place, name, named[column].astype(object).map(names).to_numpy())
    return named


def cited(cleared: Cleared, table: pd.DataFrame) -> pd.DataFrame:
    """A finding with its evidence by file and row, and everyone called as in the case file."""
    case = cleared.case
    if {"party", "name"} <= set(table.columns):
        told = table["party"].astype(object).map(names_of_parties(case))
        table = table.assign(name=told.to_numpy())
    return cite(name_parties(table, case), case.records)


def cite_all(tables: Mapping[str, pd.DataFrame], case: Case) -> dict[str, pd.DataFrame]:
    """Tables with the names of parties beside their ids, and the evidence by file and row."""
    return {name: cite(name_parties(table, case), case.records) for name, table in tables.items()}


def _are_positions(values: pd.Series) -> bool:
    return all(isinstance(one, tuple | list) for one in values)


def format_tables(
    tables: Mapping[str, pd.DataFrame], form: Form, *, brief: Mapping[str, Sequence[str]]
) -> str:
    """Tables as text: JSON and CSV with every column, a readable table with the brief ones.

    One table is a list of rows in JSON, several are lists by name; in CSV several stand
    below each other under one heading, their names in the first column.
    """
    if form == "json":
        rows = {name: _rows(table) for name, table in tables.items()}
        content = next(iter(rows.values())) if len(rows) == 1 else rows
        return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    if form == "csv":
        return _csv(tables)
    return "\n".join(
        readable(name, table, brief.get(name, list(table.columns)), alone=len(tables) == 1)
        for name, table in tables.items()
    )


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    columns = {str(name): [_plain(one) for one in _values(table[name])] for name in table.columns}
    return [{name: values[row] for name, values in columns.items()} for row in range(len(table))]


def _values(column: pd.Series) -> list[Any]:
    """The cells of a column; pandas takes text out one by one, slowly."""
    found = column.to_numpy(dtype=object) if isinstance(column.dtype, pd.StringDtype) else column
    return found.tolist()


def _plain(value: Any) -> Any:
    if type(value) in (str, int, bool, _Where):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if value is None or value is pd.NA:
        return None
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if isinstance(value, bool | int | float) else str(value)


def _csv(tables: Mapping[str, pd.DataFrame]) -> str:
    several = len(tables) > 1
    columns = list(dict.fromkeys(str(c) for table in tables.values() for c in table.columns))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*(["table"] if several else []), *columns])
    for name, table in tables.items():
        cells = [
            [_cell(_plain(one)) for one in _values(table[column])]
            if column in table.columns
            else [""] * len(table)
            for column in columns
        ]
        writer.writerows(zip(*([[name] * len(table)] if several else []), *cells, strict=True))
    return text.getvalue()


def _cell(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return escape_formula(_text(value))


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "; ".join(map(_text, value))
    if isinstance(value, dict):
        if isinstance(value, _Where):
            return f"{value['file']} row {value['row']}"
        return ", ".join(f"{name}: {_text(one)}" for name, one in value.items())
    return repr(value) if isinstance(value, float) else str(value)


def readable(name: str, table: pd.DataFrame, columns: Sequence[str], *, alone: bool) -> str:
    """A table to read, some of its columns beside each other and the wordy ones below."""
    shown = [column for column in columns if column in table.columns]
    title = "" if alone else f"{name.replace('_', ' ').capitalize()} ({len(table)})\n"
    if table.empty:
        return f"{title}none found\n"
    wordy = [column for column in shown if column in ("because", "doubt", "grades", "records")]
    if "party" not in table.columns:  # the name of a ring is a line of its own
        wordy = [column for column in shown if column == "name" or column in wordy]
    narrow = [column for column in shown if column not in wordy]
    cells = [[_told(column, _plain(one)) for one in table[column]] for column in narrow]
    widths = [
        max(_width(text) for text in (head, *column))
        for head, column in zip(_heads(narrow), cells, strict=True)
    ]
    lines = [_line(_heads(narrow), widths), _line(["-" * width for width in widths], widths)]
    for row in range(len(table)):
        lines.append(_line([column[row] for column in cells], widths))
        lines += _below(_plain(table[column].iloc[row]) for column in wordy)
    return title + "\n".join(lines) + "\n"


def _heads(columns: Iterable[str]) -> list[str]:
    return [column.replace("_", " ") for column in columns]


#: Columns of dates, which a reader is told in words where they are vague.
_DATES = frozenset({
    "first", "last", "date", "last_together", "last_contact", "first_as_victim",
    "first_as_offender",
})  # fmt: skip


def _told(column: str, value: Any) -> str:
    if column in _DATES and isinstance(value, str):
        return one_line(date_in_words(value))
    return _short(value)


def _short(value: Any) -> str:
    if value is None:
        return "·"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"
    text = one_line(_text(value))
    return text if _width(text) <= 40 else text[:39] + "…"


def _below(values: Iterable[Any]) -> list[str]:
    width = max(shutil.get_terminal_size((100, 24)).columns, 60)
    lines: list[str] = []
    for value in values:
        if value:
            lines += textwrap.wrap(
                one_line(_text(value)), width, initial_indent="      ", subsequent_indent="      ",
                max_lines=4, placeholder=" …",
            )  # fmt: skip
    return lines


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [
        cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True)
    ]
    return "  ".join(padded).rstrip()


def _width(text: str) -> int:
    """Columns of a terminal that a text takes."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text
    )
