"""Act, means and purpose for each accused, with the records of each and what is missing."""

import datetime
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ringmap.graph import list_stages
from ringmap.model import Case, begins_after, first_day, is_about, last_day, load_words

ELEMENT_COLUMNS = (
    "party", "case", "standing", "element", "status", "what", "victims", "children", "adults",
    "age_not_known", "because", "records",
)  # fmt: skip
ELEMENTS = ("act", "means", "purpose")
#: A child is anyone under eighteen (UN Trafficking Protocol, article 3 d).
ADULT_YEARS = 18
# Article 3 a: recruitment, transportation, transfer, harbouring or receipt of persons.
_ACT_OF_STAGE = {"recruitment": "recruitment", "transport": "transportation",
                 "crossing": "transportation", "harbouring": "harbouring"}  # fmt: skip
_ACT_OF_KIND = {"sold": "transfer", "resold": "transfer", "sold_to": "transfer",
                "bought": "receipt", "buyer": "receipt"}  # fmt: skip
# Force, coercion, fraud, deception, abuse of power: what a person's own acts show of them.
_MEANS_OF_KIND = {"deceived": "deception", "online_deceiver": "deception", "guarded": "force",
                  "forced_debt": "debt", "impersonator": "impersonation"}  # fmt: skip
_EXPLOITS = frozenset({"exploited", "sold", "resold", "bought"})
_OTHER_WORDS = "a record names one in words that the vocabulary does not have: read it there"
# Calls, payments and kinship are no acts: they date no act, and reach nobody.
_ACT_STAGES = frozenset({"recruitment", "transport", "crossing", "harbouring", "exploitation"})
_BAND = re.compile(r"(\d{1,3})(?:\.\d+)?(?:\s*[-–]\s*(\d{1,3})|(\+))?")
_CASE_DATES = ("reported", "detected")
_UNREAD = "_as_written"
_OF_CASES = ("means", "purpose", f"means{_UNREAD}", f"purpose{_UNREAD}")


@dataclass(frozen=True, slots=True)
class Act:
    """One row of `list_stages`: a part that a person has in a case."""

    stage: str
    part: str
    basis: str
    kind: str
    upon_victim: bool
    records: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ages:
    """Victims of an accused in a case, by whether they were children, and the records of it.

    `by_others` counts of the children and adults those told by what others did to them.
    """

    victims: int
    children: int
    adults: int
    by_others: int
    records: frozenset[int]

    @property
    def not_known(self) -> int:
        """How many may have been either."""
        return self.victims - self.children - self.adults


def find_elements(
    case: Case, *, people: Collection[str] | None = None, as_of: str | None = None
) -> pd.DataFrame:
    """For each accused in each case a row for act, means and purpose: what shows it, what lacks.

    By the UN Trafficking Protocol (Palermo, 2000), article 3: an act, by a means, for the
    purpose of exploitation; for a child (under 18) no means is needed. An accused is who has
    an offender's role in a case, whatever the standing, which is shown.

    ``status``: ``recorded`` (an act of this person's own shows it), ``of the case`` (the
    case's record says so, or another's act: whether this person knew is open), ``role only``
    (the role says so and no act does), ``not needed`` (means: all victims were children),
    ``unread`` (a record has it in words that the vocabulary does not have), ``missing``.
    ``what`` are the acts; the means and purposes as codes of the vocabulary, or
    what a kind of act shows (``deception``, ``force``, ``debt``, ``impersonation``,
    ``exploitation``). An act counts towards a victim and in this case; selling counts towards
    a buyer. Victims are those whom the accused's acts in the case reached, or else all of the
    case; a call, a payment or kinship is no act. ``children`` and ``adults`` are sure from
    birth and the first act of the accused upon them (of anybody, where this one did none,
    which ``because`` of the means says), or from a recorded age; ``age_not_known`` the rest,
    among them whoever was born in "about" a year, or is an adult only if an undated act was no
    earlier than the others. Ages themselves are never told. By accused, case, element;
    ``attrs['verdict']`` counts what is missing. Without accused in any case no rows.

    It reads records and is no legal opinion: a status is where to look next. A country's own
    law may differ: Viet Nam's article 151 ends at 16.

    Parameters
    ----------
    people
        Accused to look at; all when None.
    as_of
        ISO date: acts that began later are left out.

    References
    ----------
    United Nations (2000). Protocol to Prevent, Suppress and Punish Trafficking in Persons,
    Especially Women and Children, article 3.
    """
    acts, said, reached = _acts(case, as_of), _said_of_cases(case), _Victims(case, as_of)
    exploited = _exploited(acts)
    rows: list[dict[str, object]] = []
    asked = None if people is None else frozenset(people)
    for (party, of), standings in _accused(case).items():
        if asked is not None and party not in asked:
            continue
        own, ages = acts.get((party, of), []), reached.ages(party, of)
        shared = {"party": party, "case": of, "standing": ";".join(sorted(standings)),
                  "victims": ages.victims, "children": ages.children, "adults": ages.adults,
                  "age_not_known": ages.not_known}  # fmt: skip
        rows += [
            shared | _act(own),
            shared | _means(own, said.get((of, "means"), []), ages),
            shared | _purpose(party, own, exploited.get(of, {}), said.get((of, "purpose"), [])),
        ]
    table = pd.DataFrame(rows, columns=list(ELEMENT_COLUMNS))
    table.attrs["verdict"] = _verdict(table)
    return table


