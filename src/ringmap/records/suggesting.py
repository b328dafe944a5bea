"""A mapping proposed for a table whose headings are its own: for a person to read and correct."""

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import PurePath

from ringmap.model import (
    find_codes,
    find_country,
    is_of_victims,
    match_key,
    part_of_heading,
)
from ringmap.records.coded import Cells
from ringmap.records.dates import NO_SUCH_DATE, read_date
from ringmap.records.headings import REQUIRED, kinds_of, names_of
from ringmap.records.numbers import read_number
from ringmap.records.people_columns import OF_CASE
from ringmap.records.tabletext import RawTable

#: Tables in the order in which a tie between two is settled.
_TABLES = ("sheet", "people", "ties", "events", "cases", "organisations", "places", "identifiers",
           "sources", "roles")  # fmt: skip
_SURE, _NEAR, _LEAST = 1.0, 0.72, 0.6
#: A name of so few letters is like many others by chance.
_SHORT_NAME, _NEAR_IF_SHORT = 4, 0.85
#: In Chinese the word that says what a column is stands last.
_BEHIND = 0.8
_HANZI = re.compile("[\u4e00-\u9fff]{2,}")
#: So many lines below the first may be the headings; so many rows below them are looked at.
_MOST_TITLES, _MOST_ROWS = 10, 10_000
#: So many distinct cells of a column are looked at.
_SAMPLE = 200
#: Share of the cells that must fit before cells alone say what a column is.
_FITTING = 0.8
_PHONE = re.compile(r"\+?[0-9][0-9 .\-]{7,15}")
_PLAIN = re.compile(r"[\w .\-/()]+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a column of a file may be, how sure that is (0 to 1), and why."""

    heading: str
    column: str
    confidence: float
    because: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A mapping proposed for one table of a file.

    `left` are headings that nothing was found for; they are kept as further columns.
    `missing` are columns without which the table cannot be read. `heading_line` is the line
    of the headings where a title stands above them.
    """

    file: str
    table: str
    proposals: tuple[Proposal, ...]
    left: tuple[str, ...]
    missing: tuple[str, ...]
    heading_line: int | None = None


def suggest(raw: RawTable) -> Suggestion:
    """The table that the headings and cells of a file fit best, column by column.

    Titles above the headings are told by their few cells: below them stands a line that is
    filled as the rows are and names more columns.
    """
    rows = [_cells_of(raw, place) for place in range(min(len(raw.row), _MOST_TITLES))]
    found = _best(raw)
    for place, row in enumerate(rows):
        if not _is_below_titles(row, [raw.headings, *rows[:place]]):
            continue
        below = _best(_below(raw, place, row))
        if _fitness(below) > _fitness(found):
            found = replace(below, heading_line=int(raw.line[place]))
    return found


def _best(raw: RawTable) -> Suggestion:
    return max((_try(raw, table) for table in _TABLES), key=_fitness)


def _fitness(suggestion: Suggestion) -> float:
    """How well a table fits; what it needs and does not find weighs as much as it finds."""
    return sum(one.confidence for one in suggestion.proposals) - len(suggestion.missing)


def _cells_of(raw: RawTable, place: int) -> list[str]:
    """All cells of a row, those too that stand under no heading."""
    return [*(column[place] or "" for column in raw.columns), *raw.surplus.of(place)]


def _is_below_titles(row: Sequence[str], above: Iterable[Sequence[str]]) -> bool:
    """True where a row could be headings, and each line above it fills half of it at most."""
    filled = [cell for cell in row if cell.strip()]
    is_heading = len(set(filled)) == len(filled) > 1 and not any(map(_is_value, filled))
    return is_heading and all(2 * sum(map(bool, line)) <= len(filled) for line in above)


def _is_value(cell: str) -> bool:
    """A number or a date, which no heading is."""
    return cell.replace(" ", "").isdigit() or read_date(cell)[0] is not None


def _below(raw: RawTable, place: int, headings: Sequence[str]) -> RawTable:
    """The table whose headings stand in a row of another."""
    width = len(headings)
    rows = [_cells_of(raw, row) for row in range(place + 1, min(len(raw.row), _MOST_ROWS))]
    filled = [[cell or None for cell in [*row, *[""] * width][:width]] for row in rows]
    columns = [
        Cells.of(column) for column in (zip(*filled, strict=True) if filled else [()] * width)
    ]
    named = [heading.strip() for heading in headings]
    return RawTable(raw.file, raw.sha256, raw.secret, headings=named, columns=columns)


def write_suggestion(suggestions: Iterable[Suggestion]) -> str:
    """Suggestions as a mapping file, with the confidence of each line behind it."""
    lines = [
        "# Proposed by ringmap from headings and cells. Nothing is applied until you pass this",
        "# file with --mapping. Check every line; correct or delete what is wrong.",
        "# What may stand here: ringmap formats mapping",
        "files:",
    ]
    listed = list(suggestions)
    for one in listed:
        # A mapping of one table serves its refused rows, too, whatever their file is called.
        pattern = _quoted(_last_name(one.file) if len(listed) > 1 else "*")
        lines.append(f"  - file: {pattern}")
        if one.heading_line is not None:
            lines.append(f"    heading_line: {one.heading_line}")
        lines += ["    tables:", f"      - table: {one.table}", "        columns:"]
        for found in one.proposals:
            word = "sure" if found.confidence >= _SURE else f"{found.confidence:.2f}"
            lines.append(
                f"          {found.column}: {_quoted(found.heading)}  # {word}: {found.because}"
            )
        for column in one.missing:
            lines.append(f"          # {column}: needed, and no column was found for it")
        parts = _people_beside(one)
        for heading in parts:
            lines += _table_of_people(one, heading)
        left = [heading for heading in one.left if heading not in parts]
        if left:
            kept = ", ".join(map(_quoted, left))
            lines.append(f"        # kept as further columns: {kept}")
    return "\n".join(lines) + "\n"


def _people_beside(sheet: Suggestion) -> list[str]:
    """Headings of a sheet that name more people, where one of them names victims."""
    found = [heading for heading in sheet.left if part_of_heading(heading)]
    return found if sheet.table == "sheet" and any(map(is_of_victims, found)) else []


def _table_of_people(sheet: Suggestion, heading: str) -> list[str]:
    """A further table of the same rows: the people whom a column of their own names."""
    name = _quoted(heading)
    of_case = [
        f"          {one.column}: {_quoted(one.heading)}"
        for one in sheet.proposals
        if one.column in OF_CASE
    ]
    return [
        f"      # Without a mapping {name} and what stands right of it are read together.",
        "      - table: sheet",
        f"        filled: [{name}]", f'        split: {{{name}: [";"]}}', "        columns:",
        *of_case, f"          person: {name}",
        f"          role: {{fixed: {part_of_heading(heading)}}}",
    ]  # fmt: skip


def _last_name(file: str) -> str:
    """A file without its folders; the name of a sheet in it may hold anything."""
    whole, mark, part = file.partition("#")
    return f"{PurePath(whole).name}{mark}{part}"


def _try(raw: RawTable, table: str) -> Suggestion:
    found: dict[str, Proposal] = {}
    candidates = [
        proposal
        for heading, cells in zip(raw.headings, raw.columns, strict=True)
        for proposal in _proposals(heading, cells, table)
    ]
    taken: set[str] = set()
    for one in sorted(candidates, key=lambda one: -one.confidence):
        if one.column not in found and one.heading not in taken:
            found[one.column] = one
            taken.add(one.heading)
    columns = tuple(kinds_of(table))
    return Suggestion(
        raw.file, table,
        tuple(found[column] for column in columns if column in found),
        tuple(one for one in raw.headings if one and one not in taken),
        tuple(column for column in REQUIRED[table] if column not in found),
    )  # fmt: skip


def _proposals(heading: str, cells: Cells, table: str) -> Iterable[Proposal]:
    if not heading:
        return
    kinds, key = kinds_of(table), match_key(heading)
    sample = _sample(cells)
    for column, names in names_of(table).items():
        if key in names:
            yield Proposal(heading, column, _SURE, "the heading")
            continue
        if kinds[column] == "key" or column == "person_id":
            continue  # a wrong key welds strangers together: it is proposed for sure or not at all
        near, ratio = _nearest(key, names)
        if ratio >= _NEAR:
            share, what = _fit(sample, kinds[column])
            if share is None and _fit(sample, "date")[0] == 1.0:
                continue  # dates under a heading like that of a text
            if share is None or share >= _FITTING:
                yield Proposal(heading, column, round(0.9 * ratio, 2), f"like '{near}'{what}")
        elif (share := _fit(sample, kinds[column])[0]) is not None and share >= _FITTING:
            what = _fit(sample, kinds[column])[1]
            yield Proposal(heading, column, round(_LEAST * share, 2), f"by its cells{what}")
    if "phone" in kinds and _share(sample, lambda one: bool(_PHONE.fullmatch(one))) >= _FITTING:
        yield Proposal(heading, "phone", 0.55, "by its cells: they look like telephone numbers")


def _nearest(key: str, names: Iterable[str]) -> tuple[str, float]:
    """The name most like a heading, by its letters or by a word that both have."""
    best, most = "", 0.0
    words = _words(key)
    for name in names:
        ratio = _likeness(key, name)
        shared = words & _words(name)
        if len(shared) > 1 and shared == _words(name):
            ratio = max(ratio, 0.9)
        elif shared and any(len(one) > 2 for one in shared):
            ratio = max(ratio, 0.75)
        if ratio > most:
            best, most = name, ratio
    return best, most


@lru_cache(maxsize=100_000)
def _likeness(key: str, name: str) -> float:
    """How alike two texts are by their letters; 0 where it would count for nothing."""
    least = _NEAR if min(len(key), len(name)) > _SHORT_NAME else _NEAR_IF_SHORT
    if 2 * min(len(key), len(name)) < least * (len(key) + len(name)):
        return _BEHIND if _HANZI.fullmatch(name) and key.endswith(name) else 0.0
    shared = (_letters(key) & _letters(name)).total()
    if 2 * shared < least * (len(key) + len(name)):
        return 0.0
    ratio = difflib.SequenceMatcher(None, key, name).ratio()
    return ratio if ratio >= least else 0.0


@lru_cache(maxsize=10_000)
def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@lru_cache(maxsize=10_000)
def _letters(text: str) -> Counter[str]:
    return Counter(text)


def _sample(cells: Cells) -> list[str]:
    filled = [one for one in cells[: _SAMPLE * 50] if one is not None]
    return list(dict.fromkeys(filled))[:_SAMPLE]


def _fit(sample: list[str], kind: str) -> tuple[float | None, str]:
    """Share of cells that are of a kind, and what to say of it; None where any text would be."""
    name, _, words = kind.partition(":")
    if not sample:
        return None, ""
    if name == "date":
        share = _share(sample, _is_date)
        return share, f": {share:.0%} are dates"
    if name == "country":
        share = _share(sample, lambda one: find_country(one) is not None)
        return share, f": {share:.0%} are countries"
    if name in ("number", "strength", "coordinate"):
        share = _share(sample, lambda one: read_number(one)[0] is not None)
        return share if share < _FITTING else None, ""
    if name in ("code", "codes"):
        share = _share(sample, lambda one: bool(find_codes(words, one)))
        return share, f": {share:.0%} are known words"
    return None, ""


def _is_date(text: str) -> bool:
    """True for a date, and for one that is written as a date and never was, such as 31/04."""
    date, problem = read_date(text)
    return len(text) > 3 and (date is not None or problem == NO_SUCH_DATE)


def _share(sample: list[str], fits: Callable[[str], bool]) -> float:
    return sum(map(fits, sample)) / len(sample) if sample else 0.0


def _quoted(text: str) -> str:
    """A text as it may stand in a mapping: signs that cannot be seen do not count in headings."""
    shown = (sign for sign in " ".join(text.split()) if unicodedata.category(sign) != "Cf")
    text = "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in shown)
    if (
        _PLAIN.fullmatch(text)
        and not text[0].isdigit()
        and text == text.strip()
        and "- " not in text
    ):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
