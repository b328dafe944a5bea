"""Invented cases held against published figures: each target beside what the files say.

The figures are counted from the files of a folder, as any reader of records would count
them, and not from the generator that wrote them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from ringmap.errors import RecordsError
from ringmap.model import Case, Setting, load_words
from ringmap.records import read
from ringmap.training.structure import (
    Matrix,
    TiedPeople,
    count_stages,
    measure_structure,
    offenders_of,
    same_stage_odds,
    same_stage_ratio,
)
from ringmap.training.truth import Truth, read_truth

#: A person standing so in a case is an offender of the statistics; suspected is not accused.
ACCUSED = ("wanted", "detained", "charged", "convicted")
VICTIM = ("possible_victim", "identified_victim")
WAYS_OF_RETURN = ("handed_over", "rescued", "returned_alone")
#: Destination of a victim who was exploited in the country of the case.
AT_HOME = "AT_HOME"
#: Structural figures are measured on so many rings at most, evenly spaced.
MOST_RINGS = 300

COUNTS = ("cases", "offenders", "victims")
SHARES = (
    "destination", "crossed_border", "women_and_children", "under_16", "under_18", "returned",
    "way_of_return",
)  # fmt: skip
STRUCTURE = (
    "ring_size", "mean_degree", "density", "degree_centralisation", "transitivity", "clustering",
    "core_periphery", "largest_component", "same_stage_ratio", "same_stage_odds",
)  # fmt: skip
_OF_ONE_RING = STRUCTURE[:8]
FIGURES = (*COUNTS, *SHARES, "ransom_usd", *STRUCTURE)
#: Where a ring is looked at (in truth or as recorded), and who of it.
GRAPHS = ("truth", "truth offenders", "recorded", "recorded offenders")
CALIBRATION_COLUMNS = ("figure", "of", "years", "target", "result", "within", "source")

Years = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Target:
    """A published figure, and the bounds within which invented cases reproduce it.

    Attributes
    ----------
    of
        Which part: a country for ``destination``, a way for ``way_of_return``, ``minimum``,
        ``median`` or ``maximum`` for ``ransom_usd``, one of `GRAPHS` for the structure of
        rings; '' for the others.
    years
        First and last year of the cases counted; None for all.
    wanted
        The bounds in words. Shares are percentages there, and 0 to 1 in `low` and `high`.
    """

    figure: str
    of: str
    years: Years | None
    wanted: str
    low: float
    high: float
    source: str


# --- targets of a profile


def list_targets(profile: Setting) -> list[Target]:
    """Targets of a profile: those of its ``years``, then those of its ``targets``.

    Each of ``years`` gives cases, offenders and victims exactly, with the first of
    ``sources`` as their source. A target for the same figure and years replaces such a one.

    Raises
    ------
    ScenarioError
        If a figure, a part of it, its bounds or its source is not known, with the line.
    """
    parts = dict(profile.items())
    sources = [name for name, _ in parts["sources"].items()] if "sources" in parts else []
    told = [_target(one, sources) for one in _elements(parts, "targets")]
    named = {(target.figure, target.of, target.years) for target in told}
    yearly = _yearly(parts["years"], sources) if "years" in parts else []
    return [one for one in yearly if (one.figure, one.of, one.years) not in named] + told


def _elements(parts: Mapping[str, Setting], key: str) -> list[Setting]:
    return parts[key].elements() if key in parts else []


def _yearly(years: Setting, sources: Sequence[str]) -> list[Target]:
    source = sources[0] if sources else ""
    found = []
    for year, row in years.items():
        numbers = row.elements()
        if not year.isdecimal() or len(numbers) != len(COUNTS):
            raise row.expected("a year with cases, offenders and victims: '2006: [328, 607, 966]'")
        when = (int(year), int(year))
        for figure, number in zip(COUNTS, numbers, strict=True):
            count = number.whole()
            found.append(Target(figure, "", when, f"{count:,}", count, count, source))
    return found


def _target(setting: Setting, sources: Sequence[str]) -> Target:
    bounds = ("exactly", "target", "within", "at_least", "at_most", "between")
    parts = setting.fields(("figure", "source"), ("of", "year", "years", *bounds))
    figure = parts["figure"].one_of(FIGURES)
    wanted, low, high = _bounds(setting, parts, share=figure in SHARES)
    years = parts["year"] if "year" in parts else parts.get("years")
    return Target(
        figure=figure,
        of=_part_of(setting, figure, parts.get("of")),
        years=years.whole_span() if years is not None else None,
        wanted=wanted,
        low=low,
        high=high,
        source=parts["source"].one_of(sources),
    )


def _part_of(setting: Setting, figure: str, of: Setting | None) -> str:
    known = _PARTS.get(figure, GRAPHS if figure in STRUCTURE else None)
    if figure not in ("destination", *_PARTS, *STRUCTURE):
        if of is not None:
            raise of.expected(f"no 'of' for {figure}")
        return ""
    if of is None:
        raise setting.expected(f"a line 'of:' for {figure}")
    return of.one_of(known) if known else of.text()


_PARTS: Mapping[str, tuple[str, ...]] = {
    "way_of_return": WAYS_OF_RETURN,
    "ransom_usd": ("minimum", "median", "maximum"),
}


def _bounds(
    setting: Setting, parts: Mapping[str, Setting], *, share: bool
) -> tuple[str, float, float]:
    """The bounds in words, the lower and the upper."""

    def number(key: str) -> float:
        return parts[key].share() if share else parts[key].number()

    def shown(value: float) -> str:
        return _percent(value) if share else f"{value:,.4g}" if value < 1000 else f"{value:,.0f}"

    forms = [key for key in ("exactly", "target", "between") if key in parts]
    limits = [key for key in ("at_least", "at_most") if key in parts]
    if len(forms) > 1 or bool(forms) == bool(limits) or ("target" in parts) != ("within" in parts):
        raise setting.expected(
            "one of 'exactly', 'target' with 'within', 'between', or 'at_least' and 'at_most'"
        )
    if "exactly" in parts:
        value = number("exactly")
        return shown(value), value, value
    if "target" in parts:
        value, within = number("target"), number("within")
        return f"{shown(value)} ± {shown(within)}", value - within, value + within
    if "between" in parts:
        low, high = _pair(parts["between"], share=share)
        return f"{shown(low)} to {shown(high)}", low, high
    low = number("at_least") if "at_least" in parts else -np.inf
    high = number("at_most") if "at_most" in parts else np.inf
    words = [f"{key.replace('_', ' ')} {shown(number(key))}" for key in limits]
    return ", ".join(words), low, high


def _pair(between: Setting, *, share: bool) -> tuple[float, float]:
    values = [one.share() if share else one.number() for one in between.elements()]
    if len(values) != 2 or values[0] > values[1]:
        raise between.expected("two bounds that rise, such as [1.5, 3]")
    return values[0], values[1]


def _percent(share: float) -> str:
    return f"{100 * share:.1f}".removesuffix(".0") + "%"


# --- measuring


def measure_figures(folder: Path, targets: Iterable[Target]) -> pd.DataFrame:
    """Each target beside the figure that the files of a generated folder give.

    Counted as official statistics count, from the records alone:

    - A case belongs to the year of ``detected``, else of ``reported``. A file without
      purpose and without victim, such as a drug file, is no trafficking case, and nobody
      in it counts.
    - Offenders have a role of side offender and a standing of `ACCUSED` in the case;
      victims the role of side victim and a standing of `VICTIM`. Who is in two cases counts
      in each, but once in each; two ids for one person are two people.
    - A victim's destination is the country where they were exploited last, else where their
      last leg (other than a return) led, else where they were sold; `AT_HOME` if that is the
      country of the case. A case crossed a border if an event says so or the places of
      its events lie in two countries; cases without any such place are left out.
    - Ages are those at the first dated event of the case, else at its own date, by date of
      birth, else as recorded; a year or month without a day counts as its middle. Victims
      of unknown age or sex are left out of the shares that need it.
    - ``returned`` is a share of all victims, ``way_of_return`` of those returned in a known
      way: by victim status, else by the events of return.
    - ``ransom_usd``: every distinct demand in dollars; other currencies are left out.

    The structure of rings is taken over people of side offender or victim, a pair with any
    tie being tied once: the median over at most `MOST_RINGS` rings where the measure is
    defined, but ``same_stage_…`` over all these rings together. Who is in a ring comes from
    ``truth``; for ``recorded…`` the people and ties are those of the records.

    Returns
    -------
    pandas.DataFrame
        Columns `CALIBRATION_COLUMNS`, a row per target in the order given. ``result`` is NaN
        where nothing could be counted, ``within`` True or False; shares are 0 to 1.

    Raises
    ------
    RecordsError
        If the folder cannot be read.
    ScenarioError
        If the structure of rings is asked for and its ``truth`` is missing or not whole.
    """
    facts = _Facts(folder, _read_case(folder))
    rows = []
    for target in targets:
        result = _MEASURES[target.figure](facts, target)
        within = bool(target.low - 1e-9 <= result <= target.high + 1e-9)
        years = "" if target.years is None else "–".join(map(str, dict.fromkeys(target.years)))
        rows.append((target.figure, target.of, years, target.wanted, result, within, target.source))
    table = pd.DataFrame(rows, columns=list(CALIBRATION_COLUMNS))
    return table.astype({"result": float, "within": bool})


def format_calibration(table: pd.DataFrame) -> str:
    """A Markdown table of targets and results, as the manual shows it."""
    lines = ["| figure | of | years | target | result | within | source |",
             "| --- | --- | --- | --- | --- | --- | --- |"]  # fmt: skip
    for figure, of, years, target, result, within, source in table.to_numpy(dtype=object):
        cells = (figure, of, years, target, _shown(figure, result),
                 "yes" if within else "**no**", source)  # fmt: skip
        lines.append("| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def _shown(figure: str, result: float) -> str:
    if np.isnan(result):
        return "not recorded"
    if figure in SHARES:
        return _percent(result)
    if figure in COUNTS or figure == "ransom_usd":
        return f"{result:,.0f}"
    return f"{result:.2f}"


def _read_case(folder: Path) -> Case:
    result = read(folder)
    fatal = [one for _, one in result.receipt.problems() if one.severity == "fatal"]
    if fatal:
        raise RecordsError(fatal[0].reason, file=str(folder), hint=fatal[0].hint)
    return result.case


class _Facts:
    """Everything that targets ask of a folder, each part counted once and when first asked."""

    def __init__(self, folder: Path, case: Case) -> None:
        self.folder = folder
        self.case = case

    @cached_property
    def cases(self) -> pd.DataFrame:
        return _count_cases(self.case)

    @cached_property
    def offenders(self) -> pd.DataFrame:
        return _count_people(self.case, self.cases, "offender", ACCUSED)

    @cached_property
    def victims(self) -> pd.DataFrame:
        people = _count_people(self.case, self.cases, "victim", VICTIM)
        people["age_years"] = _ages(self.case, self.cases, people)
        people["sex"] = _attribute(self.case, "sex").reindex(people["person"]).to_numpy()
        people["destination"] = _destinations(self.case, self.cases, people)
        people["way"] = _ways(self.case, people)
        return people

    @cached_property
    def ransoms(self) -> pd.DataFrame:
        return _list_ransoms(self.case, self.cases)

    @cached_property
    def truth(self) -> Truth:
        return read_truth(self.folder / "truth")

    @cached_property
    def true_rings(self) -> list[TiedPeople]:
        return _true_rings(self.truth)

    @cached_property
    def recorded_rings(self) -> list[TiedPeople]:
        return _recorded_rings(self.truth, self.case)

    @cached_property
    def structures(self) -> dict[str, pd.DataFrame]:
        """Figures of each ring, a row each, by the graph asked for so far."""
        return {}


def _within(table: pd.DataFrame, years: Years | None) -> pd.DataFrame:
    return table if years is None else table[table["year"].between(*years)]


def _mean(truths: pd.Series) -> float:
    return float(truths.mean()) if len(truths) else np.nan


# --- figures from the records


def _attribute(case: Case, column: str) -> pd.Series:
    """What the first record says of each party, by its position."""
    told = case.statements[case.statements["column"] == column]
    return told.drop_duplicates("party").set_index("party")["value"]


def _count_cases(case: Case) -> pd.DataFrame:
    """Trafficking cases by position: ``year`` (−1 if unknown), ``date``, ``country``, ``crossed``.

    ``crossed`` is 1 or 0, NaN where the records do not say.
    """
    places = np.flatnonzero((case.parties["type"] == "case").to_numpy())
    table = pd.DataFrame(index=places)
    date = _attribute(case, "detected").reindex(places)
    table["date"] = date.fillna(_attribute(case, "reported").reindex(places))
    year = pd.to_numeric(table["date"].str[:4], errors="coerce")
    table["year"] = year.fillna(-1).astype(int)
    table["country"] = _attribute(case, "country").reindex(places)
    table["crossed"] = _crossed(case).reindex(places)
    held = _attribute(case, "purpose").index
    harmed = case.roles.loc[case.roles["side"] == "victim", "case"]
    return table[table.index.isin(held) | table.index.isin(harmed)]


def _count_people(
    case: Case, cases: pd.DataFrame, side: str, standings: Sequence[str]
) -> pd.DataFrame:
    """A row per trafficking case and person of a side and standing, with the ``year``."""
    roles = case.roles
    kept = (roles["side"] == side) & roles["standing"].isin(standings)
    people = roles.loc[kept & roles["case"].isin(cases.index), ["case", "person"]]
    people = people.drop_duplicates(ignore_index=True)
    return people.assign(year=cases["year"].reindex(people["case"]).to_numpy())


def _events(case: Case) -> pd.DataFrame:
    """Events with the stage that the record or else the kind gives, and countries of places."""
    stages = {code: word.says.get("stage") for code, word in load_words("event").items()}
    events = case.events
    table = events[["event", "case", "person", "kind", "date", "leg"]].copy()
    table["stage"] = events["stage"].fillna(events["kind"].map(stages))
    countries = case.parties["country"].where(case.parties["country"] != "unknown").tolist()
    countries.append(None)  # where −1 leads
    for column in ("from_place", "to_place", "crossing"):
        table[column] = [countries[place] for place in events[column].tolist()]
    return table


def _crossed(case: Case) -> pd.Series:
    """1 or 0 by case whose events tell it."""
    events = _events(case)
    journey = events[events["stage"].notna()]
    places = journey.melt("case", ["from_place", "to_place", "crossing"]).dropna()
    several = places.groupby("case")["value"].nunique() > 1
    told = journey.loc[journey["kind"] == "crossed_border", "case"].unique()
    return (
        several.astype(float)
        .combine_first(pd.Series(1.0, index=told))
        .where(lambda found: ~found.index.isin(told), 1.0)
    )


def _destinations(case: Case, cases: pd.DataFrame, people: pd.DataFrame) -> npt.NDArray[np.object_]:
    events = _events(case)
    events = events[(events["person"] >= 0) & events["to_place"].notna()]
    moved = events["stage"].isin(["transport", "crossing"])
    sold = events["kind"].isin(["sold", "resold"])
    order = np.select([events["kind"] == "exploited", moved, sold], [0, 1, 2], 3)
    events = events.assign(order=order, leg=pd.to_numeric(events["leg"], errors="coerce"))
    last = events[events["order"] < 3].sort_values(
        ["order", "date", "leg"], ascending=[True, False, False], kind="stable"
    )
    found = last.drop_duplicates(["case", "person"]).set_index(["case", "person"])["to_place"]
    keys = pd.MultiIndex.from_frame(people[["case", "person"]])
    country = found.reindex(keys).to_numpy(dtype=object)
    home = cases["country"].reindex(people["case"]).to_numpy(dtype=object)
    return np.where(country == home, AT_HOME, country)


def _days(dates: pd.Series) -> pd.Series:
    """ISO dates counted in years of 372 days (12 months of 31), so that birthdays are exact."""
    parts = dates.str.extract(r"^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?").astype(float)
    month = parts[1].fillna(7)
    day = parts[2].fillna(16).where(parts[1].notna(), 1)
    return parts[0] * 372 + (month - 1) * 31 + (day - 1)


def _ages(case: Case, cases: pd.DataFrame, people: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Age in years of each victim when the case began for them; NaN if unknown."""
    events = case.events[["case", "person"]].assign(day=_days(case.events["date"]))
    begun = events.groupby(["case", "person"])["day"].min()
    keys = pd.MultiIndex.from_frame(people[["case", "person"]])
    opened = _days(cases["date"]).reindex(people["case"]).to_numpy()
    began = begun.reindex(keys).to_numpy()
    born = _days(_attribute(case, "born")).reindex(people["person"]).to_numpy()
    recorded = pd.to_numeric(_attribute(case, "age"), errors="coerce")
    age = (np.where(np.isnan(began), opened, began) - born) / 372
    return np.where(np.isnan(age), recorded.reindex(people["person"]).to_numpy(float), age)