def _acts(case: Case, as_of: str | None) -> dict[tuple[str, str], list[Act]]:
    """Parts by person and case; those of no case are nobody's accusation."""
    stages = list_stages(case, as_of=as_of)
    stages = stages[stages["case"].notna().to_numpy()]
    found: dict[tuple[str, str], list[Act]] = {}
    columns = ("party", "case", "stage", "part", "basis", "kind", "upon_victim", "records")
    for party, of, *rest in zip(*(stages[name].tolist() for name in columns), strict=True):
        found.setdefault((party, of), []).append(Act(*rest))
    return found


def _exploited(acts: Mapping[tuple[str, str], list[Act]]) -> dict[str, dict[str, set[int]]]:
    """Records of acts of exploitation by case and by who did them."""
    found: dict[str, dict[str, set[int]]] = {}
    for (party, of), some in acts.items():
        for act in some:
            if act.part == "does" and act.kind in _EXPLOITS:
                found.setdefault(of, {}).setdefault(party, set()).update(act.records)
    return found


def _accused(case: Case) -> dict[tuple[str, str], set[str]]:
    """Standings of each accused in each case, by id."""
    roles = case.roles
    roles = roles[roles["side"].isin(["offender", "both"]) & (roles["case"] >= 0)]
    names = case.parties["party"].tolist()
    found: dict[tuple[str, str], set[str]] = {}
    for person, of, standing in zip(roles["person"], roles["case"], roles["standing"], strict=True):
        told = found.setdefault((names[person], names[of]), set())
        if standing in load_words("standing"):
            told.add(str(standing))
    return dict(sorted(found.items()))


def _said_of_cases(case: Case) -> dict[tuple[str, str], list[tuple[str, int]]]:
    """Means and purposes that records give of cases, each code with its record.

    A cell in words that the vocabulary does not have is one empty code.
    """
    columns = {name: name.removesuffix(_UNREAD) for name in _OF_CASES}
    told = case.statements[case.statements["column"].isin([*columns])]
    names, types = case.parties["party"].tolist(), case.parties["type"].tolist()
    read = {
        (party, column, record)
        for party, column, record in told[["party", "column", "record"]].itertuples(index=False)
    }
    found: dict[tuple[str, str], list[tuple[str, int]]] = {}
    cells = (told[name].tolist() for name in ("party", "column", "value", "record"))
    for party, column, value, record in zip(*cells, strict=True):
        name = columns[column]
        if types[party] != "case" or (column != name and (party, name, record) in read):
            continue
        codes = str(value).split(";") if column == name else [""]
        some = found.setdefault((names[party], name), [])
        some += [(code.strip(), int(record)) for code in codes]
    return found


def _act(own: list[Act]) -> dict[str, object]:
    done, by_role = _by_code(own, _act_of, role=False), _by_code(own, _act_of, role=True)
    if done:
        because = f"recorded of this person: {_listed(done)}"
        return _row("act", "recorded", done, because)
    if by_role:
        because = f"by the role only ({_listed(by_role)}): no act towards a victim is recorded"
        return _row("act", "role only", by_role, because)
    return _row("act", "missing", {}, "no act is recorded, and the role tells none")


def _act_of(act: Act) -> str | None:
    if act.kind == "sold_to":
        return "receipt" if act.part == "named" else "transfer"
    if act.part != "does" or not (act.upon_victim or act.basis == "role"):
        return None
    return _ACT_OF_KIND.get(act.kind) or _ACT_OF_STAGE.get(act.stage)


