"""What a finding is held against: ties drawn anew, and the best core of such networks."""

import numpy as np
import numpy.typing as npt

from ringmap.kernels.library import as_array, call

Integers = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]


class Swaps:
    """Exchanges of ends, with the room that they take, kept from one to the next."""

    def __init__(self, count: int, ties: int, *, directed: bool) -> None:
        self._of = (count, ties, int(directed))
        self._slots = np.empty(1 << (3 * ties + 1).bit_length(), dtype=np.uint64)
        self._pairs = np.empty(ties // 2 * 4, dtype=np.int64)

    def swapped(self, ends: Integers, order: Integers, turned: Truths) -> Integers:
        """Ties, each once, after half of them were paired with the others and exchanged heads.

        Tie ``order[i]`` goes with tie ``order[half + i]``, of which tail and head change places
        first where `turned` says so. Left as they are: pairs of which a tie, old or new, is also
        one of another pair, and those that would tie somebody to themselves.

        Parameters
        ----------
        ends
            Tail and head of each tie, below the count of parties.
        """
        exchanged = ends.astype(np.int64)
        call("swap_ends", *self._of, as_array(order, "i64"), turned.view(np.uint8),
             len(self._slots), self._slots, self._pairs, exchanged)  # fmt: skip
        return exchanged


def climb_core(
    cuts: Integers, head: Integers, start: Truths, *, steps: int, least: float
) -> tuple[float, Truths]:
    """Fit and core after moving one party at a time, the best move first, until none helps.

    Of moves as good as each other that of the party of the lowest number is made. Contacts of
    i are ``head[cuts[i]:cuts[i + 1]]``.
    """
    core, fit = start.astype(np.uint8), np.empty(1)
    call("climb_core", len(core), as_array(cuts, "i64"), as_array(head, "i64"), steps, least,
         core, fit)  # fmt: skip
    return float(fit[0]), core.astype(bool)
