"""Read a folder or files of case records: the case file and the receipt."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ringmap.errors import RecordsError
from ringmap.model import Case, SourceFile, assemble
from ringmap.records.drafting import Drafting
from ringmap.records.edges import (
    enter_edges,
    enter_matrix,
    is_matrix,
    looks_like_edges,
    looks_like_nodes,
    name_columns,
)
from ringmap.records.graph_files import read_graph_file
from ringmap.records.headings import REQUIRED, TABLES, read_headings
from ringmap.records.json_tables import read_json_tables
from ringmap.records.receipt import Receipt
from ringmap.records.sheet import enter_sheet
from ringmap.records.tables import MeantTable, enter_tables, list_headings, mean_table
from ringmap.records.tabletext import RawTable, read_table

_FILES = {f"{table}": table for table in TABLES} | {
    "legs": "events",
    "organizations": "organisations",
}
_TEXT = (".csv", ".tsv", ".txt", ".tab")
_DATA = (*_TEXT, ".json", ".xlsx", ".ods", ".xls", ".graphml", ".jsonl")


@dataclass(frozen=True, slots=True)
class ReadResult:
    """A case file as far as it could be read, and what became of every row."""

    case: Case
    receipt: Receipt


def read(source: str | Path | Iterable[str | Path]) -> ReadResult:
    """Case file and receipt of a case folder, a single file, or several files together.

    A file is taken for what its headings say: a table of a case folder, a case sheet, an
    edge list (with or without headings) or a square matrix. Beside a single edge list
    ``X_edges.csv`` the node file ``X_nodes.csv`` is read as well.

    Raises
    ------
    RecordsError
        If there is nothing to read: no such file, a folder without any table, or files
        that cannot belong together. Everything else is told in the receipt.
    """
    paths = [Path(source)] if isinstance(source, str | Path) else [Path(one) for one in source]
    return _interpret(_collect(paths))


def _collect(paths: Sequence[Path]) -> list[tuple[RawTable, str | None]]:
    """Raw tables with the name that their file gives them."""
    if not paths:
        raise RecordsError("nothing to read", hint="name a case folder or a file")
    files = [file for path in paths for file in _files_of(path)]
    names = _names(files)
    found = [part for file in files for part in _read_file(file, names[file])]
    if len(files) == 1 and files == list(paths):
        found += _read_sibling(files[0], found)
    return found


def _files_of(path: Path) -> list[Path]:
    """The file itself, or the files of a folder that could hold tables."""
    try:
        if path.is_dir():
            return _tables_of(path)
        if path.is_file() or path.is_fifo():
            return [path]
        there = path.exists()
    except OSError as error:
        raise _unreadable(path, error) from error
    what = "neither a file nor a folder" if there else "no such file or folder"
    raise RecordsError(what, file=str(path), hint="check the path")


def _tables_of(folder: Path) -> list[Path]:
    files = sorted(one for one in folder.iterdir() if one.is_file() and one.suffix.lower() in _DATA)
    if not files:
        raise RecordsError(
            "the folder has no table", file=str(folder),
            hint=f"put at least one of {', '.join(f'{name}.csv' for name in TABLES)} in it",
        )  # fmt: skip
    return files


def _names(files: Sequence[Path]) -> dict[Path, str]:
    """What to call each file: its name, with as many folders before it as tell it apart."""
    distinct = list(dict.fromkeys(files))
    for length in range(1, max((len(file.parts) for file in distinct), default=1) + 1):
        names = {file: _as_text("/".join(file.parts[-length:])) for file in distinct}
        if len(set(names.values())) == len(distinct):
            break
    return names


def _as_text(name: str) -> str:
    """A name that can be written; bytes in it that are no text become replacement marks."""
    return name.encode("utf-8", "replace").decode("utf-8")


def _unreadable(path: Path, error: OSError) -> RecordsError:
    return RecordsError(
        f"cannot be read ({error.strerror})", file=str(path), hint="check that you may open it"
    )


def _read_file(path: Path, name: str) -> list[tuple[RawTable, str | None]]:
    try:
        if path.suffix.lower() not in _TEXT and (graph := read_graph_file(path, name)) is not None:
            return [(table, None) for table in graph]
        if path.suffix.lower() == ".json":
            return list(read_json_tables(path, name))
        table = read_table(path, name)
    except OSError as error:
        raise _unreadable(path, error) from error
    return [(table, _FILES.get(path.stem.lower()))]


def _read_sibling(path: Path, found: Sequence[tuple[RawTable, str | None]]) -> list[
    tuple[RawTable, str | None]
]:  # fmt: skip
    sibling = path.with_name(f"{path.stem.removesuffix('edges')}nodes{path.suffix}")
    alone = len(found) == 1 and found[0][1] is None and looks_like_edges(found[0][0])
    if not alone or not path.stem.endswith("edges") or not sibling.is_file():
        return []
    return _read_file(sibling, sibling.name)


def _interpret(found: Sequence[tuple[RawTable, str | None]]) -> ReadResult:
    draft = Drafting()
    folder = [(raw, name) for raw, name in found if name is not None]
    others = [raw for raw, name in found if name is None]
    if folder:
        _enter_folder(folder, draft)
        _leave_out(others)
    else:
        _enter_single(others, draft)
    receipt = Receipt(tuple(raw.receipt() for raw, _ in found))
    used = {file.file for file in receipt.files if file.rows_used}
    files = [SourceFile(raw.file, raw.sha256, raw.secret) for raw, _ in found if raw.file in used]
    return ReadResult(assemble(draft.finish(), files), receipt)


def _enter_folder(found: Sequence[tuple[RawTable, str]], draft: Drafting) -> None:
    meant = [_mean(raw, name) for raw, name in found]
    enter_tables([table for table in meant if table is not None], draft)


def _mean(raw: RawTable, name: str, *, schema: str | None = None) -> MeantTable | None:
    return None if raw.fatal else mean_table(raw, name, schema=schema)


def _leave_out(tables: Iterable[RawTable]) -> None:
    """Say of each file that is no table of a case folder that it was not read."""
    for raw in tables:
        if not raw.fatal:
            raw.refuse(
                ~raw.refused, None, None, "this file is not a table of a case folder",
                f"name it after its table ({', '.join(TABLES)}) or load it by itself",
            )  # fmt: skip


def _enter_single(tables: Sequence[RawTable], draft: Drafting) -> None:
    usable = [raw for raw in tables if not raw.fatal]
    edges = [raw for raw in usable if not is_matrix(raw) and looks_like_edges(raw)]
    nodes = [raw for raw in usable if raw not in edges and looks_like_nodes(raw)]
    if len(edges) > 1 or (edges and len(nodes) > 1):
        names = ", ".join(raw.file for raw in (edges if len(edges) > 1 else nodes))
        raise RecordsError(
            f"several lists that could be meant: {names}", hint="name one edge list and its nodes"
        )
    if edges:
        _enter_edge_list(edges[0], nodes[0] if nodes else None, draft)
        _leave_out([raw for raw in usable if raw not in (*edges, *nodes)])
        return
    for raw in usable:
        _enter_alone(raw, draft)


def _enter_edge_list(raw: RawTable, nodes: RawTable | None, draft: Drafting) -> None:
    table = _mean(raw, "ties")
    people = _mean(nodes, "people") if nodes is not None else None
    if table is not None:
        enter_edges(table, people, draft)


def _enter_alone(raw: RawTable, draft: Drafting) -> None:
    """One file by itself: sheet, table of a folder, matrix, or a list without headings."""
    if not read_headings(raw.headings, "sheet").missing:
        table = _mean(raw, "sheet", schema="sheet")
        if table is not None:
            enter_sheet(table, draft)
    elif is_matrix(raw):
        enter_matrix(raw, draft)
    elif (name := _table_of_key(raw)) is not None:
        _enter_folder([(raw, name)], draft)
    elif name_columns(raw):
        _enter_edge_list(raw, None, draft)
    else:
        raw.fail(
            f"no table that ringmap knows has the headings {list_headings(raw)}",
            "an edge list has source and target, a case sheet case_id and person; "
            "see docs/formats",
            line=raw.heading_line, column="source",
        )  # fmt: skip


def _table_of_key(raw: RawTable) -> str | None:
    first = raw.headings[0].strip().lower()
    exact = [name for name in TABLES if first in _keys_of(name)]
    return exact[0] if exact else None


def _keys_of(name: str) -> tuple[str, ...]:
    return ("event_id", "leg_id") if name == "events" else REQUIRED[name]


def receipt_json(receipt: Receipt) -> str:
    """The receipt as JSON text."""
    return json.dumps(receipt.as_dict(), ensure_ascii=False, indent=1)
