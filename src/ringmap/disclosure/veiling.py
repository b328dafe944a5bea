"""A case file in which no victim can be read by name: ids, names, homes, numbers, notes."""

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.disclosure.hiding import Hidden, find_hidden
from ringmap.disclosure.named_victims import note_without_victims
from ringmap.disclosure.ordering import NewOrder, order_of_parties
from ringmap.disclosure.pseudonyms import keys_in_use, make_pseudonyms, name_told_ids
from ringmap.disclosure.recorded_secrets import make_scrubber
from ringmap.disclosure.scrubbing import Scrubber
from ringmap.disclosure.veil import Veil
from ringmap.disclosure.veiled_tables import call_victims, veil_parties, veil_statements
from ringmap.model import COLUMNS, Case, SourceFile

_SCRUBBED = {
    "statements": ("column",),
    "roles": ("as_written", "dates_as_written", "event"),
    "tie_records": ("as_written", "dates_as_written", "page", "amount", "currency", "note"),
    "events": (
        "event",
        "as_written",
        "dates_as_written",
        "route",
        "leg",
        "amount",
        "currency",
        "note",
    ),
    "records": ("file", "page"),
    "sources": ("source_ref", "document", "page", "agency", "note", "further"),
}


@dataclass(frozen=True, slots=True)
class Cover:
    """Who is hidden in a case file and what to call them, by position; what hides them in text.

    `names` are of parties, too, whose id holds the name of somebody hidden.
    """

    key: str
    hidden: Hidden
    names: Mapping[int, str]
    scrubber: Scrubber

    def in_order(self, order: npt.NDArray[np.int64]) -> "Cover":
        """The same of parties that stand in another order."""
        places = enumerate(order.tolist())
        names = {now: self.names[was] for now, was in places if was in self.names}
        return Cover(self.key, self.hidden.in_order(order), names, self.scrubber)


def cover(case: Case, key: str) -> Cover:
    """Find out who is hidden, under a key from which codes are made."""
    hidden, taken = find_hidden(case), keys_in_use(case)
    names = make_pseudonyms(case, hidden, key, taken)
    scrubber = make_scrubber(case, hidden, names)
    name_told_ids(case, names, scrubber, key, taken)
    return Cover(key, hidden, names, scrubber)


class VeiledCase(Case):
    """A case file that went through `veil_case`, each table when it is first asked for.

    It has nothing left to veil.
    """

    _veiling: Callable[[str], pd.DataFrame]

    @classmethod
    def of(cls, veiling: Callable[[str], pd.DataFrame], files: tuple[SourceFile, ...]) -> Self:
        """The case file whose tables are made, veiled, by their names."""
        case = cls.__new__(cls)
        case.__dict__.update(_veiling=veiling, files=files)
        return case

    def __getattr__(self, name: str) -> pd.DataFrame:
        """The table of that name. Python asks here only for what the case file has not yet."""
        if name not in COLUMNS:
            raise AttributeError(name)
        made: pd.DataFrame = self.__dict__.setdefault(name, self._veiling(name))
        return made

    def __reduce__(self) -> tuple[type[Self], tuple[object, ...]]:
        """What a copy is made of: veiled tables alone, none of them still to be made."""
        return type(self), (*self.tables().values(), self.files)


class CaseByCodes(Case):
    """A case file whose protected parties go by their codes; what hides them is found out once.

    It is remembered for this very value: a case file made from it by `replace` starts anew.
    """

    def remember(self, covered: Cover) -> None:
        """Keep what was found out when the codes were given."""
        self.__dict__["_covered"] = covered

    @property
    def covered(self) -> Cover | None:
        """What was found out when the codes were given; None if that was another value."""
        found: Cover | None = self.__dict__.get("_covered")
        return found

    def veiled(self, key: str) -> tuple[Case, Veil]:
        """What `veil_case` gives; the second time what it gave the first time."""
        covered = self.covered
        if covered is None or covered.key != key:
            return _veil_case(self, cover(self, key))
        if "_veiled" not in self.__dict__:
            self.__dict__["_veiled"] = _veil_case(self, covered)
        found: tuple[Case, Veil] = self.__dict__["_veiled"]
        return found


def veil_case(case: Case, key: str) -> tuple[Case, Veil]:
    """The case file with its victims under pseudonyms, and how to veil what was found in it.

    A person who is a victim in any case, or presumed one, is shown as ``Victim`` and a code
    that stays the same as long as the key does; their kin who are no offenders are shown as
    ``Relative``, for a mother's name is as good as the child's. Ages become bands; homes
    become their province, at its centre; numbers that only victims use are withheld;
    columns of the user's own about a victim are withheld, and counted. Parties are sorted
    anew, so that the order tells nothing of the ids. A case file that was veiled stays as
    it is, whatever the key.
    """
    if isinstance(case, VeiledCase):
        same = {str(party): str(party) for party in case.parties["party"]}
        return case, Veil(same, {}, Scrubber(()))
    if isinstance(case, CaseByCodes):
        return case.veiled(key)
    return _veil_case(case, cover(case, key))


