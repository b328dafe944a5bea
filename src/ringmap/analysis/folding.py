"""Trees that hang from a network, folded away: what is left is where paths can differ."""

from dataclasses import dataclass

import numpy as np

from ringmap.analysis.pairs import Integers, Pairs


@dataclass(frozen=True, slots=True)
class Folded:
    """A network without its hanging trees.

    Attributes
    ----------
    hangs_from
        For each party folded away the one it hung from; −1 for whoever is left. Of a tree
        that is a whole component one party is left.
    rounds
        Parties as they were folded, the ends of branches first, then what they hung from.
    weight
        How many parties a party stands for: itself and all that hang from it, directly or not.
    branch
        The largest of the trees that hang from it, 0 where none does.
    squares
        Sum of the squares of the sizes of these trees.
    low, high
        Tied pairs among those who are left.
    """

    hangs_from: Integers
    rounds: tuple[Integers, ...]
    weight: Integers
    branch: Integers
    squares: Integers
    low: Integers
    high: Integers


def fold(pairs: Pairs) -> Folded:
    """Take away who has one contact, again and again, direction ignored.

    Costs a pass over the ends of branches for each step of the longest branch. Between two
    parties who have only each other the first one stays.
    """
    count = pairs.count
    degree = np.bincount(np.concatenate([pairs.low, pairs.high]), minlength=count)
    # The exclusive or of all contacts: of a party with one contact left, that contact.
    contact = np.zeros(count, dtype=np.int64)
    np.bitwise_xor.at(contact, pairs.low, pairs.high)
    np.bitwise_xor.at(contact, pairs.high, pairs.low)
    hangs_from = np.full(count, -1, dtype=np.int64)
    weight = np.ones(count, dtype=np.int64)
    branch, squares = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    rounds: list[Integers] = []
    ends = np.flatnonzero(degree == 1)
    while len(ends):
        above = contact[ends]
        # Of a lone pair the second folds onto the first.
        kept = (degree[above] != 1) | (ends > above)
        ends, above = ends[kept], above[kept]
        hangs_from[ends] = above
        degree[ends] = 0
        np.subtract.at(degree, above, 1)
        np.bitwise_xor.at(contact, above, ends)
        np.add.at(weight, above, weight[ends])
        np.add.at(squares, above, weight[ends] ** 2)
        np.maximum.at(branch, above, weight[ends])
        rounds.append(ends)
        above = np.unique(above)
        ends = above[degree[above] == 1]
    left = (hangs_from[pairs.low] < 0) & (hangs_from[pairs.high] < 0)
    return Folded(
        hangs_from, tuple(rounds), weight, branch, squares, pairs.low[left], pairs.high[left]
    )  # fmt: skip
