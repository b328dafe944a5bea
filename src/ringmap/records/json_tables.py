"""The tables of a case folder as the keys of one JSON file."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from ringmap.records.headings import REQUIRED, TABLES
from ringmap.records.tabletext import RawTable, decode, fill_table, fingerprints

_HALF_SIGN = re.compile("[\ud800-\udfff]")
_NAMES = {table: table for table in TABLES} | {"legs": "events", "organizations": "organisations"}


def read_json_tables(path: Path, name: str) -> Iterator[tuple[RawTable, str | None]]:
    """Each table of the file, named ``file.json#table``; rows are objects.

    JSON keeps no line per row: `line` is the line of the file on which it starts, 1. A list
    of rows under a key that names no table comes along without a table's name.
    """
    data = path.read_bytes()
    digests = fingerprints(data)
    whole = RawTable(name, *digests, format="json")
    text = decode(data, whole)
    if text is None:
        yield whole, None
        return
    try:
        content = _load(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        reason = "nested too deep" if isinstance(error, RecursionError) else str(error)
        whole.fail(f"not JSON ({reason})", "save the file as JSON in UTF-8", line=line)
        yield whole, None
        return
    known = content if isinstance(content, dict) else {}
    if not any(key.lower() in _NAMES for key in known):
        whole.fail("no key names a table", f"use the keys {', '.join(TABLES)}")
        yield whole, None
        return
    for key, rows in known.items():
        table = _NAMES.get(key.lower())
        if table is not None or isinstance(rows, list):
            raw = RawTable(
                f"{name}#{_whole(key)}", *digests, format="json", encoding=whole.encoding
            )
            yield _filled(raw, rows, table), table


def _load(text: str) -> object:
    """JSON with numbers as they are written; a key that stands twice is an error."""
    return json.loads(
        text, parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=_once
    )


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key '{_whole(twice)}' stands twice in one object")
    return found


def _whole(text: str) -> str:
    """Text that can be written: half of a sign becomes a replacement mark."""
    return _HALF_SIGN.sub("\ufffd", text)


def _filled(raw: RawTable, rows: object, table: str | None) -> RawTable:
    try:
        return _fill(raw, rows, table)
    except RecursionError:
        raw.fail("a cell is nested too deep", "write a text, a number or a flat list in each cell")
        return raw


def _fill(raw: RawTable, rows: object, table: str | None) -> RawTable:
    if not isinstance(rows, list):
        raw.fail("not a list of rows", "write the table as a list of objects")
        return raw
    keys = list(dict.fromkeys(key for row in rows if isinstance(row, dict) for key in row))
    keys = keys or list(REQUIRED.get(table or "", ()))
    cells = [
        [_text(row.get(key)) for key in keys] if isinstance(row, Mapping) else [""] * len(keys)
        for row in rows
    ]
    raw.headings = [_whole(key) for key in keys]
    fill_table(raw, [[_whole(cell) for cell in row] for row in cells], [1] * len(cells))
    strange = np.array([not isinstance(row, Mapping) for row in rows], dtype=bool)
    raw.refuse(strange, None, None, "a row that is not an object", "write each row as {…}")
    broken = np.array([any(_HALF_SIGN.search(cell) for cell in row) for row in cells], dtype=bool)
    raw.refuse(
        broken, None, None, "half of a sign (a lone surrogate)",
        "write the sign whole, or its two \\u escapes together",
    )  # fmt: skip
    return raw


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ";".join(map(_text, value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