def _veil_case(case: Case, covered: Cover) -> tuple[Case, Veil]:
    case, veil = _held(case), _veil(case, covered)
    shown = veil_parties(case.parties, covered.names, covered.hidden, veil)
    order = NewOrder(order_of_parties(shown), case.ties)
    parties = order.moved("parties", shown)

    def veiled(name: str) -> pd.DataFrame:
        # Asked again, by another thread or after an error, it must give the same again.
        if name == "parties":
            return parties
        return order.moved(name, _veil_table(case, name, covered, veil))

    files = tuple(SourceFile(veil.text(file.file), file.sha256) for file in case.files)
    return VeiledCase.of(veiled, files), veil


def _held(case: Case) -> Case:
    """The case file as it is now: what is changed in its tables later is not in this one."""
    held = copy(case)
    there = {name: table for name, table in case.__dict__.items() if name in COLUMNS}
    held.__dict__.update({name: table.copy(deep=False) for name, table in there.items()})
    return held


def _veil_table(case: Case, name: str, covered: Cover, veil: Veil) -> pd.DataFrame:
    """A table of a case file but its parties veiled, its rows where they were."""
    if name == "statements":
        table = veil_statements(case, covered.names, covered.hidden, veil)
    else:
        table = getattr(case, name)
    if name == "records":
        # A digest of a row would let a guess at the row be tried.
        table = table.assign(digest=np.zeros(len(table), dtype=np.uint64))
    if name in ("tie_records", "events"):
        call = call_victims(covered.names, veil)
        table = _scrub(table, ("note",), lambda note: note_without_victims(note, call))
    return _scrub(table, _SCRUBBED.get(name, ()), veil.text)


def call_by_codes(case: Case, key: str) -> Case:
    """The same case file, its protected parties called by their codes and sorted by them.

    Ids may be names. What is measured on such a case file says nothing of them: neither the
    order of its rows, nor the number of a tie or ring, nor the last digit of a sum. Nothing
    else is veiled: this is a case file to think about, and still to be cleared under the same
    key, which gives the same codes.
    """
    if isinstance(case, VeiledCase):
        return case
    covered = cover(case, key)
    called = case.parties["party"].astype(object)
    called.iloc[list(covered.names)] = list(covered.names.values())
    tables = case.tables() | {"parties": case.parties.assign(party=called.astype("str"))}
    order = NewOrder(order_of_parties(tables["parties"], by="party"), case.ties)
    moved = {name: order.moved(name, table) for name, table in tables.items()}
    coded = CaseByCodes(**moved, files=case.files)
    coded.remember(covered.in_order(order.parties))
    return coded


def list_hidden(case: Case) -> frozenset[str]:
    """Parties that the default policy shows under a code: victims, kin, homes, their numbers.

    Names that ringmap makes up, such as those of rings, are not to be made of them.
    """
    covered = case.covered if isinstance(case, CaseByCodes) else None
    hidden = find_hidden(case) if covered is None else covered.hidden
    return frozenset(case.parties["party"][hidden.all].tolist())


def _veil(case: Case, covered: Cover) -> Veil:
    hidden, names, scrubber = covered.hidden, covered.names, covered.scrubber
    parties = dict(zip(case.parties["party"].tolist(), case.parties["party"].tolist(), strict=True))
    for column in ("id", "party"):
        listed = case.parties[column].tolist()
        parties |= {str(listed[place]): name for place, name in names.items()}
    shown = case.parties[~hidden.all]
    person = (shown["type"] == "person").tolist()
    bearers = dict(zip(map(str, shown["name"].tolist()), person, strict=True))
    names_of = {name: scrubber.scrub_name(name, person=one) for name, one in bearers.items()}
    return Veil(parties, names_of, scrubber)


def _scrub(table: pd.DataFrame, columns: Iterable[str],
           scrub: Callable[[str], str]) -> pd.DataFrame:  # fmt: skip
    changes = {}
    for column in columns:
        codes, distinct = pd.factorize(table[column], use_na_sentinel=True)
        cleaned = np.array([*(scrub(str(text)) for text in distinct), None], dtype=object)
        changes[column] = pd.Series(cleaned[codes], index=table.index, dtype="str")
    return table.assign(**changes)
