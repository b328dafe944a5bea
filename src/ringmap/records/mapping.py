"""A mapping: which columns of a file are which columns of which table, written down once.

A mapping file is YAML. It names files by pattern, the tables that their rows tell of, and for
each column of a table where its text is taken from: a heading, a fixed text, several headings
joined, the first that is filled, a part of a cell, an id made of other cells. Words can be
changed through a table of words, and a cell that names several people can be split. What a
database is asked may stand there too.
See docs/formats/mapping.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from unicodedata import normalize

from ringmap.model import Setting, load_words, match_key, parse_settings, read_settings
from ringmap.records.encodings import ENCODINGS
from ringmap.records.headings import TABLES, kinds_of
from ringmap.records.tabletext import Cutting
from ringmap.records.telephones import list_phone_countries

_TABLES = (*TABLES, "legs", "sheet")
#: Whose parties an id can be made for.
_KINDS = ("person", "organisation", "place", "case", "event", *load_words("identifier"))
_ORDERS = ("day first", "month first", "year first")
_WAYS = ("from", "fixed", "join", "first_of", "id_from", "row")
_OPTIONS = ("part", "at", "words", "before", "with", "kind", "otherwise")


@dataclass(frozen=True, slots=True)
class Take:
    """Where the text of a column comes from, and what is done to it, in this order.

    The cells under `headings` are joined, or the first filled one is taken; one `part` of it
    is cut out; `words` are changed; an id is `made` of it; `before` is put in front. Where
    nothing comes of it, `otherwise` stands in.
    """

    headings: tuple[str, ...] = ()
    fixed: str | None = None
    row_number: bool = False
    first: bool = False
    between: str = " "
    part: int | None = None
    at: tuple[str, ...] = (";",)
    words: Mapping[str, str] = field(default_factory=dict)
    made: str | None = None
    before: str = ""
    otherwise: "Take | None" = None
    line: int = 0

    def all_headings(self) -> Iterable[str]:
        """Headings that it or what stands in for it takes from."""
        yield from self.headings
        if self.otherwise is not None:
            yield from self.otherwise.all_headings()


@dataclass(frozen=True, slots=True)
class TablePlan:
    """One table that the rows of a file tell of.

    Rows are taken where the cells of `where` are one of its words, those of `unless` none of
    its words, all cells of `filled` are filled and one of `filled_any`, and all of `empty` are
    empty. Cells under the headings of `split` are cut at their marks: one row for each piece,
    those of several cells side by side or, if `each_with_each`, each with each. What no table
    takes is kept with every row if `keep` is True, with none if it is False; if it is None,
    with those rows that no table before takes.
    """

    table: str
    takes: Mapping[str, Take]
    further: Mapping[str, Take]
    where: Mapping[str, frozenset[str]]
    unless: Mapping[str, frozenset[str]]
    filled: tuple[str, ...]
    filled_any: tuple[str, ...]
    empty: tuple[str, ...]
    split: Mapping[str, tuple[str, ...]]
    each_with_each: bool
    keep: bool | None
    line: int

    def taken(self) -> Iterable[str]:
        """Headings of the file that columns take from."""
        for take in (*self.takes.values(), *self.further.values()):
            yield from take.all_headings()

    def headings(self) -> Iterable[str]:
        """Headings of the file that the plan names."""
        yield from self.taken()
        yield from (*self.where, *self.unless, *self.filled, *self.filled_any, *self.empty,
                    *self.split)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FilePlan:
    """What a mapping says of the files that a pattern names."""

    pattern: str
    tables: tuple[TablePlan, ...]
    cutting: Cutting
    drop: tuple[str, ...]
    #: Sets of headings by which a file is known to be of this form without being named.
    known_by: tuple[frozenset[str], ...] = ()
    #: Whether a file that is also a case sheet by its headings is read as such.
    after_sheet: bool = False


def _same_name(name: str) -> str:
    """A file's name as it is compared: some systems write a letter and its mark as two signs."""
    return normalize("NFC", name).lower()


