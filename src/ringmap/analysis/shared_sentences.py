"""What may be said of a thing that two people or cases share. Sentences name nobody."""

from collections.abc import Mapping
from dataclasses import dataclass

from ringmap.analysis.counting import counted

#: A thing of so many users is taken for everybody's, and the sentence says so.
MANY_USERS = 10
_MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class SharedFacts:
    """What a sentence about a pair is made of; `kinds`, `users` and `public` go together."""

    by: str
    kinds: tuple[str, ...]
    users: tuple[int, ...]
    people: int
    times: str
    tied: bool
    cases_differ: bool | None
    public: tuple[bool, ...]


def shared_sentence(facts: SharedFacts) -> str:
    """What two people or two cases share, how private it is, and whether the times fit."""
    whose = "people" if facts.by == "people" else "cases"
    told = [f"{facts.people} {'person' if facts.people == 1 else 'people'}"] if facts.people else []
    listed = list(zip(facts.kinds, facts.users, facts.public, strict=True))
    told += [_thing(kind, users, public, whose) for kind, users, public in listed[:_MOST_TOLD]]
    if len(listed) > _MOST_TOLD:
        told.append(f"{len(listed) - _MOST_TOLD} more")
    parts = [f"share {' and '.join(told)}"]
    if facts.kinds:
        parts.append(_TIMES[facts.times])
    if facts.by == "people":
        parts.append("a tie between them is recorded" if facts.tied
                     else "no tie between them is recorded")  # fmt: skip
        parts.append(_CASES[facts.cases_differ])
    everybodys = [users >= MANY_USERS or public for _, users, public in listed]
    if listed and all(everybodys) and not facts.people:
        parts.append("all of it is everybody's, and says little")
    return "; ".join(parts)


def _thing(kind: str, users: int, public: bool, whose: str) -> str:
    named = f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
    if public:
        return f"{named}, open to everybody"
    if users == 2:
        return f"{named} of nobody else"
    return f"{named} of {users} {whose}{', everybody’s' if users >= MANY_USERS else ''}"


def found_sentence(pairs: int, by: str, left_out: int) -> str:
    """What was found, or that nothing was."""
    whose = "people" if by == "people" else "cases"
    if pairs == 0:
        start = f"nothing to say here: no two {whose} have a recorded thing in common"
    else:
        start = (
            f"{pairs} {'pair' if pairs == 1 else 'pairs'} of {whose}"
            f" {'has' if pairs == 1 else 'have'} something in common;"
            " sharing is no meeting, and what nobody recorded is not here"
        )
    if left_out:
        start += f"; left out: {counted(left_out, 'thing')} that everybody uses"
    return start


_TIMES: Mapping[str, str] = {
    "certain": "the times surely fit",
    "possible": "the times may fit, by dates that are not to the day or have no end",
    "apart": "the times do not fit",
    "not known": "when is not recorded for both",
}
_CASES: Mapping[bool | None, str] = {
    True: "they are in no case together",
    False: "they are in one case together",
    None: "one of them is in no case",
}
