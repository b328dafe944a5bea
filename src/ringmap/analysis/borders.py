"""Borders by case and by stage: what share of ties crosses, and who spans borders doing what."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.analysis.counting import counted
from ringmap.analysis.crossings import find_crossings
from ringmap.analysis.evidence import records_by
from ringmap.analysis.groups import group_codes
from ringmap.analysis.pairs import Integers
from ringmap.graph import LEG_COLUMNS, RingGraph
from ringmap.model import country_name, load_words

CASE_COLUMNS = (
    "case", "ties", "across", "inside", "unknown", "share", "legs", "legs_across", "because",
    "records",
)  # fmt: skip
SPANNER_STAGE_COLUMNS = (
    "party", "side", "stage", "ties", "ties_abroad", "legs_led_abroad", "countries", "because",
    "records",
)  # fmt: skip


def count_crossings_by_case(graph: RingGraph) -> pd.DataFrame:
    """A row per case: how many of its ties and legs cross a border, and the share of ties.

    Ties count as in `find_crossings`; those to a case are left out. ``share`` (0 to 1) is
    ``across`` over ``across`` and ``inside``, NaN where no tie of the case can be told;
    ``unknown`` says how many cannot. Ties and legs of no case are in a row of their own, whose
    ``case`` is None, the last. Most ties across first, then the larger share, then by case.
    ``records`` are those of the ties and legs that cross.

    A case that was opened at a border shows crossings; the same ring's case from a village
    shows none.
    """
    across = np.zeros(len(graph.ties), dtype=bool)
    across[find_crossings(graph).ties["tie"].to_numpy(dtype=np.int64)] = True
    country = _countries(graph)
    is_case = _of_type(graph, "case", absent=False)
    told = ~(is_case[graph.source] | is_case[graph.target])
    known = (country[graph.source] >= 0) & (country[graph.target] >= 0)
    legs = graph.legs if "crosses" in graph.legs.columns else pd.DataFrame(columns=LEG_COLUMNS)
    of_tie, of_leg = _texts(graph.ties["case"]), _texts(legs["case"])
    led = _crossing(legs)
    names = sorted({*(of_tie[told] if len(of_tie) else ()), *of_leg} - {""})
    place = {name: number for number, name in enumerate([*names, ""])}
    tie_case = np.array([place.get(one, -1) for one in of_tie], dtype=np.int64)
    leg_case = np.array([place[one] for one in of_leg], dtype=np.int64)
    crossing = np.flatnonzero(across & told).astype(np.int64)
    by_tie: list[tuple[int, ...]] = records_by(
        graph, tie_case[crossing], crossing, len(place)
    ).tolist()
    kinds = (across & told, known & told & ~across, told & ~known)
    ties = [np.bincount(tie_case[one], minlength=len(place)).tolist() for one in kinds]
    moved, gone = (np.bincount(one, minlength=len(place)).tolist()
                   for one in (leg_case, leg_case[led]))  # fmt: skip
    by_leg: dict[int, set[int]] = {}
    for number, some in zip(leg_case[led].tolist(), legs["records"][led], strict=True):
        by_leg.setdefault(number, set()).update(map(int, some))
    rows = [
        _case_row(name, [one[number] for one in ties], moved[number], gone[number],
                  {*by_tie[number], *by_leg.get(number, ())})
        for name, number in place.items()
        if moved[number] or any(one[number] for one in ties)
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=list(CASE_COLUMNS))
    table = table.assign(none=table["case"].isna()).sort_values(
        ["none", "across", "share", "case"], ascending=[True, False, False, True],
        ignore_index=True,
    )  # fmt: skip
    return table[list(CASE_COLUMNS)]


def _case_row(name: str, ties: Sequence[int], legs: int, led: int,
              records: Iterable[int]) -> dict[str, object]:  # fmt: skip
    out, home, hidden = ties
    share = out / (out + home) if out + home else float("nan")
    told = f"{share:.0%} of the" if out + home else "none can be told of"
    return {
        "case": name or None, "ties": out + home + hidden, "across": out, "inside": home,
        "unknown": hidden, "share": share, "legs": legs, "legs_across": led,
        "because": f"{out} of {counted(out + home, 'tie')} cross a border ({told} ties with"
                   " two known"
                   f" countries); {hidden} cannot be told; {led} of {counted(legs, 'leg')} cross",
        "records": tuple(sorted(records)),
    }  # fmt: skip


def find_spanner_stages(graph: RingGraph, *, include_victims: bool = False) -> pd.DataFrame:
    """Who spans borders, and in which stage: a row per person and stage of what joins countries.

    ``ties`` are a person's ties of a kind of that stage to parties of known country, and
    ``ties_abroad`` those of them to another country than its own; ``legs_led_abroad`` are
    movements of that stage from one known country to another that it led. ``countries`` are
    its own, those of the parties tied and those of the legs. A row needs a tie abroad or a leg
    led; ties without a stage (kinship, calls) are in a row whose stage is None, the last of the
    person. Parallel ties count each, ties to a case never. Who has most ties abroad and
    legs together over all rows comes first, then by id, then stages in the order of a
    journey.

    Victims were moved, and did not span: they are left out, ``side`` both as well, unless
    `include_victims`; ``attrs['verdict']`` counts them. A person of unknown country has no
    tie abroad, and is here only by legs.
    """
    country = _countries(graph)
    names = sorted(_known(graph))
    stages = [*load_words("stage"), None]
    number = {stage: place for place, stage in enumerate(stages)}
    of_tie = np.array(
        [number[_stage_of_kind(str(kind))] for kind in graph.ties["kind"]], dtype=np.int64
    )
    party = np.concatenate([graph.source, graph.target]).astype(np.int64)
    other = np.concatenate([graph.target, graph.source]).astype(np.int64)
    tie = np.tile(np.arange(len(graph.ties)), 2)
    person, is_case = _of_type(graph, "person", absent=True), _of_type(graph, "case", absent=False)
    counted = person[party] & ~is_case[other] & (country[other] >= 0) & (party != other)
    party, other, tie = party[counted], other[counted], tie[counted]
    abroad = (country[party] >= 0) & (country[party] != country[other])
    row = party * len(stages) + of_tie[tie]
    legs = _led_legs(graph, number, len(stages))
    kept = np.unique(np.concatenate([row[abroad], np.array([*legs], dtype=np.int64)]))
    place = {int(one): at for at, one in enumerate(kept)}
    at = np.array([place.get(int(one), -1) for one in row], dtype=np.int64)
    mine = at >= 0
    at, other, tie, abroad = at[mine], other[mine], tie[mine], abroad[mine]
    ties = np.bincount(at, minlength=len(kept))
    ties_abroad = np.bincount(at[abroad], minlength=len(kept))
    records = records_by(graph, at[abroad], tie[abroad], len(kept))
    met = _countries_met(at, country[other], names, len(kept))
    table = _spanner_table(graph, kept, stages, (ties, ties_abroad), met, records, legs)
    return _without_victims(table, include_victims)


def _stage_of_kind(kind: str) -> str | None:
    word = load_words("tie").get(kind)
    stage = word.says.get("stage") if word else None
    return str(stage) if stage else None


def _led_legs(graph: RingGraph, number: dict[str | None, int],
              stages: int) -> dict[int, list[tuple[str, str, tuple[int, ...]]]]:  # fmt: skip
    """Legs over a border by the row of who led them, with countries and records."""
    found: dict[int, list[tuple[str, str, tuple[int, ...]]]] = {}
    if "crosses" not in graph.legs.columns:
        return found
    place = {party: at for at, party in enumerate(graph.parties["party"].tolist())}
    person = _of_type(graph, "person", absent=True)
    legs = graph.legs[_crossing(graph.legs)]
    columns = ("stage", "moved_by", "from_country", "to_country", "records")
    for stage, movers, start, end, records in zip(*(legs[c] for c in columns), strict=True):
        known = number.get(stage, stages - 1) if isinstance(stage, str) else stages - 1
        for mover in movers:
            if mover in place and person[place[mover]]:
                row = place[mover] * stages + known
                found.setdefault(row, []).append((start, end, tuple(records)))
    return found


def _countries_met(at: Integers, country: Integers, names: list[str], rows: int) -> list[set[str]]:
    met: list[set[str]] = [set() for _ in range(rows)]
    for row, one in zip(at.tolist(), country.tolist(), strict=True):
        met[row].add(names[one])
    return met


def _spanner_table(
    graph: RingGraph, kept: Integers, stages: list[str | None], counts: tuple[Integers, Integers],
    met: list[set[str]], records: pd.Series,
    legs: dict[int, list[tuple[str, str, tuple[int, ...]]]],
) -> pd.DataFrame:  # fmt: skip
    country, names = _countries(graph), sorted(_known(graph))
    parties = graph.parties
    side = parties["side"].tolist() if "side" in parties.columns else [None] * len(parties)
    behind: list[tuple[int, ...]] = records.tolist()
    rows = []
    for at, one in enumerate(kept.tolist()):
        person, stage = divmod(one, len(stages))
        led = legs.get(one, [])
        home = names[country[person]] if country[person] >= 0 else None
        countries = met[at] | {end for leg in led for end in leg[:2]} | ({home} if home else set())
        abroad = int(counts[1][at])
        rows.append(
            {
                "party": parties["party"].iat[person], "at": stage, "side": side[person],
                "stage": stages[stage], "ties": int(counts[0][at]), "ties_abroad": abroad,
                "legs_led_abroad": len(led), "countries": tuple(sorted(countries)),
                "because": _spans(stages[stage], int(counts[0][at]), abroad, len(led), countries),
                "records": tuple(sorted({*behind[at], *_together(leg[2] for leg in led)})),
            }
        )  # fmt: skip
    table = pd.DataFrame(rows, columns=["at", *SPANNER_STAGE_COLUMNS])
    busy = (table["ties_abroad"] + table["legs_led_abroad"]).groupby(table["party"])
    table = table.assign(busy=busy.transform("sum"))
    ordered = table.sort_values(
        ["busy", "party", "at"], ascending=[False, True, True], ignore_index=True
    )
    return ordered[list(SPANNER_STAGE_COLUMNS)]


def _spans(stage: str | None, ties: int, abroad: int, legs: int, countries: Iterable[str]) -> str:
    what = f"in {stage}" if stage else "by ties of no stage (kin, calls, acquaintance)"
    joined = ", ".join(country_name(one, "en") for one in sorted(countries))
    led = f"; led {counted(legs, 'leg')} over a border" if legs else ""
    lead = "leads" if abroad == 1 else "lead"
    return (
        f"{what}: {abroad} of {counted(ties, 'tie')} {lead} abroad{led}; countries joined: {joined}"
    )


def _without_victims(table: pd.DataFrame, include_victims: bool) -> pd.DataFrame:
    victim = table["side"].isin(["victim", "both"]).to_numpy()
    people, hidden = table["party"].nunique(), table["party"][victim].nunique()
    shown = table if include_victims else table[~victim].reset_index(drop=True)
    left = (
        f"; {counted(hidden, 'victim')}, who {'was' if hidden == 1 else 'were'} moved,"
        f" {'among them' if include_victims else 'left out'}"
        if hidden else ""
    )  # fmt: skip
    shown.attrs["verdict"] = (
        f"{counted(people, 'person')} with ties abroad or legs led over a border{left}" if people
        else "nobody spans a border here: no tie leads abroad, and no leg over a border was led"
    )  # fmt: skip
    return shown


def _known(graph: RingGraph) -> list[str]:
    return group_codes(graph.parties["country"])[1] if "country" in graph.parties.columns else []


def _countries(graph: RingGraph) -> Integers:
    if "country" not in graph.parties.columns:
        return np.full(len(graph.parties), -1, dtype=np.int64)
    return group_codes(graph.parties["country"])[0]


def _of_type(graph: RingGraph, wanted: str, *, absent: bool) -> npt.NDArray[np.bool_]:
    """True for parties of a type; `absent` for a graph that knows no types."""
    if "type" not in graph.parties.columns:
        return np.full(len(graph.parties), absent)
    return (graph.parties["type"] == wanted).to_numpy(dtype=bool)


def _crossing(legs: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """True for legs that cross for sure; None is not known."""
    return np.array([one is True or one is np.True_ for one in legs["crosses"]], dtype=bool)


def _texts(values: pd.Series) -> npt.NDArray[np.object_]:
    """Texts, empty where there is none."""
    return np.array([one if isinstance(one, str) else "" for one in values], dtype=object)


def _together(records: Iterable[tuple[int, ...]]) -> set[int]:
    return {int(record) for some in records for record in some}
