"""What to call those who may not be named: a word and a code that only the key can give again."""

import hmac
from collections.abc import Callable, Mapping
from itertools import pairwise, takewhile

import numpy as np
import pandas as pd
import pyarrow as pa

from ringmap.disclosure.hiding import Hidden
from ringmap.disclosure.recorded_secrets import NAME_COLUMNS
from ringmap.disclosure.scrubbing import Scrubber
from ringmap.model import Case, match_key, match_keys

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_SHORTEST_CODE = 4
_WORD_OF_TYPE = {"person": "Person", "organisation": "Organisation", "place": "Place",
                 "identifier": "Number", "case": "Case"}  # fmt: skip


def make_pseudonyms(case: Case, hidden: Hidden, key: str, taken: set[str]) -> dict[int, str]:
    """Name to show by position; no two the same, and none whose match key is `taken`.

    The match keys of the names given are taken from then on.
    """
    names: dict[int, str] = {}
    called = case.parties["party"].tolist()
    coded = _coder(case, key)
    for word, chosen in (("Victim", hidden.people), ("Relative", hidden.kin),
                         ("Home", hidden.homes), ("Number", hidden.numbers)):  # fmt: skip
        codes = {place: coded(place) for place in np.flatnonzero(chosen).tolist()}
        least = _lengths_apart(codes)
        for place, code in codes.items():
            names[place] = _free_name(word, called[place], code, taken, least[place])
    return names


def _lengths_apart(codes: Mapping[int, str]) -> dict[int, int]:
    """For each code the length from which on it is like no other.

    Whoever comes later makes a code longer, and never takes the one that another had: an old
    page must not point at somebody else.
    """
    ordered = sorted(codes.items(), key=lambda one: one[1])
    least = dict.fromkeys(codes, _SHORTEST_CODE)
    for (one, code), (other, after) in pairwise(ordered):
        letters = zip(code, after, strict=False)
        alike = sum(1 for _ in takewhile(lambda two: two[0] == two[1], letters))
        for place in (one, other):
            least[place] = max(least[place], alike + 1)
    return least


def keys_in_use(case: Case) -> set[str]:
    """Match keys of all that records use as a name."""
    told = case.statements["value"][case.statements["column"].isin(NAME_COLUMNS)]
    texts = pd.concat([case.parties["party"], case.parties["name"], case.parties["id"], told])
    return set(match_keys(pa.array(texts.unique(), type=pa.large_string())).to_pylist())


def _coder(case: Case, key: str) -> Callable[[int], str]:
    """What gives, by position, all the letters that a party's pseudonym may be cut from."""
    types, ids, secret = case.parties["type"].tolist(), case.parties["id"].tolist(), key.encode()

    def code(place: int) -> str:
        party = f"{types[place]}\x1f{ids[place]}"
        number = int.from_bytes(hmac.digest(secret, party.encode(), "sha256"), "big")
        letters = []
        while number:
            number, sign = divmod(number, len(_ALPHABET))
            letters.append(_ALPHABET[sign])
        return "".join(letters)

    return code


def _free_name(word: str, party: str, code: str, taken: set[str],
               least: int = _SHORTEST_CODE) -> str:  # fmt: skip
    for length in range(least, len(code) + 1):
        name = f"{word} {code[:length]}"
        own = name == party
        if own or match_key(name) not in taken:
            taken.add(match_key(name))
            return name
    raise AssertionError("a digest is long enough to be unique")


def name_told_ids(case: Case, names: dict[int, str], scrubber: Scrubber, key: str,
                  taken: set[str]) -> None:  # fmt: skip
    """Give those parties a code, too, whose id holds the name of a victim."""
    coded, types = _coder(case, key), case.parties["type"].tolist()
    called = zip(case.parties["party"].tolist(), case.parties["id"].tolist(), strict=True)
    for place, both in enumerate(called):
        if place in names:
            continue
        person = types[place] == "person"
        if any(scrubber.scrub_name(one, person=person) != one for one in dict.fromkeys(both)):
            names[place] = _free_name(_WORD_OF_TYPE[types[place]], both[0], coded(place), taken)