def _ways(case: Case, people: pd.DataFrame) -> npt.NDArray[np.object_]:
    """How each victim came back: one of `WAYS_OF_RETURN`, ``unknown_way``, or None."""
    roles = case.roles.rename(columns={"victim_status": "told"})
    told = pd.concat([
        roles.loc[roles["side"] == "victim", ["case", "person", "told"]],
        case.events[["case", "person", "kind"]].rename(columns={"kind": "told"}),
    ])  # fmt: skip
    told["way"] = told["told"].map(_WAY)
    told = told.dropna(subset="way")
    # A way that is told goes before a return that nobody says the way of.
    told = told.assign(unclear=told["way"] == "unknown_way").sort_values("unclear", kind="stable")
    first = told.drop_duplicates(["case", "person"]).set_index(["case", "person"])["way"]
    keys = pd.MultiIndex.from_frame(people[["case", "person"]])
    found = first.reindex(keys).astype(object)
    return found.where(found.notna(), None).to_numpy(dtype=object)


_WAY = {
    **{way: way for way in WAYS_OF_RETURN},
    "escaped": "returned_alone",
    "supported": "unknown_way",
    "returned": "unknown_way",
}


def _list_ransoms(case: Case, cases: pd.DataFrame) -> pd.DataFrame:
    """A row per case, demand and sum in dollars."""
    events = case.events[case.events["kind"] == "demanded_ransom"]
    ties = case.tie_records.merge(
        case.ties[["kind", "case"]], left_on="tie", right_index=True, how="left"
    )
    ties = ties[ties["kind"] == "demanded_ransom"].assign(event=lambda one: one["tie"].astype(str))
    asked = pd.concat([one[["case", "event", "amount", "currency"]] for one in (events, ties)])
    asked["amount"] = pd.to_numeric(asked["amount"], errors="coerce")
    asked = asked[(asked["currency"] == "USD") & asked["amount"].notna()].drop_duplicates()
    asked = asked[asked["case"].isin(cases.index)]
    return asked.assign(year=cases["year"].reindex(asked["case"]).to_numpy())


