"""Whether ties keep to their own: who is tied to whom by country, side or role, and by chance."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from ringmap.analysis.chance import (
    LEVEL,
    Arcs,
    Sums,
    arcs_among,
    chance_of_labels,
    deal_labels,
    draw_ties,
    networks_for,
    p_in_words,
    share_as_far,
    standing,
    sums_of_arcs,
    sums_of_labels,
)
from ringmap.analysis.counting import counted
from ringmap.analysis.evidence import records_by
from ringmap.analysis.groups import group_codes
from ringmap.analysis.pairs import Integers, Numbers
from ringmap.errors import GraphError, QuestionError
from ringmap.graph import RingGraph

MIXING_COLUMNS = (
    "group", "other_group", "directed", "ties", "expected", "z", "strength", "strength_expected",
    "strength_z", "because", "records",
)  # fmt: skip
HOMOPHILY_COLUMNS = (
    "measure", "by_strength", "baseline", "value", "expected", "sd", "z", "p", "draws", "looks",
    "because",
)  # fmt: skip
#: A column of more different values than this groups nobody.
MOST_GROUPS = 200
#: Cells that chance alone would leave empty are left out when they are.
_LEAST_EXPECTED = 1.0


@dataclass(frozen=True, slots=True)
class Grouped:
    """The parties whose group is known, and the ties between them.

    Strengths of `arcs` are over two to the power of `scale`, so that the greatest lies between
    1/2 and 1: their squares and products neither overflow nor vanish, and nothing is rounded.
    """

    arcs: Arcs
    scale: int
    label: Integers
    names: list[str]
    size: Numbers
    ties_unknown: int


def find_mixing(graph: RingGraph, column: str) -> pd.DataFrame:
    """Ties between each two groups of a column, and how many chance would put there.

    Each tied pair counts once (directed: each arc), and only where the group of both ends is
    known; ``attrs['verdict']`` says how many that leaves out. A person of several roles,
    ``guard;recruiter``, is a group with those who have the same. ``expected`` (0 up) is the mean
    over all ways to deal the groups out anew among the parties whose group is known, the
    network staying as it is; ``z`` the distance from it in standard deviations of the same
    ways, both exact (Mantel 1967), 0 where chance leaves no choice. Cells without a tie are
    shown where at least one was to be expected. With ``strength`` the same for strengths.
    Most ties first, then by group.

    A z is no verdict of its own: of 28 cells one or two lie beyond 2 by chance. Busy parties
    make their group look busy; `measure_homophily` holds the number of ties of each as well.

    Parameters
    ----------
    column
        A column of ``graph.parties``: ``country``, ``side``, ``roles``, ``agency`` …

    Raises
    ------
    GraphError
        If there is no such column, or more than 200 groups in it.

    References
    ----------
    Mantel, N. (1967). The detection of disease clustering. Cancer Research 27, 209-220.
    """
    found = _grouped(graph, column)
    count = len(found.names)
    cells = found.label[found.arcs.tail] * count + found.label[found.arcs.head]
    first, second = np.divmod(np.arange(count * count), max(count, 1))
    kept = np.ones(count * count, dtype=bool) if graph.directed else first <= second
    ones = np.ones(len(cells))
    table = {"group": first[kept], "other_group": second[kept]}
    for name, weight, scale in (("", ones, 0), ("strength", found.arcs.weight, found.scale)):
        seen = np.bincount(cells, weights=weight, minlength=count * count)
        if not graph.directed:
            turned = seen.reshape(count, count)
            seen = np.where(first == second, seen / 2, (turned + turned.T).ravel() / 2)
        mean, deviation = _expected_cells(found, weight, first[kept], second[kept])
        distance = np.divide(
            seen[kept] - mean, deviation, out=np.zeros(len(mean)), where=deviation > 1e-9
        )
        table |= {
            name or "ties": np.ldexp(seen[kept], scale),
            f"{name}_expected".lstrip("_"): np.ldexp(mean, scale),
            f"{name}_z".lstrip("_"): distance,
        }
    return _mixing_table(graph, column, found, pd.DataFrame(table))


def _expected_cells(
    found: Grouped, weight: Numbers, first: Integers, second: Integers
) -> tuple[Numbers, Numbers]:
    """Mean and standard deviation of each cell, ties counted once."""
    ties, size = sums_of_arcs(found.arcs, weight), found.size
    one, other, same = size[first], size[second], first == second
    pairs = np.where(same, one * (one - 1), one * other)
    if found.arcs.directed:
        rows, columns = one * other**2, other * one**2
        labels = Sums(
            pairs, pairs, np.where(same, pairs, 0), np.where(same, one * (one - 1) ** 2, rows),
            np.where(same, one * (one - 1) ** 2, columns),
            np.where(same, one * (one - 1) ** 2, 0),
        )  # fmt: skip
        return chance_of_labels(ties, labels, found.arcs.count)
    pairs = np.where(same, pairs, 2 * pairs)
    rows = np.where(same, one * (one - 1) ** 2, one * other**2 + other * one**2)
    labels = Sums(pairs, pairs, pairs, rows, rows, rows)
    mean, deviation = chance_of_labels(ties, labels, found.arcs.count)
    return mean / 2, deviation / 2


def _mixing_table(
    graph: RingGraph, column: str, found: Grouped, cells: pd.DataFrame
) -> pd.DataFrame:
    shown = cells[(cells["ties"] > 0) | (cells["expected"] >= _LEAST_EXPECTED)].copy()
    shown["ties"] = shown["ties"].round().astype("int64")
    shown = shown.sort_values(
        ["ties", "group", "other_group"], ascending=[False, True, True], ignore_index=True
    )
    shown["records"] = _records_of_cells(graph, column, shown)
    shown["directed"] = graph.directed
    shown["because"] = [
        _of_cell(ties, expected, distance)
        for ties, expected, distance in zip(
            shown["ties"], shown["expected"], shown["z"], strict=True
        )
    ]
    for name in ("group", "other_group"):
        shown[name] = pd.Series([found.names[one] for one in shown[name]], dtype="str")
    table = shown[list(MIXING_COLUMNS)]
    table.attrs["verdict"] = _counted(found)
    return table


def _of_cell(ties: int, expected: float, distance: float) -> str:
    word = "more than" if distance > 2 else "fewer than" if distance < -2 else "about what"
    return (
        f"{counted(ties, 'tie')}; {expected:.1f} expected if the groups were dealt out anew: {word}"
        f" chance gives (z {distance:+.1f})"
    )


def _records_of_cells(graph: RingGraph, column: str, cells: pd.DataFrame) -> pd.Series:
    label, names = group_codes(graph.parties[column])
    count = max(len(names), 1)
    first, second = label[graph.source], label[graph.target]
    weight = graph.ties["weight"].to_numpy(dtype=np.float64)
    counted = (first >= 0) & (second >= 0) & (graph.source != graph.target) & ~(weight == 0)
    place = np.full(count * count, -1, dtype=np.int64)
    place[cells["group"] * count + cells["other_group"]] = np.arange(len(cells))
    ties = np.flatnonzero(counted).astype(np.int64)
    first, second = first[ties], second[ties]
    if not graph.directed:
        cell = place[np.minimum(first, second) * count + np.maximum(first, second)]
        return records_by(graph, cell, ties, len(cells))
    back = ~graph.ties["directed"].to_numpy(dtype=bool)[ties]
    cell = np.concatenate([place[first * count + second], place[(second * count + first)[back]]])
    return records_by(graph, cell, np.concatenate([ties, ties[back]]), len(cells))


def measure_homophily(
    graph: RingGraph, column: str, *, seed: int = 0, draws: int = 999
) -> pd.DataFrame:
    """Whether ties look inward or outward by the groups of a column, each beside chance.

    ``e_i`` is Krackhardt and Stern's index: ties that lead out of their group less those
    inside, over both (−1 all inside, 1 all out). ``assortativity`` is Newman's coefficient
    (1 all inside, 0 as the numbers of ties alone would give, negative outward; NaN where
    all ties are of one group). Each by the number of tied pairs and ``by_strength``.

    No value says anything without its baseline: with many small groups nearly every tie must
    lead out. ``baseline`` is ``labels``: the groups dealt out anew among the parties whose
    group is known; or ``ties``: random networks in which everybody keeps their number of ties
    (undirected and directed; not for strengths, which have no place of their own there).
    ``expected`` and ``sd`` of ``e_i`` against ``labels`` are exact, others are those of the
    draws; ``z`` is in these standard deviations, 0 where chance leaves no choice; ``p`` is
    two-sided and at least 1/(draws + 1). ``looks`` is ``inward``, ``outward`` or ``chance``
    (p of .05 or more). Records behind the counts are those of `find_mixing`.

    Ties with an end of unknown group are left out, and counted in ``attrs['verdict']``. Who
    was watched together is tied together: a wiretap in one country looks inward by itself.
    Above some thousand ties fewer random networks are drawn (``draws``), 99 at least.

    Returns
    -------
        A row per measure and baseline; none when no tie has two known ends or there is one
        group only, and ``attrs['verdict']`` says so.

    Raises
    ------
    GraphError
        If there is no such column, or more than 200 groups in it, or fewer than 20 draws.

    References
    ----------
    Krackhardt, D., Stern, R. N. (1988). Informal networks and organizational crises. Social
    Psychology Quarterly 51, 123-140.
    Newman, M. E. J. (2003). Mixing patterns in networks. Physical Review E 67, 026126.
    """
    if draws < 20:
        raise QuestionError(f"{draws} draws tell nothing", hint="draw 20 times at least")
    found = _grouped(graph, column)
    rows: list[dict[str, object]] = []
    if found.arcs.ties and len(found.names) > 1:
        ones = np.ones(len(found.arcs.tail))
        rows += _against_labels(found, ones, False, seed, draws)
        rows += _against_ties(found, seed, networks_for(found.arcs.ties, draws))
        rows += _against_labels(found, found.arcs.weight, True, seed, draws)
    table = pd.DataFrame(rows, columns=list(HOMOPHILY_COLUMNS))
    table.attrs["verdict"] = _verdict(found, table)
    return table


def _grouped(graph: RingGraph, column: str) -> Grouped:
    if column not in graph.parties.columns:
        raise QuestionError(
            f"parties have no column '{column}'",
            hint=f"choose among {', '.join(map(str, graph.parties.columns))}",
        )
    label, names = group_codes(graph.parties[column])
    if len(names) > MOST_GROUPS:
        raise GraphError(
            f"'{column}' has {len(names)} different values, which are no groups",
            hint="choose a column such as country, side or roles",
        )
    known = label >= 0
    arcs = arcs_among(graph, known)
    scale = int(np.frexp(arcs.weight.max(initial=0.0))[1])
    arcs = replace(arcs, weight=np.ldexp(arcs.weight, -scale))
    size = np.bincount(label[known], minlength=len(names)).astype(np.float64)
    unknown = len(graph.simple.source) - len(arcs.tail) // arcs.per_tie
    return Grouped(arcs, scale, label[known], names, size, unknown)


def _indices(label: Integers, tail: Integers, head: Integers, weight: Numbers,
             groups: int) -> tuple[float, float]:  # fmt: skip
    """E–I and assortativity of a labelling."""
    start, end = label[tail], label[head]
    total = weight.sum()
    inside = weight[start == end].sum() / total
    out = np.bincount(start, weights=weight, minlength=groups) / total
    into = np.bincount(end, weights=weight, minlength=groups) / total
    mixed = float(out @ into)
    nominal = (inside - mixed) / (1 - mixed) if mixed < 1 - 1e-12 else float("nan")
    return float(1 - 2 * inside), float(nominal)


def _against_labels(found: Grouped, weight: Numbers, strong: bool, seed: int,
                    draws: int) -> list[dict[str, object]]:  # fmt: skip
    arcs, groups = found.arcs, len(found.names)
    outward, nominal = _indices(found.label, arcs.tail, arcs.head, weight, groups)
    drawn = np.array([
        _indices(label, arcs.tail, arcs.head, weight, groups)
        for label in deal_labels(found.label, draws, seed)
    ])  # fmt: skip
    labels = sums_of_labels(found.size, np.eye(groups))
    inside, deviation = chance_of_labels(sums_of_arcs(arcs, weight), labels, arcs.count)
    total = weight.sum()
    mean, spread = float(1 - 2 * inside / total), float(2 * deviation / total)
    told = drawn[:, 1][~np.isnan(drawn[:, 1])]
    return [
        _row("e_i", strong, "labels", outward, mean, spread, drawn[:, 0]),
        _row("assortativity", strong, "labels", nominal, *_spread(told), told),
    ]


def _against_ties(found: Grouped, seed: int, draws: int) -> list[dict[str, object]]:
    arcs, groups = found.arcs, len(found.names)
    outward, nominal = _indices(found.label, arcs.tail, arcs.head, np.ones(len(arcs.tail)), groups)
    ones, drawn = np.ones(len(arcs.tail)), []
    for tail, head in draw_ties(arcs, draws, seed):
        if not arcs.directed:
            tail, head = np.concatenate([tail, head]), np.concatenate([head, tail])
        drawn.append(_indices(found.label, tail, head, ones, groups))
    values = np.array(drawn)
    return [
        _row("e_i", False, "ties", outward, *_spread(values[:, 0]), values[:, 0]),
        _row("assortativity", False, "ties", nominal, *_spread(values[:, 1]), values[:, 1]),
    ]


def _spread(drawn: Numbers) -> tuple[float, float]:
    if len(drawn) < 2:
        return float("nan"), 0.0
    return float(drawn.mean()), float(drawn.std(ddof=1))


def _row(measure: str, strong: bool, baseline: str, value: float, mean: float, deviation: float,
         drawn: Numbers) -> dict[str, object]:  # fmt: skip
    known = not np.isnan(value) and len(drawn) > 0
    p = share_as_far(value, drawn, mean) if known else float("nan")
    distance = standing(value, mean, deviation) if known else float("nan")
    lower = value < mean
    looks = "chance"
    if known and p < LEVEL:
        looks = "inward" if lower == (measure == "e_i") else "outward"
    row = {
        "measure": measure, "by_strength": strong, "baseline": baseline, "value": value,
        "expected": mean, "sd": deviation, "z": distance, "p": p, "draws": len(drawn),
        "looks": looks,
    }  # fmt: skip
    return row | {"because": _of_row(row) if known else "all ties are of one group: no value"}


def _of_row(row: dict[str, object]) -> str:
    name = "E–I" if row["measure"] == "e_i" else "assortativity"
    counted = "strength" if row["by_strength"] else "ties"
    chance = (
        "if the groups were dealt out anew" if row["baseline"] == "labels"
        else "if everybody's ties were drawn anew"
    )  # fmt: skip
    verdict = {
        "inward": "the ties look inward, against chance",
        "outward": "the ties look outward, against chance",
        "chance": "no more inward or outward than chance gives",
    }[str(row["looks"])]
    return (
        f"{name} of {counted} {row['value']:+.3f}, {row['expected']:+.3f} expected {chance}"
        f" (z {row['z']:+.1f}, {p_in_words(float(str(row['p'])))}): {verdict}"
    )


def _counted(found: Grouped) -> str:
    left = f"; {found.ties_unknown} with an end of unknown group are left out"
    return (
        f"{counted(found.arcs.ties, 'tie')} between {counted(found.arcs.count, 'party')}"
        f" of known group{left}"
    )


def _verdict(found: Grouped, table: pd.DataFrame) -> str:
    if found.arcs.ties == 0:
        return f"nothing to measure here: no tie has two ends of known group; {_counted(found)}"
    if len(found.names) < 2:
        return f"nothing to measure here: all are of one group; {_counted(found)}"
    inside = found.label[found.arcs.tail] == found.label[found.arcs.head]
    out = int((~inside).sum()) // found.arcs.per_tie
    return (
        f"{out} of {counted(found.arcs.ties, 'tie')}"
        f" {'leads out of its' if out == 1 else 'lead out of their'} group;"
        f" {table['because'].iat[0]};"
        f" {_counted(found)}"
    )
