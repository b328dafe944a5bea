"""What a user may choose about a ranking, a map or a report."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from ringmap.errors import QuestionError

#: Is called with what is being done.
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Choices:
    """Choices of a command; the defaults are safe for a live case.

    Attributes
    ----------
    directed
        Follow the direction of ties in measures.
    as_of
        ISO date; ties that began later are left out.
    group
        Column of parties by which brokers mediate: country, role, ring ….
    ring
        Number of the ring to look at alone.
    rank_victims
        Rank victims too.
    more
        Measure bridging too, and who stands surely above whom.
    show_victims
        Show victims by name; allowed from a store only, which records it.
    gazetteer
        A list of places to look names up in instead of ringmap's, as a file.
    basemap
        A map to draw under the routes instead of ringmap's, as a file.
    """

    directed: bool = False
    as_of: str | None = None
    group: str | None = None
    ring: str | None = None
    rank_victims: bool = False
    show_victims: bool = False
    gazetteer: Path | None = None
    basemap: Path | None = None
    more: bool = False


#: What nobody chose otherwise.
USUAL = Choices()


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks for what to be shown, when, and where it goes; recorded if it names victims."""

    asked_at: str
    asked_by: str
    command: str
    output: str


def refuse_unknown(asked: str | None, known: Collection[str], what: str) -> None:
    """Make sure, before anything is read, that what is asked for by name is known.

    Raises
    ------
    QuestionError
        If it is not; None asks for nothing.
    """
    if asked is not None and asked not in known:
        raise QuestionError(f"{what} '{asked}'", hint=f"choose among {', '.join(known)}")
