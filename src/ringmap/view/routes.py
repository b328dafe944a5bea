"""Places and legs for the map of routes, and the land they lie on."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from ringmap.disclosure import Cleared
from ringmap.graph import RingGraph
from ringmap.model import end_of, latest
from ringmap.view.basemap import Basemap, clip_basemap
from ringmap.view.evidence import RecordBook, plain
from ringmap.view.wordbook import WordBook

Bounds = tuple[float, float, float, float]

#: Width over height of the panes in which the map may be seen.
NARROW_PANE, WIDE_PANE = 0.65, 1.7
_GEONAMES = "GeoNames (CC BY 4.0)"
LEAST_SHOWN = 0.5  # degrees; a case in one town still shows the land around it
GATES = ("border_gate", "unofficial_crossing")
_ENDS = {"from": "from_place", "to": "to_place", "crossing": "crossing"}
_LEG_CODES = (("kind", "event"), ("stage", "stage"), ("transport", "transport"),
              ("legal_exit", "legal_exit"))  # fmt: skip


def tell_routes(
    cleared: Cleared, graph: RingGraph, parties: Mapping[str, int], records: RecordBook,
    words: WordBook, *, basemap: Basemap | None = None,
) -> dict[str, Any]:  # fmt: skip
    """``places``, ``legs``, ``unplaced`` and ``basemap`` of the page's data block.

    A place without coordinates and a leg with such an end are counted in ``unplaced``; the
    leg is told all the same, without that end's place, so that its evidence can be read.

    Parameters
    ----------
    parties
        Index on the page by party name. A leg that only concerns people who are not on the
        page is left out.
    basemap
        A map to draw under the routes instead of ringmap's.
    """
    legs = [leg for leg in _legs(graph) if _concerns(leg, parties)]
    used = {leg[end] for leg in legs for end in ("from_place", "to_place", "crossing")}
    listed = cleared.case.parties
    listed = listed[(listed["type"] == "place") & listed["party"].isin({*parties, *used})]
    gates = {leg["crossing"] for leg in legs}
    placed = listed[listed["lat"].notna() & listed["lon"].notna()]
    places = _places(placed, parties, gates, _exact(cleared), words)
    index = {str(name): at for at, name in enumerate(placed["party"])}
    drawn = [leg for leg in legs if leg["from_place"] in index and leg["to_place"] in index]
    last = latest(leg["date"] for leg in drawn)
    return {
        "places": places,
        "legs": _leg_columns(legs, index, parties, _said_of_events(cleared), records, words),
        "unplaced": {"legs": len(legs) - len(drawn), "places": len(listed) - len(placed)},
        "basemap": _basemap(
            placed, last and (end_of(last) or None), basemap, _lists(cleared, placed)
        ),
    }


def _legs(graph: RingGraph) -> list[dict[str, Any]]:
    return [
        {str(column): plain(value) for column, value in row.items()}
        for row in graph.legs.to_dict("records")
    ]


def _concerns(leg: Mapping[str, Any], parties: Mapping[str, int]) -> bool:
    named = (*leg["people"], *leg["moved_by"])
    return not named or any(name in parties for name in named)


def _exact(cleared: Cleared) -> set[str]:
    """Places that stand where a record puts them, not where a list of names does."""
    told = cleared.case.statements
    told = told[(told["column"] == "position_from") & (told["value"] == "record")]
    return set(cleared.case.parties["party"].iloc[told["party"].to_numpy()])


def _places(
    placed: pd.DataFrame, parties: Mapping[str, int], gates: set[Any], exact: set[str],
    words: WordBook,
) -> dict[str, list[Any]]:  # fmt: skip
    kinds = [plain(kind) for kind in placed["kind"]]
    countries = [plain(country) for country in placed["country"]]
    words.use_all("place", kinds)
    words.use_all("country", countries)
    names = placed["party"].tolist()
    return {
        "party": [parties.get(name) for name in names],
        "label": placed["name"].tolist(),
        "kind": kinds,
        "country": countries,
        "lat": [round(float(lat), 4) for lat in placed["lat"]],
        "lon": [round(float(lon), 4) for lon in placed["lon"]],
        "approximate": [int(name not in exact) for name in names],
        "gate": [int(k in GATES or n in gates) for k, n in zip(kinds, names, strict=True)],
    }


def _leg_columns(
    legs: Sequence[Mapping[str, Any]], index: Mapping[str, int], parties: Mapping[str, int],
    said: Mapping[tuple[str, int], str], records: RecordBook, words: WordBook,
) -> dict[str, list[Any]]:  # fmt: skip
    for column, list_name in _LEG_CODES:
        words.use_all(list_name, [leg[column] for leg in legs])
    known = {
        name: [[parties[one] for one in leg[name] if one in parties] for leg in legs]
        for name in ("people", "moved_by")
    }
    columns: dict[str, list[Any]] = {
        "event": [leg["event"] for leg in legs],
        "kind": [leg["kind"] for leg in legs],
        "stage": [leg["stage"] for leg in legs],
        **{end: [index.get(leg[column]) for leg in legs] for end, column in _ENDS.items()},
        **{
            f"{end}_party": [parties.get(leg[column]) for leg in legs]
            for end, column in _ENDS.items()
        },
        "date": [leg["date"] for leg in legs],
        **known,
        "crosses": [int(leg["crosses"] is True) for leg in legs],
    }
    columns |= {name: [leg[name] for leg in legs]
                for name in ("transport", "legal_exit", "case", "route")}  # fmt: skip
    columns["records"] = [[records.use(one) for one in leg["records"]] for leg in legs]
    columns["notes"] = [[said.get((leg["event"], one)) for one in leg["records"]] for leg in legs]
    return columns


def _said_of_events(cleared: Cleared) -> dict[tuple[str, int], str]:
    """What a record says of an event beyond codes: the sum paid, the note, and its own date
    where records do not agree."""
    events = cleared.case.events
    columns = ("event", "record", "date", "end_date", "amount", "currency", "note")
    rows = list(zip(*(map(plain, events[name].tolist()) for name in columns), strict=True))
    dates: dict[str, set[tuple[str | None, str | None]]] = {}
    for event, _, date, end, *_ in rows:
        dates.setdefault(event, set()).add((date, end))
    said: dict[tuple[str, int], str] = {}
    for event, record, date, end, amount, currency, note in rows:
        when = " – ".join(dict.fromkeys(one for one in (date, end) if one))
        money = " ".join(str(part) for part in (amount, currency) if part)
        parts = (when if len(dates[event]) > 1 else "", money if amount else "", note)
        if text := " · ".join(str(part) for part in parts if part):
            said.setdefault((event, record), text)
    return said


def _lists(cleared: Cleared, placed: pd.DataFrame) -> list[str]:
    """Whose lists of names gave the places their positions; GeoNames asks to be named."""
    told = cleared.case.statements
    told = told[
        told["party"].isin(np.flatnonzero(cleared.case.parties["party"].isin(placed["party"])))
    ]
    own = told[told["column"] == "position_list"]
    by_list = told[(told["column"] == "position_from") & (told["value"] == "gazetteer")]
    names = {str(name) for name in own["value"]}
    if not set(by_list["party"]) <= set(own["party"]):
        names.add(_GEONAMES)
    return sorted(names)


def _basemap(
    placed: pd.DataFrame, on: str | None, basemap: Basemap | None, lists: Sequence[str]
) -> dict[str, object] | None:
    """The land under all placed places, and whom to thank; None when there is none."""
    if placed.empty:
        return None
    edges = (placed["lat"].min(), placed["lon"].min(), placed["lat"].max(), placed["lon"].max())
    south, west, north, east = map(float, edges)
    if not all(map(math.isfinite, (south, west, north, east))):
        return None
    land = clip_basemap(_filling(south, west, north, east), margin=0.3, on=on, basemap=basemap)
    if not lists:
        return land
    return {**land, "credit": f"{land['credit']}; places: {', '.join(lists)}"}


def _filling(south: float, west: float, north: float, east: float) -> Bounds:
    """Bounds widened so that land fills a pane that is wider, or taller, than what is shown."""
    shrink = max(math.cos(math.radians((south + north) / 2)), 0.2)
    tall, wide = max(north - south, LEAST_SHOWN), max(east - west, LEAST_SHOWN) * shrink
    more_tall = (max(tall, wide / NARROW_PANE) - (north - south)) / 2
    more_wide = (max(wide, tall * WIDE_PANE) / shrink - (east - west)) / 2
    return (
        max(south - more_tall, -85.0), max(west - more_wide, -180.0),
        min(north + more_tall, 85.0), min(east + more_wide, 180.0),
    )  # fmt: skip
