"""Tiny invented case folders and rings, and a way to compare cases whatever their row order."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pandas as pd

from ringmap.model import Case
from ringmap.records import Problem, ReadResult, read

PARTIES = ("party", "person", "case", "source", "target", "from_place", "to_place", "crossing",
           "moved_by")  # fmt: skip
WHEREABOUTS = ("file", "row", "line")


def write_folder(folder: Path, **tables: str) -> Path:
    """A case folder with a CSV file per table: ``write_folder(path, ties="source,target…")``."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, text in tables.items():
        (folder / f"{table}.csv").write_text(text, encoding="utf-8", newline="")
    return folder


def read_folder(folder: Path, **tables: str) -> ReadResult:
    """The same, read."""
    return read(write_folder(folder, **tables))


def read_file(folder: Path, name: str, content: str | bytes) -> ReadResult:
    """One file by itself, read."""
    data = content.encode() if isinstance(content, str) else content
    (folder / name).write_bytes(data)
    return read(folder / name)


def ring(folder: Path, ties: str, *, victims: str = "", kind: str = "called") -> Case:
    """A ring drawn as ``"A>B B>C"``; the parties named in `victims` are victims."""
    ends = [tie.split(">") for tie in ties.split()]
    people = sorted({end for pair in ends for end in pair})
    roles = {one: "victim" if one in victims.split() else "accomplice" for one in people}
    return read_folder(
        folder,
        people="person_id,role\n" + "".join(f"{one},{roles[one]}\n" for one in people),
        ties="source,target,kind\n" + "".join(f"{a},{b},{kind}\n" for a, b in ends),
    ).case


def problems(result: ReadResult) -> list[Problem]:
    """Every problem of a receipt."""
    return [problem for _, problem in result.receipt.problems()]


def only_problem(result: ReadResult) -> Problem:
    """The one problem of a receipt."""
    (problem,) = problems(result)
    return problem


def value_of(case: Case, party: str, column: str) -> Any:
    """What the table of parties says of one party; None when it says nothing."""
    found = case.parties.set_index("party").loc[party, column]
    return None if pd.isna(found) else found


def said_of(case: Case, party: str, column: str) -> list[str]:
    """Every value that records give to an attribute of a party, sorted."""
    place = case.parties.index[case.parties["party"] == party][0]
    told = case.statements
    return sorted(told["value"][(told["party"] == place) & (told["column"] == column)])


def ties_of(case: Case) -> list[tuple[str, str, str, float | None]]:
    """Source, target, kind and strength of each tie, by party."""
    names = case.parties["party"].tolist()
    return [
        (names[row.source], names[row.target], row.kind, _told(row.weight))
        for row in case.ties.itertuples()
    ]


def canonical(case: Case) -> dict[str, list[tuple[Any, ...]]]:
    """All tables as sorted rows, parties and records by what they are and not by position."""
    parties = case.parties["party"].tolist()
    sources = case.sources["source_ref"].tolist()
    records = [
        (row.table, row.digest, sources[row.source] if row.source >= 0 else None,
         *map(_told, (row.page, row.reliability, row.credibility)))
        for row in case.records.itertuples()
    ]  # fmt: skip
    named = {"parties": _rows(case.parties, parties, records, [])}
    named["ties"] = _rows(case.ties, parties, records, [])
    for name in ("statements", "roles", "tie_records", "events", "sources"):
        named[name] = _rows(case.tables()[name], parties, records, named["ties"])
    named["records"] = sorted(records, key=repr)
    return {name: sorted(rows, key=repr) for name, rows in named.items()}


def _rows(
    table: pd.DataFrame, parties: list[str], records: list[Any], ties: list[Any]
) -> list[tuple[Any, ...]]:
    columns = []
    for column in table.columns:
        cells = table[column].tolist()
        if column in PARTIES and table[column].dtype.kind == "i":
            cells = [parties[cell] if cell >= 0 else None for cell in cells]
        elif column == "record":
            cells = [records[cell] if cell >= 0 else None for cell in cells]
        elif column == "tie":
            cells = [ties[cell] for cell in cells]
        columns.append([_told(cell) for cell in cells])
    return list(zip(*columns, strict=True))


def _told(cell: Any) -> Any:
    return None if isinstance(cell, float) and cell != cell else cell


def open_to_others(folder: Path) -> None:
    """Let other users look into a folder of a test, and into those around it."""
    around = Path(tempfile.gettempdir()).resolve()
    for one in (folder.resolve(), *folder.resolve().parents):
        if one == around or around not in one.parents:
            return
        one.chmod(0o755)
