"""What is fuzzed: each target takes any bytes and raises only if a reader breaks its promise."""

import io
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from json import dumps
from pathlib import Path
from unittest.mock import patch

from fuzz import hostile
from fuzz.invariants import outcome
from ringmap.errors import RingmapError
from ringmap.records import reading
from ringmap.records.calls import stream_calls
from ringmap.records.child.answers import Answers
from ringmap.records.child.bounds import Bounds
from ringmap.records.child.database import read_database
from ringmap.records.child.graphs import read_graph
from ringmap.records.child.refusal import RefusalError
from ringmap.records.child.spreadsheet import read_spreadsheet
from ringmap.records.dates import read_date
from ringmap.records.dl import read_dl
from ringmap.records.encodings import UndecodableError, decode
from ringmap.records.filetext import FileText
from ringmap.records.json_tables import read_json
from ringmap.records.limits import Limits
from ringmap.records.mapping import RecordMapping, parse_mapping
from ringmap.records.numbers import find_decimal, read_number
from ringmap.records.pajek import read_pajek
from ringmap.records.place_lists import read_place_list
from ringmap.records.tabletext import RawTable, read_table

SMALL = Limits(rows=10_000, cells=100_000, unpacked_bytes=10_000_000)
_FOLDER = tempfile.TemporaryDirectory(prefix="ringmap-fuzz-")
_HERE = Path(_FOLDER.name)
_SQLITE = b"SQLite format 3\0"
_SMALL_DATABASE = hostile.database(
    "PRAGMA page_size = 512", "CREATE TABLE people (person_id, name, born)",
    "INSERT INTO people VALUES ('A', 'Ann', 1990), ('B', x'ff', NULL)",
    "CREATE VIEW ties AS SELECT person_id AS source, name AS target FROM people",
)  # fmt: skip
_FORMS = (
    "case_id,person,role,place,date\n",
    "entity1_id,entity1_type,link_type,entity2_id,entity2_type\n",
    "victim_id,gender,age,recruiter,country_of_exploitation\n",
    ":START_ID,:END_ID,:TYPE\n",
    "id,schema,name,birthDate\n",
    "case_id,victim,age,suspect,is_victim,note\n",
)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _is_whole(raw: RawTable) -> None:
    """Rows, lines and columns run parallel."""
    assert len(raw.row) == len(raw.line) == len(raw.refused)
    assert raw.fatal or all(len(column) == len(raw.row) for column in raw.columns)
    assert raw.fatal or len(raw.columns) == len(raw.headings)


def table(data: bytes) -> None:
    raw = RawTable("x", "", "")
    read_table(FileText.of(_text(data)), raw, Limits())
    _is_whole(raw)


def encoding(data: bytes) -> None:
    with suppress(UndecodableError):
        decode(data).text.encode()


def json(data: bytes) -> None:
    for raw, _ in read_json(_text(data), RawTable("x", "", ""), depth=50) or ():
        _is_whole(raw)


def dl(data: bytes) -> None:
    for raw, _ in read_dl(_text(b"dl n=3 " + data), RawTable("x", "", "")):
        _is_whole(raw)


def pajek(data: bytes) -> None:
    for raw, _ in read_pajek(_text(b"*Vertices 3\n" + data), RawTable("x", "", "")):
        _is_whole(raw)


def _apart(reader: Callable[[bytes, Bounds, Answers], None], data: bytes) -> None:
    with suppress(RefusalError):
        reader(data, Bounds(SMALL.as_dict()), Answers(io.BytesIO()))


def _read(source: Path, mapping: RecordMapping | None = None) -> None:
    """Read as a user does, but make no case of it: that takes six times as long."""
    with patch.object(reading, "assemble"):
        outcome(source, SMALL, mapping=mapping)


def graph(data: bytes) -> None:
    _apart(read_graph, data)


def spreadsheet(data: bytes) -> None:
    """The bytes are one part of a workbook, or the rows of a sheet, or the whole file."""
    kind, rest = data[:1], data[1:]
    part = {b"b": "book", b"r": "book_rels", b"s": "strings", b"y": "styles"}.get(kind)
    if part is not None:
        _apart(read_spreadsheet, hostile.workbook(**{part: rest}))
    elif kind == b"z":
        _apart(read_spreadsheet, rest)
    else:
        _apart(read_spreadsheet, hostile.workbook(sheet=hostile.sheet_xml(_text(rest))))


def opendocument(data: bytes) -> None:
    _apart(read_spreadsheet, hostile.opendocument(_text(data)))


def database(data: bytes) -> None:
    """The bytes are a file, or behind a "?" what it is asked."""
    if data.startswith(b"?"):
        queries = [("people", _text(data[1:]))]
        order, data = {"queries": queries, "tables": []}, _SMALL_DATABASE
    else:
        order = {"queries": None, "tables": ["people", "ties"]}
        data = data if data.startswith(_SQLITE) else _SQLITE + data
    _apart(read_database, dumps(order).encode() + b"\n" + data)


