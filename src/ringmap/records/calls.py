"""Call-detail records: rows of calls become weighted ties between telephones.

A month of calls has millions of rows and says little row by row: what counts is who was in
touch with whom, how often, from when until when. So calls are summed up while they are read,
a block at a time; the record of a tie is the first row in which the two were in touch.
"""

import datetime
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import IO, Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from ringmap.model import match_key
from ringmap.records.call_starts import (
    STARTS,
    Calendar,
    Days,
    day_part,
    more_than_time,
    place_columns,
)
from ringmap.records.cells import is_unknown
from ringmap.records.coded import Cells, Positions, Texts
from ringmap.records.dates import ORDERS
from ringmap.records.drafting import Drafting, digests
from ringmap.records.identities import made_id
from ringmap.records.numbers import read_number
from ringmap.records.tabletext import RawTable
from ringmap.records.telephones import comparable_number, is_rounded, number_id

#: Bytes that are read at a time; a larger file is never whole in memory.
BLOCK_BYTES = 32 * 2**20
_TOLD = frozenset({"start", "duration", "cell"})
_KEYS = ("source", "target", "kind")
#: Words of which one in a cell says that it was a message.
_MESSAGES = frozenset({
    "sms", "mms", "smsmo", "smsmt", "message", "messages", "text", "mensaje", "mensajes", "tin",
    "短信", "短信息", "彩信", "短消息",
})  # fmt: skip
#: Words of which one says that it was a call.
_CALLS = frozenset({
    "call", "calls", "voice", "video", "phone", "telephony", "mo", "mt", "moc", "mtc", "in", "out",
    "incoming", "outgoing", "missed", "thoai", "goi", "llamada", "llamadas", "voz", "entrante",
    "saliente", "perdida", "通话", "语音", "主叫", "被叫", "电话", "呼叫",
})  # fmt: skip
#: Words by which a network says that a caller does not show their number.
_WITHHELD = frozenset(map(match_key, (
    "private", "private number", "withheld", "number withheld", "anonymous", "restricted", "hidden",
    "unavailable", "no number", "no caller id", "ẩn số", "số ẩn", "số riêng", "không hiển thị",
    "không hiện số", "oculto", "número oculto", "privado", "desconocido", "未知",
    "未知号码", "无号码",
    # What programs write for nothing.
    "null", "nil", "none", "na", "n/a", "undefined", "blank", "(blank)",
)))  # fmt: skip
_SEPARATORS = r"[\s.\-()]+"
#: What programs write for no number, with no other digit than noughts, or as less than nothing.
_NOUGHTS = r"[0+*#\s.()\-/]*|-[0-9]"
#: A sign that no number has which is dialled; or such noughts.
_ODD_NUMBER = rf"[^0-9+*#\s.()\-/]|^(?:{_NOUGHTS})$"
_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,2}):([0-5]\d)(?:\.\d+)?")
_MOST_PENDING = 16_000_000
#: Thirty years; what is longer is no call.
_LONGEST_S = 10**9
#: Behind every day; stands where no start could be read.
_NEVER = 2**31


@dataclass(frozen=True, slots=True)
class Contacts:
    """Who was in touch with whom, and where.

    Attributes
    ----------
    ties
        One row per caller (`source`), called number (`target`) and `kind`, ``called`` or
        ``messaged``, in the order of their first rows: `times`; `first` and `last` day (ISO,
        missing where no start could be read); `seconds` in all (NaN where no duration is
        given); `row`, the first row of them.
    masts
        The same for each caller and cell (`target`), of kind ``seen_at``.
    """

    ties: pd.DataFrame
    masts: pd.DataFrame

    @property
    def days(self) -> tuple[str, str]:
        """The first and the last day of a call; as wide as can be where a pair has none."""
        if self.ties.empty or self.ties["first"].isna().any():
            return "", "~"
        return str(self.ties["first"].min()), str(self.ties["last"].max())


