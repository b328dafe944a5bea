"""Edge lists and square matrices: ties whose ends are known by their labels."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.compute as pc

from ringmap.model import load_words, match_key
from ringmap.records.cells import STRONGEST
from ringmap.records.coded import Cells, Positions, alike, join
from ringmap.records.drafting import Drafting
from ringmap.records.headings import REQUIRED, read_headings
from ringmap.records.numbers import DECIMALS, find_decimal, is_float, read_number
from ringmap.records.tables import (
    ENTITY_TABLES,
    MeantTable,
    enter_records,
    enter_tables,
    enter_ties,
    places_of,
    refuse_empty,
)
from ringmap.records.tabletext import WITH_CELLS, RawTable


def is_matrix(raw: RawTable) -> bool:
    """True when the headings after the first are the labels of the rows, in any order.

    Where nothing stands above the labels, or rows were refused once, some rows may be missing.
    Where a number stands there, a list of three columns without headings is meant.
    """
    if len(raw.headings) < 3 or not raw.columns:
        return False
    if len(raw.headings) == 3 and is_float(raw.headings[0]):
        return False
    labels = {label for label in raw.columns[0] if label is not None}
    heads = set(raw.headings[1:])
    if (not raw.headings[0] or raw.came_from is not None) and "" not in heads:
        return bool(labels) and labels <= heads
    return len(labels) > 1 and labels == heads


def name_columns(raw: RawTable) -> bool:
    """Give an edge list without headings its headings; False when it is no such list."""
    first, width = raw.headings, len(raw.headings)
    if width not in (2, 3) or raw.fatal or not all(first) or not _are_cells(raw):
        return False
    if width == 3 and not is_float(first[2]):
        return False
    if width == 2 and not (all(text.isdigit() for text in first) or begins_with_row(raw)):
        return False
    raw.headings = ["source", "target", "weight"][:width]
    raw.columns = [
        join([Cells.of([text]), below]) for text, below in zip(first, raw.columns, strict=True)
    ]
    raw.line = np.concatenate([[raw.heading_line], raw.line])
    # What was headings is the first row, so every row counts one more.
    raw.row = np.arange(1, len(raw.line) + 1)
    raw.surplus = raw.surplus.one_below()
    raw.refused = np.concatenate([[False], raw.refused])
    raw.findings = [replace(one, rows=one.rows + 1) for one in raw.findings]
    return True


def begins_with_row(raw: RawTable) -> bool:
    """True where letters such as "A" and "B", which would do as headings, are ends of a tie.

    They are where a number stands beside them, or where one stands below as well.
    """
    first = raw.headings
    if not _are_letters(raw):
        return False
    if len(first) == 3:
        return is_float(first[2])
    return any(
        pc.index(cells.arrow_texts(), text).as_py() >= 0 for cells in raw.columns for text in first
    )


def tell_letters(raw: RawTable) -> None:
    """Warn where letters are taken for headings: they may be the ends of a tie."""
    if _are_letters(raw):
        one, other = raw.headings[:2]
        raw.doubt(
            f"the first line ({one}, {other}) is taken for headings",
            "if it is a tie, put a line of headings above it: source,target",
        )


def _are_letters(raw: RawTable) -> bool:
    """True where two signs stand above the rows of a file, alone or with a third text."""
    first = raw.headings
    return len(first) in (2, 3) and all(len(text) == 1 for text in first[:2]) and _are_cells(raw)


def _are_cells(raw: RawTable) -> bool:
    """True where headings are cells like those below: no keys or columns, not the user's own."""
    return not raw.cutting.headings and raw.format in WITH_CELLS


def enter_edges(table: MeantTable, nodes: MeantTable | None, draft: Drafting) -> None:
    """Enter an edge list, and what a node file says of its ends.

    An end that no node file lists is entered as a person all the same; none of a refused row is.
    """
    for column in ("source", "target"):
        refuse_empty(table, column)
    ends = join([table.cells(end).blank(table.raw.refused) for end in ("source", "target")])
    if nodes is not None:
        enter_tables([nodes], draft)
        _enter_strangers(table, nodes, draft)
    else:
        draft.parties("person", ends, label_is_id=True)
    _warn_of_pairs(table, ends)
    enter_ties(table, draft)


def _enter_strangers(table: MeantTable, nodes: MeantTable, draft: Drafting) -> None:
    for column in ("source", "target"):
        ends = table.cells(column)
        strange = ends.filled & ~table.raw.refused
        for kind in ENTITY_TABLES.values():
            strange &= places_of(ends, kind, draft) < 0
        table.raw.warn(
            strange, column, ends, f"no such party in {nodes.raw.file}",
            "the tie is used and the party kept as a person without details",
        )  # fmt: skip
        draft.parties("person", ends.blank(~strange), label_is_id=True)


