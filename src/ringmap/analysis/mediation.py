"""Gould and Fernandez: who stands between whom, by the groups of all three."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array, csr_array

from ringmap.analysis.holes import arcs_of
from ringmap.analysis.pairs import Integers, Numbers, Pairs, Triangles

#: Closed paths that are counted in one go.
_PATHS_AT_ONCE = 500_000
MEDIATION = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")


class MediationSums:
    """Counts of open two-step paths a, v, b, gathered piece by piece.

    All paths through a party are counted by the groups of its contacts; the closed ones
    (a has a tie to b itself) are triangles, and are taken off. `group` is −1 where it is
    not known; such a party is neither end nor middle.
    """

    def __init__(self, pairs: Pairs, group: Integers) -> None:
        self.pairs, self.group = pairs, group
        self.has = np.concatenate([pairs.forward > 0, pairs.backward > 0])
        self.closed = {name: np.zeros(pairs.count) for name in MEDIATION}

    def add(self, triangles: Triangles) -> None:
        """Take note of the closed paths in these triangles."""
        for a, b, v, ab, av, vb, _ in arcs_of(triangles, len(self.pairs.low)):
            shut = self.has[av] & self.has[vb] & self.has[ab]
            for name, are in self._kinds(a[shut], v[shut], b[shut]).items():
                counted = np.bincount(v[shut][are], minlength=self.pairs.count)
                self.closed[name] += counted

    def add_copies(self, closed: "ClosedPaths", number: int) -> None:
        """Take note of the same closed paths in each of so many copies of one network."""
        parties, ties = self.pairs.count // number, len(self.pairs.low) // number
        alike = self.group[self.pairs.low] == self.group[self.pairs.high]
        at_once = max(1, _PATHS_AT_ONCE // max(len(closed.middle), parties))
        for first in range(0, number, at_once):
            same = alike.reshape(number, ties)[first : first + at_once]
            here = slice(first * parties, (first + len(same)) * parties)
            for name, count in closed.count(same, parties).items():
                self.closed[name][here] += count

    def finish(self) -> dict[str, Numbers]:
        """Open paths of each kind per party; NaN for a party whose group is not known."""
        every = self._every_path()
        known = self.group >= 0
        return {
            name: np.where(known, np.round(every[name] - self.closed[name]), np.nan)
            for name in MEDIATION
        }

    def _kinds(self, a: Integers, v: Integers, b: Integers) -> dict[str, npt.NDArray[np.bool_]]:
        of_a, of_v, of_b = self.group[a], self.group[v], self.group[b]
        known = (of_a >= 0) & (of_v >= 0) & (of_b >= 0)
        from_own, to_own, same_ends = of_a == of_v, of_b == of_v, of_a == of_b
        return {
            "coordinator": known & from_own & to_own,
            "itinerant": known & ~from_own & same_ends,
            "gatekeeper": known & ~from_own & to_own,
            "representative": known & from_own & ~to_own,
            "liaison": known & ~from_own & ~to_own & ~same_ends,
        }

    def _every_path(self) -> dict[str, Numbers]:
        """Paths a, v, b with a other than b, open or not."""
        tail = np.concatenate([self.pairs.low, self.pairs.high])
        head = np.concatenate([self.pairs.high, self.pairs.low])
        tail, head = tail[self.has], head[self.has]
        comes, goes = self._contacts(head, tail), self._contacts(tail, head)
        both = self.has[: len(self.pairs.low)] & self.has[len(self.pairs.low) :]
        low, high = self.pairs.low[both], self.pairs.high[both]
        mutual = self._contacts(np.concatenate([low, high]), np.concatenate([high, low]))
        own_in, own_out, own_mutual = self._own(comes), self._own(goes), self._own(mutual)
        other_in = np.asarray(comes.sum(axis=1)).ravel() - own_in
        other_out = np.asarray(goes.sum(axis=1)).ravel() - own_out
        other_mutual = np.asarray(mutual.sum(axis=1)).ravel() - own_mutual
        alike = np.asarray(comes.multiply(goes).sum(axis=1)).ravel() - own_in * own_out
        return {
            "coordinator": own_in * own_out - own_mutual,
            "itinerant": alike - other_mutual,
            "gatekeeper": other_in * own_out,
            "representative": own_in * other_out,
            "liaison": other_in * other_out - alike,
        }

    def _contacts(self, party: Integers, contact: Integers) -> csr_array:
        """How many contacts of each group a party has: a row per party, a column per group."""
        known = self.group[contact] >= 0
        ends = (party[known], self.group[contact[known]])
        shape = (self.pairs.count, max(int(self.group.max(initial=-1)) + 1, 1))
        return coo_array((np.ones(len(ends[0])), ends), shape=shape).tocsr()

    def _own(self, contacts: csr_array) -> Numbers:
        """Contacts in the party's own group."""
        rows = np.repeat(np.arange(self.pairs.count), np.diff(contacts.indptr))
        mine = contacts.indices == self.group[rows]
        return np.bincount(
            rows[mine], weights=contacts.data[mine], minlength=self.pairs.count
        ).astype(np.float64)


@dataclass(frozen=True, slots=True)
class ClosedPaths:
    """Closed paths a, v, b between parties of known group, to be counted by many groupings.

    Which role a path has follows from which of its three pairs are of one group each.

    Attributes
    ----------
    middle
        v of each path.
    first, last, between
        Positions of the pairs a and v, v and b, a and b.
    both_ways
        Each stands for its reverse too: in an undirected network all closed paths do.
    """

    middle: Integers
    first: Integers
    last: Integers
    between: Integers
    both_ways: bool

    def count(self, same: npt.NDArray[np.bool_], parties: int) -> dict[str, Numbers]:
        """Paths of each role per party, grouping by grouping.

        `same` has a row per grouping, which says of each pair whether it is of one group.
        """
        alike = same.astype(np.uint8)
        kind = alike.take(self.first, axis=1)
        kind += (alike << 1).take(self.last, axis=1)
        kind += (alike << 2).take(self.between, axis=1)
        party = self.middle + parties * np.arange(len(same))[:, None]
        every = np.bincount(((party << 3) + kind).ravel(), minlength=same.shape[0] * parties << 3)
        told = every.reshape(-1, 8).T.astype(np.float64)
        found = {role: told[at] for role, at in _KINDS.items()}
        if not self.both_ways:
            return found
        turned = {"gatekeeper": "representative", "representative": "gatekeeper"}
        return {role: told + found[turned.get(role, role)] for role, told in found.items()}


#: Of the pairs a and v (1), v and b (2), a and b (4), which are of one group in each role.
_KINDS = {"coordinator": 7, "itinerant": 4, "gatekeeper": 2, "representative": 1, "liaison": 0}


def closed_paths(
    pairs: Pairs, triangles: Triangles, known: npt.NDArray[np.bool_]
) -> Iterator[ClosedPaths]:
    """The closed paths in some triangles, in pieces; of unknown groups there are none."""
    ties = len(pairs.low)
    has = np.concatenate([pairs.forward > 0, pairs.backward > 0])
    both_ways = bool(has.all())
    for a, b, v, ab, av, vb, _ in arcs_of(triangles, ties):
        shut = has[av] & has[vb] & has[ab] & known[a] & known[b] & known[v]
        if both_ways:
            shut &= a < b
        yield ClosedPaths(v[shut], av[shut] % ties, vb[shut] % ties, ab[shut] % ties, both_ways)