def are_calls(raw: RawTable) -> bool:
    """True when headings name both ends of a call and its time, length or cell."""
    places, _ = place_columns(raw.headings)
    return {"caller", "called"} <= places.keys() and not places.keys().isdisjoint(_TOLD)


def sum_calls(raw: RawTable, country: str | None = None) -> Contacts:
    """Contacts of a table of calls; rows without two numbers are refused.

    `country` is that of telephone numbers without a country code, where somebody says so.
    """
    summing = _Summing(raw, country)
    rows = np.flatnonzero(~raw.refused)
    columns = {name: raw.columns[place][rows].arrow().cast(pa.string())
               for name, place in summing.places.items()}  # fmt: skip
    summing.add(columns, rows)
    return summing.finish()


def stream_calls(
    source: IO[bytes], raw: RawTable, delimiter: str, country: str | None = None
) -> Contacts | None:
    """Contacts of UTF-8 text with a line per call, however long, read from its first line on.

    `raw` gets headings, rows and findings, but no cells. Memory grows with the pairs that
    are in touch, not with the calls. None, with a fatal problem of `raw`, where a cell goes
    over lines or bytes are no text: then no row can be told from another.
    """
    heading = source.readline()
    raw.headings = [one.strip('" \r\n\ufeff') for one in heading.decode("utf-8").split(delimiter)]
    summing: _Summing | None = None
    found: list[_Block] = []
    line = 1
    for text in _whole_lines(source):
        block = _cut(text, raw, delimiter, line)
        if block is None:
            return None
        line += text.count(b"\n") + (not text.endswith(b"\n"))
        found.append(_Block({}, block.lines, block.short))
        start = sum(len(one.lines) for one in found[:-1])
        raw.row = np.arange(1, start + len(block.lines) + 1)
        raw.line = np.concatenate([one.lines for one in found])
        raw.refused = np.concatenate([raw.refused, np.zeros(len(block.lines), dtype=bool)])
        raw.refuse(
            start + block.short, None, None, f"not {len(raw.headings)} cells",
            "give each row as many cells as there are headings",
        )  # fmt: skip
        summing = summing or _Summing(raw, country)
        whole = np.ones(len(block.lines), dtype=bool)
        whole[block.short] = False
        rows = start + np.flatnonzero(whole)
        summing.add({name: block.columns[name] for name in summing.places}, rows)
    return (summing or _Summing(raw, country)).finish()


def tell_lists(raw: RawTable, contacts: Contacts, others: Iterable[Contacts]) -> None:
    """Say that calls of this list are not added to those of another: both may have the same."""
    first, last = contacts.days
    apart = any(last < begin or end < first for begin, end in (one.days for one in others))
    found = ", though this list has no day in common with another" if apart else ""
    raw.doubt(
        "there are other lists of calls: a pair in several counts as often as in the list that "
        f"has it most often{found}",
        "put lists that share no call, such as those of two months, into one file",
    )


