"""Whether a network has a core that knows each other and a fringe that does not."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.analysis.chance import (
    LEVEL,
    Arcs,
    arcs_among,
    draw_ties,
    networks_for,
    p_in_words,
    share_as_high,
)
from ringmap.analysis.counting import counted
from ringmap.analysis.evidence import records_of_parties
from ringmap.analysis.pairs import Integers, Numbers
from ringmap.errors import QuestionError
from ringmap.graph import RingGraph
from ringmap.kernels import climb_core, compiled

MEMBER_COLUMNS = (
    "party", "side", "place", "ties", "ties_to_core", "because", "records",
)  # fmt: skip
#: Fewer tied parties than this are never told to have a core.
LEAST_PARTIES = 6
#: Up to this many tied parties every possible core is looked at.
EXACT_UP_TO = 14
#: Climbs, each from another core; one only in networks of more parties than `_MANY`.
_STARTS, _MANY = 4, 2_000
_MOST_STEPS = 500
_SAME = 1e-9

Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class CoreVerdict:
    """Whether a network has a core, how well it fits, and who is in it.

    Attributes
    ----------
    found
        True when the fit is beyond chance by the numbers of ties of everybody too.
    fit
        Correlation of ties with the ideal pattern, −1 to 1; NaN where there is none.
    size
        How many are in the core; `level` how many more are in some equally good cores only.
    proved
        True when every possible core was looked at, False for the best that a search found.
    expected_any, p_any
        Mean fit of random networks of as many ties, and the share of them that fit as well.
    expected_degrees, p_degrees
        The same where everybody keeps their number of ties.
    draws
        How many random networks of each kind.
    because
        The reason in plain words; it names numbers, never people.
    members
        A row per party of the core and of equally good cores (see `find_core`).
    """

    found: bool
    fit: float
    size: int
    level: int
    proved: bool
    expected_any: float
    p_any: float
    expected_degrees: float
    p_degrees: float
    draws: int
    because: str
    members: pd.DataFrame


def find_core(
    graph: RingGraph, *, include_victims: bool = False, seed: int = 0, draws: int = 199
) -> CoreVerdict:
    """The core–periphery pattern that fits best, and whether chance gives as good a one.

    Borgatti and Everett's discrete model: in the core everybody is tied to everybody, in the
    periphery nobody to anybody, and ties between the two are left out of account. The fit is
    the correlation of ties with that pattern over those pairs, direction and strength left
    out. Parties without ties are left out and counted. Up to 14 tied parties every core is
    looked at (``proved``); in larger networks the best of several climbs from the parties with
    most ties is taken, which may miss a better one, and the same climb is made in each random
    network.

    Every network has a best core, so the fit alone says nothing. Compared are networks with
    as many ties, and networks in which everybody keeps their number of ties. The first
    alone is the usual test; the second is hard to pass, for a few busy people make a
    core by themselves (Kojaku and Masuda 2018). ``found`` needs both below .05. A core of
    people who were wiretapped together is a core of the wiretap. Several rings in
    one file have no core together: ask ring by ring.

    ``members`` has ``place``: ``core``, or ``level`` for who is in some equally good cores and
    not in others; ``ties`` and ``ties_to_core``; ``core`` first, most ``ties_to_core`` first,
    then by id. It has no rows when nothing is beyond chance by either comparison. Victims count
    in the network; they are not listed unless `include_victims`, and ``because`` says how
    many there are.

    Raises
    ------
    GraphError
        If fewer than 20 draws are asked for.

    References
    ----------
    Borgatti, S. P., Everett, M. G. (2000). Models of core/periphery structures. Social
    Networks 21, 375-395.
    Kojaku, S., Masuda, N. (2018). Core-periphery structure requires something else in the
    network. New Journal of Physics 20, 043012.
    """
    if draws < 20:
        raise QuestionError(f"{draws} draws tell nothing", hint="draw 20 times at least")
    network, parties = _network(graph)
    if network.count < LEAST_PARTIES:
        return _too_small(network.count)
    best = best_core(network, equals=True)
    if best is None:
        return _nothing(network.count)
    number = networks_for(network.ties, draws)
    by_degrees = np.array([*_fits(network, draw_ties(network, number, seed))])
    by_ties = np.array([*_fits(network, _any_ties(network, number, seed))])
    p_any, p_degrees = share_as_high(best.fit, by_ties), share_as_high(best.fit, by_degrees)
    members = _members(graph, network, parties, best)
    listed = min(p_any, p_degrees) < LEVEL
    victims = int(members["side"].isin(["victim", "both"]).sum())
    if not listed:
        members = members.iloc[:0]
    elif not include_victims:
        members = members[~members["side"].isin(["victim", "both"])].reset_index(drop=True)
    figures = (float(by_ties.mean()), p_any, float(by_degrees.mean()), p_degrees)
    because = _because(network.count, best, figures, victims if listed else 0)
    found = p_any < LEVEL and p_degrees < LEVEL
    size, level = int(best.core.sum()), int(best.level.sum())
    return CoreVerdict(
        found, best.fit, size, level, best.proved, *figures, number, because, members
    )


@dataclass(frozen=True, slots=True)
class Best:
    """The best core: who is in all equally good ones, and who in some."""

    fit: float
    core: Truths
    level: Truths
    proved: bool


def best_core(network: Arcs, *, equals: bool) -> Best | None:
    """The core whose pattern correlates best with the ties; None where no pattern can.

    Ties between core and periphery are left out of account. Undirected networks only. With
    `equals` a climb also looks for who could be exchanged at no loss.
    """
    if network.count <= EXACT_UP_TO:
        return _every_core(network)
    return _climbed(network, equals=equals)


def _network(graph: RingGraph) -> tuple[Arcs, Integers]:
    """Tied parties, with each tie as two arcs, and their positions in the graph."""
    everyone = arcs_among(graph, np.ones(len(graph.parties), dtype=bool))
    ends = np.concatenate([everyone.tail, everyone.head])
    parties, place = np.unique(ends, return_inverse=True)
    tail, head = place[: len(everyone.tail)], place[len(everyone.tail) :]
    keys = np.unique(np.minimum(tail, head) * len(parties) + np.maximum(tail, head))
    low, high = keys // max(len(parties), 1), keys % max(len(parties), 1)
    return _both_ways(len(parties), low, high), parties.astype(np.int64)


def _both_ways(count: int, low: Integers, high: Integers) -> Arcs:
    tail, head = np.concatenate([low, high]), np.concatenate([high, low])
    return Arcs(count, tail, head, np.ones(len(tail)), False)


def fit_of(size: Numbers, inner: Numbers, outer: Numbers, count: int) -> Numbers:
    """Correlation of ties with the pattern, from core sizes and ties in core and in periphery.

    −1 where there is no pattern: fewer than two in the core or outside, or no tie or no gap.
    """
    core_pairs = size * (size - 1) / 2
    rest_pairs = (count - size) * (count - size - 1) / 2
    ties, pairs = inner + outer, core_pairs + rest_pairs
    spread = core_pairs * rest_pairs * ties * (pairs - ties)
    told = spread > 0
    return np.where(
        told, (inner * rest_pairs - outer * core_pairs) / np.sqrt(np.where(told, spread, 1)), -1.0
    )


def _every_core(network: Arcs) -> Best | None:
    matrix = np.zeros((network.count, network.count))
    matrix[network.tail, network.head] = 1
    numbers = np.arange(2**network.count)
    chosen = (numbers[:, None] >> np.arange(network.count)) & 1
    inside = chosen.astype(np.float64)
    inner = ((inside @ matrix) * inside).sum(axis=1) / 2
    outer = (((1 - inside) @ matrix) * (1 - inside)).sum(axis=1) / 2
    fits = fit_of(inside.sum(axis=1), inner, outer, network.count)
    fit = float(fits.max())
    if fit <= -1 + _SAME and not (fits > -1).any():
        return None
    equal = chosen[fits >= fit - _SAME].astype(bool)
    core: Truths = np.asarray(equal.all(axis=0))
    either: Truths = np.asarray(equal.any(axis=0))
    return Best(fit, core, either & ~core, True)


def _climbed(network: Arcs, *, equals: bool) -> Best | None:
    """The best of several climbs, one party in or out or two exchanged at a time."""
    degree = np.bincount(network.tail, minlength=network.count)
    order = np.lexsort((np.arange(network.count), -degree))
    place = np.empty(network.count, dtype=np.int64)
    place[order] = np.arange(network.count)
    last = np.maximum(place[network.tail], place[network.head])
    first = np.minimum(place[network.tail], place[network.head])
    sizes = np.arange(1, network.count + 1)
    inner = np.cumsum(np.bincount(last, minlength=network.count)) / 2
    outer = network.ties - np.cumsum(np.bincount(first, minlength=network.count)) / 2
    fits = fit_of(sizes.astype(np.float64), inner, outer, network.count)
    if (fits <= -1).all():
        return None
    number = _STARTS if network.count <= _MANY else 1
    starts = sizes[np.argsort(-fits, kind="stable")[:number]]
    contacts = Contacts.of(network)
    climbs = [_climb(contacts, place < size) for size in starts]
    fit, core = max(climbs, key=lambda climb: climb[0])
    level = _with_equals(contacts, fit, core) if equals else np.zeros_like(core)
    return Best(fit, core & ~level, level, False)


@dataclass(frozen=True, slots=True)
class Contacts:
    """The contacts of each party: those of i are ``head[cuts[i]:cuts[i + 1]]``."""

    head: Integers
    cuts: Integers
    degree: Numbers

    @classmethod
    def of(cls, network: Arcs) -> "Contacts":
        """Contacts of the parties of a network."""
        order = np.argsort(network.tail, kind="stable")
        cuts = np.searchsorted(network.tail[order], np.arange(network.count + 1))
        return cls(network.head[order], cuts, np.diff(cuts).astype(np.float64))

    def near(self, party: int) -> Integers:
        """Contacts of one party."""
        return self.head[self.cuts[party] : self.cuts[party + 1]]

    def in_core(self, core: Truths) -> Numbers:
        """How many contacts each party has in the core."""
        from_core = np.repeat(core, np.diff(self.cuts))
        return np.bincount(self.head[from_core], minlength=len(core)).astype(np.float64)


def _climb(contacts: Contacts, start: Truths) -> tuple[float, Truths]:
    """Improve a core by moving one party at a time, the best move first, until none helps."""
    if compiled():
        return climb_core(contacts.cuts, contacts.head, start, steps=_MOST_STEPS, least=_SAME)
    core, near = start.copy(), contacts.in_core(start)
    fit = -1.0
    for _ in range(_MOST_STEPS):
        fits, fit = _fits_of_moves(contacts.degree, near, core)
        best = int(np.argmax(fits))
        if fits[best] <= fit + _SAME:
            break
        core[best] = ~core[best]
        near[contacts.near(best)] += 1 if core[best] else -1
    return fit, core


def _ties_of(degree: Numbers, near: Numbers, core: Truths) -> tuple[float, float, float]:
    """Size of a core, ties in it, and ties in the periphery."""
    outer = float((degree - near)[~core].sum()) / 2
    return float(core.sum()), float(near[core].sum()) / 2, outer


def _fits_of_moves(degree: Numbers, near: Numbers, core: Truths) -> tuple[Numbers, float]:
    """Fit after moving each party alone into or out of the core, and the fit as it is."""
    size, inner, outer = _ties_of(degree, near, core)
    step = np.where(core, -1.0, 1.0)
    sizes = np.append(size + step, size)
    fits = fit_of(
        sizes, np.append(inner + step * near, inner),
        np.append(outer - step * (degree - near), outer), len(core),
    )  # fmt: skip
    return fits[:-1], float(fits[-1])


def _with_equals(contacts: Contacts, fit: float, core: Truths) -> Truths:
    """Who can enter, leave or be exchanged for another without any loss."""
    near, degree = contacts.in_core(core), contacts.degree
    far = degree - near
    level = _fits_of_moves(degree, near, core)[0] >= fit - _SAME
    size, inner, outer = _ties_of(degree, near, core)
    outside = np.flatnonzero(~core)
    tied = np.zeros(len(core))
    for one in np.flatnonzero(core).tolist():
        tied[:] = 0
        tied[contacts.near(one)] = 1
        joined = tied[outside]
        fits = fit_of(
            np.full(len(outside), size), inner - near[one] + near[outside] - joined,
            outer + far[one] - far[outside] - joined, len(core),
        )  # fmt: skip
        same = fits >= fit - _SAME
        level[outside[same]] = True
        level[one] |= bool(same.any())
    return level


def _fits(network: Arcs, drawn: Iterator[tuple[Integers, Integers]]) -> Iterator[float]:
    """Best fit of each random network; −1 where it has no pattern."""
    for tail, head in drawn:
        best = best_core(_both_ways(network.count, tail, head), equals=False)
        yield best.fit if best is not None else -1.0


def _any_ties(network: Arcs, draws: int, seed: int) -> Iterator[tuple[Integers, Integers]]:
    """Ends of as many ties between any two parties."""
    chance = np.random.default_rng(seed)
    every = network.count * (network.count - 1) // 2
    for _ in range(draws):
        drawn = chance.choice(every, size=network.ties, replace=False, shuffle=False)
        high = np.floor((1 + np.sqrt(8 * drawn + 1.0)) / 2).astype(np.int64)
        high -= (high * (high - 1) // 2) > drawn
        high += ((high + 1) * high // 2) <= drawn
        yield drawn - high * (high - 1) // 2, high


def _members(graph: RingGraph, network: Arcs, parties: Integers, best: Best) -> pd.DataFrame:
    side = pd.Series([None] * len(graph.parties), dtype="str")
    if "side" in graph.parties.columns:
        side = graph.parties["side"]
    either = best.core | best.level
    ties = np.bincount(network.tail, minlength=network.count)
    to_core = np.bincount(network.head[best.core[network.tail]], minlength=network.count)
    table = pd.DataFrame(
        {
            "party": graph.parties["party"].to_numpy(dtype=object)[parties],
            "side": side.to_numpy(dtype=object)[parties],
            "place": np.where(best.core, "core", "level"),
            "ties": ties, "ties_to_core": to_core,
            "records": records_of_parties(graph).to_numpy()[parties],
        }
    )[either]  # fmt: skip
    size = int(best.core.sum())
    table["because"] = [
        f"tied to {near} of the {counted(size - (place == 'core'), 'other')} of the core, and to"
        f" {every - near} outside it"
        + ("" if place == "core" else "; a core without this party fits as well")
        for place, every, near in zip(
            table["place"], table["ties"], table["ties_to_core"], strict=True
        )
    ]
    table = table.sort_values(
        ["place", "ties_to_core", "party"], ascending=[True, False, True], ignore_index=True
    )
    return table[list(MEMBER_COLUMNS)].astype({"party": "str", "side": "str", "place": "str"})


def _because(
    count: int, best: Best, figures: tuple[float, float, float, float], victims: int
) -> str:
    expected_any, p_any, expected_degrees, p_degrees = figures
    sort = "best of all" if best.proved else "best that a search found"
    size = f"{int(best.core.sum())} of {count} tied parties" + (
        f", {int(best.level.sum())} more in some equally good cores" if best.level.any() else ""
    )
    fit = (
        f"the {sort} ({size}) fits with a correlation of {best.fit:.2f}; random networks of as many"
        f" ties {expected_any:.2f} ({p_in_words(p_any)}), those in which everybody keeps their"
        f" number of ties {expected_degrees:.2f} ({p_in_words(p_degrees)})"
    )
    if p_any < LEVEL and p_degrees < LEVEL:
        start = "a core is here"
    elif p_any < LEVEL:
        start = "no core beyond what the numbers of ties make: a few have most of them"
    elif p_degrees < LEVEL:
        start = "no core: it fits these numbers of ties well, but networks of any ties as well"
    else:
        start = "no core here"
    hidden = f"; {victims} of those in it are victims" if victims else ""
    return f"{start}: {fit}{hidden}"


def _too_small(count: int) -> CoreVerdict:
    return _none(f"no core here: {count} tied parties are too few to tell a core from chance")


def _nothing(count: int) -> CoreVerdict:
    return _none(
        f"no core here: all of {count} tied parties are tied to each other, or no two groups"
        " can be told apart"
    )


def _none(because: str) -> CoreVerdict:
    nan = float("nan")
    members = pd.DataFrame(columns=list(MEMBER_COLUMNS))
    return CoreVerdict(False, nan, 0, 0, True, nan, nan, nan, nan, 0, because, members)