def _means(own: list[Act], said: list[tuple[str, int]], ages: Ages) -> dict[str, object]:
    done = _by_code(own, _means_of)
    told, other = _vocabulary("means", said)
    children = _of_children(ages)
    unread = f"; {_OTHER_WORDS}" if other else ""
    if done:
        return _row("means", "recorded", done, f"recorded of this person: {_listed(done)}"
                    f"{_also(told)}{children}{unread}", ages.records)  # fmt: skip
    if told:
        return _row("means", "of the case", told, f"recorded of the case: {_listed(told)}; of this"
                    f" person no act shows it{children}{unread}", ages.records)  # fmt: skip
    if ages.victims and ages.children == ages.victims:
        word = "the victim was a child" if ages.victims == 1 else "all victims were children"
        return _row("means", "not needed", {}, f"no means recorded; {word}, so none is"
                    f" needed{_by_others(ages)}{unread}", ages.records)  # fmt: skip
    if other:
        return _row("means", "unread", {}, f"{_OTHER_WORDS}{children}", other, ages.records)
    return _row("means", "missing", {}, f"no means recorded{children}", ages.records)


def _means_of(act: Act) -> str | None:
    if act.part != "does" or not (act.upon_victim or act.basis == "role"):
        return None
    return _MEANS_OF_KIND.get(act.kind)


def _purpose(party: str, own: list[Act], exploited: Mapping[str, set[int]],
             said: list[tuple[str, int]]) -> dict[str, object]:  # fmt: skip
    done = _by_code(own, lambda act: "exploitation" if _exploits(act) else None)
    told, other = _vocabulary("purpose", said)
    unread = f"; {_OTHER_WORDS}" if other else ""
    if done:
        because = (
            f"recorded of this person: sold, bought or exploited a victim{_also(told)}{unread}"
        )
        return _row("purpose", "recorded", told or done, because, *done.values())
    if told:
        because = f"recorded of the case: {_listed(told)}; of this person no act shows it{unread}"
        return _row("purpose", "of the case", told, because)
    if exploited:
        alone = set(exploited) == {party}
        because = (
            f"exploitation by this person, of nobody whom a record names{unread}" if alone
            else f"exploitation by another in the same case; of this person no act shows it{unread}"
        )  # fmt: skip
        records = {one for some in exploited.values() for one in some}
        return _row("purpose", "of the case", {"exploitation": records}, because)
    if other:
        return _row("purpose", "unread", {}, _OTHER_WORDS, other)
    return _row("purpose", "missing", {}, "no purpose recorded, and no exploitation")


def _exploits(act: Act) -> bool:
    return act.part == "does" and act.upon_victim and act.kind in _EXPLOITS


def _by_code(own: Iterable[Act], code_of: Callable[[Act], str | None], *,
             role: bool | None = None) -> dict[str, set[int]]:  # fmt: skip
    """Records by code, of acts or of roles, or of both."""
    found: dict[str, set[int]] = {}
    for act in own:
        code = code_of(act)
        if code is not None and role in (None, act.basis == "role"):
            found.setdefault(code, set()).update(act.records)
    return dict(sorted(found.items()))


def _vocabulary(
    list_name: str, said: Iterable[tuple[str, int]]
) -> tuple[dict[str, set[int]], set[int]]:
    """Records by code, and records that use other words; ``unknown`` says nothing."""
    found: dict[str, set[int]] = {}
    other: set[int] = set()
    for code, record in said:
        if code not in load_words(list_name):
            other.add(record)
        elif code != "unknown":
            found.setdefault(code, set()).add(record)
    return dict(sorted(found.items())), other


def _listed(codes: Iterable[str]) -> str:
    return ", ".join(codes)


def _also(told: Mapping[str, set[int]]) -> str:
    return f"; of the case: {_listed(told)}" if told else ""


def _of_children(ages: Ages) -> str:
    """What the ages of victims say of the need for a means."""
    if not ages.victims:
        return "; no victim of this case is recorded"
    return f"{_children(ages)}{_by_others(ages)}"