def _cases(facts: _Facts, target: Target) -> float:
    return len(_within(facts.cases, target.years))


def _offenders(facts: _Facts, target: Target) -> float:
    return len(_within(facts.offenders, target.years))


def _victims(facts: _Facts, target: Target) -> float:
    return len(_within(facts.victims, target.years))


def _destination(facts: _Facts, target: Target) -> float:
    known = _within(facts.victims, target.years)["destination"].dropna()
    return _mean(known == target.of)


def _crossed_border(facts: _Facts, target: Target) -> float:
    return _mean(_within(facts.cases, target.years)["crossed"].dropna())


def _women_and_children(facts: _Facts, target: Target) -> float:
    victims = _within(facts.victims, target.years)
    either = (victims["sex"] == "female") | (victims["age_years"] < 18)
    grown_man = (victims["sex"] == "male") & (victims["age_years"] >= 18)
    return _mean(either[either | grown_man])


def _younger(than: float) -> "Measure":
    def measure(facts: _Facts, target: Target) -> float:
        known = _within(facts.victims, target.years)["age_years"].dropna()
        return _mean(known < than)

    return measure


def _returned(facts: _Facts, target: Target) -> float:
    return _mean(_within(facts.victims, target.years)["way"].notna())


def _way_of_return(facts: _Facts, target: Target) -> float:
    ways = _within(facts.victims, target.years)["way"]
    return _mean(ways[ways.isin(WAYS_OF_RETURN)] == target.of)


