"""Read a folder or files of case records: the case file and the receipt."""

import json
import os
import select
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from ringmap.errors import RecordsError
from ringmap.model import Case, Gazetteer, SourceFile, assemble
from ringmap.records.calls import (
    Contacts,
    are_calls,
    enter_calls,
    stream_calls,
    sum_calls,
    tell_lists,
)
from ringmap.records.coded import Mask
from ringmap.records.database_urls import DatabaseUrl, is_url, read_url
from ringmap.records.databases import read_database, read_database_file
from ringmap.records.dl import read_dl
from ringmap.records.drafting import Drafting
from ringmap.records.edges import (
    begins_with_row,
    enter_edges,
    enter_matrix,
    is_matrix,
    looks_like_edges,
    looks_like_nodes,
    looks_like_sheet,
    name_columns,
    tell_ends,
    tell_letters,
    tell_sheet,
)
from ringmap.records.encodings import canonical_name
from ringmap.records.filetext import FileText
from ringmap.records.finding_forms import (
    find_form_of_bytes,
    find_form_of_text,
    name_unread_graph,
)
from ringmap.records.graph_files import read_graph_xml
from ringmap.records.headings import REQUIRED, TABLE_NAMES, TABLES, read_headings
from ringmap.records.json_tables import Parts, read_json
from ringmap.records.known_forms import recognise
from ringmap.records.limits import Limits
from ringmap.records.mapping import FilePlan, RecordMapping, load_mapping
from ringmap.records.pajek import read_pajek
from ringmap.records.people_columns import spread_people
from ringmap.records.place_lists import read_place_list
from ringmap.records.receipt import Problem, Receipt
from ringmap.records.rejects import Rejected, collect_rejected
from ringmap.records.sheet import enter_sheet
from ringmap.records.spreading import Spread
from ringmap.records.spreadsheets import read_spreadsheet
from ringmap.records.strays import tell_strays
from ringmap.records.suggesting import suggest, write_suggestion
from ringmap.records.tables import MeantTable, enter_tables, list_headings, mean_table
from ringmap.records.tabletext import (
    LONG_CELLS,
    WITH_CELLS,
    Cutting,
    RawTable,
    collecting_no_garbage,
    decode,
    find_delimiter,
    fingerprints,
    fingerprints_of,
    read_table,
)
from ringmap.records.taking import spread, spread_known

#: What can be read: a file, a folder of files, or a database on a server.
Source = Path | DatabaseUrl
#: Is told what is being done, and the share of the work that is done, from 0 to 1.
Tell = Callable[[str, float], None]

#: Shares of the work of reading, as measured with a folder of half a million rows.
_CUT, _MEANT, _ENTERED = 0.3, 0.45, 0.7

