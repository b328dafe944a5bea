"""The connected parts of a network by themselves, and whom a party may always be changed for."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ringmap.analysis.pairs import Integers, Pairs, component_of

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


def stand_ins(part: Part, *, tied: bool) -> dict[int, frozenset[int]]:
    """For each eligible party, the eligible ones that do in any set at least as well instead.

    They have all contacts that it has (vicinal preorder, Foldes and Hammer 1978): taking out
    w rather than v leaves, v called w, a network with no more ties; so what falls apart, and
    how far those left are from each other, is no less. Seen from w all others are as near as
    from v; but only a w that is tied to v (`tied`) has v itself as near as anybody can be. Of
    two with the same contacts the first stands in for the second.
    """
    closed = [{*contacts, one} for one, contacts in enumerate(part.near)]
    may = set(part.eligible)
    over: dict[int, set[int]] = {}
    for one in part.eligible:
        ordered = sorted(part.near[one], key=lambda other: len(closed[other]))
        common = set(closed[ordered[0]]) if ordered else set(range(len(closed)))
        for other in ordered[1:]:
            common &= closed[other]
            if len(common) < 2:
                break
        over[one] = (common & may & closed[one] if tied else common & may) - {one}
    return {
        one: frozenset(w for w in above if w < one or one not in over[w])
        for one, above in over.items()
    }
