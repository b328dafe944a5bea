"""The measures once more, from their definitions, in exact fractions and without any library."""

from __future__ import annotations

import heapq
import math
from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction
from itertools import pairwise, permutations

Arcs = Mapping[Hashable, Mapping[Hashable, Fraction]]


def arcs_of(
    parties: Iterable[Hashable], ties: Iterable[tuple[Hashable, Hashable, int]], directed: bool
) -> dict[Hashable, dict[Hashable, Fraction]]:
    """Strength by source and target, parallel ties added, self ties left out."""
    arcs: dict[Hashable, dict[Hashable, Fraction]] = {party: {} for party in parties}
    for source, target, weight in ties:
        if source == target:
            continue
        for one, other in ((source, target), (target, source))[: 1 if directed else 2]:
            arcs[one][other] = arcs[one].get(other, Fraction(0)) + weight
    return arcs


def betweenness(arcs: Arcs, *, weighted: bool, directed: bool) -> dict[Hashable, Fraction]:
    """Brandes 2001, with exact lengths 1/strength."""
    total = dict.fromkeys(arcs, Fraction(0))
    for start in arcs:
        order, before, ways, _ = _search(arcs, start, weighted)
        debt = dict.fromkeys(arcs, Fraction(0))
        for party in reversed(order):
            for one in before[party]:
                debt[one] += ways[one] / ways[party] * (1 + debt[party])
            if party != start:
                total[party] += debt[party]
    return total if directed else {party: value / 2 for party, value in total.items()}


def distances(arcs: Arcs, start: Hashable) -> dict[Hashable, int]:
    """Steps to every other party within reach."""
    _, _, _, far = _search(arcs, start, False)
    return {party: int(length) for party, length in far.items() if party != start}


def _search(arcs: Arcs, start: Hashable, weighted: bool):
    far: dict[Hashable, Fraction] = {}
    best = {start: Fraction(0)}
    ways = dict.fromkeys(arcs, Fraction(0))
    ways[start] = Fraction(1)
    before: dict[Hashable, list[Hashable]] = {party: [] for party in arcs}
    order: list[Hashable] = []
    waiting = [(Fraction(0), str(start), start)]
    while waiting:
        length, _, party = heapq.heappop(waiting)
        if party in far:
            continue
        far[party] = length
        order.append(party)
        for other, weight in arcs[party].items():
            through = length + (1 / weight if weighted else 1)
            if other not in best or through < best[other]:
                best[other] = through
                ways[other] = ways[party]
                before[other] = [party]
                heapq.heappush(waiting, (through, str(other), other))
            elif through == best[other] and other not in far:
                ways[other] += ways[party]
                before[other].append(party)
    return order, before, ways, far


def holes(arcs: Arcs, *, weighted: bool) -> dict[Hashable, tuple[float, float, float, float]]:
    """Constraint, effective size, efficiency, hierarchy (Burt 1992), by the letter."""

    def tie(i: Hashable, j: Hashable) -> Fraction:
        there, back = arcs[i].get(j, Fraction(0)), arcs[j].get(i, Fraction(0))
        return there + back if weighted else Fraction((there > 0) + (back > 0))

    near = {i: [j for j in arcs if tie(i, j)] for i in arcs}
    total = {i: sum((tie(i, j) for j in near[i]), Fraction(0)) for i in arcs}
    found = {}
    for i in arcs:
        if not near[i]:
            found[i] = (math.nan,) * 4
            continue
        costs, size = [], Fraction(len(near[i]))
        for j in near[i]:
            through = sum(
                (tie(i, q) / total[i] * tie(q, j) / total[q] for q in near[i] if q != j),
                Fraction(0),
            )
            costs.append((tie(i, j) / total[i] + through) ** 2)
            most = max(tie(j, k) for k in near[j])
            size -= sum(
                (tie(i, q) / total[i] * tie(j, q) / most for q in near[i] if q != j), Fraction(0)
            )
        number = len(costs)
        mean = sum(costs, Fraction(0)) / number
        disorder = sum(float(cost / mean) * math.log(cost / mean) for cost in costs)
        hierarchy = disorder / (number * math.log(number)) if number > 1 else 1.0
        found[i] = (float(sum(costs)), float(size), float(size / number), hierarchy)
    return found


KINDS = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")


def mediation(arcs: Arcs, group: Mapping[Hashable, object]) -> dict[Hashable, dict[str, float]]:
    """Gould and Fernandez 1989, one path at a time; None is a group that is not known."""
    found = {v: dict.fromkeys(KINDS, math.nan if group[v] is None else 0.0) for v in arcs}
    for a, v, b in permutations(arcs, 3):
        if None in (group[a], group[v], group[b]):
            continue
        if v in arcs[a] and b in arcs[v] and b not in arcs[a]:
            found[v][_kind(group[a], group[v], group[b])] += 1
    return found


def _kind(a: object, v: object, b: object) -> str:
    if a == v:
        return "coordinator" if b == v else "representative"
    if b == v:
        return "gatekeeper"
    return "itinerant" if a == b else "liaison"


def cut_off(arcs: Arcs) -> dict[Hashable, int]:
    """Parties outside the largest part left of a party's network when it is taken out."""
    near = {i: {*arcs[i], *(j for j in arcs if i in arcs[j])} for i in arcs}
    return {party: _left_over(near, party) for party in near}


def _left_over(near: Mapping[Hashable, set[Hashable]], gone: Hashable) -> int:
    parts = []
    seen = {gone}
    for start in near[gone]:
        if start in seen:
            continue
        part, waiting = 0, [start]
        seen.add(start)
        while waiting:
            part += 1
            for other in near[waiting.pop()] - seen:
                seen.add(other)
                waiting.append(other)
        parts.append(part)
    return sum(parts) - max(parts, default=0)


def is_path(arcs: Arcs, route: list[Hashable]) -> bool:
    """Whether each step of a route is a tie."""
    return all(other in arcs[one] for one, other in pairwise(route))
