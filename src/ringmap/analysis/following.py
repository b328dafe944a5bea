"""Rings over time: what each became from one year, quarter or month to the next."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ringmap.analysis.evidence import records_by
from ringmap.analysis.following_words import (
    Fate,
    Kin,
    RingFacts,
    tell_doubt,
    tell_ring,
    tell_whole,
)
from ringmap.analysis.pairs import Integers
from ringmap.analysis.rings import find_rings
from ringmap.errors import QuestionError
from ringmap.graph import RingGraph, Slice, find_periods, slice_by_period

#: Rings of two windows are the same, or parts of each other, with so many members in both,
LEAST_COMMON = 2
#: and this share of the smaller of the two; under the second it is a match in doubt.
LEAST_OVERLAP = 1 / 3
FIRM_OVERLAP = 1 / 2
RING_COLUMNS = (
    "window", "ring", "thread", "members", "victims", "stability", "origin", "fate", "overlap",
    "because", "because_vi", "doubt", "doubt_vi", "records",
)  # fmt: skip
LINK_COLUMNS = (
    "from_window", "from_ring", "to_window", "to_ring", "common", "overlap", "jaccard",
)  # fmt: skip
MEMBER_COLUMNS = ("window", "ring", "thread", "party", "share", "stability")
WINDOW_COLUMNS = ("window", "ties", "unsure", "parties", "in_rings", "rings", "found", "verdict",
                  "verdict_vi")  # fmt: skip


@dataclass(frozen=True, slots=True)
class FollowedRings:
    """The rings of each window, and what became of them.

    Attributes
    ----------
    rings
        A row per window and ring. ``thread`` (T1, T2, …) is the same for a ring and what it
        became. ``origin``: ``start`` (in the first window: nothing is known of before),
        ``born``, ``continued``, ``grew``, ``shrank``, ``merged`` (of several), ``split`` (off
        one that became several). ``fate``: ``continued``, ``grew``, ``shrank``, ``merged``
        (into one with others), ``split`` (into several), ``died``, ``end`` (in the last
        window: nothing is known of after). ``overlap`` is that with the ring before of which
        most is in it (none when it has none). ``doubt`` says what speaks against believing
        it; it is empty where nothing does.
    links
        A row per two rings that were matched: ``common`` members, ``overlap`` (their share of
        the smaller, 1/3 to 1) and ``jaccard`` (their share of both together, above 0 to 1).
    members
        A row per window, ring and party.
    windows
        A row per window: its ``ties``, how many of these are ``unsure`` (they may lie in
        another window), its ``parties`` and how many are ``in_rings``, its number of
        ``rings``, whether ring structure beyond chance was ``found``, and the ``verdict``.
    counts
        ``ties``, ``dated``, ``undated`` of the whole graph.
    because, because_vi
        What was followed and what could not be, in a sentence.
    """

    rings: pd.DataFrame
    links: pd.DataFrame
    members: pd.DataFrame
    windows: pd.DataFrame
    counts: Mapping[str, int]
    because: str
    because_vi: str


@dataclass(frozen=True, eq=False, slots=True)
class _Ring:
    """One ring of one window; parties are positions in the whole graph."""

    window: Slice
    name: str
    parties: frozenset[int]
    staying: frozenset[int]
    stability: float
    records: tuple[int, ...]


@dataclass(frozen=True, eq=False, slots=True)
class _Link:
    """Two rings that have members in common, by their places among all rings."""

    earlier: int
    later: int
    common: int
    sizes: tuple[int, int]
    jaccard: float
    staying: bool

    @property
    def overlap(self) -> float:
        return self.common / min(self.sizes)


@dataclass(frozen=True, eq=False, slots=True)
class _Story:
    """All rings, how they are linked, and the windows they lie in."""

    rings: Sequence[_Ring]
    before: Mapping[int, Sequence[_Link]]
    after: Mapping[int, Sequence[_Link]]
    windows: Sequence[Slice]
    found: Mapping[int, bool]
    active: Mapping[int, frozenset[int]]


def follow_rings(
    graph: RingGraph,
    *,
    by: str = "year",
    with_undated: bool = False,
    patience: int = 1,
    seed: int = 0,
) -> FollowedRings:
    """The rings of each year, quarter or month, and what each became.

    A tie counts in every window between its first and its last date, wherever its dates
    allow it: one dated 2019 counts in each month of 2019, and is ``unsure`` there. Its whole
    strength counts in each. An undated tie counts nowhere, unless asked for. The rings of a window
    are what `find_rings` finds in its ties; where it finds no structure beyond chance, they
    are the connected parts, and a merger or a split there may be no more than that.

    Rings are matched as Greene, Doyle and Cunningham do, many to many, with those of the window
    before; a ring that has no match is looked for again as many windows further on as
    `patience` says. Two rings match when at least 2 members are in both and these are a third
    of the smaller one. (Their paper takes the Jaccard coefficient, which misses a small ring
    that joins a large one; it is given beside.) Members who are only victims are left out of
    matching and of sizes where both rings have two other members: victims change from
    journey to journey, the others are the ring. ``grew`` and ``shrank`` compare these
    sizes. Of several rings before, the one with the highest Jaccard coefficient hands on its
    thread, equals by window and number.

    Costs a search for rings per window. Records begin and end with the police's interest: a
    ring that ``died`` may only have been left alone, and an arrest makes one that is ``born``.

    Parameters
    ----------
    by
        ``year``, ``quarter`` or ``month``.
    with_undated
        Count an undated tie wherever both of its ends have a dated one.
    patience
        Windows that a ring may be missing for, 0 or more.

    Raises
    ------
    GraphError
        If there are no windows of that length, or `patience` is below 0.

    References
    ----------
    Greene, D., Doyle, D., Cunningham, P. (2010). Tracking the evolution of communities in
    dynamic social networks. ASONAM 2010, 176-183.
    Palla, G., Barabási, A.-L., Vicsek, T. (2007). Quantifying social group evolution. Nature
    446, 664-667.
    """
    if patience < 0:
        raise QuestionError(f"a patience of {patience}", hint="give 0 or more windows")
    periods = find_periods(graph, by)
    rings: list[_Ring] = []
    links: list[_Link] = []
    told: list[dict[str, object]] = []
    windows: list[Slice] = []
    tables: list[tuple[str, pd.DataFrame]] = []
    for window in slice_by_period(graph, periods, with_undated=with_undated):
        table = find_rings(window.graph, seed=seed)
        now = _rings_of(graph, window, table)
        links += _match(rings, now, window.number, patience, links)
        rings += now
        windows.append(window)
        told.append(_about_window(window, table))
        tables.append((window.name, table))
    threads = _threads(len(rings), links)
    story = _story(graph, rings, links, windows, told)
    counts = {"ties": len(graph.ties), "dated": len(graph.ties) - periods.undated,
              "undated": periods.undated}  # fmt: skip
    because, because_vi = (
        tell_whole(counts, len(windows), len(rings), len(set(threads)), by, with_undated, language)
        for language in ("en", "vi")
    )
    return FollowedRings(
        _ring_table(graph, story, threads), _link_table(story, links),
        _member_table(rings, threads, tables), pd.DataFrame(told, columns=list(WINDOW_COLUMNS)),
        counts, because, because_vi,
    )  # fmt: skip


def _about_window(window: Slice, table: pd.DataFrame) -> dict[str, object]:
    significance = table.attrs["significance"]
    return {
        "window": window.name, "ties": len(window.graph.ties), "unsure": window.unsure,
        "parties": len(window.graph.parties), "in_rings": table["party"].nunique(),
        "rings": table["ring"].nunique(), "found": significance["found"],
        "verdict": significance["verdict"], "verdict_vi": significance["verdict_vi"],
    }  # fmt: skip


def _rings_of(graph: RingGraph, window: Slice, table: pd.DataFrame) -> list[_Ring]:
    """The rings of a window in the order of their numbers."""
    if table.empty:
        return []
    own = pd.Index(window.graph.parties["party"])
    inside = own.get_indexer(pd.Index(table["party"]))
    whole = pd.Index(graph.parties["party"]).get_indexer(pd.Index(table["party"]))
    names = table["ring"].drop_duplicates().tolist()
    number = table["ring"].map({name: at for at, name in enumerate(names)}).to_numpy()
    behind = _records_inside(window.graph, inside, number, len(names))
    victim = _is_victim(graph)
    stability = table.groupby(number)["stability"].mean().tolist()
    rings = []
    for at, name in enumerate(names):
        parties = whole[number == at]
        rings.append(
            _Ring(window, name, frozenset(parties.tolist()),
                  frozenset(parties[~victim[parties]].tolist()), stability[at], behind[at])
        )  # fmt: skip
    return rings


def _is_victim(graph: RingGraph) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Who is a victim and nothing else."""
    if "side" not in graph.parties.columns:
        return np.zeros(len(graph.parties), dtype=bool)
    return (graph.parties["side"] == "victim").to_numpy(dtype=bool)