#: A list of calls larger than this, in bytes, is summed up while it is read.
_STREAMED_ABOVE = 64 * 2**20
_HEAD = 65_536
_WAIT_FOR_WRITER_S = 2.0
#: Lines that may stand above the rows of a table: a title, headings, what a form begins with.
_MOST_ABOVE = 50
#: So many files of a mapping are named in a message.
_MOST_NAMED = 5
#: Kinds of ties that lists of calls give.
_CALLS = ("called", "messaged", "seen_at")
_WORKBOOKS = ("xlsx", "ods")
_GRAPHS = ("graphml", "gexf", "dl", "pajek")
#: Files of a folder that are read; any other is left alone, as a folder may hold pictures.
_DATA = (
    ".csv", ".tsv", ".txt", ".tab", ".json", ".jsonl", ".ndjson", ".ftm", ".xlsx", ".ods", ".xls",
    ".graphml", ".gexf", ".dl", ".net", ".paj",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadResult:
    """A case file as far as it could be read, and what became of every row."""

    case: Case
    receipt: Receipt
    #: Rows that were not used, table by table, to be corrected and read again.
    rejected: tuple[Rejected, ...] = ()
    #: Ids that the case file beside made of numbers, and the ids under which they are listed now.
    same: Mapping[str, str] = field(default_factory=dict)


def read(
    source: str | Source | Iterable[str | Source],
    *,
    mapping: RecordMapping | str | Path | None = None,
    encoding: str | None = None,
    limits: Limits | None = None,
    beside: Case | None = None,
    gazetteer: Gazetteer | str | Path | None = None,
    tell: Tell | None = None,
) -> ReadResult:
    """Case file and receipt of a case folder, a single file, or several files together.

    A file is taken for what is in it: a table of a case folder, a case sheet, an edge list
    (with or without headings), a square matrix, a spreadsheet, JSON, a graph file, or a
    SQLite file. Beside a single edge list ``X_edges.csv`` the node file ``X_nodes.csv`` is read
    as well. A text such as ``postgresql://user@host/database`` is the address of a database.

    Parameters
    ----------
    mapping
        Which columns are which, for files with headings of their own; or its file.
    encoding
        Encoding of all text files, one of `ringmap.records.ENCODINGS`. Without it each is
        found by evidence, and the receipt says so where it is not certain.
    limits
        How much of a file is read before it is given up.
    beside
        A case file that the records are to be added to: an id that it has needs no table of
        its own.
    gazetteer
        A list of places to look names up in instead of ringmap's; or its file.
    tell
        Is called with what is being done and the share of the work that is done, 0 to 1.

    Raises
    ------
    RecordsError
        If there is nothing to read: no such file, a folder without any table, or files
        that cannot belong together. Everything else is told in the receipt.
    ReadingError
        If there is no such encoding.
    SettingsError
        If the mapping is none, or the list of places.
    """
    if isinstance(source, str | Path | DatabaseUrl):
        source = [source]
    sources = [as_source(one) for one in source]
    if isinstance(mapping, str | Path):
        mapping = load_mapping(Path(mapping))
    if isinstance(gazetteer, str | Path):
        gazetteer = read_place_list(Path(gazetteer))
    how = _How(mapping, _cutting_in(encoding), limits or Limits(), tell or _tell_nobody)
    country = mapping.phone_country if mapping else None
    draft = Drafting(
        beside=_parties(beside), mentioned=_mentioned(beside), own_list=gazetteer,
        phone_country=country,
    )  # fmt: skip
    _make_numbers_known(beside, draft)
    found = _collect(sources, how)
    with collecting_no_garbage():
        return _interpret(found, how, draft, calls_before=_has_calls(beside))


def _cutting_in(encoding: str | None) -> Cutting:
    """Text in an encoding of this name, which is refused before any file is looked at."""
    return Cutting(None if encoding is None else canonical_name(encoding))


def _tell_nobody(step: str, share: float) -> None:
    """Say nothing of how far reading has come."""


def as_source(named: str | Source) -> Source:
    """What a user names: a path, or the address of a database, which hides its password.

    Raises
    ------
    RecordsError
        If it begins as the address of a database does, and is none.
    """
    if isinstance(named, DatabaseUrl):
        return named
    return read_url(named) if isinstance(named, str) and is_url(named) else Path(named)


def _parties(case: Case | None) -> frozenset[tuple[str, str]]:
    if case is None:
        return frozenset()
    return frozenset(zip(case.parties["type"], case.parties["id"], strict=True))


def _mentioned(case: Case | None) -> frozenset[str]:
    """Ids of people of whom a case file knows no more than that a tie names them."""
    if case is None:
        return frozenset()
    people = case.parties[case.parties["label_is_id"] & (case.parties["type"] == "person")]
    return frozenset(people["id"])


def _make_numbers_known(beside: Case | None, draft: Drafting) -> None:
    """Numbers of a case file, so that new records of the same ones are added to them.

    Of several identifiers with one number those for which calls count already come first.
    """
    if beside is None:
        return
    told = beside.statements[beside.statements["column"] == "value"]
    parties = beside.parties.iloc[told["party"]]
    listing = (beside.records["table"].iloc[told["record"]] == "identifiers").to_numpy()
    draft.unlisted.update(parties["id"][parties["type"] == "identifier"])
    draft.unlisted.difference_update(parties["id"][listing])
    kinds = [kind if isinstance(kind, str) else None for kind in parties["kind"]]
    numbers = [*zip(map(str, parties["id"]), map(str, told["value"]), kinds, strict=True)]
    calling = _calling(beside)[told["party"]] if numbers else ()
    for first in (True, False):
        draft.enter_numbers(
            [one for one, has in zip(numbers, calling, strict=True) if has == first]
        )
        draft.keep_numbers()


def _has_calls(case: Case | None) -> bool:
    return case is not None and bool(case.ties["kind"].isin(_CALLS).any())


def _calling(case: Case) -> Mask:
    """True for each party of a case file that has ties of calls."""
    ties = case.ties[case.ties["kind"].isin(_CALLS)]
    calling = np.zeros(len(case.parties), dtype=bool)
    calling[ties["source"]] = calling[ties["target"]] = True
    return calling


def suggest_mapping(source: str | Source, *, encoding: str | None = None) -> str:
    """A mapping proposed for a file, folder or database, as the text of a mapping file.

    Each line says how sure it is and why. Nothing is applied.

    Raises
    ------
    RecordsError
        If there is nothing to read, or no table in it can be read.
    """
    found = _collect([as_source(source)], _How(None, _cutting_in(encoding), Limits()))
    for raw, _ in found:
        for one in raw.findings:
            if one.severity == "fatal":
                raise RecordsError(one.reason, file=raw.file, hint=one.hint)
    return write_suggestion(suggest(raw) for raw, _ in found)


@dataclass(frozen=True, slots=True)
class _How:
    """What the user says of how files are to be read."""

    mapping: RecordMapping | None
    cutting: Cutting
    limits: Limits
    tell: Tell = _tell_nobody
    #: Contacts of lists of calls that were summed up while they were read, by file.
    contacts: dict[str, Contacts] = field(default_factory=dict)

    @property
    def phone_country(self) -> str | None:
        """Of which country telephone numbers without a country code are."""
        return self.mapping.phone_country if self.mapping else None

    @property
    def queries(self) -> Mapping[str, str] | None:
        """What a database is asked, by table; None where its tables are read whole."""
        return (self.mapping.queries or None) if self.mapping else None

    def cutting_of(self, file: str) -> Cutting:
        """How a file is to be cut: as its mapping says, and as the user says of all files."""
        plan = self.mapping.plan_of(file) if self.mapping else None
        if plan is None:
            return self.cutting
        return replace(plan.cutting, encoding=plan.cutting.encoding or self.cutting.encoding)


def _collect(sources: Sequence[Source], how: _How) -> Parts:
    """Raw tables with the name that their file gives them."""
    if not sources:
        raise RecordsError("nothing to read", hint="name a case folder or a file")
    files = [file for one in sources if isinstance(one, Path) for file in _files_of(one)]
    found = _read_files(files, how)
    if len(files) == 1 and files == list(sources):
        found += _read_sibling(files[0], found, how)
    servers = list(dict.fromkeys(one for one in sources if isinstance(one, DatabaseUrl)))
    found += [part for one in servers for part in _read_server(one, servers, how)]
    if how.queries and not servers and not any(raw.format == "sqlite" for raw, _ in found):
        raise RecordsError(
            "the mapping has queries, but no source is a database",
            file=how.mapping.file if how.mapping else None,
            hint="name the database, or take the queries out",
        )
    return found


def _read_files(files: Sequence[Path], how: _How) -> Parts:
    names, sizes = _names(files), {file: _size_of(file) for file in files}
    total, done = sum(sizes.values()) or 1, 0
    found: Parts = []
    for file in files:
        rows = sum(len(raw.row) for raw, _ in found)
        how.tell(f"reading {names[file]}, {rows:,} rows so far", _CUT * done / total)
        found += _read_file(file, names[file], how)
        done += sizes[file]
    return found


def _size_of(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0  # reading it will tell why


def _read_server(database: DatabaseUrl, beside: Sequence[DatabaseUrl], how: _How) -> Parts:
    alone = sum(one.database == database.database for one in beside) == 1
    name = database.database if alone else f"{database.place}/{database.database}"
    return _cut(read_database(database, name, how.queries, how.limits), how)


def _cut(parts: Parts, how: _How) -> Parts:
    """Tables of a database, with how the mapping says that their cells are to be read."""
    for raw, _ in parts:
        raw.cutting = how.cutting_of(raw.file)
    return parts


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


def _read_file(path: Path, name: str, how: _How) -> Parts:
    """The tables of a file, and which table of a case folder its name says that each is."""
    try:
        size, most = path.stat().st_size, how.limits.file_bytes
        if _STREAMED_ABOVE < size <= most and (calls := _stream(path, name, how)) is not None:
            return [(calls, None)]
        if path.is_fifo():
            data = _read_pipe(path, most)
            size = len(data)
        else:
            data = path.read_bytes() if size <= most else b""
    except OSError as error:
        raise _unreadable(path, error) from error
    raw = RawTable(name, *fingerprints(data), cutting=how.cutting_of(name))
    if size > most:
        raw.format = "unknown"
        raw.fail(
            f"{size:,} bytes; more than {most:,} are not read",
            "split the file, or allow more with --limit file_bytes=…",
        )  # fmt: skip
        return [(raw, None)]
    form = find_form_of_bytes(data)
    if form == "spreadsheet":
        return read_spreadsheet(data, name, how.limits, raw.cutting)
    if form == "database":
        return _cut(read_database_file(path, data, name, how.queries, how.limits), how)
    text = decode(data, raw, raw.cutting.encoding)
    if text is None:
        return [(raw, None)]
    form = find_form_of_text(text.head)
    if form != "xml":
        data = b""  # cutting a large text takes room enough without it
    return _read_text(text, form, raw, path, data, how)


def _read_pipe(path: Path, most: int) -> bytes:
    """What comes out of a pipe until it is closed, `most` bytes and one piece at the most.

    A program that has opened it may take its time; where none has, nothing would ever come.
    """
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb", buffering=0) as pipe:
        ready, _, _ = select.select([pipe], [], [], _WAIT_FOR_WRITER_S)
        pieces, size = [pipe.read(_HEAD)], 0
        if not ready and pieces == [b""]:
            raise RecordsError(
                "a pipe that no program writes to", file=str(path),
                hint="start the program that writes to it first, or name a file",
            )  # fmt: skip
        os.set_blocking(pipe.fileno(), True)
        while size <= most and (piece := pipe.read(_HEAD)):
            pieces.append(piece)
            size += len(piece)
    return b"".join(piece for piece in pieces if piece)


def _stream(path: Path, name: str, how: _How) -> RawTable | None:
    """A large list of calls, summed up while it is read; None if the file is no such list."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if how.cutting_of(name) != Cutting() or (not head.isascii() and not _is_utf_8(head)):
            return None
        raw = RawTable(name, "", "", encoding="utf-8")
        text = head.decode("utf-8", "ignore")
        delimiter = find_delimiter(text)
        first = text.partition("\n")[0].split(delimiter)
        raw.headings = [one.strip('" \r\ufeff') for one in first]
        if not are_calls(raw):
            return None
        file.seek(0)
        raw.sha256, raw.secret = fingerprints_of(file)
        file.seek(0)
        contacts = stream_calls(file, raw, delimiter, how.phone_country)
    if contacts is not None:
        raw.format = "csv (calls)"
        how.contacts[raw.file] = contacts
    return raw


def _is_utf_8(head: bytes) -> bool:
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.end >= len(head) - 3  # a sign cut in two by the end of the head
    return True


def _read_text(text: FileText, form: str, raw: RawTable, path: Path, data: bytes, how: _How
               ) -> Parts:  # fmt: skip
    parts: Parts | None = None
    if form == "xml":
        parts = read_graph_xml(data, raw, how.limits)
    elif form == "json":
        parts = read_json(text.whole, raw, depth=how.limits.depth)
    elif form == "dl":
        parts = read_dl(text.whole, raw)
    elif form == "pajek":
        parts = read_pajek(text.whole, raw)
    if parts is None:
        if text.is_blank:
            raw.fail("the file is empty", "put a line of headings and at least one row in it")
        elif (named := name_unread_graph(text.head)) is not None:
            raw.format = named
            raw.fail(
                f"this is a graph as {named}, which ringmap does not read",
                "save it as GraphML, GEXF, Pajek or an edge list with the headings source,target",
            )
        elif _has_more_rows(text, raw.cutting, how.limits.rows):
            _give_up_rows(raw, f"at least {how.limits.rows + 1:,} rows", how.limits)
        elif not _has_longer_line(text, raw, how.limits.cell_characters):
            read_table(text, raw, how.limits)
            _hold_rows([raw], how.limits)
        return [(raw, TABLE_NAMES.get(path.stem.lower()))]
    _hold_rows([part for part, _ in parts], how.limits)
    if parts[0][0] is not raw:
        # What is doubtful about the file as a whole is told with its first table.
        parts[0][0].findings[:0] = raw.findings
    elif form == "json" and len(parts) == 1 and _is_table(raw, path):
        return [(raw, TABLE_NAMES[path.stem.lower()])]
    return parts


def _has_more_rows(text: FileText, cutting: Cutting, most: int) -> bool:
    """True for a text that has more rows than allowed for sure, before any is cut.

    Within quotation marks a line may end that ends no row; then they are to be counted later.
    """
    above = most + _MOST_ABOVE + (cutting.heading_line or 0)
    if text.line_feeds <= above or b'"' in text.data:
        return False
    return text.filled_lines > above


def _has_longer_line(text: FileText, raw: RawTable, most: int) -> bool:
    """True, with a fatal problem, for a text with a line in which that many longest cells fit."""
    found = text.find_line_above(most * LONG_CELLS)
    if found is None:
        return False
    line, size = found
    raw.fail(
        f"a line of {size:,} bytes; more than {most * LONG_CELLS:,} are not read",
        "check that this is a table, or allow more with --limit cell_characters=…", line=line,
    )  # fmt: skip
    return True


def _hold_rows(tables: Iterable[RawTable], limits: Limits) -> None:
    """Give up tables of a text that have more rows than are allowed."""
    for raw in tables:
        if not raw.fatal and len(raw.row) > limits.rows:
            _give_up_rows(raw, f"{len(raw.row):,} rows", limits)


def _give_up_rows(raw: RawTable, found: str, limits: Limits) -> None:
    raw.fail(
        f"{found}; more than {limits.rows:,} are not read",
        "split the file, or allow more with --limit rows=…",
    )


def _is_table(raw: RawTable, path: Path) -> bool:
    """True when rows are those of the table of a case folder that their file is named after."""
    named = TABLE_NAMES.get(path.stem.lower())
    if named is None or raw.fatal or read_headings(raw.headings, named).missing:
        return False
    return _known_form(raw) is None


def _read_sibling(path: Path, found: Parts, how: _How) -> Parts:
    sibling = path.with_name(f"{path.stem.removesuffix('edges')}nodes{path.suffix}")
    alone = len(found) == 1 and found[0][1] is None and looks_like_edges(found[0][0])
    if not alone or not path.stem.endswith("edges") or not sibling.is_file():
        return []
    return _read_file(sibling, sibling.name, how)


def _interpret(found: Parts, how: _How, draft: Drafting, *, calls_before: bool) -> ReadResult:
    rows = f"{sum(len(raw.row) for raw, _ in found):,} rows"
    how.tell(f"understanding {rows}", _CUT)
    for raw, _ in found:
        tell_strays(raw)
    spreads, rest = _spread(found, how)
    mapped = [(made, table) for one in spreads for table, made in one.tables]
    sheets = [made for made, table in mapped if table == "sheet"]
    folder = [(raw, name) for raw, name in rest if name is not None]
    lists = [raw for raw, name in rest if name is None and not raw.fatal and are_calls(raw)]
    others = [raw for raw, name in rest if name is None and raw not in lists]
    folder += [(made, table) for made, table in mapped if table != "sheet"]
    if folder or sheets:
        # Beside tables of a case folder a file need not be named after what it is.
        edges = [raw for raw in others if _lists_kinds_of_ties(raw)]
        folder += [(raw, "ties") for raw in edges]
        sheets += [raw for raw in others if raw not in edges and _is_sheet(raw)]
    if folder:
        meant = [_mean(raw, name) for raw, name in folder]
        how.tell(f"matching {rows}", _MEANT)
        enter_tables([table for table in meant if table is not None], draft)
        del meant
    for made in sheets:
        _enter_sheet(made, draft)
    for one in spreads:
        one.settle()
    contacts = [_sum_calls(raw, how) for raw in lists]
    for raw, own in zip(lists, contacts, strict=True):
        if calls_before or raw is not lists[0]:
            tell_lists(raw, own, [other for other in contacts if other is not own])
        enter_calls(raw, own, draft, country=how.phone_country, known=draft.numbers)
    if folder or sheets:
        _leave_out(raw for raw in others if raw not in edges and raw not in sheets)
    else:
        _enter_single(others, draft)
    how.tell(f"putting {rows} together", _ENTERED)
    receipt = Receipt(tuple(raw.receipt() for raw, _ in found))
    pairs = zip(found, receipt.files, strict=True)
    rejected = tuple(filter(None, (collect_rejected(raw, file) for (raw, _), file in pairs)))
    used = {file.file for file in receipt.files if file.rows_used}
    files = [SourceFile(raw.file, raw.sha256, raw.secret) for raw, _ in found if raw.file in used]
    for raw, _ in found:
        raw.columns = []  # a case file has what it needs; both together would be twice as large
    return ReadResult(assemble(draft.finish(), files), receipt, rejected, draft.same)


def _is_sheet(raw: RawTable) -> bool:
    return not raw.fatal and looks_like_sheet(raw)


def _lists_kinds_of_ties(raw: RawTable) -> bool:
    """True for an edge list that says of what kind each tie is."""
    named = not raw.fatal and looks_like_edges(raw)
    return named and "kind" in read_headings(raw.headings, "ties").columns


def _sum_calls(raw: RawTable, how: _How) -> Contacts:
    contacts = how.contacts.get(raw.file)
    if contacts is None:
        raw.format = f"{raw.format} (calls)"
        contacts = sum_calls(raw, how.phone_country)
    return contacts


def _spread(found: Parts, how: _How) -> tuple[list[Spread], Parts]:
    """Files that a mapping speaks of, or whose form comes with ringmap; and the others."""
    spreads, rest = [], []
    _tell_unused(found, how)
    for raw, name in found:
        plan = how.mapping.plan_of(raw.file) if how.mapping else None
        if raw.fatal:
            rest.append((raw, name))
        elif plan is not None and how.mapping is not None:
            spreads.append(spread(raw, plan, how.mapping.file, how.phone_country))
        elif name is None and (known := _known_form(raw)) is not None:
            form, plan = known
            raw.format = f"{raw.format} ({form})"
            spreads.append(spread_known(raw, plan, form, how.phone_country))
        elif name is None and (people := spread_people(raw)) is not None:
            spreads.append(people)
        else:
            rest.append((raw, name))
    return spreads, rest


def _tell_unused(found: Parts, how: _How) -> None:
    """Warn of a mapping that speaks of none of the files."""
    plans = how.mapping.plans if how.mapping else ()
    if how.mapping and plans and not any(how.mapping.plan_of(raw.file) for raw, _ in found):
        patterns = ", ".join(plan.pattern for plan in plans[:_MOST_NAMED])
        found[0][0].doubt(
            f"{how.mapping.file} is not used: it speaks of {patterns}, and of no file that is read",
            "correct 'file' in the mapping; \"*\" fits every file",
        )


def _known_form(raw: RawTable) -> tuple[str, FilePlan] | None:
    if raw.format in _GRAPHS or _has_times(raw):
        return None  # whatever its attributes are called, a node is a node, and a time no node
    known = recognise(raw)
    return None if known is not None and known[1].after_sheet and _is_sheet(raw) else known


def _has_times(raw: RawTable) -> bool:
    """True where start and end are times, for other columns name both ends of calls or ties."""
    named = {heading.strip().lower() for heading in raw.headings}
    return {"start", "end"} <= named and (are_calls(raw) or {"source", "target"} <= named)


def _enter_folder(found: Sequence[tuple[RawTable, str]], draft: Drafting) -> None:
    meant = [_mean(raw, name) for raw, name in found]
    enter_tables([table for table in meant if table is not None], draft)


def _mean(raw: RawTable, name: str, *, schema: str | None = None) -> MeantTable | None:
    if raw.fatal:
        return None
    if name == "ties" and begins_with_row(raw):
        name_columns(raw)
    elif name == "ties":
        tell_letters(raw)
    return mean_table(raw, name, schema=schema)


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
    edges = [raw for raw in usable if not is_matrix(raw) and _is_edge_list(raw)]
    nodes = [raw for raw in usable if raw not in edges and looks_like_nodes(raw)]
    if len(edges) > 1 or (edges and len(nodes) > 1):
        names = ", ".join(raw.file for raw in (edges if len(edges) > 1 else nodes))
        raise RecordsError(
            f"several lists that could be meant: {names}",
            hint="name one edge list and its nodes; sheets and files that belong together take "
            "a mapping, as ringmap check --suggest-mapping proposes",
        )
    if edges:
        _enter_edge_list(edges[0], nodes[0] if nodes else None, draft)
        _leave_out([raw for raw in usable if raw not in (*edges, *nodes)])
        return
    unknown = [raw for raw in usable if not _enter_alone(raw, draft)]
    for raw in unknown:
        _give_up(raw, [one for one in usable if one not in unknown])


def _is_edge_list(raw: RawTable) -> bool:
    """True for columns of ends; where the first row is one of them, columns get names."""
    if not looks_like_edges(raw):
        return False
    if begins_with_row(raw):
        name_columns(raw)
    return True


def _enter_edge_list(raw: RawTable, nodes: RawTable | None, draft: Drafting) -> None:
    tell_sheet(raw)
    table = _mean(raw, "ties")
    people = _mean(nodes, "people") if nodes is not None else None
    if table is not None:
        enter_edges(table, people, draft)


def _enter_alone(raw: RawTable, draft: Drafting) -> bool:
    """One file by itself: sheet, table of a folder, matrix, or a list without headings.

    False, with nothing entered, where it is none of them.
    """
    if _is_sheet(raw):
        _enter_sheet(raw, draft)
    elif is_matrix(raw):
        enter_matrix(raw, draft)
    elif (name := _table_of_key(raw)) is not None:
        tell_ends(raw, name)
        _enter_folder([(raw, name)], draft)
    elif name_columns(raw):
        _enter_edge_list(raw, None, draft)
    else:
        return False
    return True


def _give_up(raw: RawTable, known: Iterable[RawTable]) -> None:
    """Say that a table is none that ringmap knows.

    Beside a sheet that is known, another one of the same workbook may be a cover or remarks: it
    is left out. Any other table fails, and with it all that is to be loaded.
    """
    reason = f"no table that ringmap knows has the headings {list_headings(raw)}"
    hint = _how_to_map(raw)
    if any(one.sha256 == raw.sha256 for one in known) and raw.format in _WORKBOOKS:
        if len(raw.row):
            raw.refuse(~raw.refused, None, None, f"{reason}; this sheet is left out", hint)
        else:
            raw.doubt(f"{reason}; this sheet is left out", hint)
    else:
        raw.fail(reason, hint, line=raw.heading_line, column="source")


def _how_to_map(raw: RawTable) -> str:
    below = suggest(raw).heading_line if raw.format in WITH_CELLS else None
    if below is not None:
        return (
            f"the headings seem to stand on line {below}: say heading_line: {below} in a mapping, "
            "as ringmap check --suggest-mapping does"
        )
    return (
        "an edge list has source and target, a case sheet case_id and person; for headings of "
        "your own let ringmap check --suggest-mapping propose a mapping"
    )


def _enter_sheet(raw: RawTable, draft: Drafting) -> None:
    tell_ends(raw, "sheet")
    table = _mean(raw, "sheet", schema="sheet")
    if table is not None:
        enter_sheet(table, draft)


def _table_of_key(raw: RawTable) -> str | None:
    first = raw.headings[0].strip().lower()
    exact = [name for name in TABLES if first in _keys_of(name)]
    return exact[0] if exact else None


def _keys_of(name: str) -> tuple[str, ...]:
    return ("event_id", "leg_id") if name == "events" else REQUIRED[name]


def receipt_json(receipt: Receipt) -> str:
    """The receipt as JSON text, each level indented by one space."""
    told = json.dumps(receipt.as_dict(problems=False), ensure_ascii=False, indent=1)
    # Within a text every quotation mark has a backslash before it: this is the key alone.
    first, *rest = told.split(_NO_PROBLEMS)
    return first + "".join(
        f"{_problems_json(file.problems)}{behind}"
        for file, behind in zip(receipt.files, rest, strict=True)
    )


_NO_PROBLEMS = '"problems": []'
#: Fields of a problem as `json.dumps(…, indent=1)` writes them, whose encoder takes ten times
#: as long: there may be a hundred thousand problems, and nothing else in a receipt is long.
_FIELDS = json.JSONEncoder(ensure_ascii=False, separators=(",\n     ", ": "))


def _problems_json(problems: Sequence[Problem]) -> str:
    told = [f"{{\n     {_FIELDS.encode(one.as_dict())[1:-1]}\n    }}" for one in problems]
    listed = ",\n    ".join(told)
    return f'"problems": [\n    {listed}\n   ]' if told else _NO_PROBLEMS
