"""Ties as contacts of one party with another, with the days that they may be of."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from ringmap.analysis.pairs import Integers
from ringmap.analysis.spans import ALWAYS, FOREVER, spans_of, windows_of
from ringmap.graph import RingGraph

#: For each party: whom a tie leads to, the days it may be used on, and the tie.
Ways = dict[int, list[tuple[int, int, int, int]]]


@dataclass(frozen=True, slots=True)
class Contacts:
    """A row per tie and direction in which it can be used.

    Attributes
    ----------
    first, last
        The days from which and until which the tie may have been used, open where no date
        is recorded.
    sure_first, sure_last
        Two columns each: a contact was made for sure on some day from the one to the other,
        the first contact and the last that records tell; ``ALWAYS`` and ``FOREVER`` where
        none has a date, or one is an estimate.
    """

    source: Integers
    target: Integers
    tie: Integers
    first: Integers
    last: Integers
    sure_first: Integers
    sure_last: Integers


def cases_passed(graph: RingGraph, ends: Collection[int]) -> list[int]:
    """Positions of the case files but those that a way begins or ends at.

    A case is no person: that two are named in one file is no meeting of theirs.
    """
    cases = np.flatnonzero((graph.parties["type"] == "case").to_numpy(dtype=bool))
    return sorted(set(cases.tolist()) - set(ends))


def contacts_of(graph: RingGraph, *, without: Collection[int] = ()) -> Contacts:
    """Every tie of a strength above 0 between two parties, both ways if it has no direction.

    Ties of the parties at the positions `without` are left out.
    """
    weight = graph.ties["weight"].to_numpy(dtype=np.float64)
    source, target = graph.source.astype(np.int64), graph.target.astype(np.int64)
    left_out = np.zeros(len(graph.parties), dtype=bool)
    left_out[list(without)] = True
    usable = (source != target) & (np.isnan(weight) | (weight > 0))
    used = np.flatnonzero(usable & ~left_out[source] & ~left_out[target])
    both = np.ones(len(used), dtype=bool)
    if graph.directed:
        both = ~graph.ties["directed"].to_numpy(dtype=bool)[used]
    tie = np.concatenate([used, used[both]])
    begins, ends = graph.ties["first"].astype(object), graph.ties["last"].astype(object)
    first, last = windows_of(begins, ends)
    spans = spans_of(begins, ends)
    about = spans.about[:, None]
    return Contacts(
        np.concatenate([source[used], target[used[both]]]),
        np.concatenate([target[used], source[used[both]]]),
        tie,
        first[tie],
        last[tie],
        np.where(about, ALWAYS, np.column_stack([spans.begin_early, spans.end_early]))[tie],
        np.where(about, FOREVER, np.column_stack([spans.begin_late, spans.end_late]))[tie],
    )


def ways_out(contacts: Contacts) -> Ways:
    """The ties that lead away from each party."""
    ways: Ways = {}
    columns = (contacts.source, contacts.target, contacts.first, contacts.last, contacts.tie)
    for one, other, first, last, tie in zip(*(column.tolist() for column in columns), strict=True):
        ways.setdefault(one, []).append((other, first, last, tie))
    return ways


def is_dated(contacts: Contacts, which: int) -> Integers:
    """Positions of contacts whose first (0) or last (1) day is bounded on both sides."""
    known = (contacts.sure_first[:, which] > ALWAYS) & (contacts.sure_last[:, which] < FOREVER)
    return np.flatnonzero(known)
