"""What may be said of a tie that the records may lack. Sentences name numbers, never people."""

from collections.abc import Sequence
from dataclasses import dataclass

from ringmap.analysis.reasons import percent


@dataclass(frozen=True, slots=True)
class LikelyFacts:
    """What a sentence about a pair is made of.

    `fewest` are the contacts of the contact that has fewest; `roles` the share of tied pairs
    among people of such roles, None where the role of one is not known.
    """

    contacts: int
    fewest: int
    things: int
    cases: int
    roles: float | None
    probability: float
    low: float
    high: float


def likely_sentence(facts: LikelyFacts, hide: float) -> str:
    """Why a pair is listed, and how often such pairs were tied; never that they are."""
    shared = [
        f"{number} {one if number == 1 else many} in common"
        for number, one, many in (
            (facts.contacts, "contact", "contacts"),
            (facts.things, "thing", "things"),
            (facts.cases, "case", "cases"),
        )
        if number
    ]
    start = _joined(shared) or "near each other through others only"
    if facts.contacts:
        start += f" (the contact of fewest has {facts.fewest})"
    if facts.roles is not None:
        start += f"; people of two such roles are tied in {percent(facts.roles)} of the pairs near"
        start += " each other"
    return (
        f"no tie between them is recorded, and records may hide or lack one: {start}; of 100 such"
        f" pairs in this network about {_hundred(facts.probability)} were tied"
        f" ({_hundred(facts.low)} to {_hundred(facts.high)}), when {percent(hide)} of the recorded"
        " ties were hidden to try it"
    )


def _hundred(share: float) -> str:
    return "under 1" if 0 < share < 0.01 else f"{100 * share:.0f}"


def _joined(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def trial_sentence(
    best: str, auc: tuple[float, float, float], precision: float, base_rate: float, hide: float,
    ties: int,
) -> str:  # fmt: skip
    """How well hidden ties were found again by the predictor that did it best."""
    mean, low, high = auc
    return (
        f"each of the {ties} tied pairs was hidden once, {percent(hide)} at a time: '{best}' put a"
        f" hidden tie before a pair without one in {percent(mean)} of comparisons ({percent(low)}"
        f" to {percent(high)} over the trials; 50% is chance), average precision"
        f" {precision:.3f} where chance gives {base_rate:.4f}; where records lack fewer ties"
        " than were hidden, fewer of the pairs listed are tied; two records of one person look"
        " like two people whose tie is missing"
    )
