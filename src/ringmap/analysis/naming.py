"""Rings called by where they work and for what: never by a person, a home or a case."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.analysis.evidence import records_by
from ringmap.analysis.groups import NOT_KNOWN
from ringmap.analysis.naming_words import (
    GATE,
    UNOFFICIAL,
    Crossing,
    NameFacts,
    tell_name,
    tell_reason,
    tell_years,
)
from ringmap.analysis.pairs import Integers
from ringmap.graph import RingGraph
from ringmap.model import earliest, find_places, find_province, latest, match_key

DESCRIPTION_COLUMNS = (
    "ring", "name", "name_vi", "members", "accused", "victims", "cases", "countries", "provinces",
    "gates", "purposes", "first", "last", "because", "because_vi", "records",
)  # fmt: skip
#: Kinds of place that a name may be made of, beside gates.
TOWNS = frozenset({"city", "town", "district"})
#: Members that a case needs before it is a case of their ring.
LEAST_IN_CASE = 2
#: Names of people are looked for in the name of a place by runs of so many words.
_LONGEST_NAME = 6
_OF_LEGS = ("stage", "date", "end_date", "from_place", "to_place", "crossing", "from_country",
            "to_country", "crosses", "records")  # fmt: skip
_HOMES = frozenset({"lived_at", "registered_at"})


def describe_rings(
    graph: RingGraph, rings: pd.DataFrame, *, unnamed: Collection[str] = ()
) -> pd.DataFrame:
    """A row per ring: its name by place and purpose, and what it is made of.

    ``name`` and ``name_vi`` say the way over a border that most of the ring's legs took, the
    gate or else the town, and the purpose of most of its cases: "VN → CN by Bản Vược gate,
    forced marriage". What is not recorded is left out. A way home does not
    count (stage ``return``). Of places only border gates, cities, towns, districts and
    provinces are named, never one where a victim lived, never one whose name holds
    the name of a person here, never one of `unnamed`: for those the kind or the province is
    said. Two rings of one name are told apart by their years, then by their numbers.

    A leg is the ring's when anybody who travelled it or led it has no higher ``share`` in
    another ring. A case is the ring's when two members at least are tied to it, or a tie
    between two members names it. ``accused`` are members who are offenders by any record,
    ``victims`` those who are victims; who is both counts as both. ``cases`` and ``gates`` are
    ids, gates used most first; ``countries`` and ``provinces`` are those of its legs, or of
    its members and cases when it has none; ``purposes`` of its cases, most cases first.
    ``first`` and ``last`` are of its legs and the ties between members. Equals stand in the
    order of the alphabet.

    The name is a label to speak of the ring by, and no finding: a gate where police stand is
    named more often than a trail. Names change with the records.

    Parameters
    ----------
    graph
        The whole typed graph of the case file, with places, cases and legs; of a graph of
        people alone only countries can be said.
    rings
        What `find_rings` gave for people of this case file.
    unnamed
        Parties no name may be made of, such as victims' homes.
    """
    files = _files(graph, rings, unnamed)
    dates = [graph.ties[column].to_numpy(dtype=object) for column in ("first", "last")]
    facts = [_facts(files, ring, dates) for ring in files.names]
    names = {language: _told_apart(files.names, facts, language) for language in ("en", "vi")}
    behind = _records(files)
    accused, victims = (np.isin(_sides(graph).astype(str), [one, "both"])
                        for one in ("offender", "victim"))  # fmt: skip
    rows = []
    for at, (ring, fact) in enumerate(zip(files.names, facts, strict=True)):
        members = files.members[ring]
        rows.append(
            {
                "ring": ring, "name": names["en"][at], "name_vi": names["vi"][at],
                "members": len(members),
                "accused": int(accused[members].sum()),
                "victims": int(victims[members].sum()),
                "cases": fact.cases, "countries": fact.countries, "provinces": fact.provinces,
                "gates": fact.gates, "purposes": fact.purposes, "first": fact.first,
                "last": fact.last, "because": tell_reason(fact, "en"),
                "because_vi": tell_reason(fact, "vi"), "records": behind[at],
            }
        )  # fmt: skip
    table = pd.DataFrame(rows, columns=list(DESCRIPTION_COLUMNS))
    return table.astype({"first": "str", "last": "str", "name": "str", "name_vi": "str"})


@dataclass(frozen=True, eq=False, slots=True)
class _Files:
    """What is known of each ring: members by position, its legs, ties inside and cases."""

    graph: RingGraph
    names: tuple[str, ...]
    members: Mapping[str, Integers]
    legs: Mapping[str, Sequence[Mapping[str, Any]]]
    inside: Mapping[str, Integers]
    to_case: Mapping[str, Integers]
    cases: Mapping[str, Counter[str]]
    about: Mapping[str, Mapping[str, object]]
    banned: frozenset[str]


def _files(graph: RingGraph, rings: pd.DataFrame, unnamed: Collection[str]) -> _Files:
    order = pd.Index(graph.parties["party"])
    names = tuple(rings["ring"].drop_duplicates())
    position = order.get_indexer(pd.Index(rings["party"])).astype(np.int64)
    of = pd.Index(names).get_indexer(pd.Index(rings["ring"]))
    known = position >= 0
    member = np.unique(np.column_stack([of, position])[known], axis=0)
    cuts = np.searchsorted(member[:, 0], np.arange(len(names) + 1))
    members = {ring: member[cuts[at] : cuts[at + 1], 1] for at, ring in enumerate(names)}
    inside, to_case = _ties_of(graph, names, members)
    columns = [name for name in ("type", "name", "kind", "country", "province", "purpose")
               if name in graph.parties.columns]  # fmt: skip
    told = [_listed(graph.parties[name]) for name in columns]
    rows = zip(*told, strict=True) if told else (() for _ in order)
    about = {party: dict(zip(columns, row, strict=True))
             for party, row in zip(graph.ids.tolist(), rows, strict=True)}  # fmt: skip
    return _Files(
        graph, names, members, _legs_of(graph, rings), inside, to_case,
        _cases_of(graph, inside, to_case),
        about, _banned(graph, unnamed, about),
    )  # fmt: skip


def _listed(column: pd.Series) -> list[object]:
    """The cells of a column, None where it has none."""
    listed: list[object] = column.astype(object).where(column.notna(), None).tolist()
    return listed


def _ties_of(
    graph: RingGraph, names: Sequence[str], members: Mapping[str, Integers]
) -> tuple[dict[str, Integers], dict[str, Integers]]:
    """Ties among members of each ring, and ties of members to a case."""
    is_case = _of_type(graph, "case")
    member = pd.DataFrame(
        {
            "party": np.concatenate([np.zeros(0, dtype=np.int64), *members.values()]),
            "ring": np.repeat(np.arange(len(names)), [len(members[ring]) for ring in names]),
        }
    )
    ends = [
        pd.DataFrame({"party": one.astype(np.int64), "tie": np.arange(len(graph.ties)),
                      "to_case": is_case[other]}).merge(member, on="party")
        for one, other in ((graph.source, graph.target), (graph.target, graph.source))
    ]  # fmt: skip
    both = ends[0].merge(ends[1], on=["tie", "ring"])
    either = pd.concat(ends, ignore_index=True)
    either = either[either["to_case"].to_numpy(dtype=bool)]
    return _by_ring(both, names), _by_ring(either, names)


def _by_ring(ties: pd.DataFrame, names: Sequence[str]) -> dict[str, Integers]:
    found = ties[["ring", "tie"]].drop_duplicates().sort_values(["ring", "tie"])
    cuts = np.searchsorted(found["ring"].to_numpy(), np.arange(len(names) + 1))
    tie = found["tie"].to_numpy(dtype=np.int64)
    return {ring: tie[cuts[at] : cuts[at + 1]] for at, ring in enumerate(names)}


def _of_type(graph: RingGraph, wanted: str) -> npt.NDArray[np.bool_]:
    if "type" not in graph.parties.columns:
        return np.zeros(len(graph.parties), dtype=bool)
    return (graph.parties["type"] == wanted).to_numpy(dtype=bool)


def _sides(graph: RingGraph) -> npt.NDArray[np.object_]:
    if "side" not in graph.parties.columns:
        return np.full(len(graph.parties), None, dtype=object)
    return graph.parties["side"].to_numpy(dtype=object)


def _cases_of(
    graph: RingGraph, inside: Mapping[str, Integers], to_case: Mapping[str, Integers]
) -> dict[str, Counter[str]]:
    """Cases of each ring, with how many members are tied to each."""
    is_case = _of_type(graph, "case")
    names = graph.parties["party"].to_numpy(dtype=object)
    turned = is_case[graph.source]
    person = np.where(turned, graph.target, graph.source)
    case = np.where(turned, graph.source, graph.target)
    named = graph.ties["case"].astype(object).where(graph.ties["case"].notna(), None).to_numpy()
    cases = {}
    for ring, ties in to_case.items():
        pairs = {*zip(person[ties].tolist(), case[ties].tolist(), strict=True)}
        tied = Counter(one for _, one in pairs)
        found = Counter({str(names[one]): number for one, number in tied.items()
                         if number >= LEAST_IN_CASE})  # fmt: skip
        for one in {*named[inside[ring]].tolist()} - {None}:
            found.setdefault(str(one), 0)
        cases[ring] = found
    return cases


def _legs_of(graph: RingGraph, rings: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """Legs of each ring; those of people with equal shares in two rings are legs of both."""
    found: dict[str, list[dict[str, Any]]] = {ring: [] for ring in rings["ring"]}
    if "people" not in graph.legs.columns:
        return found
    share = rings["share"].round(9)
    main = rings[share == share.groupby(rings["party"].astype("str")).transform("max")]
    of_party: dict[str, list[str]] = {}
    for party, ring in zip(main["party"], main["ring"], strict=True):
        of_party.setdefault(str(party), []).append(ring)
    cells = {str(name): [_plain(one) for one in graph.legs[name].astype(object).tolist()]
             for name in _OF_LEGS}  # fmt: skip
    both = zip(graph.legs["people"].tolist(), graph.legs["moved_by"].tolist(), strict=True)
    for at, (moved, movers) in enumerate(both):
        rings_of = {ring for one in (*moved, *movers) for ring in of_party.get(one, ())}
        if rings_of:
            leg = {name: values[at] for name, values in cells.items()}
            for ring in sorted(rings_of):
                found[ring].append(leg)
    return found


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and value != value else value


def _banned(graph: RingGraph, unnamed: Collection[str],
            about: Mapping[str, Mapping[str, object]]) -> frozenset[str]:  # fmt: skip
    """Places that no name may be made of."""
    names = graph.parties["party"].to_numpy(dtype=object)
    victim = np.isin(_sides(graph).astype(str), ["victim", "both"])
    lived = graph.ties["kind"].isin(_HOMES).to_numpy() & victim[graph.source]
    homes = names[graph.target[lived]].tolist()
    person = _of_type(graph, "person")
    called = {match_key(str(about[party].get("name") or party)) for party in names[person].tolist()}
    # One word may be a given name and a town as well; a whole name may not.
    called = {key for key in called if " " in key}
    places = names[_of_type(graph, "place")].tolist()
    holding = {place for place in places if _holds(str(about[place].get("name") or ""), called)}
    return frozenset({*map(str, unnamed), *homes, *holding})


def _holds(name: str, called: set[str]) -> bool:
    words = match_key(name).split()
    runs = (
        " ".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 2, min(start + _LONGEST_NAME, len(words)) + 1)
    )
    return any(run in called for run in runs)


def _facts(files: _Files, ring: str, of_ties: Sequence[npt.NDArray[np.object_]]) -> NameFacts:
    """What the name and the reason of a ring are made of; `of_ties`: when each tie was."""
    legs = files.legs[ring]
    out = [leg for leg in legs if leg["stage"] != "return"]
    across = [leg for leg in out if _crosses(leg)]
    ways = Counter((str(leg["from_country"]), str(leg["to_country"])) for leg in across)
    way = _ordered(ways)[0] if ways else None
    on_way = [leg for leg in across if (leg["from_country"], leg["to_country"]) == way]
    by = Counter(_crossing(files, leg) for leg in on_way if leg["crossing"] is not None)
    # A gate before a trail that is used as often.
    crossing = min(by, key=lambda one: (-by[one], one.kind != GATE, one)) if by else None
    cases = files.cases[ring]
    purposes = Counter(code for case in sorted(cases) for code in _purposes(files, case))
    inside = files.inside[ring]
    dates = [date for column in of_ties for date in column[inside].tolist()]
    dates += [leg[column] for leg in legs for column in ("date", "end_date")]
    gates = Counter(_crossing(files, leg) for leg in out if leg["crossing"] is not None)
    return NameFacts(
        way=way, on_way=ways[way] if way else 0, across=len(across), legs=len(out),
        crossing=crossing, by_crossing=by[crossing] if crossing else 0,
        crossings=sum(by.values()), town=_town(files, on_way),
        countries=_countries(files, ring, out), provinces=_provinces(files, ring, out),
        gates=tuple(one.party for one in _ordered(gates) if one.kind == GATE),
        purposes=tuple(_ordered(purposes)), of_cases=tuple(sorted(purposes.values(), reverse=True)),
        cases=tuple(sorted(cases)), first=earliest(dates), last=latest(dates),
    )  # fmt: skip


def _ordered(counts: Mapping[Any, int]) -> list[Any]:
    """The most frequent first, equals by the alphabet."""
    return sorted(counts, key=lambda one: (-counts[one], one))


def _crosses(leg: Mapping[str, Any]) -> bool:
    return leg["crosses"] is True or leg["crosses"] is np.True_


def _told(files: _Files, party: object, column: str) -> str | None:
    """What is known of a party; None where it is not."""
    value = files.about.get(str(party), {}).get(column)
    return value if isinstance(value, str) and value and value != NOT_KNOWN else None


def _purposes(files: _Files, case: str) -> list[str]:
    return [
        one for one in (_told(files, case, "purpose") or "").split(";") if one and one != NOT_KNOWN
    ]


def _crossing(files: _Files, leg: Mapping[str, Any]) -> Crossing:
    """A gate by its name; any other crossing, or a gate that may not be named, by its province."""
    place = leg["crossing"]
    kind = _told(files, place, "kind")
    province = _province(files, place)
    if kind != GATE:
        return Crossing(UNOFFICIAL if kind == UNOFFICIAL else "", "", province or "", "")
    if place in files.banned:
        return Crossing("", "", province or "", "")
    return Crossing(GATE, _gate_name(files, str(place)), province or "", str(place))


def _gate_name(files: _Files, place: str) -> str:
    """The gazetteer's name of a gate where it knows one that may be meant, else the recorded."""
    name = _told(files, place, "name") or place
    known = {
        one.name for one in find_places(name, country=_told(files, place, "country"), kind=GATE)
    }
    return known.pop() if len(known) == 1 else name


