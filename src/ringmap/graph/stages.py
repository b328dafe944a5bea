"""Who has a part in which stage of a journey, a row per way of knowing it."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.graph.legs import distinct_by_group
from ringmap.graph.once import once_a_case
from ringmap.model import (
    Case,
    begins_after,
    earliest_of,
    first_day,
    is_about,
    last_day,
    latest_of,
    load_words,
)

STAGE_COLUMNS = (
    "party", "stage", "part", "basis", "kind", "case", "upon_victim", "others", "first", "last",
    "undated", "records",
)  # fmt: skip


def list_stages(case: Case, *, as_of: str | None = None) -> pd.DataFrame:
    """Every stage that a record puts a party in, and what the party does there.

    A stage is that of a role, of a kind of tie, or of an event (what its record says, or else
    its kind), by the vocabulary. ``part`` is ``does`` for who holds an offender's role, is the
    source of a tie with a direction, or leads an event; ``undergoes`` for a victim's role, for
    the target of a tie or the person of an event that makes a victim, and for any victim at
    that end; ``named`` for anybody else at that end, such as a buyer, who may have done no
    more than be there. ``upon_victim``: whether the other end of a tie or event is a victim.
    ``others`` counts parties at the other end. An event that made a tie of the same stage is
    told once, as the tie.

    One row per party, stage, part, basis (``role``, ``tie``, ``event``), kind (code of the
    role, tie or event), case and ``upon_victim``, in that order, stages in the order of a
    journey; ``case`` is None where none is recorded; ``first`` and ``last`` are the earliest
    and latest dates, ``undated`` how many of its records leave open when they began (no date,
    an estimate, or an end before it), ``records`` positions in the table of records. Both kinds
    of witness, relatives and parties of roles or ties without a stage have no row.

    Parameters
    ----------
    as_of
        ISO date: what began later is left out. What is undated stays.
    """
    if as_of is None:
        return _all_stages(case)
    told = _told(case)
    early = [not (isinstance(one, str) and begins_after(one, as_of)) for one in told["first"]]
    return _gathered(case, told[np.array(early, dtype=bool)].reset_index(drop=True))


@once_a_case
def _all_stages(case: Case) -> pd.DataFrame:
    return _gathered(case, _told(case))


@once_a_case
def _told(case: Case) -> pd.DataFrame:
    """A row for each record that puts a party in a stage."""
    told = pd.concat([_by_role(case), _by_tie(case), _by_event(case)], ignore_index=True)
    kept = told["stage"].notna().to_numpy() & (told["party"].to_numpy() >= 0)
    return told[kept].reset_index(drop=True)


def _stage_of(list_name: str) -> dict[str, str]:
    """Stage of each code of a list that has one."""
    words = load_words(list_name).items()
    return {code: str(word.says["stage"]) for code, word in words if word.says.get("stage")}


def _marked(list_name: str, mark: str) -> list[str]:
    return [code for code, word in load_words(list_name).items() if word.says.get(mark)]


def _sides(case: Case) -> npt.NDArray[np.bool_]:
    """True for victims, by position; False where −1 leads."""
    victim = case.parties["side"].isin(["victim", "both"]).to_numpy(dtype=bool)
    return np.append(victim, False)


def _by_role(case: Case) -> pd.DataFrame:
    roles = case.roles
    victim = roles["role"].isin(_victim_roles()).to_numpy()
    return pd.DataFrame(
        {
            "party": roles["person"], "stage": roles["role"].map(_stage_of("role")),
            "part": np.where(victim, "undergoes", "does"), "basis": "role",
            "kind": roles["role"], "case": roles["case"], "upon_victim": False, "other": -1,
            "first": roles["first"], "last": roles["last"], "record": roles["record"],
        }
    )  # fmt: skip


def _victim_roles() -> list[str]:
    return [code for code, word in load_words("role").items() if word.says.get("side") == "victim"]


def _by_tie(case: Case) -> pd.DataFrame:
    """Both ends of every record of a tie that has a stage."""
    stage_of = _stage_of("tie")
    ties = case.ties.assign(stage=case.ties["kind"].map(stage_of))
    rows = case.tie_records["tie"].to_numpy()
    kept = ties["stage"].notna().to_numpy() & (ties["direction"] == "directed").to_numpy()
    rows = rows[kept[rows]] if len(rows) else rows
    records = case.tie_records[kept[case.tie_records["tie"].to_numpy()]]
    told, victim = ties.iloc[rows], _sides(case)
    makes_victim = told["kind"].isin(_marked("tie", "target_is_victim")).to_numpy()
    ends = []
    for end, other in (("source", "target"), ("target", "source")):
        own, far = told[end].to_numpy(), told[other].to_numpy()
        part = np.where(makes_victim | victim[own], "undergoes", "named")
        ends.append(
            pd.DataFrame(
                {
                    "party": own, "stage": told["stage"].to_numpy(),
                    "part": np.full(len(own), "does") if end == "source" else part,
                    "basis": "tie", "kind": told["kind"].to_numpy(),
                    "case": told["case"].to_numpy(), "upon_victim": victim[far], "other": far,
                    "first": told["first"].to_numpy(), "last": told["last"].to_numpy(),
                    "record": records["record"].to_numpy(),
                }
            )
        )  # fmt: skip
    return pd.concat(ends, ignore_index=True)


def _by_event(case: Case) -> pd.DataFrame:
    """Both ends of every event that is not told by its tie already."""
    tie_of = {code: word.says.get("tie") for code, word in load_words("event").items()}
    by_tie = case.events["kind"].map(tie_of).map(_stage_of("tie"))
    both = (case.events["person"] >= 0) & (case.events["moved_by"] >= 0)
    events = case.events[~(both & (by_tie == case.events["stage"])).to_numpy()]
    victim = _sides(case)
    person, mover = events["person"].to_numpy(), events["moved_by"].to_numpy()
    makes_victim = events["kind"].isin(_marked("event", "person_is_victim")).to_numpy()
    part = np.where(makes_victim | victim[person], "undergoes", "named")
    ends = [
        pd.DataFrame(
            {
                "party": own, "stage": events["stage"], "part": does, "basis": "event",
                "kind": events["kind"], "case": events["case"], "upon_victim": victim[far],
                "other": far, "first": events["date"],
                "last": events["end_date"].fillna(events["date"]), "record": events["record"],
            }
        )
        for own, far, does in (
            (mover, person, np.full(len(mover), "does")), (person, mover, part),
        )
    ]  # fmt: skip
    return pd.concat(ends, ignore_index=True)


def _gathered(case: Case, told: pd.DataFrame) -> pd.DataFrame:
    """One row for all records that say the same."""
    order = {code: place for place, code in enumerate(load_words("stage"))}
    told = told.assign(at=told["stage"].map(order), kind=told["kind"].fillna(""))
    keys = ["party", "at", "part", "basis", "kind", "case", "upon_victim"]
    group = told.groupby(keys, sort=True).ngroup().to_numpy().astype(np.int64)
    first = np.unique(group, return_index=True)[1]
    names: list[str | None] = [*case.parties["party"].tolist(), None]
    rows = told.iloc[first]
    others, records = (
        distinct_by_group(group, told[name].to_numpy(dtype=np.int32), len(first))
        for name in ("other", "record")
    )
    table = {
        "party": pd.Series([names[one] for one in rows["party"]], dtype="str"),
        **{name: pd.Series(rows[name].tolist(), dtype="str")
           for name in ("stage", "part", "basis", "kind")},
        "case": pd.Series([names[one] for one in rows["case"]], dtype="str"),
        "upon_victim": rows["upon_victim"].to_numpy(dtype=bool),
        "others": np.array([*map(len, others)], dtype=np.int64),
        "first": earliest_of(told["first"], group, len(first)).reset_index(drop=True),
        "last": latest_of(told["last"], group, len(first)).reset_index(drop=True),
        "undated": np.bincount(group, _are_undated(told), len(first)).astype(np.int64),
        "records": pd.Series(records, dtype=object),
    }  # fmt: skip
    return pd.DataFrame(table, columns=list(STAGE_COLUMNS))


def _are_undated(told: pd.DataFrame) -> list[bool]:
    """True for each record that leaves open when it began."""
    dates = [*zip(told["first"].tolist(), told["last"].tolist(), strict=True)]
    found = {pair: _is_undated(*pair) for pair in set(dates)}
    return [found[pair] for pair in dates]


def _is_undated(first: object, last: object) -> bool:
    if not isinstance(first, str) or is_about(first):
        return True
    begun, ended = first_day(first), last_day(last) if isinstance(last, str) else None
    return begun is not None and ended is not None and ended < begun