@dataclass(frozen=True, slots=True)
class RecordMapping:
    """A whole mapping."""

    file: str
    plans: tuple[FilePlan, ...]
    #: What a database is asked, by the name of the table that the answer is.
    queries: Mapping[str, str] = field(default_factory=dict)
    #: Of which country telephone numbers without a country code are, as an ISO code.
    phone_country: str | None = None

    def plan_of(self, file: str) -> FilePlan | None:
        """The first plan whose pattern fits the name of a file, or of a sheet in it.

        It also fits what ringmap calls the file of rows that were refused of it.
        """
        last = file.rpartition("/")[2]
        names = (file, last, file.partition("#")[0].rpartition("/")[2], last.removesuffix(".csv"))
        for plan in self.plans:
            if any(fnmatchcase(_same_name(name), _same_name(plan.pattern)) for name in names):
                return plan
        return None

    def recognise(self, headings: Iterable[str]) -> FilePlan | None:
        """The plan of the form that headings are known by; None if they are of no such form."""
        found = set(map(match_key, headings))
        for plan in self.plans:
            if any(known <= found for known in plan.known_by):
                return plan
        return None


def load_mapping(path: Path) -> RecordMapping:
    """Read a mapping file.

    Raises
    ------
    SettingsError
        If it cannot be read or is no mapping; with line, column and what was expected.
    """
    return _read(read_settings(path))


def parse_mapping(text: str, file: str) -> RecordMapping:
    """The same from a text; `file` is the name that errors give."""
    return _read(parse_settings(text, file))


def _read(setting: Setting) -> RecordMapping:
    fields = setting.fields((), ("files", "database", "telephones", "about"))
    if not {"files", "database", "telephones"} & set(fields):
        raise setting.expected("a line 'files:', 'database:' or 'telephones:'")
    plans = tuple(_read_file(one) for one in fields["files"].some()) if "files" in fields else ()
    return RecordMapping(
        setting.file, plans, _read_queries(fields.get("database")),
        _read_phone_country(fields.get("telephones")),
    )  # fmt: skip


def _read_phone_country(setting: Setting | None) -> str | None:
    if setting is None:
        return None
    return setting.fields(("country",))["country"].one_of(list_phone_countries())


def _read_queries(setting: Setting | None) -> dict[str, str]:
    if setting is None:
        return {}
    queries = setting.fields(("queries",))["queries"]
    for _, query in queries.items():
        if not query.sign().strip():
            raise query.expected("a SELECT statement")
    found = {name: query.sign() for name, query in queries.items()}
    if not found:
        raise queries.expected("at least one line 'table: SELECT …'")
    return found


def _read_file(setting: Setting) -> FilePlan:
    cut = ("encoding", "delimiter", "headings", "heading_line", "dates", "decimal")
    fields = setting.fields(("tables",), ("file", "drop", "known_by", "after_sheet", *cut))
    tables = tuple(map(_read_table, fields["tables"].some()))
    known = fields["known_by"].elements() if "known_by" in fields else []
    return FilePlan(
        fields["file"].text() if "file" in fields else "*",
        tables,
        _read_cutting({name: fields[name] for name in cut if name in fields}),
        _texts(fields.get("drop")),
        tuple(frozenset(match_key(one.text()) for one in group.some()) for group in known),
        fields["after_sheet"].truth() if "after_sheet" in fields else False,
    )


def _read_cutting(fields: Mapping[str, Setting]) -> Cutting:
    encoding = fields["encoding"].one_of(ENCODINGS) if "encoding" in fields else None
    delimiter = fields["delimiter"].sign() if "delimiter" in fields else None
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n'):
        raise fields["delimiter"].expected("one sign, such as ';'")
    decimal = fields["decimal"].sign() if "decimal" in fields else None
    if decimal not in (None, ".", ","):
        raise fields["decimal"].expected("'.' or ','")
    line = fields["heading_line"].whole(1) if "heading_line" in fields else None
    dates = fields["dates"].one_of(_ORDERS) if "dates" in fields else None
    return Cutting(encoding, delimiter, _texts(fields.get("headings")), line, dates, decimal)


