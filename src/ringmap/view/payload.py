"""The data block of the ring map's page: all it shows, as columns of plain values."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from ringmap.disclosure import Cleared
from ringmap.errors import OutputError
from ringmap.graph import RingGraph
from ringmap.view.basemap import Basemap
from ringmap.view.evidence import RecordBook, plain
from ringmap.view.layout import lay_out
from ringmap.view.routes import tell_routes
from ringmap.view.wordbook import LANGUAGES, Label, WordBook, label_of

Facts = list[tuple[str, str, list[int]]]

#: What a person is called by when records of one case, or of several, do not agree.
_HEAVIEST = (
    "convicted", "charged", "detained", "wanted", "suspected", "acquitted", "identified_victim",
    "possible_victim", "mentioned", "not_a_victim",
)  # fmt: skip
_ENDED_BY_ACQUITTAL = frozenset({"charged", "detained", "wanted", "suspected", "mentioned"})
_OF_PERSON = ("standing", "victim_status")
_RANKED = ("offender", None)
_NOT_RANKED = ("victim", "both")
_KIND_LISTS = ("place", "identifier", "organisation")
_PLACES_TOLD = ("home_place",)
_BASIS = ("country_from", "position_from")


def tell_network(
    cleared: Cleared, *, title: str, language: str, basemap: Basemap | None = None
) -> dict[str, Any]:
    """Everything the page shows of a network, ready to be written as JSON.

    Draws the graph called ``whole``, or ``people`` when there is no other. Of the findings
    it uses ``brokers``, ``rings``, ``ring_names`` and ``caveats``; each may be absent.

    Raises
    ------
    OutputError
        If there is no graph to draw.
    """
    graph = drawn_graph(cleared)
    words = WordBook()
    names = [str(name) for name in graph.parties["party"]]
    index = {name: at for at, name in enumerate(names)}
    records = RecordBook(cleared)
    rings = _rings(cleared.findings.get("rings"), index, _ring_names(cleared))
    parties = _parties(cleared, graph, index, records, words)
    ties = _ties(cleared, graph, records, words)
    routes = tell_routes(cleared, graph, index, records, words, basemap=basemap)
    block = {
        "format": "ringmap-page",
        "version": 1,
        "title": title,
        "language": language,
        "victims_shown": cleared.policy.show_victims,
        "notices": [_both(one) for one in cleared.findings.get("caveats") or ()],
        "parties": parties | _standing_in_network(cleared, graph, rings),
        "ties": ties,
        "records": records.records(),
        "sources": records.sources(),
        "rings": rings,
        **routes,
    }
    words.use_all("handling", block["sources"]["handling"])
    for column in ("reliability", "credibility"):
        words.use_all(column, (*block["records"][column], *block["sources"][column]))
    return block | {"words": words.labels()}


def drawn_graph(cleared: Cleared) -> RingGraph:
    """The graph to draw: of all parties if there is one, else of people."""
    for name in ("whole", "people"):
        if name in cleared.graphs:
            return cleared.graphs[name]
    raise OutputError("there is no graph to draw", hint="clear one called 'whole' or 'people'")


def _both(said: Any) -> Label:
    """A sentence in both languages, from a pair, a mapping or one sentence for both."""
    if isinstance(said, Mapping):
        said = [said.get(language) for language in LANGUAGES]
    parts = [said] if isinstance(said, str) else [one for one in said if one]
    return {"en": str(parts[0]), "vi": str(parts[-1])}


# Parties


def _parties(
    cleared: Cleared, graph: RingGraph, index: Mapping[str, int], records: RecordBook,
    words: WordBook,
) -> dict[str, list[Any]]:  # fmt: skip
    table = graph.parties
    columns = {
        name: _column(table, name)
        for name in ("type", "kind", "side", "country", "province", "roles")
    }
    names = _column(table, "name")
    roles = [str(one).split(";") if one else [] for one in columns["roles"]]
    for type_name, kind in zip(columns["type"], columns["kind"], strict=True):
        words.use(str(type_name), kind)
    words.use_all("party", columns["type"])
    words.use_all("role", (role for some in roles for role in some))
    words.use_all("country", columns["country"])
    facts, mentions = _told(cleared, index, words)
    standing = _standing(cleared, index)
    words.use_all("standing", standing)
    return {
        "id": list(index),
        "label": [name or party for name, party in zip(names, index, strict=True)],
        "type": columns["type"],
        "kind": columns["kind"],
        "side": columns["side"],
        "roles": roles,
        "standing": standing,
        "country": columns["country"],
        "province": columns["province"],
        "facts": [
            [[column, value, [records.use(one) for one in behind]] for column, value, behind in one]
            for one in facts
        ],
        "records": [[records.use(one) for one in sorted(some)] for some in mentions],
    }


def _column(table: pd.DataFrame, name: str) -> list[Any]:
    if name not in table.columns:
        return [None] * len(table)
    return [plain(value) for value in table[name].tolist()]


def _told(
    cleared: Cleared, index: Mapping[str, int], words: WordBook
) -> tuple[list[Facts], list[set[int]]]:
    """What records state of each party, and the records that mention it."""
    case = cleared.case
    at = [index.get(str(name), -1) for name in case.parties["party"]]
    ids = case.parties["id"].tolist()
    grouped: list[dict[tuple[str, str], set[int]]] = [defaultdict(set) for _ in index]
    mentions: list[set[int]] = [set() for _ in index]
    for party, column, value, record in _statements(cleared):
        if at[party] >= 0:
            mentions[at[party]].add(record)
            if not _says_nothing(column, value, ids[party]):
                grouped[at[party]][column, value].add(record)
    of_events = case.events["record"].tolist()
    for column in ("person", "moved_by", "from_place", "to_place", "crossing"):
        for party, record in zip(case.events[column].tolist(), of_events, strict=True):
            if party >= 0 and at[party] >= 0:
                mentions[at[party]].add(record)
    label_facts(words, {key for told in grouped for key in told})
    facts = [[(*key, sorted(behind)) for key, behind in told.items()] for told in grouped]
    return facts, mentions


def _statements(cleared: Cleared) -> Iterable[tuple[int, str, str, int]]:
    """Statements, then standing per case: being a victim in one and charged in another is
    no contradiction."""
    case = cleared.case
    places = case.parties[case.parties["type"] == "place"]
    called = dict(zip(places["id"], places["name"], strict=True))
    table = case.statements
    told = (table[name].tolist() for name in ("party", "column", "value", "record"))
    for party, column, value, record in zip(*told, strict=True):
        shown = called.get(value, value) if column in _PLACES_TOLD else value
        yield party, column, str(shown), record
    labels = case.parties["name"].tolist()
    for column in _OF_PERSON:
        rows = (case.roles[name].tolist() for name in ("person", "case", column, "record"))
        for person, of, value, record in zip(*rows, strict=True):
            if isinstance(value, str) and person >= 0:
                yield person, f"{column}@{labels[of]}" if of >= 0 else column, value, record


def _says_nothing(column: str, value: str, party_id: str) -> bool:
    """Keys of tables, and that a value is from the record, as values are."""
    own_key = column.endswith("_id") and value == party_id
    return own_key or (column in _BASIS and value == "record")


def label_facts(words: WordBook, facts: set[tuple[str, str]]) -> None:
    """Labels of columns and of coded values; ``standing@C11`` is the standing in case C11."""
    for column, value in sorted(facts):
        name, _, of_case = column.partition("@")
        if of_case and name in _OF_PERSON:
            label = label_of("column", name)
            told = {language: f"{label[language]} · {of_case}" for language in LANGUAGES}
            words.call("column", column, told)
            words.use(name, value, as_list=column)
            continue
        words.use("column", column)
        for list_name in _KIND_LISTS if column == "kind" else (column,):
            words.use(list_name, value, as_list="country" if column == "nationality" else column)


def _standing(cleared: Cleared, index: Mapping[str, int]) -> list[str | None]:
    """One standing for each person: the heaviest, an acquittal ending that of its own case."""
    roles = cleared.case.roles
    names = cleared.case.parties["party"].tolist()
    by_case: dict[tuple[int, int], set[str]] = defaultdict(set)
    columns = (roles[name].tolist() for name in ("person", "case", "standing"))
    for person, of, value in zip(*columns, strict=True):
        if isinstance(value, str):
            by_case[person, of].add(value)
    left: dict[str, set[str]] = defaultdict(set)
    for (person, _), told in by_case.items():
        ended = _ENDED_BY_ACQUITTAL if "acquitted" in told else frozenset()
        left[names[person]] |= told - ended
    order = {standing: at for at, standing in enumerate(_HEAVIEST)}
    return [
        min(left[name], key=lambda one: (order.get(one, len(order)), one)) if name in left else None
        for name in index
    ]


# Ties


def _ties(
    cleared: Cleared, graph: RingGraph, records: RecordBook, words: WordBook
) -> dict[str, list[Any]]:
    table = graph.ties
    kinds = [str(kind) for kind in table["kind"]]
    words.use_all("tie", kinds)
    behind = [
        list(dict.fromkeys(graph.evidence.of(tie))) if graph.evidence else []
        for tie in range(len(table))
    ]
    return {
        "source": graph.source.tolist(),
        "target": graph.target.tolist(),
        "kind": kinds,
        "directed": [int(one) for one in table["directed"]],
        "weight": [_tidy(plain(weight)) for weight in table["weight"]],
        **{name: _column(table, name) for name in ("first", "last", "case")},
        "grade": [records.best_grade(some) for some in behind],
        "records": [[records.use(one) for one in some] for some in behind],
        "notes": _notes(cleared, graph, behind),
    }


def _tidy(number: float | None) -> float | int | None:
    """At most four digits that matter; whole numbers without a point."""
    if number is None:
        return None
    rounded = float(f"{number:.4g}") if abs(number) < 1000 else round(number)
    return int(rounded) if rounded == int(rounded) else rounded


def _notes(
    cleared: Cleared, graph: RingGraph, behind: Sequence[Sequence[int]]
) -> list[list[str | None]]:
    """What each record says of its tie beyond the tie itself."""
    said = _said_of_ties(cleared)
    sources, targets = graph.ties["source"].tolist(), graph.ties["target"].tolist()
    kinds, cases = graph.ties["kind"].tolist(), _column(graph.ties, "case")
    notes = []
    for source, target, kind, of, some in zip(sources, targets, kinds, cases, behind, strict=True):
        ends = (min(source, target), max(source, target))
        straight, turned = (source, target, kind, of), (*reversed(ends), kind, of)
        notes.append(
            [
                said.get((*straight, one)) or said.get((*ends, kind, of, one))
                or said.get((*turned, one))
                for one in some
            ]
        )  # fmt: skip
    return notes


def _said_of_ties(cleared: Cleared) -> dict[tuple[Any, ...], str]:
    case = cleared.case
    names = np.array([*case.parties["party"], None], dtype=object)
    ties, told = case.ties, case.tie_records
    of = told["tie"].to_numpy()
    ends = [names[ties[name].to_numpy()[of]] for name in ("source", "target", "case")]
    kinds = ties["kind"].to_numpy(dtype=object)[of]
    several = np.bincount(of, minlength=len(ties))[of] > 1
    said: dict[tuple[Any, ...], str] = {}
    columns = ("record", "first", "last", "weight", "amount", "currency", "note")
    for row, values in enumerate(zip(*(told[name].tolist() for name in columns), strict=True)):
        record, *rest = values
        text = _note([plain(value) for value in rest], several=bool(several[row]))
        if text:
            source, target, in_case = (end[row] for end in ends)
            said.setdefault((source, target, kinds[row], in_case, int(record)), text)
    return said


def _note(values: Sequence[Any], *, several: bool) -> str | None:
    """Sum and note; with several records of a tie also what this one says of date and strength."""
    first, last, weight, amount, currency, note = values
    parts: list[str] = []
    if several:
        when = " – ".join(dict.fromkeys(str(date) for date in (first, last) if date))
        parts += [when, f"× {_tidy(weight)}" if weight is not None else ""]
    if amount is not None:
        parts.append(" ".join(str(part) for part in (amount, currency) if part))
    parts.append(str(note) if note else "")
    return " · ".join(part for part in parts if part) or None


# Rings and ranks


def _ring_names(cleared: Cleared) -> dict[str, Label]:
    """What rings are called by place and purpose, by their numbers."""
    told = cleared.findings.get("ring_names")
    if not isinstance(told, pd.DataFrame):
        return {}
    rows = zip(told["ring"], told["name"], told["name_vi"], strict=True)
    return {str(ring): _both((en, vi)) for ring, en, vi in rows}


def _rings(
    rings: Any, index: Mapping[str, int], called: Mapping[str, Label]
) -> list[dict[str, Any]]:
    """Rings with members on the page, in the order of their numbers."""
    if not isinstance(rings, pd.DataFrame) or rings.empty:
        return []
    told = rings[rings["ring"].notna() & rings["party"].isin(index)]
    told.attrs = {}  # pandas would copy them for every ring
    found = []
    groups = [(str(ring), group) for ring, group in told.groupby(told["ring"].astype(str))]
    for ring, group in sorted(groups, key=lambda one: _natural(one[0])):
        members = sorted({index[name] for name in group["party"]})
        stability = plain(group["stability"].mean()) if "stability" in group.columns else None
        name = f"Ring {ring}" if ring[0].isdigit() else ring
        found.append(
            {"name": name, "called": called.get(ring), "members": members,
             "stability": _tidy(stability)}
        )  # fmt: skip
    return found


def _natural(name: str) -> tuple[int, str]:
    """``R2`` before ``R10``."""
    digits = "".join(sign for sign in name if sign in "0123456789")
    return int(digits or 0), name


def _standing_in_network(
    cleared: Cleared, graph: RingGraph, rings: Sequence[Mapping[str, Any]]
) -> dict[str, list[Any]]:
    """Where each party stands on the page, in which rings, and its rank with the reason."""
    of_party: list[list[int]] = [[] for _ in range(len(graph.parties))]
    for number, ring in enumerate(rings):
        for member in ring["members"]:
            of_party[member].append(number)
    found = cleared.findings.get("rings")
    points = lay_out(graph, found if isinstance(found, pd.DataFrame) else None)
    return {
        "x": points[:, 0].tolist(),
        "y": points[:, 1].tolist(),
        "rings": of_party,
        **_ranks(cleared.findings.get("brokers"), graph),
    }


def _ranks(brokers: Any, graph: RingGraph) -> dict[str, list[Any]]:
    """Place in the ranking and reason, as found; victims have none unless the ranking has them."""
    blank: list[Any] = [None] * len(graph.parties)
    if not isinstance(brokers, pd.DataFrame) or brokers.empty:
        return {"rank": blank, "because": list(blank)}
    names, sides = graph.parties["party"].tolist(), _column(graph.parties, "side")
    rank = _rank(brokers, dict(zip(names, sides, strict=True)))
    reasons = dict(zip(brokers["party"], _reasons(brokers), strict=True))
    return {
        "rank": [rank.get(name) for name in names],
        "because": [
            reasons.get(name) if name in rank or side not in _NOT_RANKED else None
            for name, side in zip(names, sides, strict=True)
        ],
    }


def _rank(brokers: pd.DataFrame, sides: Mapping[str, str | None]) -> dict[str, int]:
    if "rank" in brokers.columns:
        told = brokers[["party", "rank"]].dropna()
        return {name: int(at) for name, at in zip(told["party"], told["rank"], strict=True)}
    if "betweenness" not in brokers.columns:
        return {}
    eligible = brokers[[sides.get(name, "other") in _RANKED for name in brokers["party"]]]
    told_rank = eligible["betweenness"].rank(method="min", ascending=False)
    return {name: int(at) for name, at in zip(eligible["party"], told_rank, strict=True)}


def _reasons(brokers: pd.DataFrame) -> list[Label | None]:
    if "because" not in brokers.columns:
        return [None] * len(brokers)
    english = [plain(one) if isinstance(one, str) else one for one in brokers["because"]]
    other = brokers["because_vi"].tolist() if "because_vi" in brokers.columns else english
    return [
        _both((en, vi)) if isinstance(en, str) and en else (_both(en) if en else None)
        for en, vi in zip(english, other, strict=True)
    ]