def _records_inside(
    graph: RingGraph, party: Integers, ring: Integers, rings: int
) -> list[tuple[int, ...]]:
    """Records behind the ties among members of each ring."""
    memberships = set(zip(party.tolist(), ring.tolist(), strict=True))
    of = defaultdict(list)
    for one, number in sorted(memberships):
        of[one].append(number)
    ties, groups = [], []
    for tie, (one, other) in enumerate(
        zip(graph.source.tolist(), graph.target.tolist(), strict=True)
    ):
        for number in of.get(one, ()):
            if (other, number) in memberships:
                ties.append(tie)
                groups.append(number)
    told = records_by(
        graph, np.array(groups, dtype=np.int64), np.array(ties, dtype=np.int64), rings
    )
    return list(told)


def _match(
    rings: Sequence[_Ring], now: Sequence[_Ring], number: int, patience: int,
    links: Sequence[_Link],
) -> list[_Link]:  # fmt: skip
    """Links of the rings of a window to those of the window before, or lost since."""
    followed = {link.earlier for link in links}
    near = [
        place
        for place, ring in enumerate(rings)
        if ring.window.number == number - 1
        or (ring.window.number >= number - 1 - patience and place not in followed)
    ]
    of = defaultdict(list)
    for place in near:
        for party in rings[place].parties:
            of[party].append(place)
    found = []
    for later, ring in enumerate(now, start=len(rings)):
        for earlier in sorted({place for party in ring.parties for place in of.get(party, ())}):
            link = _link(rings[earlier], ring, earlier, later)
            if link.common >= LEAST_COMMON and link.overlap >= LEAST_OVERLAP - 1e-12:
                found.append(link)
    return found


