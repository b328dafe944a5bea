"""The connected parts of a network by themselves, and whom a party may always be changed for."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ringmap.analysis.pairs import Integers, Pairs, component_of
from ringmap.analysis.paths import position_of
from ringmap.graph import RingGraph

Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Part:
    """One connected part, direction and strength ignored; its parties count from 0.

    Attributes
    ----------
    parties
        Position in the graph of each party of the part, ascending.
    near
        Contacts of each party, ascending.
    eligible
        Parties that may be chosen, ascending.
    """

    parties: Integers
    near: tuple[tuple[int, ...], ...]
    eligible: tuple[int, ...]

    @property
    def steps(self) -> int:
        """What it costs to walk through the part once."""
        return len(self.near) + sum(map(len, self.near))


def parts_of(pairs: Pairs, eligible: Truths) -> list[Part]:
    """Every connected part, the smallest first, then by their first party."""
    component = component_of(pairs)
    members = np.argsort(component, kind="stable")
    size = np.bincount(component, minlength=1)
    start = np.concatenate([[0], np.cumsum(size)])
    local = np.empty(pairs.count, dtype=np.int64)
    local[members] = np.arange(pairs.count) - start[component[members]]
    near: list[list[int]] = [[] for _ in range(pairs.count)]
    for low, high in zip(pairs.low.tolist(), pairs.high.tolist(), strict=True):
        near[low].append(int(local[high]))
        near[high].append(int(local[low]))
    found = []
    for number in np.argsort(size, kind="stable").tolist():
        own = members[start[number] : start[number + 1]]
        contacts = tuple(tuple(sorted(near[one])) for one in own.tolist())
        may = tuple(place for place, one in enumerate(own.tolist()) if eligible[one])
        found.append(Part(own, contacts, may))
    return found if pairs.count else []


def stand_ins(part: Part, *, tied: bool, fewer_than: int) -> dict[int, frozenset[int]]:
    """For an eligible party, the eligible ones that do in any set at least as well instead.

    Only parties with fewer than so many of them are told. A party w stands in for v when it has
    all contacts that v has (vicinal preorder, Foldes and Hammer 1978): taking out w rather
    than v leaves, v called w, a network with no more ties; so what falls apart, and how far
    those left are from each other, is no less. Seen from w all others are as near as from v;
    but only a w that is tied to v (`tied`) has v itself as near as anybody can be. Of two with
    the same contacts the first stands in for the second.
    """
    closed = [{*contacts, one} for one, contacts in enumerate(part.near)]
    may = set(part.eligible)
    found = {}
    for one in part.eligible:
        contacts = sorted(part.near[one], key=lambda other: len(closed[other]))
        above: list[int] = []
        beside = contacts if tied or not contacts else closed[contacts[0]]
        for other in beside:
            if (
                _is_before(part, other, one)
                and other in may
                and all(other in closed[contact] for contact in contacts)
            ):
                above.append(other)
                if len(above) == fewer_than:
                    break
        else:
            found[one] = frozenset(above)
    return found


def stood_in_for(part: Part, party: int, *, tied: bool) -> list[int]:
    """The eligible parties for which one stands in, ascending."""
    closed = {*part.near[party], party}
    beside = set(part.near[party])
    if not tied:
        beside |= {further for other in part.near[party] for further in part.near[other]}
    return sorted(
        one
        for one in beside.intersection(part.eligible)
        if _is_before(part, party, one) and closed.issuperset(part.near[one])
    )


def _is_before(part: Part, one: int, other: int) -> bool:
    """Whether one has more contacts, or as many and comes first."""
    return (-len(part.near[one]), one) < (-len(part.near[other]), other)


def marked(graph: RingGraph, parties: Iterable[object]) -> Truths:
    """Which parties of a graph are named; `GraphError` for one that is not there."""
    marks = np.zeros(len(graph.parties), dtype=bool)
    place = {str(party): at for at, party in enumerate(graph.parties["party"])}
    for party in parties:
        at = place.get(str(party))
        marks[position_of(graph, party) if at is None else at] = True
    return marks