def _ransom(facts: _Facts, target: Target) -> float:
    amounts = _within(facts.ransoms, target.years)["amount"]
    value = {"minimum": amounts.min, "median": amounts.median, "maximum": amounts.max}[target.of]
    return float(value())


def _structure(facts: _Facts, target: Target) -> float:
    rings = facts.true_rings if target.of.startswith("truth") else facts.recorded_rings
    if target.figure == "same_stage_ratio":
        return same_stage_ratio(count_stages(rings))
    if target.figure == "same_stage_odds":
        return same_stage_odds(count_stages(rings))
    if target.of not in facts.structures:
        looked_at = map(offenders_of, rings) if target.of.endswith("offenders") else rings
        facts.structures[target.of] = pd.DataFrame(
            [measure_structure(ring.tied) for ring in looked_at], columns=list(_OF_ONE_RING)
        )
    return float(facts.structures[target.of][target.figure].median())


def _true_rings(truth: Truth) -> list[TiedPeople]:
    people = truth.people[truth.people["side"].isin(_SIDES)]
    who = pd.Index(people["who"])
    stages = _flags(people["stages"].str.split(";"))
    offends = people["side"].isin(_OFFENDING).to_numpy()
    tied = _tied(who.get_indexer(truth.ties["source"]), who.get_indexer(truth.ties["target"]),
                 len(who))  # fmt: skip
    members = _members(truth).assign(place=lambda one: who.get_indexer(one["who"]))
    return _rings(members, tied, offends, stages)


