"""Key players in sentences: what the best sets do, and what each member has to do with it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ringmap.analysis.counting import counted
from ringmap.analysis.reasons import percent
from ringmap.analysis.set_costs import clusters

#: Shares closer to nothing than this are nothing that rounding made something.
SAME_SHARE = 1e-12


@dataclass(frozen=True, slots=True)
class Around:
    """What is around one party in its connected part.

    Attributes
    ----------
    parties
        Of the part, the party included.
    pieces
        Sizes of what its part falls into without it, the largest first.
    near, beyond
        How many others it is tied to, and how many are two steps away.
    """

    parties: int
    pieces: tuple[int, ...]
    near: int
    beyond: int


def look_around(near: Sequence[Collection[int]], party: int) -> Around:
    """What is around a party of a connected part."""
    gone = bytearray(len(near))
    gone[party] = 1
    pieces = sorted((len(piece) for piece in clusters(near, gone)), reverse=True)
    first = set(near[party])
    second = {other for one in first for other in near[one]} - first - {party}
    return Around(len(near), tuple(pieces), len(first), len(second))


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a best set: in how many it is, and values with and without it.

    `alone` is the value of the member by itself, `whole` of the first set it is in, `rest` of
    that set without it.
    """

    times: int
    sets: int
    alone: float
    whole: float
    rest: float
    around: Around


def player_sentence(criterion: str, member: Member) -> str:
    """Why a party is in a best set, in numbers."""
    held = (
        "in the best set" if member.sets == 1
        else f"in {member.times} of {member.sets} equally good sets"
    )  # fmt: skip
    alone, whole, rest = map(share, (member.alone, member.whole, member.rest))
    if criterion == "reach":
        return f"{held}; {_reached(member.around)}; by itself {alone} near to everybody, the set" \
               f" with it {whole}, without it {rest}"  # fmt: skip
    lost = (
        "of the pairs of those left are apart" if criterion == "fragmentation"
        else "of the nearness of those left is lost"
    )  # fmt: skip
    return (
        f"{held}; {_falls_apart(member.around)}, and {alone} {lost}; without the whole set"
        f" {whole}, with this one left in {rest}"
    )


def _falls_apart(around: Around) -> str:
    others = around.parties - 1
    if others == 0:
        return "tied to nobody: without it alone nothing falls apart"
    if len(around.pieces) <= 1:
        left = "one of its part is left" if others == 1 else f"{others} of its part stay together"
        return f"without it alone the other {left}"
    return (
        f"without it alone its part of {around.parties} falls into {len(around.pieces)} pieces,"
        f" the largest of {around.pieces[0]}: {others - around.pieces[0]} cut off from that"
    )


def _reached(around: Around) -> str:
    others = around.parties - 1
    if others == 0:
        return "tied to nobody"
    farther = others - around.near - around.beyond
    return (
        f"tied to {around.near} of the {counted(others, 'other')} of its part, two steps from"
        f" {around.beyond}, farther from {farther}"
    )


@dataclass(frozen=True, slots=True)
class Search:
    """What a search for best sets of `k` found: see `KeyPlayers`.

    `bound` is None where the value is proved; `left_out` counts who may not be chosen.
    """

    criterion: str
    k: int
    value: float
    before: float
    bound: float | None
    sets: int
    all_sets: bool
    looked_at: int
    left_out: int


def search_sentence(found: Search) -> str:
    """What the best sets do and how sure that is, which names nobody."""
    one = found.k == 1
    if found.sets == 1:
        whose = "the one who matters most" if one else f"the best set of {found.k}"
    else:
        whose = (f"any one of the {found.sets} who matter most" if one
                 else f"any of the best sets of {found.k}")  # fmt: skip
    sure = (
        f"proved: {'nobody else' if one else 'no other set'} has more"
        if found.bound is None
        else f"the best found, not proved: another might have up to {share(found.bound)}"
    )
    kind = "person" if one else "set"
    number = f"1 such {kind}" if found.sets == 1 else f"{found.sets} such {kind}s, all as good"
    more = "" if found.all_sets else ", there may be more"
    out = f", {found.left_out} may not be chosen" if found.left_out else ""
    nothing = (
        "nothing here, taking out so many pulls nothing apart that was not apart: "
        if found.criterion == "fragmentation" and found.value <= found.before
        else ""
    )
    return (
        f"{nothing}{_told(found, whose)} ({sure}; {number}{more}; {found.looked_at} sets looked"
        f" at{out}); direction and strength of ties do not count, and one missing tie may change"
        " who they are"
    )


def _told(found: Search, whose: str) -> str:
    value, before = share(found.value), share(found.before)
    if found.criterion == "reach":
        return (
            f"{whose} is {value} near to everybody on average (1 step counts 100%, 2 steps 50%,"
            " out of reach nothing)"
        )
    lost = (
        "of the pairs of those left cannot reach each other"
        if found.criterion == "fragmentation"
        else "of the nearness is lost that the pairs of those left could have"
    )
    return f"without {whose} {value} {lost}, {before} before anybody is taken out"


def share(value: float) -> str:
    """A share as a percentage; what only rounding keeps from nothing is nothing."""
    return "0%" if abs(value) < SAME_SHARE else percent(value)
