"""Burt's structural holes: constraint, effective size, efficiency, hierarchy."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import xlogy

from ringmap import kernels
from ringmap.analysis.pairs import Integers, Numbers, Pairs, Triangles, triangles_of
from ringmap.kernels import Holes


def holes_of(pairs: Pairs, kinds: Iterable[bool]) -> dict[bool, Holes]:
    """Burt's measures of each party with strengths (True) or without (False), as asked for."""
    if kernels.compiled():
        return {weighted: _compiled(pairs, weighted) for weighted in kinds}
    sums = {weighted: HoleSums(pairs, weighted=weighted) for weighted in kinds}
    if sums and len(pairs.low):
        for triangles in triangles_of(pairs):
            for one in sums.values():
                one.add(triangles)
    return {weighted: one.finish() for weighted, one in sums.items()}


def constraint_of(pairs: Pairs, *, weighted: bool) -> Numbers:
    """Burt's constraint of each party, as `holes_of` has it, without the rest."""
    if kernels.compiled():
        near = pairs.near
        return kernels.constraint(near.start, near.to, _strength(pairs, weighted))
    return holes_of(pairs, [weighted])[weighted].constraint


def _compiled(pairs: Pairs, weighted: bool) -> Holes:
    near = pairs.near
    return kernels.structural_holes(near.start, near.to, _strength(pairs, weighted))


def _strength(pairs: Pairs, weighted: bool) -> Numbers | None:
    """Of each contact, both directions together; None where all are alike."""
    if not weighted and pairs.forward is pairs.backward:
        return None
    return np.asarray(_both_ways(pairs, weighted)[pairs.contacts.pair])


def _both_ways(pairs: Pairs, weighted: bool) -> Numbers:
    """Strength of each pair, both directions together."""
    forward, backward = pairs.forward, pairs.backward
    if not weighted:
        forward, backward = np.sign(forward), np.sign(backward)
    return np.asarray(forward + backward, dtype=np.float64)


class HoleSums:
    """Sums over triangles that Burt's measures need, gathered piece by piece.

    They are added up in the order in which the compiled kernel does it, to the same bits.

    With z_ij = a_ij + a_ji, z_i its sum over contacts, p_ij = z_ij / z_i and m_jq = z_jq /
    max_k z_jk (Burt 1992), sum_q p_iq p_qj = shared_ij / z_i, where shared_ij, the same for both,
    is the sum of z_iq z_qj / z_q. So each pair has one number.
    """

    def __init__(self, pairs: Pairs, *, weighted: bool) -> None:
        self.strength = _both_ways(pairs, weighted)
        contacts = pairs.contacts
        self.number = np.diff(contacts.start)
        party = np.repeat(np.arange(pairs.count), self.number)
        mine = self.strength[contacts.pair]
        self.total = np.bincount(party, weights=mine, minlength=pairs.count)
        self.most = np.zeros(pairs.count)
        np.maximum.at(self.most, party, mine)
        self.shared = np.zeros(len(pairs.low))
        self.redundant = np.zeros(pairs.count)
        self.ends = _turned_ends(pairs, self.number)

    def add(self, triangles: Triangles) -> None:
        """Add what is shared in these triangles, one triangle after the other."""
        order = np.lexsort(triangles.parties[::-1])
        a, b, c = (one[order] for one in triangles.parties)
        ab, ac, bc = (one[order] for one in (triangles.ab, triangles.ac, triangles.bc))
        z, total = self.strength, self.total
        by_way = (
            z[ac] * (z[bc] / total[c]),
            z[ab] * (z[bc] / total[b]),
            z[ab] * (z[ac] / total[a]),
        )
        np.add.at(self.shared, _one_by_one((ab, ac, bc)), _one_by_one(by_way))
        both = (
            self._redundance((a, b, c), z[ab], z[ac], z[bc]),
            self._redundance((b, a, c), z[ab], z[bc], z[ac]),
            self._redundance((c, a, b), z[ac], z[bc], z[ab]),
        )
        np.add.at(self.redundant, _one_by_one((a, b, c)), _one_by_one(both))

    def _redundance(self, corners: tuple[Integers, Integers, Integers], ij: Numbers, iq: Numbers,
                    jq: Numbers) -> Numbers:  # fmt: skip
        """How redundant j and q, tied to each other, are to i."""
        i, j, q = corners
        total, most = self.total[i], self.most
        return np.asarray(iq / total * (jq / most[j]) + ij / total * (jq / most[q]))

    def finish(self) -> Holes:
        """The measures, once all triangles were added."""
        pair, party = self.ends
        tied = self.number > 0
        number = np.where(tied, self.number, np.nan)
        invested = ((self.strength + self.shared)[pair] / self.total[party]) ** 2
        constraint = np.where(tied, self._sums(invested), np.nan)
        relative = invested * (number / constraint)[party]
        disorder = self._sums(np.asarray(xlogy(relative, relative), dtype=np.float64))
        several = self.number > 1
        scale = np.where(several, xlogy(self.number, self.number), 1.0)
        # What falls below nothing by rounding is nothing.
        even = np.maximum(disorder / scale, 0.0)
        hierarchy = np.where(several, even, np.where(tied, 1.0, np.nan))
        size = number - self.redundant
        return Holes(constraint, size, size / number, hierarchy)

    def _sums(self, values: Numbers) -> Numbers:
        """Sums of what ends of pairs have, in their order."""
        found = np.bincount(self.ends[1], weights=values, minlength=len(self.number))
        return np.asarray(found, dtype=np.float64)


def _turned_ends(pairs: Pairs, number: Integers) -> tuple[Integers, Integers]:
    """Each pair twice and its ends, that of fewer contacts first, in the order of these."""
    low, high = pairs.low, pairs.high
    turned = number[low] > number[high]
    tail, head = np.where(turned, high, low), np.where(turned, low, high)
    order = np.lexsort((head, tail))
    return np.repeat(order, 2), _one_by_one((tail[order], head[order]))


def _one_by_one(columns: tuple[npt.NDArray[Any], ...]) -> npt.NDArray[Any]:
    """Rows of some columns, one after the other."""
    return np.stack(columns, axis=1).ravel()


def arcs_of(
    triangles: Triangles, pairs: int
) -> list[tuple[Integers, Integers, Integers, Integers, Integers, Integers, Integers]]:
    """Each way to name the corners of triangles i, j, q, with arcs ij, iq, qj and jq."""
    a, b, c = triangles.parties
    pair_of = {(0, 1): triangles.ab, (0, 2): triangles.ac, (1, 2): triangles.bc}
    corners = (a, b, c)
    arc = {}
    for (one, other), pair in pair_of.items():
        back = corners[one] > corners[other]
        arc[one, other] = pair + pairs * back
        arc[other, one] = pair + pairs * ~back
    ways = ((0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0))
    return [
        (corners[i], corners[j], corners[q], arc[i, j], arc[i, q], arc[q, j], arc[j, q])
        for i, j, q in ways
    ]
