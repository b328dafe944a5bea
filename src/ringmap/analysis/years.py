"""Cases, offenders and victims by year."""

import numpy as np
import pandas as pd

from ringmap.model import Case

#: Dates of a case, any of which may be the earliest.
CASE_DATES = ("reported", "detected", "prosecuted", "tried")
NOT_RECORDED = "not recorded"


def count_by_year(case: Case) -> pd.DataFrame:
    """Cases by the year of their earliest date, with their offenders and victims.

    Columns ``year``, ``cases``, ``offenders``, ``victims``; years rising, those without a
    case left out, then a row ``not recorded`` where there is something for it: cases
    without any of the dates reported, detected, prosecuted and tried, and offenders and
    victims whom no record puts in a case. Where records of a case disagree the earliest
    date counts.

    A person counts once per year, however many cases of that year name them, and again in
    another year: the column adds up to more than there are people. Who is offender in one
    case and victim in another, or both in one, counts on both sides. A person's part in a
    case is what the roles of that case say; witnesses and others are not counted. Standing
    is not asked for: suspected and acquitted count with the convicted. Years are when
    police knew of a case, and say as much about police as about crime.
    """
    years = _year_of_case(case)
    people = _people_of_cases(case, years)
    cases = pd.Series(years).value_counts()
    offenders = people[people["offender"]].groupby("year")["person"].nunique()
    victims = people[people["victim"]].groupby("year")["person"].nunique()
    listed = sorted({*cases.index, *offenders.index, *victims.index} - {NOT_RECORDED})
    if NOT_RECORDED in {*cases.index, *offenders.index, *victims.index}:
        listed.append(NOT_RECORDED)
    return pd.DataFrame(
        {
            "year": pd.Series(listed, dtype="str"),
            **{
                name: [int(counts.get(year, 0)) for year in listed]
                for name, counts in (
                    ("cases", cases), ("offenders", offenders), ("victims", victims),
                )
            },
        }
    )  # fmt: skip


def _year_of_case(case: Case) -> dict[int, str]:
    """Year of each case, by its position among parties."""
    cases = np.flatnonzero((case.parties["type"] == "case").to_numpy()).tolist()
    told = case.statements[case.statements["column"].isin(CASE_DATES)]
    dated = told[told["value"].str.match(r"\d{4}", na=False)]
    first = dated.groupby("party")["value"].min().str[:4].to_dict()
    return {one: str(first.get(one, NOT_RECORDED)) for one in cases}


def _people_of_cases(case: Case, years: dict[int, str]) -> pd.DataFrame:
    """A row per person and year, with the sides on which the person counts."""
    roles = case.roles[["person", "case", "side"]]
    roles = roles[(roles["person"] >= 0) & roles["side"].isin(["offender", "victim", "both"])]
    in_case = roles[roles["case"] >= 0]
    parties = case.parties
    sided = np.flatnonzero(parties["side"].isin(["offender", "victim", "both"]).to_numpy())
    presumed = np.setdiff1d(sided, in_case["person"].to_numpy())
    events = case.events[["person", "case"]]
    events = events[(events["case"] >= 0) & events["person"].isin(presumed)]
    by_event = events.assign(side=parties["side"].to_numpy()[events["person"].to_numpy()])
    nowhere = np.setdiff1d(presumed, events["person"].to_numpy())
    without = pd.DataFrame({"person": nowhere, "case": -1, "side": parties["side"].iloc[nowhere]})
    people = pd.concat([in_case, by_event, without], ignore_index=True)
    return people.assign(
        year=[years.get(one, NOT_RECORDED) for one in people["case"]],
        offender=people["side"].isin(["offender", "both"]),
        victim=people["side"].isin(["victim", "both"]),
    )
