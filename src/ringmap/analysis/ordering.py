"""An order for the movements of one person, whose dates leave some of it open."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ringmap.analysis.spans import ALWAYS, FOREVER

Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Movement:
    """A leg or a stay: where from and to, the days it may begin on, and the last it may end on.

    `number` is that of the leg in its route, `route` the case and the route; `about` says that
    its dates are estimates, after which nothing is certain.
    """

    row: int
    start: str | None
    end: str | None
    begin_early: int
    begin_late: int
    end_late: int
    route: tuple[str, str] | None = None
    number: float | None = None
    stay: bool = False
    returns: bool = False
    about: bool = False

    def surely_before(self, other: "Movement") -> bool:
        """Whether by dates this one began before the other did."""
        return self.begin_late < other.begin_early

    def numbered_before(self, other: "Movement") -> bool:
        """Whether the records of one route number this leg before the other."""
        return (
            self.route is not None
            and self.route == other.route
            and self.number is not None
            and other.number is not None
            and self.number < other.number
        )

    @property
    def middle(self) -> tuple[bool, int]:
        """Twice the middle of the days it may begin on; what is not dated comes last."""
        open_days = self.begin_early == ALWAYS or self.begin_late == FOREVER
        return open_days, self.begin_early + self.begin_late


def put_in_order(movements: Sequence[Movement]) -> list[Movement]:
    """The movements in an order that contradicts no date, and no number that dates allow.

    Among those that may be next: one at the place where the person is, then one that leaves
    it, then one that no other leads to, then the earlier by the middle of its days. The
    place of what is not dated is a guess. Rows decide between equals.
    """
    left = sorted(movements, key=lambda one: one.row)
    sure = _surely_before(left)
    before = (sure | (_numbered_before(left) & ~sure.T)).astype(np.int64)
    leads = _may_lead_to(left, sure).astype(np.int64)
    waits, led_to = before.sum(axis=0), leads.sum(axis=0)
    found: list[Movement] = []
    remaining = set(range(len(left)))
    at: str | None = None
    while remaining:
        free = [place for place in remaining if waits[place] == 0]
        # Numbers can contradict dates in a circle; dates alone never do.
        free = free or [place for place in remaining if _dates_allow(left, remaining, place)]
        ranked = [
            (_fit(left[place], at, led_to=bool(led_to[place])), *left[place].middle,
             left[place].number or 0.0, place)
            for place in free
        ]  # fmt: skip
        chosen = min(ranked)[-1]
        one = left[chosen]
        remaining.remove(chosen)
        waits -= before[chosen]
        led_to -= leads[chosen]
        found.append(one)
        at = _reached(one)
    return found


def _surely_before(movements: Sequence[Movement]) -> Truths:
    """Whether the movement of a row surely began before that of a column."""
    early = np.array([one.begin_early for one in movements])
    late = np.array([one.begin_late for one in movements])
    sure: Truths = late[:, None] < early[None, :]
    return sure


def _numbered_before(movements: Sequence[Movement]) -> Truths:
    numbered = np.zeros((len(movements), len(movements)), dtype=bool)
    for row, one in enumerate(movements):
        if one.number is not None:
            numbered[row] = [one.numbered_before(other) for other in movements]
    return numbered


def _may_lead_to(movements: Sequence[Movement], sure: Truths) -> Truths:
    """Whether a row ends where the leg of a column begins, and is not surely later."""
    ends = np.array([_reached(one) or "" for one in movements], dtype=object)
    starts = np.array([one.start or one.end or "" for one in movements], dtype=object)
    meets: Truths = (ends[:, None] == starts[None, :]) & (ends != "")[:, None] & ~sure.T
    np.fill_diagonal(meets, False)
    return meets


def _dates_allow(movements: Sequence[Movement], remaining: set[int], place: int) -> bool:
    return not any(movements[one].surely_before(movements[place]) for one in remaining)


def _reached(one: Movement) -> str | None:
    return one.start if one.stay and one.end is None else one.end


def _fit(one: Movement, at: str | None, *, led_to: bool) -> int:
    """0 to 3: how well a movement follows the place where the person is."""
    here = one.start if one.start is not None else one.end
    if at is not None and here == at:
        return 0 if one.stay else 1
    return 3 if led_to and not one.stay else 2