def _recorded_rings(truth: Truth, case: Case) -> list[TiedPeople]:
    parties = case.parties
    person = (parties["type"] == "person").to_numpy()
    counted = person & parties["side"].isin(_SIDES).to_numpy()
    stage_of = {code: str(word.says.get("stage", "")) for code, word in load_words("role").items()}
    roles = case.roles[case.roles["side"] == "offender"]
    worked = roles["role"].map(stage_of).groupby(roles["person"]).agg(list)
    stages = _flags(worked.reindex(range(len(parties))))
    place = pd.Series(np.arange(len(parties))[counted], index=parties.loc[counted, "id"])
    known = truth.identities.assign(place=place.reindex(truth.identities["person_id"]).to_numpy())
    members = _members(truth).merge(known.dropna(subset="place"), on="who")
    tied = _tied(case.ties["source"].to_numpy(), case.ties["target"].to_numpy(), len(parties))
    offends = parties["side"].isin(_OFFENDING).to_numpy()
    return _rings(members.astype({"place": int}), tied, offends, stages)


_OFFENDING = ("offender", "both")
_SIDES = ("victim", *_OFFENDING)


def _members(truth: Truth) -> pd.DataFrame:
    """Ring and member, for as many rings as are looked at."""
    names = truth.rings["ring"].drop_duplicates().to_numpy()
    spaced = np.unique(np.linspace(0, len(names) - 1, min(len(names), MOST_RINGS)).astype(int))
    chosen = truth.memberships["ring"].isin(names[spaced])
    return truth.memberships.loc[chosen, ["ring", "who"]]