def enter_calls(
    raw: RawTable,
    contacts: Contacts,
    draft: Drafting,
    *,
    country: str | None = None,
    known: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Enter telephones, cells, and a tie for each pair in touch, with the row that shows it.

    Parameters
    ----------
    country
        Of telephone numbers without a country code.
    known
        Ids under which numbers are entered already, by what `number_id` makes of them.
    """

    def id_of_number(number: str) -> str:
        made = number_id("phone", number, country)
        return known.get(made, made)

    for table, kind in ((contacts.ties, "phone"), (contacts.masts, "cell")):
        if table.empty:
            continue
        count = len(table)
        rows = _rows_of(raw, table)
        told = _Told(draft.records(rows, "calls"), digests(rows))
        if kind == "phone":
            ends = pd.concat([table["source"], table["target"]], ignore_index=True)
            source, target = _enter_numbers(ends, id_of_number, told, draft).reshape(2, -1)
        else:
            source = draft.parties("identifier", _cells(table["source"]).mapped(id_of_number))
            target = _enter_cells(table["target"], told, draft)
        draft.add(
            "tie_records",
            {
                "source": source, "target": target,
                "kind": _cells(table["kind"]), "case": np.full(count, -1),
                "direction": Cells.same("directed", count), "record": told.records,
                "weight": table["times"].to_numpy(dtype=np.float64),
                "first": _cells(table["first"]), "last": _cells(table["last"]),
                "note": Cells.of(map(_note, table["times"], table["seconds"])),
            },
        )  # fmt: skip


def _note(times: int, seconds: float) -> str:
    length = "" if np.isnan(seconds) else f", {seconds:.0f} seconds in all"
    more = "; the row is the first of them" if times > 1 else ""
    return f"{times} in the list of calls{length}{more}"


def _rows_of(raw: RawTable, table: pd.DataFrame) -> RawTable:
    """The rows that stand for the ties, as a table of their own, so that each has a record."""
    place = table["row"].to_numpy()
    named = [*_KEYS, "times", "first", "last", "seconds"]
    columns = [_cells(table[name].astype("str")) for name in named]
    return RawTable(
        raw.file, raw.sha256, raw.secret, raw.format, raw.encoding, named, columns,
        raw.heading_line, raw.row[place], raw.line[place], [], np.zeros(len(place), dtype=bool),
    )  # fmt: skip


def _cells(column: pd.Series) -> Cells:
    codes, texts = pd.factorize(column, use_na_sentinel=True)
    return Cells(codes.astype(np.int32), np.asarray(texts, dtype=object))


@dataclass(frozen=True, slots=True)
class _Told:
    """The records of ties, and what each says as a number."""

    records: Positions
    digests: npt.NDArray[np.uint64]

    def of_each(self, codes: Positions) -> Positions:
        """For each code a record of its ties, the same whatever the order of rows."""
        tie = np.arange(len(codes)) % len(self.records)
        order = np.lexsort((self.digests[tie], codes))
        ordered = codes[order]
        first = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
        return self.records[tie[order[first]]]


def _enter_numbers(numbers: pd.Series, id_of_number: Callable[[str], str], told: _Told,
                   draft: Drafting) -> Positions:  # fmt: skip
    """Positions of telephones; of those that no other table has, what they are is stated."""
    codes, distinct = pd.factorize(numbers)
    texts = Cells.of(distinct)
    ids = texts.mapped(id_of_number)
    new = draft.name_numbers(ids)
    places = draft.parties("identifier", ids)
    records = told.of_each(codes)
    for column, values in (("name", texts), ("value", texts), ("kind", Cells.same("phone", new))):
        draft.state(places, column, values.blank(~new), records)
    return places[codes]


def _enter_cells(cells: pd.Series, told: _Told, draft: Drafting) -> Positions:
    codes, distinct = pd.factorize(cells)
    texts = Cells.of(distinct)
    places = draft.parties("place", texts.mapped(lambda text: made_id("cell", text)))
    draft.state(places, "name", texts, told.of_each(codes))
    return places[codes]


@dataclass(frozen=True, slots=True)
class _Block:
    """Some lines of a file: columns of those that have as many cells as there are headings."""

    columns: Mapping[str, pa.Array]
    #: Lines of the file that are not blank, and the places among them that were left out.
    lines: Positions
    short: Positions


def _whole_lines(source: IO[bytes]) -> Iterator[bytes]:
    """The file in pieces that end where a line does; a line beyond all measure is cut."""
    rest = b""
    while piece := source.read(BLOCK_BYTES):
        whole, end, rest = (rest + piece).rpartition(b"\n")
        if end:
            yield whole + end
        if len(rest) > BLOCK_BYTES:
            yield rest
            rest = b""
    if rest:
        yield rest


def _cut(text: bytes, raw: RawTable, delimiter: str, before: int) -> _Block | None:
    """Columns of a piece of the file; `before` lines stand above it."""
    signs = np.frombuffer(text, dtype=np.uint8)
    ends = np.flatnonzero(signs == ord("\n"))
    if not text.endswith(b"\n"):
        ends = np.append(ends, len(signs))
    starts = np.concatenate([[0], ends[:-1] + 1])
    length = ends - starts
    carriage = (length > 0) & (signs[np.maximum(ends - 1, 0)] == ord("\r"))
    lines = np.flatnonzero(length - carriage > 0)
    quotes = np.cumsum(signs == ord('"'))
    if len(quotes) and quotes[-1]:
        inside = quotes[ends - 1] - np.concatenate([[0], quotes[ends[:-1] - 1]])
        odd = np.flatnonzero(inside % 2)
        if len(odd):
            raw.fail(
                "a quotation mark is opened and not closed on its line",
                "close every quotation mark on the line where it is opened",
                line=before + int(odd[0]) + 1,
            )  # fmt: skip
            return None
    short: list[int] = []

    def pass_over(row: pyarrow.csv.InvalidRow) -> str:
        short.append(row.number - 1)
        return "skip"

    named = [f"{place}" for place in range(len(raw.headings))]
    try:
        table = pyarrow.csv.read_csv(
            io.BytesIO(text),
            read_options=pyarrow.csv.ReadOptions(
                use_threads=False, column_names=named, block_size=2 * BLOCK_BYTES
            ),
            parse_options=pyarrow.csv.ParseOptions(
                delimiter=delimiter, invalid_row_handler=pass_over, newlines_in_values=False
            ),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(named, pa.string()), strings_can_be_null=True,
                null_values=[""], quoted_strings_can_be_null=True,
            ),
        )  # fmt: skip
    except pa.ArrowInvalid as error:
        raw.fail(
            f"the lines from {before + 1} on cannot be cut into cells ({error})",
            "save the file as CSV in UTF-8", line=before + 1,
        )  # fmt: skip
        return None
    if table.num_rows + len(short) != len(lines):
        raw.fail(
            f"rows and lines do not agree between lines {before + 1} and {before + len(ends)}",
            "save the file as CSV again, a line for each call", line=before + 1,
        )  # fmt: skip
        return None
    places, _ = place_columns(raw.headings)
    columns = {name: table.column(place).combine_chunks() for name, place in places.items()}
    return _Block(columns, lines + before + 1, np.array(short, dtype=np.int64))


class _Summing:
    """Calls summed up block by block."""

    def __init__(self, raw: RawTable, country: str | None) -> None:
        self._raw = raw
        self.places, left = place_columns(raw.headings)
        if left:
            raw.doubt(
                "columns that are not kept, since calls are summed up: " + ", ".join(left),
                "look them up in the list by the row that stands with a tie",
            )  # fmt: skip
        raw.called |= {name: raw.headings[place] for name, place in self.places.items()}
        self._calendars = {name: Calendar(self._order_told(name)) for name in STARTS}
        self._numbers = _Texts(partial(comparable_number, country=country))
        self._cells = _Texts(str)
        self._ties, self._masts = _Sums(), _Sums()

    def add(self, columns: Mapping[str, pa.Array], rows: Positions) -> None:
        """Some more calls; `rows` are their positions in the file."""
        caller, called = (_number(columns[name]) for name in ("caller", "called"))
        for name, cells in (("caller", caller), ("called", called)):
            missing = np.asarray(pc.is_null(cells))
            self._raw.refuse(rows[missing], name, None, f"empty '{name}'",
                             "give each call both its numbers")  # fmt: skip
            self._refuse_no_numbers(name, columns[name], rows)
        days = self._days(columns, rows)
        seconds = self._by_text("duration", columns, rows, _all_seconds)
        ends = [self._numbers.codes(cells) for cells in (caller, called)]
        messages = self._messages(columns.get("kind"), rows)
        known = (ends[0] >= 0) & (ends[1] >= 0) & ~self._raw.refused[rows]
        self._ties.add(_pair(ends[0], 2 * ends[1] + messages)[known], days[known],
                       seconds[known], rows[known])  # fmt: skip
        if "cell" in columns:
            cells = self._cells.codes(pc.utf8_trim_whitespace(columns["cell"]))
            seen = known & (cells >= 0)
            self._masts.add(_pair(ends[0], cells)[seen], days[seen], seconds[seen], rows[seen])

    def _order_told(self, name: str) -> str | None:
        """The order of day and month in a column, as far as somebody says so."""
        told = self._raw.read_as.get(self._raw.called.get(name, ""))
        return self._raw.cutting.dates or (told if told in ORDERS else None)

    def finish(self) -> Contacts:
        """All calls so far."""
        for name, calendar in self._calendars.items():
            if name in self.places and calendar.order and self._raw.cutting.dates is None:
                self._raw.read_as[self._raw.called[name]] = calendar.order
        ties, masts = self._ties.finish(), self._masts.finish()
        source, rest = _parted(ties.pop("key"))
        kinds = np.array(["called", "messaged"], dtype=object)[rest % 2]
        cell_of, cell = _parted(masts.pop("key"))
        names, cells = self._numbers.texts(), self._cells.texts()
        return Contacts(
            pd.DataFrame(
                {"source": names[source], "target": names[rest // 2], "kind": kinds} | ties
            ),
            pd.DataFrame(
                {"source": names[cell_of], "target": cells[cell], "kind": "seen_at"} | masts
            ),
        )

    def _days(self, columns: Mapping[str, pa.Array], rows: Positions) -> Days:
        """The day of each call; one that stands with the time of day counts before another."""
        days = self._days_of("start", columns, rows)
        for name in STARTS[1:]:
            if name in columns:
                days = self._days_beside(name, days, columns[name], rows)
        return days

    def _days_beside(self, name: str, days: Days, cells: pa.Array, rows: Positions) -> Days:
        """The days so far, and those that stand with a time of day."""
        rest = more_than_time(pc.utf8_trim_whitespace(cells))
        own = self._days_of(name, {name: rest}, rows)
        if self._calendars[name].counts_seconds:  # the day that is written is that of the place
            return np.where(np.isnan(days), own, days)
        self._raw.warn(
            rows[~np.isnan(own) & ~np.isnan(days) & (own != days)], name, None,
            f"another day than under '{self._raw.called['start']}'",
            "the day that stands with the time counts; see which is right",
        )  # fmt: skip
        return np.where(np.isnan(own), days, own)

    def _days_of(self, name: str, columns: Mapping[str, pa.Array], rows: Positions) -> Days:
        """The days in a column; it is told, once, that they are counted in seconds."""
        calendar = self._calendars[name]
        told = calendar.counts_seconds
        days = self._by_text(name, columns, rows, calendar.days)
        if calendar.counts_seconds and not told:
            self._raw.doubt(
                f"'{self._raw.called[name]}' is read as seconds since 1970, its days as those "
                "of UTC",
                "in Viet Nam a day begins seven hours before; give local times if that matters",
            )  # fmt: skip
        return days

    def _by_text(self, name: str, columns: Mapping[str, pa.Array], rows: Positions,
                 read: Callable[[Sequence[str]], tuple[npt.NDArray[np.float64], list[str | None]]],
                 ) -> npt.NDArray[np.float64]:  # fmt: skip
        """A column as numbers, each distinct text read once, its problems told."""
        if name not in columns:
            return np.full(len(rows), np.nan)
        cells = pc.utf8_trim_whitespace(columns[name])
        if name in STARTS:
            cells = day_part(cells)
        coded = cells.dictionary_encode()
        texts = coded.dictionary.to_pylist()
        values, problems = read(texts)
        codes = np.asarray(coded.indices.fill_null(len(texts)))
        if any(problems):
            self._tell(name, rows, codes, texts, problems)
        return np.asarray(np.append(values, np.nan)[codes])

    def _refuse_no_numbers(self, name: str, cells: pa.Array, rows: Positions) -> None:
        """Refuse calls of which one number is not known, or has lost its last digits."""
        coded = cells.dictionary_encode()
        count = len(coded.dictionary)
        odd = np.flatnonzero(pc.match_substring_regex(coded.dictionary, _ODD_NUMBER))
        if not len(odd):
            return
        place = np.full(len(self._raw.row), count)
        place[rows] = coded.indices.fill_null(count)
        texts = np.full(count + 1, None, dtype=object)
        texts[odd] = coded.dictionary.take(pa.array(odd)).to_pylist()
        shown = Cells.repeated(place, texts)
        for is_none, reason, hint in _NO_NUMBERS:
            self._raw.refuse(shown.where(is_none), name, shown, reason, hint)

    def _messages(self, cells: pa.Array | None, rows: Positions) -> Positions:
        """1 for each message, 0 for each call; a word that says neither is told."""
        if cells is None:
            return np.zeros(len(rows), dtype=np.int64)
        coded = pc.utf8_trim_whitespace(cells).dictionary_encode()
        texts = coded.dictionary.to_pylist()
        words = [set(match_key(text).split()) for text in texts]
        problems = [
            None if not one or one & _MESSAGES or one & _CALLS else "unknown kind of call"
            for one in words
        ]
        codes = np.asarray(coded.indices.fill_null(len(texts)))
        if any(problems):
            self._tell("kind", rows, codes, texts, problems, "it counts as a call")
        found = np.array([*(bool(one & _MESSAGES) for one in words), False], dtype=np.int64)
        return np.asarray(found[codes])

    def _tell(self, name: str, rows: Positions, codes: Positions, texts: Sequence[str],
              problems: Sequence[str | None],
              hint: str = "the call counts; without this cell where it says nothing else",
              ) -> None:  # fmt: skip
        place = np.full(len(self._raw.row), len(texts))
        place[rows] = codes
        shown = Cells.repeated(place, [*texts, None])
        said = np.array([*problems, None], dtype=object)[codes]
        for problem in sorted({problem for problem in problems if problem is not None}):
            self._raw.warn(rows[said == problem], name, shown, problem, hint)


def _dates(days: npt.NDArray[np.int64]) -> Texts:
    codes, distinct = pd.factorize(days)
    texts = [datetime.date.fromordinal(day).isoformat() if 0 < day < _NEVER else None
             for day in distinct.tolist()]  # fmt: skip
    return np.array(texts, dtype=object)[codes]


def _pair(one: Positions, other: Positions) -> Positions:
    return (one << 32) | np.maximum(other, 0)


def _parted(key: Positions) -> tuple[Positions, Positions]:
    return key >> 32, key & 0xFFFFFFFF


class _Texts:
    """Texts and the numbers they are kept by, the first one met being 0."""

    def __init__(self, key: Callable[[str], str]) -> None:
        self._key = key
        self._codes: dict[str, int] = {}
        self._by_key: dict[str, int] = {}
        self._texts: list[str] = []

    def codes(self, cells: pa.Array) -> Positions:
        """The number of each cell's text; −1 where it is empty."""
        coded = cells.dictionary_encode()
        numbers = [self._code(text) if text else -1 for text in coded.dictionary.to_pylist()]
        places: Positions = np.asarray(coded.indices.fill_null(len(numbers)))
        return np.array([*numbers, -1], dtype=np.int64)[places]

    def _code(self, text: str) -> int:
        known = self._codes.get(text)
        if known is not None:
            return known
        code = self._by_key.setdefault(self._key(text), len(self._texts))
        if code == len(self._texts):
            self._texts.append(text)
        self._texts[code] = min(text, self._texts[code])
        self._codes[text] = code
        return code

    def texts(self) -> Texts:
        """All texts, by number; of several ways to write the same the one that sorts first."""
        return np.array([*self._texts, None], dtype=object)[:-1]


class _Sums:
    """Calls by key: how many, first and last day, seconds, first row."""

    def __init__(self) -> None:
        self._parts: list[dict[str, npt.NDArray[np.int64]]] = []

    def add(self, key: Positions, days: npt.NDArray[np.float64],
            seconds: npt.NDArray[np.float64], rows: Positions) -> None:  # fmt: skip
        """Some more calls."""
        missing, silent = np.isnan(days), np.isnan(seconds)
        self._parts.append(
            {
                "key": key, "times": np.ones(len(key), dtype=np.int64),
                "first": np.where(missing, _NEVER, days).astype(np.int64),
                "last": np.where(missing, 0, days).astype(np.int64),
                "seconds": np.where(silent, 0, seconds * 1000).astype(np.int64),
                "timed": (~silent).astype(np.int64), "row": rows,
            }
        )  # fmt: skip
        if sum(len(part["key"]) for part in self._parts) > _MOST_PENDING:
            self._parts = [self._summed()]

    def finish(self) -> dict[str, Any]:
        """Columns by name, a row per key, in the order of their first rows."""
        found = self._summed()
        order = np.argsort(found["row"], kind="stable")
        found = {name: cells[order] for name, cells in found.items()}
        self._parts = []
        return {
            "key": found["key"], "times": found["times"], "first": _dates(found["first"]),
            "last": _dates(found["last"]),
            "seconds": np.where(found["timed"] > 0, found["seconds"] / 1000, np.nan),
            "row": found["row"],
        }  # fmt: skip

    def _summed(self) -> dict[str, npt.NDArray[np.int64]]:
        names = ("key", *_HOW)
        if not self._parts:
            return {name: np.zeros(0, dtype=np.int64) for name in names}
        together = {name: np.concatenate([part[name] for part in self._parts]) for name in names}
        order = np.argsort(together["key"], kind="stable")
        key = together.pop("key")[order]
        starts = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]]))[: len(key)]
        summed = {"key": key[starts]}
        for name, how in _HOW.items():
            cells = together.pop(name)[order]
            summed[name] = how.reduceat(cells, starts) if len(starts) else cells
        return summed