def _children(ages: Ages) -> str:
    """How many were children, and of how many nobody can tell."""
    victims, children, not_known = ages.victims, ages.children, ages.not_known
    if victims == 1:
        was = "the victim was a child, for whom no means is needed"
        return f"; {was}" if children else f"; whether {was}, is not known" if not_known else ""
    were = "was a child" if (children or not_known) == 1 else "were children"
    if children:
        told = f"; {children} of {victims} victims {were}, for whom no means is needed"
        more = f"; whether {not_known} more {'was' if not_known == 1 else 'were'} is not known"
        return f"{told}{more if not_known else ''}"
    told = f"{not_known} of {victims} victims {were}, for whom no means is needed"
    return f"; whether {told}, is not known" if not_known else ""


def _by_others(ages: Ages) -> str:
    """That victims' ages are not those at an act of the accused."""
    if not ages.by_others:
        return ""
    return "; no act of this person upon a victim is recorded: ages are those at acts of others"


def _row(element: str, status: str, found: Mapping[str, set[int]], because: str,
         *further: Iterable[int]) -> dict[str, object]:  # fmt: skip
    records = {one for some in (*found.values(), *further) for one in some}
    return {
        "element": element, "status": status, "what": tuple(found), "because": because,
        "records": tuple(sorted(records)),
    }  # fmt: skip


def _verdict(table: pd.DataFrame) -> str:
    if table.empty:
        return "nobody here is recorded as an offender in a case"
    missing = [
        f"{name} for {((table['element'] == name) & (table['status'] == 'missing')).sum()}"
        for name in ELEMENTS
    ]
    people, pairs = table["party"].nunique(), len(table) // len(ELEMENTS)
    often = "once" if pairs == 1 else f"{pairs} times"
    return (
        f"{people} accused, {often} in a case; missing:"
        f" {', '.join(missing)}. This reads"
        " records, and is no legal opinion"
    )


@dataclass(frozen=True, slots=True)
class _Age:
    """``child``, ``adult`` or ``not known``, whether acts of others tell it, and the records."""

    word: str
    by_others: bool
    records: set[int]


@dataclass(frozen=True, slots=True)
class _Deed:
    """An act upon a victim in a case: by whom (-1: nobody knows), since when, and its record."""

    by: int
    date: str | None
    record: int


