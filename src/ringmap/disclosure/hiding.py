"""Which parties may not be read by name: victims, their kin, homes, and numbers of their own."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ringmap.disclosure.named_victims import find_named_victims
from ringmap.model import Case, find_country, find_province, match_key

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Hidden:
    """Which parties may not be read by name, by position."""

    people: Mask
    kin: Mask
    homes: Mask
    numbers: Mask

    @property
    def persons(self) -> Mask:
        """Victims and their kin."""
        return self.people | self.kin

    @property
    def all(self) -> Mask:
        """People, homes and numbers."""
        return self.persons | self.homes | self.numbers

    def in_order(self, order: npt.NDArray[np.int64]) -> "Hidden":
        """The same of parties that stand in another order."""
        return Hidden(self.people[order], self.kin[order], self.homes[order], self.numbers[order])


def count_protected(case: Case) -> int:
    """How many people of a case file are protected as victims."""
    return int(_protected(case).sum())


def find_hidden(case: Case) -> Hidden:
    """Who and what is hidden, unless a user asked for victims by name."""
    people = _protected(case)
    kin = _kin(case, people)
    return Hidden(people, kin, _homes(case, people), _numbers(case, people | kin))


def _protected(case: Case) -> Mask:
    """Victims, presumed victims, and whoever a record calls a victim or names as one."""
    people = case.parties["side"].isin(["victim", "both"]).to_numpy(dtype=bool).copy()
    roles = case.roles
    called = roles["standing"].isin(["possible_victim", "identified_victim"])
    called |= roles["victim_status"].notna()
    people[roles["person"].to_numpy()[called.to_numpy(dtype=bool)]] = True
    people[case.ties["source"].to_numpy()[(case.ties["kind"] == "victim_in").to_numpy()]] = True
    named = find_named_victims(case)
    if named:
        people |= case.parties["id"].isin(named).to_numpy()
        people |= case.parties["key"].isin([*map(match_key, named)]).to_numpy()
    return people & (case.parties["type"] == "person").to_numpy()


_KIN = ("kin_of", "married_to")


def _kin(case: Case, people: Mask) -> Mask:
    """People tied to a victim by blood or marriage who are no offenders in any record."""
    ties = case.ties[case.ties["kind"].isin(_KIN)]
    source, target = ties["source"].to_numpy(), ties["target"].to_numpy()
    kin = np.zeros(len(people), dtype=bool)
    kin[target[people[source]]] = True
    kin[source[people[target]]] = True
    offender = (case.parties["side"] == "offender").to_numpy(dtype=bool)
    return kin & ~people & ~offender & (case.parties["type"] == "person").to_numpy()


def _homes(case: Case, people: Mask) -> Mask:
    """Places that are a victim's home: named as one, or of that kind, or lived in."""
    homes = (case.parties["kind"] == "home_village").to_numpy(dtype=bool).copy()
    place = (case.parties["type"] == "place").to_numpy()
    told = case.statements[case.statements["column"] == "home_place"]
    of_victims = told[people[told["party"].to_numpy()]]["value"]
    homes |= case.parties["id"].isin(of_victims).to_numpy()
    villages = {match_key(part) for text in of_victims for part in village_parts(str(text))}
    homes |= case.parties["key"].isin(villages).to_numpy()
    lived = case.ties[case.ties["kind"].isin(["lived_at", "registered_at"])]
    source, target = lived["source"].to_numpy(), lived["target"].to_numpy()
    homes[target[people[source]]] = True
    return homes & place


_VILLAGE_WORDS = ("ban", "thon", "xom", "lang", "ap", "buon", "xa", "to", "village", "hamlet",
                  "commune")  # fmt: skip
_LARGER_WORDS = ("huyen", "quan", "thanh", "thi", "tp", "tx", "district", "county", "city", "town")


def village_parts(home: str) -> list[str]:
    """The parts of a written home that are smaller than a district, with and without their word."""
    found = []
    for part in (one.strip() for one in home.split(",")):
        words = part.split()
        if not words or find_province(part) or find_country(part):
            continue
        if match_key(words[0]) in _LARGER_WORDS and len(words) > 1:
            continue
        found.append(part)
        if match_key(words[0]) in _VILLAGE_WORDS and len(words) > 2:
            found.append(" ".join(words[1:]))
    return found


def _numbers(case: Case, people: Mask) -> Mask:
    """Identifiers that victims (or their kin) hold and nobody else does."""
    identifier = (case.parties["type"] == "identifier").to_numpy()
    person = case.parties["type"].isin(["person", "organisation"]).to_numpy()
    source, target = case.ties["source"].to_numpy(), case.ties["target"].to_numpy()
    held, shared = np.zeros(len(people), dtype=bool), np.zeros(len(people), dtype=bool)
    for one, other in ((source, target), (target, source)):
        numbers = identifier[other] & person[one]
        held[other[numbers & people[one]]] = True
        shared[other[numbers & ~people[one]]] = True
    return identifier & held & ~shared