_HOW: Mapping[str, np.ufunc] = {
    "times": np.add, "first": np.minimum, "last": np.maximum, "seconds": np.add,
    "timed": np.add, "row": np.minimum,
}  # fmt: skip


def _number(cells: pa.Array) -> pa.Array:
    spaced = pc.any(pc.match_substring_regex(cells, _SEPARATORS)).as_py()
    bare = pc.replace_substring_regex(cells, _SEPARATORS, "") if spaced else cells
    return pc.if_else(pc.equal(pc.utf8_length(bare), 0), None, bare)


def _is_no_number(text: str) -> bool:
    if is_unknown(text) or match_key(text) in _WITHHELD:
        return True
    return re.fullmatch(_NOUGHTS, text.strip()) is not None


#: By what a cell is known for no number, and what is said of it.
_NO_NUMBERS: Sequence[tuple[Callable[[str], bool], str, str]] = (
    (_is_no_number, "the number is not known", "give each call both its numbers"),
    (
        is_rounded, "a number rounded by a spreadsheet program; its last digits are lost",
        "take the list as the network gave it, and keep numbers as text",
    ),
)  # fmt: skip


def _all_seconds(texts: Sequence[str]) -> tuple[npt.NDArray[np.float64], list[str | None]]:
    """Lengths of calls in seconds: a number, or minutes and hours before colons."""
    values, problems = np.full(len(texts), np.nan), list[str | None]()
    for place, text in enumerate(texts):
        clock = _CLOCK.fullmatch(text)
        if clock:
            hours, minutes, seconds = (int(part or 0) for part in clock.groups())
            values[place] = 3600 * hours + 60 * minutes + seconds
            problems.append(None)
            continue
        number, problem = read_number(text)
        value = float(number) if number is not None else np.nan
        if value < 0 or value > _LONGEST_S:
            value, problem = np.nan, "no length of a call"
        values[place] = value
        problems.append(problem)
    return values, problems