def _read_table(setting: Setting) -> TablePlan:
    fields = setting.fields(
        ("table", "columns"),
        (
            "further",
            "where",
            "unless",
            "filled",
            "filled_any",
            "empty",
            "split",
            "each_with_each",
            "keep",
        ),
    )
    table = fields["table"].one_of(_TABLES)
    table = "events" if table == "legs" else table
    known = tuple(kinds_of(table))
    takes: dict[str, Take] = {}
    for column, value in fields["columns"].items():
        if column not in known:
            raise value.unknown(column, known)
        takes[column] = _read_take(value)
    further = fields["further"].items() if "further" in fields else []
    for name, value in further:
        if any(match_key(name) == match_key(column) for column in known):
            raise value.expected(f"a name of your own, where '{name}' is a column of {table}")
    return TablePlan(
        table, takes, {name: _read_take(value) for name, value in further},
        _read_words(fields.get("where")), _read_words(fields.get("unless")),
        _texts(fields.get("filled")), _texts(fields.get("filled_any")),
        _texts(fields.get("empty")),
        _read_split(fields.get("split")),
        "each_with_each" in fields and fields["each_with_each"].truth(),
        fields["keep"].truth() if "keep" in fields else None, setting.line,
    )  # fmt: skip


#: Where a column comes from that no cell of the file is taken for.
_NO_CELLS = ("fixed", "row")


def _read_take(setting: Setting) -> Take:
    if not setting.is_mapping():
        return Take((setting.text(),), line=setting.line)
    fields = setting.fields((), (*_WAYS, *_OPTIONS))
    ways = [way for way in _WAYS if way in fields]
    if len(ways) != 1:
        raise setting.expected(f"one of {', '.join(_WAYS)}")
    way, value = ways[0], fields[ways[0]]
    words = fields["words"].items() if "words" in fields else []
    kind = fields["kind"].one_of(_KINDS) if "kind" in fields else "person"
    return Take(
        headings=tuple(one.text() for one in value.some()) if way not in _NO_CELLS else (),
        fixed=value.text() if way == "fixed" else None,
        row_number=way == "row",
        first=way == "first_of",
        between=_sign(fields.get("with"), " "),
        part=fields["part"].whole(1) if "part" in fields else None,
        at=_marks(fields["at"]) if "at" in fields else (";",),
        words={match_key(word): meant.text() for word, meant in words},
        made=kind if way == "id_from" else None,
        before=value.text() if way == "row" else _sign(fields.get("before"), ""),
        otherwise=_read_take(fields["otherwise"]) if "otherwise" in fields else None,
        line=setting.line,
    )  # fmt: skip


def _read_words(setting: Setting | None) -> dict[str, frozenset[str]]:
    if setting is None:
        return {}
    return {
        heading: frozenset(match_key(one.text()) for one in words.some())
        for heading, words in setting.items()
    }


def _read_split(setting: Setting | None) -> dict[str, tuple[str, ...]]:
    if setting is None:
        return {}
    return {heading: _marks(marks) for heading, marks in setting.items()}


def _marks(setting: Setting) -> tuple[str, ...]:
    """What a cell is cut at."""
    for one in setting.some():
        if not one.sign():
            raise one.expected("a sign that stands between the pieces")
    return tuple(one.sign() for one in setting.some())


def _sign(setting: Setting | None, usual: str) -> str:
    return usual if setting is None else setting.sign()


def _texts(setting: Setting | None) -> tuple[str, ...]:
    return () if setting is None else tuple(one.text() for one in setting.elements())
