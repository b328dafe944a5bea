"""The tables of a case folder as the keys of one JSON file."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from ringmap.records.headings import TABLES
from ringmap.records.tabletext import RawTable, fill_table

_NAMES = {table: table for table in TABLES} | {"legs": "events", "organizations": "organisations"}


def read_json_tables(path: Path, name: str) -> Iterator[tuple[RawTable, str | None]]:
    """Each table of the file, named ``file.json#table``; rows are objects.

    JSON keeps no line per row: `line` is the line of the file on which it starts, 1.
    """
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    whole = RawTable(name, digest, format="json", encoding="utf-8")
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        whole.fail(f"not JSON ({error})", "save the file as JSON in UTF-8", line=line)
        yield whole, None
        return
    known = content if isinstance(content, dict) else {}
    tables = {key: rows for key, rows in known.items() if key.lower() in _NAMES}
    if not tables:
        whole.fail("no key names a table", f"use the keys {', '.join(TABLES)}")
        yield whole, None
        return
    for key, rows in tables.items():
        yield _table(f"{name}#{key}", digest, rows), _NAMES[key.lower()]


def _table(name: str, digest: str, rows: object) -> RawTable:
    raw = RawTable(name, digest, format="json", encoding="utf-8")
    if not isinstance(rows, list):
        raw.fail("not a list of rows", "write the table as a list of objects")
        return raw
    raw.headings = list(dict.fromkeys(str(k) for row in rows if isinstance(row, dict) for k in row))
    cells = [
        [_text(row.get(heading)) for heading in raw.headings]
        if isinstance(row, Mapping)
        else [""] * len(raw.headings)
        for row in rows
    ]
    fill_table(raw, cells, [1] * len(cells))
    strange = np.array([not isinstance(row, Mapping) for row in rows], dtype=bool)
    raw.refuse(strange, None, None, "a row that is not an object", "write each row as {…}")
    return raw


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ";".join(map(_text, value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