def _link(one: _Ring, other: _Ring, earlier: int, later: int) -> _Link:
    staying = min(len(one.staying), len(other.staying)) >= LEAST_COMMON
    a, b = (one.staying, other.staying) if staying else (one.parties, other.parties)
    common = len(a & b)
    return _Link(earlier, later, common, (len(a), len(b)), common / len(a | b), staying)


def _threads(count: int, links: Sequence[_Link]) -> list[int]:
    """Thread of each ring, from 1: each hands its own on to at most one, and takes one."""
    heir: dict[int, int] = {}
    taken = set()
    for link in sorted(links, key=lambda one: (-round(one.jaccard, 9), one.earlier, one.later)):
        if link.earlier not in heir and link.later not in taken:
            heir[link.earlier] = link.later
            taken.add(link.later)
    threads = [0] * count
    number = 0
    for place in range(count):
        if threads[place] == 0:
            number += 1
            at: int | None = place
            while at is not None:
                threads[at] = number
                at = heir.get(at)
    return threads


def _story(graph: RingGraph, rings: Sequence[_Ring], links: Sequence[_Link],
           windows: Sequence[Slice], told: Sequence[Mapping[str, object]]) -> _Story:  # fmt: skip
    before, after = defaultdict(list), defaultdict(list)
    for link in links:
        before[link.later].append(link)
        after[link.earlier].append(link)
    order = pd.Index(graph.parties["party"])
    active = {
        one.number: frozenset(order.get_indexer(pd.Index(one.graph.parties["party"])).tolist())
        for one in windows
    }
    found = {one.number: bool(about["found"]) for one, about in zip(windows, told, strict=True)}
    return _Story(rings, before, after, windows, found, active)


