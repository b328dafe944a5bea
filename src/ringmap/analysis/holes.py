"""Burt's structural holes: constraint, effective size, efficiency, hierarchy."""

from collections.abc import Iterable

import numpy as np
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
        return kernels.constraint(*pairs.contacts[:2], _strength(pairs, weighted))
    return holes_of(pairs, [weighted])[weighted].constraint


def _compiled(pairs: Pairs, weighted: bool) -> Holes:
    return kernels.structural_holes(*pairs.contacts[:2], _strength(pairs, weighted))


def _strength(pairs: Pairs, weighted: bool) -> Numbers:
    """Of each contact, both directions together."""
    forward, backward = pairs.forward, pairs.backward
    if not weighted:
        forward, backward = np.sign(forward), np.sign(backward)
    return np.asarray((forward + backward)[pairs.contacts.pair], dtype=np.float64)


class HoleSums:
    """Sums over triangles that Burt's measures need, gathered piece by piece.

    They are added up in the order in which the compiled kernel does it, to the same bits.

    Arc number ``e`` runs from `low` to `high` of pair e, arc ``e + m`` back. With
    z_ij = a_ij + a_ji, p_ij = z_ij / sum_q z_iq and m_jq = z_jq / max_k z_jk (Burt 1992).
    """

    def __init__(self, pairs: Pairs, *, weighted: bool) -> None:
        forward, backward = pairs.forward, pairs.backward
        if not weighted:
            forward, backward = np.sign(forward), np.sign(backward)
        strength: Numbers = forward + backward
        self.count = pairs.count
        self.tail = np.concatenate([pairs.low, pairs.high])
        strength = np.concatenate([strength, strength])
        total = self._over_contacts(strength)
        most = np.zeros(pairs.count)
        np.maximum.at(most, self.tail, strength)
        self.share = strength / total[self.tail]
        self.marginal = strength / most[self.tail]
        self.indirect = np.zeros(len(self.tail))
        self.redundant = np.zeros(pairs.count)

    def add(self, triangles: Triangles) -> None:
        """Add what is shared in these triangles, one triangle after the other."""
        order = np.lexsort(triangles.parties[::-1])
        parties = (triangles.parties[0][order], triangles.parties[1][order],
                   triangles.parties[2][order])  # fmt: skip
        ordered = Triangles(parties, triangles.ab[order], triangles.ac[order], triangles.bc[order])
        ways = arcs_of(ordered, len(self.tail) // 2)
        arc = np.stack([ij for _, _, _, ij, *_ in ways], axis=1)
        by_way = [self.share[iq] * self.share[qj] for *_, iq, qj, _ in ways]
        np.add.at(self.indirect, arc.ravel(), np.stack(by_way, axis=1).ravel())
        doubled = [self.share[iq] * self.marginal[jq] for *_, iq, _, jq in ways]
        both = [doubled[0] + doubled[1], doubled[2] + doubled[3], doubled[4] + doubled[5]]
        corner = np.stack(parties, axis=1)
        np.add.at(self.redundant, corner.ravel(), np.stack(both, axis=1).ravel())

    def _over_contacts(self, values: Numbers) -> Numbers:
        """Sums of what arcs have over the contacts of each party, in ascending order."""
        pairs = len(self.tail) // 2
        ascending = np.concatenate([self.tail[pairs:], self.tail[:pairs]])
        weights = np.concatenate([values[pairs:], values[:pairs]])
        sums = np.bincount(ascending, weights=weights, minlength=self.count)
        return np.asarray(sums, dtype=np.float64)

    def finish(self) -> Holes:
        """The measures, once all triangles were added."""
        contacts = np.bincount(self.tail, minlength=self.count)
        tied = contacts > 0
        number = np.where(tied, contacts, np.nan)
        invested = (self.share + self.indirect) ** 2
        constraint = self._over_contacts(invested)
        relative = invested * (number / np.where(tied, constraint, np.nan))[self.tail]
        disorder = self._over_contacts(xlogy(relative, relative))
        several = contacts > 1
        scale = np.where(several, xlogy(contacts, contacts), 1.0)
        # What falls below nothing by rounding is nothing.
        even = np.maximum(disorder / scale, 0.0)
        hierarchy = np.where(several, even, np.where(tied, 1.0, np.nan))
        size = number - self.redundant
        return Holes(np.where(tied, constraint, np.nan), size, size / number, hierarchy)


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
