"""How a ring would most easily close the gap that a removal leaves: models, not forecasts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ringmap.analysis.set_costs import clusters

#: The models, in the order of columns; the first is the one told in words.
MODELS = ("nearest", "most_connected", "same_role", "one_tie")

Near = list[set[int]]


@dataclass(frozen=True, slots=True)
class Repair:
    """What a model proposes after one removal.

    Attributes
    ----------
    level
        Positions of all who would do equally well as a replacement; the first takes over.
    new_ties
        Whom the first must be tied to newly, one in each piece that it is not in.
    shared
        How many contacts of the removed party it has already.
    contacts
        How many the removed party had.
    pieces
        Into how many pieces these fell.
    """

    level: tuple[int, ...]
    new_ties: tuple[int, ...]
    shared: int
    contacts: int
    pieces: int


class Ring:
    """A ring that repairs itself by one model after each removal.

    `replaces` are those who may replace somebody; `roles` are the roles of each party.
    """

    def __init__(
        self,
        near: Sequence[Sequence[int]],
        replaces: Sequence[bool],
        roles: Sequence[frozenset[str]],
        model: str,
    ) -> None:
        self.near: Near = [set(one) for one in near]
        self.gone = bytearray(len(near))
        self.replaces = replaces
        self.roles = roles
        self.model = model

    def remove(self, party: int) -> Repair:
        """Take a party out and close the gap; the ring goes on with the new ties."""
        contacts = sorted(self.near[party])
        steps = self._steps_from(party)
        for other in contacts:
            self.near[other].discard(party)
        self.near[party] = set()
        self.gone[party] = 1
        pieces = self._pieces(contacts)
        level = self._level(party, contacts, steps, pieces)
        new_ties = self._new_ties(level, contacts, pieces)
        for other in new_ties:
            self.near[level[0]].add(other)
            self.near[other].add(level[0])
        shared = len(set(contacts) & self.near[level[0]]) - len(new_ties) if level else 0
        return Repair(level, new_ties, shared, len(contacts), len(pieces))

    def largest(self) -> int:
        """Parties of the largest part."""
        return max(map(len, clusters(self.near, bytearray(self.gone))), default=0)

    def _steps_from(self, start: int) -> dict[int, int]:
        steps, waiting = {start: 0}, [start]
        for one in waiting:
            for other in sorted(self.near[one]):
                if other not in steps:
                    steps[other] = steps[one] + 1
                    waiting.append(other)
        return steps

    def _pieces(self, contacts: Sequence[int]) -> list[set[int]]:
        """Parts that hold a contact, the largest first, then by their first party."""
        found: list[set[int]] = []
        seen: set[int] = set()
        for one in contacts:
            if one not in seen:
                found.append(set(self._steps_from(one)))
                seen |= found[-1]
        return sorted(found, key=lambda piece: (-len(piece), min(piece)))

    def _level(
        self,
        party: int,
        contacts: Sequence[int],
        steps: dict[int, int],
        pieces: Sequence[set[int]],
    ) -> tuple[int, ...]:
        """Everybody who replaces the party best by the model; nobody where there is no gap."""
        if len(pieces) < 2:
            return ()
        within = sorted(one for one in steps if one != party and self.replaces[one])
        known = set(contacts)

        def shared(one: int) -> int:
            return len(self.near[one] & known)

        if self.model == "most_connected":
            return _best(within, lambda one: (len(self.near[one]),))
        if self.model == "same_role":
            alike = [one for one in within if self.roles[one] & self.roles[party]]
            return _best(alike, lambda one: (-steps[one], shared(one)))
        near = [one for one in within if one in known]
        if self.model == "one_tie":
            near = [one for one in near if one in pieces[0]] or near
            return _best(near, lambda one: (len(self.near[one]),))
        return _best(near, lambda one: (shared(one),))

    def _new_ties(
        self, level: Sequence[int], contacts: Sequence[int], pieces: Sequence[set[int]]
    ) -> tuple[int, ...]:
        if not level:
            return ()
        apart = [piece for piece in pieces if level[0] not in piece]
        if self.model == "one_tie":
            apart = apart[:1]
        known = set(contacts)
        return tuple(
            _best(sorted(known & piece), lambda one: (len(self.near[one]),))[0] for piece in apart
        )


def _best(parties: Sequence[int], merit: Callable[[int], tuple[int, ...]]) -> tuple[int, ...]:
    most = max(map(merit, parties), default=())
    return tuple(one for one in parties if merit(one) == most)