class _Victims:
    """Whom an accused reached in a case, and whether they were children."""

    def __init__(self, case: Case, as_of: str | None) -> None:
        self.names = case.parties["party"].tolist()
        self.victim = case.parties["side"].isin(["victim", "both"]).tolist()
        self.place = {name: place for place, name in enumerate(self.names)}
        self.of_case: dict[int, set[int]] = {}
        self.reached: dict[tuple[int, int], set[int]] = {}
        self.deeds: dict[tuple[int, int], list[_Deed]] = {}
        self._gather(case, as_of)
        self.reported = _dates_of_cases(case)
        self.born, self.aged = _births(case)

    def _gather(self, case: Case, as_of: str | None) -> None:
        roles = case.roles[case.roles["side"].isin(["victim", "both"])]
        ties, events = case.ties, case.events
        stage = {code: word.says.get("stage") for code, word in load_words("tie").items()}
        # Each record by itself: the first date of a tie would hide one that has none.
        dates = case.tie_records
        told = ties.iloc[dates["tie"]].assign(
            first=dates["first"].to_numpy(), last=dates["last"].to_numpy(),
            record=dates["record"].to_numpy(),
        )  # fmt: skip
        done = told["kind"].map(stage).isin(_ACT_STAGES) | told["kind"].isin([*_MEANS_OF_KIND])
        done &= told["direction"] == "directed"  # else nobody knows which end acted
        self._note(roles["person"], roles["case"])
        self._note(ties["target"], ties["case"])
        self._note(events["person"], events["case"])
        self._note_deeds(told[done.to_numpy()], as_of, "target", "source", "first", "last")
        acts = events["stage"].isin(_ACT_STAGES) | events["kind"].isin([*_MEANS_OF_KIND])
        self._note_deeds(events[acts], as_of, "person", "moved_by", "date", "end_date")

    def _note(self, people: pd.Series, cases: pd.Series) -> None:
        for person, of in zip(people, cases, strict=True):
            if person >= 0 and of >= 0 and self.victim[person]:
                self.of_case.setdefault(of, set()).add(person)

    def _note_deeds(self, acts: pd.DataFrame, as_of: str | None, *columns: str) -> None:
        """Columns: upon whom, by whom, the first date and the last."""
        upon, by, first, last = (acts[column] for column in columns)
        rows = zip(upon, acts["case"], by, first, last, acts["record"], strict=True)
        for person, of, mover, begun, ended, record in rows:
            if person < 0 or of < 0 or not self.victim[person]:
                continue
            if as_of is not None and isinstance(begun, str) and begins_after(begun, as_of):
                continue
            if mover >= 0:
                self.reached.setdefault((mover, of), set()).add(person)
            deed = _Deed(int(mover), _beginning(begun, ended), int(record))
            self.deeds.setdefault((person, of), []).append(deed)

    def ages(self, party: str, of: str) -> Ages:
        """Ages of the victims of an accused in a case, himself or herself left out."""
        who, where = self.place[party], self.place[of]
        reached = self.reached.get((who, where), set()) - {who}
        victims = reached or self.of_case.get(where, set()) - {who}
        told = [self._age(one, where, who) for one in sorted(victims)]
        words = [age.word for age in told]
        return Ages(
            len(told), words.count("child"), words.count("adult"),
            sum(age.by_others for age in told),
            frozenset(record for age in told for record in age.records),
        )  # fmt: skip

    def _age(self, victim: int, of: int, accused: int) -> _Age:
        every = self.deeds.get((victim, of), [])
        own = [deed for deed in every if deed.by == accused]
        deeds = own or every
        sure = [deed.date for deed in deeds if deed.date is not None and not is_about(deed.date)]
        begun = [day for day in map(first_day, sure) if day is not None]
        ended = [day for day in map(last_day, sure) if day is not None]
        if len(begun) < len(deeds):
            # An act whose date is open may have been the first, and the victim younger then.
            begun = []
        by_deeds = bool(ended)
        if not ended:
            # What was reported had happened before: nobody was older then, but maybe younger.
            told = [one for one in self.reported.get(of, []) if not is_about(one)]
            ended = [day for day in map(last_day, told) if day is not None]
        spans = [*self._spans(victim, min(begun, default=None), min(ended, default=None))]
        word = "not known"
        if spans and all(oldest < ADULT_YEARS for _, oldest, _ in spans):
            word = "child"
        elif spans and all(youngest >= ADULT_YEARS for youngest, _, _ in spans):
            word = "adult"
        records = {record for *_, record in spans}
        if dated := word != "not known" and by_deeds and victim in self.born:
            records |= {deed.record for deed in deeds}
        return _Age(word, dated and not own, records)

    def _spans(self, victim: int, begun: datetime.date | None,
               ended: datetime.date | None) -> Iterator[tuple[float, float, int]]:  # fmt: skip
        """Youngest and oldest age that each record allows, in years."""
        for born, record in self.born.get(victim, []):
            about = is_about(born)
            first, last = (None, None) if about else (first_day(born), last_day(born))
            youngest = _years(last, begun) if last and begun else 0
            oldest = _years(first, ended) if first and ended else np.inf
            yield youngest, oldest, record
        for lowest, highest, record in self.aged.get(victim, []):
            yield lowest, highest, record


def _beginning(first: object, last: object) -> str | None:
    """The first date; None where there is none, or where the last lies before it."""
    if not isinstance(first, str):
        return None
    begun, ended = first_day(first), last_day(last) if isinstance(last, str) else None
    return None if begun and ended and ended < begun else first


def _years(born: datetime.date, day: datetime.date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _dates_of_cases(case: Case) -> dict[int, list[str]]:
    told = case.statements[case.statements["column"].isin(_CASE_DATES)]
    found: dict[int, list[str]] = {}
    for party, value in zip(told["party"].tolist(), told["value"].tolist(), strict=True):
        found.setdefault(party, []).append(str(value))
    return found


def _births(
    case: Case,
) -> tuple[dict[int, list[tuple[str, int]]], dict[int, list[tuple[float, float, int]]]]:
    """Dates of birth, and recorded ages as youngest and oldest, with their records."""
    told = case.statements[case.statements["column"].isin(["born", "age"])]
    born: dict[int, list[tuple[str, int]]] = {}
    aged: dict[int, list[tuple[float, float, int]]] = {}
    columns = (told[name].tolist() for name in ("party", "column", "value", "record"))
    for party, column, value, record in zip(*columns, strict=True):
        if column == "born":
            born.setdefault(party, []).append((str(value), int(record)))
        elif match := _BAND.fullmatch(str(value).strip()):
            lowest = float(match[1])
            highest = np.inf if match[3] else float(match[2] or match[1])
            aged.setdefault(party, []).append((lowest, highest, int(record)))
    return born, aged