def _province(files: _Files, place: object) -> str | None:
    """A place's province where the gazetteer knows it for one: others may be anything."""
    province = _told(files, place, "province")
    if province is None or place in files.banned:
        return None
    return province if find_province(province, country=_told(files, place, "country")) else None


def _town(files: _Files, legs: Iterable[Mapping[str, Any]]) -> str | None:
    """The town, city or district where most of some legs end, by name."""
    ends = Counter(
        _told(files, leg["to_place"], "name") or ""
        for leg in legs
        if _told(files, leg["to_place"], "kind") in TOWNS and leg["to_place"] not in files.banned
    )
    named = [one for one in _ordered(ends) if one]
    return named[0] if named else None


def _countries(files: _Files, ring: str, legs: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Countries of legs; of members when no leg has one."""
    found = {leg[end] for leg in legs for end in ("from_country", "to_country")} - {None}
    if not found:
        names = files.graph.ids[files.members[ring]].tolist()
        found = {_told(files, one, "country") for one in names} - {None}
    return tuple(sorted(map(str, found)))


def _provinces(files: _Files, ring: str, legs: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Provinces that legs touch; those of its cases when they touch none."""
    ends = ("from_place", "to_place", "crossing")
    found = {_province(files, leg[end]) for leg in legs for end in ends} - {None}
    found = found or {_province(files, case) for case in files.cases[ring]} - {None}
    return tuple(sorted(map(str, found)))


def _told_apart(names: Sequence[str], facts: Sequence[NameFacts], language: str) -> list[str]:
    """Names, those that several rings have with their years, and then with their numbers."""
    told = [tell_name(fact, language) for fact in facts]
    for further in (
        [tell_years(fact, language) for fact in facts],
        [f" ({name})" for name in names],
    ):
        many = Counter(told)
        told = [f"{one}{more}" if many[one] > 1 else one
                for one, more in zip(told, further, strict=True)]  # fmt: skip
    return told


def _records(files: _Files) -> list[tuple[int, ...]]:
    """Records behind the ties among members, their ties to its cases, and its legs."""
    places = {name: at for at, name in enumerate(files.names)}
    ties = [np.concatenate([files.inside[ring], files.to_case[ring]]) for ring in files.names]
    if not ties:
        return []
    group = np.repeat(np.arange(len(ties)), [len(one) for one in ties])
    of_ties = records_by(files.graph, group, np.concatenate(ties).astype(np.int64), len(ties))
    return [
        tuple(
            sorted(
                {*of_ties[at], *(int(one) for leg in files.legs[ring] for one in leg["records"])}
            )
        )
        for ring, at in places.items()
    ]