def _rings(
    members: pd.DataFrame, tied: sparse.csr_array, offends: Matrix, stages: Matrix
) -> list[TiedPeople]:
    rings = []
    kept = members[members["place"] >= 0].drop_duplicates(["ring", "place"])
    for _, places in kept.groupby("ring", sort=True)["place"]:
        at = np.sort(places.to_numpy())
        rings.append(TiedPeople(tied[at][:, at].toarray() > 0, offends[at], stages[at]))
    return rings


def _tied(
    source: npt.NDArray[np.integer], target: npt.NDArray[np.integer], count: int
) -> sparse.csr_array:
    """Who is tied to whom, either way round, nobody to themselves; −1 is no one."""
    kept = (source >= 0) & (target >= 0) & (source != target)
    ends = (
        np.concatenate([source[kept], target[kept]]),
        np.concatenate([target[kept], source[kept]]),
    )
    return sparse.csr_array((np.ones(len(ends[0]), dtype=np.int64), ends), shape=(count, count))


def _flags(lists: pd.Series) -> Matrix:
    """A row per list of stages and a column per stage, True where it is listed."""
    stages = list(load_words("stage"))
    told = lists.explode()
    told = told[told.isin(stages)]
    flags = np.zeros((len(lists), len(stages)), dtype=np.bool_)
    flags[lists.index.get_indexer(told.index), pd.Index(stages).get_indexer(pd.Index(told))] = True
    return flags


Measure = Callable[[_Facts, Target], float]
_MEASURES: Mapping[str, Measure] = {
    "cases": _cases,
    "offenders": _offenders,
    "victims": _victims,
    "destination": _destination,
    "crossed_border": _crossed_border,
    "women_and_children": _women_and_children,
    "under_16": _younger(16),
    "under_18": _younger(18),
    "returned": _returned,
    "way_of_return": _way_of_return,
    "ransom_usd": _ransom,
    **dict.fromkeys(STRUCTURE, _structure),
}