def _ring_table(graph: RingGraph, story: _Story, threads: Sequence[int]) -> pd.DataFrame:
    victim = _is_victim(graph)
    rows = []
    for place, ring in enumerate(story.rings):
        facts = _facts(story, place)
        rows.append(
            {
                "window": ring.window.name, "ring": ring.name, "thread": f"T{threads[place]}",
                "members": len(ring.parties),
                "victims": int(victim[sorted(ring.parties)].sum()),
                "stability": ring.stability, "origin": facts.origin, "fate": facts.fate,
                "overlap": max((one.overlap for one in story.before.get(place, ())), default=None),
                "because": tell_ring(facts, "en"), "because_vi": tell_ring(facts, "vi"),
                "doubt": tell_doubt(facts, "en"), "doubt_vi": tell_doubt(facts, "vi"),
                "records": ring.records,
            }
        )  # fmt: skip
    return pd.DataFrame(rows, columns=list(RING_COLUMNS)).astype({"overlap": "float64"})


def _facts(story: _Story, place: int) -> RingFacts:
    """What the sentences on a ring are made of."""
    ring = story.rings[place]
    before, after = story.before.get(place, []), story.after.get(place, [])
    links = (*before, *after)
    fate = _fate(story, place)
    following = story.active.get(ring.window.number + 1)
    basis = ring.staying if len(ring.staying) >= LEAST_COMMON else ring.parties
    spans = {
        story.rings[one.later].window.number - story.rings[one.earlier].window.number - 1
        for one in links
    }
    return RingFacts(
        window=ring.window.name, ring=ring.name, members=len(ring.parties),
        origin=_origin(story, place), fate=fate,
        before=tuple(_kin(story, one, one.earlier) for one in before),
        after=tuple(_kin(story, one, one.later) for one in after),
        without_victims=ring.staying != ring.parties and any(one.staying for one in links),
        missed=tuple(sorted(spans - {0})),
        left=len(basis & following) if fate == "died" and following is not None else None,
        silent=fate == "died" and following is None,
        weak=tuple(one.overlap for one in links if one.overlap < FIRM_OVERLAP),
        undivided=_undivided(story, place, links),
        unsure=ring.window.unsure, ties=len(ring.window.graph.ties),
    )  # fmt: skip


def _undivided(story: _Story, place: int, links: Iterable[_Link]) -> tuple[str, ...]:
    """Windows of a ring and of those it is linked to where no structure was found."""
    places = {place, *(one.earlier for one in links), *(one.later for one in links)}
    windows = {story.rings[one].window.number: story.rings[one].window.name for one in places}
    return tuple(windows[one] for one in sorted(windows) if not story.found[one])


def _kin(story: _Story, link: _Link, other: int) -> Kin:
    ring = story.rings[other]
    return Kin(ring.window.name, ring.name, link.common, link.sizes[other == link.later])


def _origin(story: _Story, place: int) -> Fate:
    links = story.before.get(place, [])
    if not links:
        return "start" if story.rings[place].window is story.windows[0] else "born"
    if len(links) > 1:
        return "merged"
    if len(story.after[links[0].earlier]) > 1:
        return "split"
    return _compared(links[0])


def _fate(story: _Story, place: int) -> Fate:
    links = story.after.get(place, [])
    if not links:
        return "end" if story.rings[place].window is story.windows[-1] else "died"
    if len(links) > 1:
        return "split"
    if len(story.before[links[0].later]) > 1:
        return "merged"
    return _compared(links[0])


def _compared(link: _Link) -> Fate:
    earlier, later = link.sizes
    if earlier == later:
        return "continued"
    return "grew" if later > earlier else "shrank"


def _link_table(story: _Story, links: Iterable[_Link]) -> pd.DataFrame:
    rows = [
        (story.rings[one.earlier].window.name, story.rings[one.earlier].name,
         story.rings[one.later].window.name, story.rings[one.later].name,
         one.common, one.overlap, one.jaccard)
        for one in links
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(LINK_COLUMNS))


def _member_table(
    rings: Sequence[_Ring], threads: Sequence[int], tables: Sequence[tuple[str, pd.DataFrame]]
) -> pd.DataFrame:
    """The memberships of each window, with the thread of their ring."""
    of = {
        (ring.window.name, ring.name): f"T{thread}"
        for ring, thread in zip(rings, threads, strict=True)
    }
    parts = []
    for window, table in tables:
        thread = [of[window, ring] for ring in table["ring"]]
        part = table.assign(window=window, thread=thread)[list(MEMBER_COLUMNS)]
        part.attrs = {}
        parts.append(part)
    if not parts:
        return pd.DataFrame(columns=list(MEMBER_COLUMNS))
    return pd.concat(parts, ignore_index=True)