def _warn_of_pairs(table: MeantTable, ends: Cells) -> None:
    """Say what becomes of a pair that stands in the list more than once.

    `ends` are the sources of all rows, and below them the targets.
    """
    source, target = table.cells("source"), table.cells("target")
    kind = table.cells("kind")
    weight = table.cells("weight")
    pair = ends.codes.reshape(2, -1)
    both = (pair.min(axis=0), pair.max(axis=0))
    low, high = (Cells(one, None, arrow=ends.arrow_texts()) for one in both)
    same, first_of = alike(low, high, kind, table.cells("case_id"))
    usable = ~table.raw.refused & source.filled & target.filled
    doubled = np.bincount(same, minlength=len(first_of))[same] > 1
    rows = np.flatnonzero(doubled & usable)
    _, place, of_row = np.unique(same[rows], return_index=True, return_inverse=True)
    first = rows[place][of_row]
    turned = source.codes[rows] != source.codes[first]
    directions = kind.mapped(_direction_of_kind)
    told = (rows != first) & ~(turned & (directions.where("directed".__eq__)[rows]))
    rows, first, turned = rows[told], first[told], turned[told]
    unknown = ~directions.filled[rows] | directions.where("unknown".__eq__)[rows]
    said = np.column_stack([first, turned, weight.codes[rows], weight.codes[first], unknown])
    order = np.lexsort(said.T)
    new = (np.diff(said[order], axis=0, prepend=-2) != 0).any(axis=1)
    for alike_rows in np.split(order, np.flatnonzero(new)[1:]) if len(order) else []:
        one = alike_rows[0]
        _warn_of_pair(
            table.raw, np.sort(rows[alike_rows]), int(first[one]), weight,
            turned=bool(turned[one]), is_unknown=bool(unknown[one]),
        )  # fmt: skip


def _direction_of_kind(code: str) -> str | None:
    word = load_words("tie").get(code)
    return None if word is None else str(word.says["direction"])


def _warn_of_pair(raw: RawTable, rows: Positions, first: int, weight: Cells, *, turned: bool,
                  is_unknown: bool) -> None:  # fmt: skip
    """Say of rows that say the same of a pair that it stands in an earlier row."""
    where = f"row {int(raw.row[first])}"
    way = "the other way round" if turned else "again"
    here, there = weight[int(rows[0])], weight[first]
    strengths = (
        f" with strength {here or 'not recorded'}, there {there or 'not recorded'}"
        if here != there else ""
    )  # fmt: skip
    kept = (
        "kept as two records of one tie when ties are read without direction, the larger "
        "strength counting; as two ties with --directed"
        if turned and is_unknown
        else "kept as two records of one tie, the larger strength counting"
    )
    raw.warn(rows, "target", None, f"the pair of {where} {way}{strengths}", kept)


def enter_matrix(raw: RawTable, draft: Drafting) -> None:
    """Enter a square matrix; a row of it is the record of its ties.

    A matrix that is the same on both sides of its diagonal has one tie without direction
    for both cells; any other is read from the row's label to the column's.
    """
    labels = raw.columns[0]
    table = MeantTable(raw, "ties", {"source": labels}, {"source": labels}, {}, raw.row * 0)
    if len(set(raw.headings[1:])) < len(raw.headings) - 1:
        twice = next(one for one in raw.headings[1:] if raw.headings.count(one) > 1)
        raw.fail(
            f"two columns have the label {twice}", "give each party one column and one row",
            column=twice, line=raw.heading_line,
        )  # fmt: skip
        return
    refuse_empty(table, "source")
    _refuse_doubles(raw, labels)
    values = _values(raw)
    order = {label: place for place, label in enumerate(raw.headings[1:])}
    places = np.array([order.get(label or "", -1) for label in labels])
    square = np.zeros((len(order), len(order)))
    usable = ~raw.refused
    square[places[usable]] = values[usable]
    told = np.zeros(len(order), dtype=bool)
    told[places[usable]] = True
    symmetric = _is_symmetric(raw, square[told][:, told])
    if set(raw.headings[1:]) > {label for label in labels if label is not None}:
        raw.doubt(
            "rows of the matrix are missing; without them "
            f"its ties are read as {'ones without' if symmetric else 'having a'} direction",
            "see whether that is so",
        )
    enter_records(table, draft)
    parties = draft.parties("person", Cells.of(raw.headings[1:]), label_is_id=True)
    record = np.full(len(order), -1)
    record[places[usable]] = table.records[usable]
    if symmetric:
        # A refused row is still told by its column.
        square = np.where(told[:, None] & told, np.triu(square), square)
    _add_matrix_ties(square, parties, record, symmetric, draft)


