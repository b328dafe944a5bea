"""What `ringmap.kernels` does with groups, step by step the same in plain Python."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ringmap.analysis.pairs import Integers
from ringmap.kernels import Contacts

#: Parties next to each other in number are shuffled, so many at a time.
_WINDOW = 1024
#: More strength between two groups, two million ties of mean strength, counts as so much.
_STRONG = (1 << 31) - 1
_WORD = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class _Level:
    """Parties or groups of them: contacts of each with their strength, and members of each."""

    contacts: list[list[tuple[int, int]]]
    members: list[int]


def divide_plainly(
    contacts: Contacts,
    strength: Sequence[int],
    members: Sequence[int],
    *,
    resolutions: Sequence[int],
    seed: int,
    begin: Sequence[int] | None = None,
) -> list[list[int]]:
    """What `ringmap.kernels.divide` gives, a list of groups for each resolution."""
    start, to, pair = (column.tolist() for column in contacts)
    arcs = [(other, min(strength[number], _STRONG)) for other, number in zip(to, pair, strict=True)]
    level = _Level([arcs[a:b] for a, b in pairwise(start)], list(members))
    chance = _drawn(seed)
    group = list(range(len(level.members)) if begin is None else begin)
    found = []
    for number, resolution in enumerate(resolutions):
        if number == 0 and begin is None:
            _move(level, resolution, _shuffled(len(group), next(chance)), group)
        _put_together(level, resolution, next(chance), group)
        _move(level, resolution, range(len(group)), group)
        group = _renumbered(group)
        found.append(group.copy())
    return found


def _drawn(seed: int) -> Iterator[int]:
    """Splitmix64 (Steele, Lea, Flood 2014)."""
    while True:
        seed = (seed + 0x9E3779B97F4A7C15) & _WORD
        z = (seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9 & _WORD
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB & _WORD
        yield z ^ (z >> 31)


def _shuffled(count: int, seed: int) -> list[int]:
    order, chance = list(range(count)), _drawn(seed)
    for first in range(0, count, _WINDOW):
        for i in range(min(_WINDOW, count - first) - 1, 0, -1):
            j = ((next(chance) >> 32) * (i + 1)) >> 32
            order[first + i], order[first + j] = order[first + j], order[first + i]
    return order


def _move(level: _Level, resolution: int, order: Iterable[int], group: list[int]) -> None:
    """Move one at a time to where it gains most, until nobody gains (the queue of Traag 2019)."""
    members = [0] * len(group)
    for one, size in zip(group, level.members, strict=True):
        members[one] += size
    queue = [one for one in order
             if any(group[other] != group[one] for other, _ in level.contacts[one])]  # fmt: skip
    waits = set(queue)
    for one in queue:  # which grows
        waits.discard(one)
        best = _best_group(level, group, members, resolution, one)
        if best == group[one]:
            continue
        members[group[one]] -= level.members[one]
        members[best] += level.members[one]
        group[one] = best
        for other, _ in level.contacts[one]:
            if other not in waits and group[other] != best:
                queue.append(other)
                waits.add(other)


def _best_group(
    level: _Level, group: list[int], members: list[int], resolution: int, one: int
) -> int:
    """Where one gains most: its own group where no other is better, the first met of equals."""
    own, weight = group[one], resolution * level.members[one]
    tied: dict[int, int] = {}
    for other, strength in level.contacts[one]:
        tied[group[other]] = tied.get(group[other], 0) + strength
    best, most = own, tied.get(own, 0) - weight * (members[own] - level.members[one])
    for other, strength in tied.items():
        gain = strength - weight * members[other]
        if other != own and gain > most:
            best, most = other, gain
    return best


def _put_together(level: _Level, resolution: int, seed: int, group: list[int]) -> None:
    """Groups put together for as long as that gains."""
    group[:] = _renumbered(group)
    groups = max(group, default=-1) + 1
    if groups == len(group):
        return
    coarse, chance, upper = _coarse(level, group, groups), _drawn(seed), list(range(groups))
    _move(coarse, resolution, _shuffled(groups, next(chance)), upper)
    _put_together(coarse, resolution, next(chance), upper)
    group[:] = [upper[one] for one in group]


def _renumbered(group: list[int]) -> list[int]:
    """Numbers of groups by first party."""
    numbers = {one: number for number, one in enumerate(dict.fromkeys(group))}
    return [numbers[one] for one in group]


def _coarse(level: _Level, group: list[int], groups: int) -> _Level:
    """The network of groups. Ties inside a group leave it."""
    members = [0] * groups
    tied: list[dict[int, int]] = [{} for _ in range(groups)]
    for one, mine in enumerate(group):
        members[mine] += level.members[one]
        for other, strength in level.contacts[one]:
            if group[other] != mine:
                tied[mine][group[other]] = tied[mine].get(group[other], 0) + strength
    contacts = [
        [(other, min(strength, _STRONG)) for other, strength in one.items()] for one in tied
    ]
    return _Level(contacts, members)


def exchange_plainly(
    count: int, low: Integers, high: Integers, *, tries: int, seed: int
) -> tuple[Integers, Integers]:
    """What `ringmap.kernels.exchange_ends` gives."""
    ends = [low.tolist(), high.tolist()]
    tied = {min(tie) * count + max(tie) for tie in zip(*ends, strict=True)}
    chance = _drawn(seed)
    for _ in range(tries):
        i, j = ((next(chance) >> 32) * len(low) >> 32 for _ in range(2))
        far = 1 - next(chance) % 2
        a, b, c, d = ends[0][i], ends[1][i], ends[1 - far][j], ends[far][j]
        one, other = min(a, d) * count + max(a, d), min(b, c) * count + max(b, c)
        if a == d or c == b or one in tied or other in tied:
            continue
        tied -= {min(a, b) * count + max(a, b), min(c, d) * count + max(c, d)}
        tied |= {one, other}
        ends[1][i], ends[far][j] = d, b
    return np.array(ends[0], dtype=np.int64), np.array(ends[1], dtype=np.int64)