def mapping(data: bytes) -> None:
    with suppress(RingmapError):
        parse_mapping(_text(data), "m.yaml")


def mapped(data: bytes) -> None:
    """A mapping, a zero byte, and a file that it is for."""
    plan, _, rows = data.partition(b"\0")
    with suppress(RingmapError):
        found = parse_mapping(_text(plan), "m.yaml")
        (_HERE / "mapped.csv").write_bytes(rows)
        _read(_HERE / "mapped.csv", mapping=found)


def place_list(data: bytes) -> None:
    (_HERE / "places.csv").write_bytes(b"country,name,lat,lon,kind,names\n" + data)
    with suppress(RingmapError):
        read_place_list(_HERE / "places.csv")


def corrected(data: bytes) -> None:
    """Refused rows, written down and changed by hand."""
    (_HERE / "people.csv").write_bytes(
        b"person_id,name,born,ringmap_row,ringmap_line,ringmap_reason,ringmap_surplus\n" + data
    )
    _read(_HERE / "people.csv")


def date(data: bytes) -> None:
    found, problem = read_date(_text(data))
    assert found is None or problem is None or problem.strip()


def number(data: bytes) -> None:
    text = _text(data)
    found, problem = read_number(text, find_decimal([text]))
    assert found is not None or problem
    float(found or 0)


def calls(data: bytes) -> None:
    raw = RawTable("x", "", "")
    raw.headings = ["caller", "callee", "time"]
    stream_calls(io.BytesIO(b"caller,callee,time\n" + data), raw, ",")
    assert len(raw.row) == len(raw.line)


def forms(data: bytes) -> None:
    head = _FORMS[data[0] % len(_FORMS)] if data else ""
    (_HERE / "form.csv").write_bytes(head.encode() + data[1:])
    _read(_HERE / "form.csv")


def folder(data: bytes) -> None:
    people, _, ties = data.partition(b"\0")
    at = _HERE / "folder"
    at.mkdir(exist_ok=True)
    (at / "people.csv").write_bytes(b"person_id,name,born\n" + people)
    (at / "ties.csv").write_bytes(b"source,target,kind,weight\n" + ties)
    _read(at)


def whole(data: bytes) -> None:
    (_HERE / "x.csv").write_bytes(data)
    outcome(_HERE / "x.csv", SMALL)


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    made.__name__: made
    for made in (table, encoding, json, dl, pajek, graph, spreadsheet, opendocument, database,
                 mapping, mapped, place_list, date, number, calls, forms, corrected, folder, whole)
}  # fmt: skip

#: What a target begins with: the hostile files whose kind begins so, or a few words.
SEEDS: Mapping[str, tuple[str, ...]] = {
    "table": ("quotes", "heading", "lines"), "encoding": ("encoding",), "json": ("json",),
    "graph": ("graph",), "dl": ("dl",), "pajek": ("pajek",),
    "whole": ("quotes", "heading", "json", "dl", "pajek", "encoding"),
    "folder": ("quotes",), "forms": ("quotes",),
}  # fmt: skip
WORDS: Mapping[str, tuple[bytes, ...]] = {
    "date": (b"2019-05-03", b"3/5/2019", b"khoang 2019", b"Tet 2019", b"Q3 2020"),
    "number": (b"1.234,5", b"12 000", b"1e5"),
    "database": (_SMALL_DATABASE, b"?SELECT person_id, name FROM people"),
    "mapped": (b"files:\n- tables:\n  - {table: people, columns: {person_id: {row: P}, name: a, "
               b"role: {from: b, words: {x: victim}, part: 1, at: ['/']}}, split: {a: [',']}}\n"
               b"\0a,b\nAnn,x/y\n",),
    "place_list": (b"VN,L\xc3\xa0o Cai,22.5,104,town,Lao Kay|Laokai\n",),
    "corrected": (b"A,'=1+1,1990,3,4,born: not a date,x | y\n",),
    "mapping": (b"files:\n- file: x.csv\n  delimiter: ';'\n  tables:\n  - {table: people, "
                b"columns: {person_id: a}, where: {b: [x]}, filled: [a]}\n",),
    "calls": (b"1,2,2019-05-03 10:00\n",),
    "forms": (b"\x05K1,A; B,14; 15,C,x,victim\n",),
    "spreadsheet": (b'-<row r="2"><c r="A2" t="s"><v>0</v></c></row>',),
    "opendocument": (b"<table:table-row><table:table-cell><text:p>A</text:p></table:table-cell>"
                     b"</table:table-row>",),
}  # fmt: skip