def _is_symmetric(raw: RawTable, square: npt.NDArray[np.float64]) -> bool:
    """True where ties have no direction; corrected rows say what their file has shown."""
    if raw.direction in ("directed", "undirected"):
        return raw.direction == "undirected"
    symmetric = bool(np.array_equal(square, square.T))
    if len(square) > 1:
        raw.direction = "undirected" if symmetric else "directed"
    return symmetric


def _add_matrix_ties(square: npt.NDArray[np.float64], parties: Positions, record: Positions,
                     symmetric: bool, draft: Drafting) -> None:  # fmt: skip
    source, target = np.nonzero(square)
    count = len(source)
    draft.add(
        "tie_records",
        {
            "source": parties[source], "target": parties[target], "kind": Cells.same("tie", count),
            "case": np.full(count, -1),
            "direction": Cells.same("undirected" if symmetric else "directed", count),
            "record": record[source], "weight": square[source, target],
        },
    )  # fmt: skip


def _refuse_doubles(raw: RawTable, labels: Cells) -> None:
    doubled = labels.filled & ~labels.first
    raw.refuse(
        doubled, raw.headings[0] or "first column", labels, "this label has an earlier row",
        "give each party one row",
    )  # fmt: skip


def _values(raw: RawTable) -> npt.NDArray[np.float64]:
    """Strengths, read like those of a list; the sign before fractions is one for all columns."""
    cells = join(raw.columns[1:])
    texts = cells.texts.tolist()
    told = (raw.cutting.decimal, raw.read_as.get(raw.headings[1]))  # one sign for all columns
    known = next((one for one in told if one in DECIMALS), None)
    if known == "," or any("," in text for text in texts):
        decimal = known or find_decimal(texts)
        if decimal is not None and raw.cutting.decimal is None:
            raw.read_as[raw.headings[1]] = decimal
        texts = [read_number(text, decimal)[0] for text in texts]
    of_text = pd.to_numeric(pd.Series(texts, dtype=object), errors="coerce").to_numpy(float)
    values = cells.numbers(of_text, np.nan).reshape(-1, len(raw.row))
    wrong = cells.filled.reshape(values.shape) & ~((values >= 0) & (values <= STRONGEST))
    for place, heading in enumerate(raw.headings[1:]):
        raw.refuse(
            wrong[place], heading, raw.columns[place + 1], "not a strength",
            "write how strong the tie is, 0 or more, in every cell",
        )  # fmt: skip
    return np.where(values <= STRONGEST, values, 0.0).T


#: Headings that mean an end of a tie whatever stands beside them.
_ENDS = frozenset({"source", "target", "source id", "target id"})
#: Keys that no edge list begins with.
_KEYS = frozenset(
    {"person_id", "organisation_id", "place_id", "identifier_id", "event_id", "leg_id"}
)


def looks_like_edges(raw: RawTable) -> bool:
    """True when headings name both ends of a tie.

    Headings such as a and b, or from and to, name none beside those of a case sheet, behind
    the key of another table, or in a table of cases.
    """
    meaning = read_headings(raw.headings, "ties")
    if meaning.missing:
        return False
    if {match_key(raw.headings[meaning.columns[end]]) for end in REQUIRED["ties"]} <= _ENDS:
        return True
    if looks_like_sheet(raw) or raw.headings[0].strip().lower() in _KEYS:
        return False
    cases = read_headings(raw.headings, "cases")
    beside_ends = len(meaning.columns) - len(REQUIRED["ties"])
    return bool(cases.missing) or len(cases.columns) <= beside_ends


def looks_like_sheet(raw: RawTable) -> bool:
    """True when headings name a case and a person."""
    return not read_headings(raw.headings, "sheet").missing


def tell_ends(raw: RawTable, table: str) -> None:
    """Warn of columns that would be ends of ties in an edge list, and are none in this table."""
    ends = read_headings(raw.headings, "ties")
    places = {ends.columns[end] for end in REQUIRED["ties"] if not ends.missing}
    if places and places.isdisjoint(read_headings(raw.headings, table).columns.values()):
        one, other = (raw.headings[place] for place in sorted(places))
        raw.doubt(
            f"the columns '{one}' and '{other}' are not read as ends of ties",
            "name them source and target if they are",
        )


def tell_sheet(raw: RawTable) -> None:
    """Warn of an edge list that has the columns of a case sheet, too."""
    if looks_like_sheet(raw):
        raw.doubt(
            "read as an edge list, though it names a case and a person as a case sheet does",
            "name source and target otherwise if they are no ends of ties",
        )


def looks_like_nodes(raw: RawTable) -> bool:
    """True when the first heading is an id and none names an end of a tie."""
    return bool(raw.headings) and match_key(raw.headings[0]) in ("id", "person id", "node", "label")
