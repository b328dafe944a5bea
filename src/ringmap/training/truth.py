"""What really happened in an invented case, as its folder ``truth`` tells it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from ringmap.errors import ScenarioError

#: Columns that each file must have; it may have more.
TRUTH_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "people": (
        "who", "name", "sex", "born", "people", "country", "home", "side", "roles", "stages",
        "rings", "recorded_as",
    ),
    "rings": ("ring", "scenario", "title", "offenders", "victims", "cases", "story"),
    "memberships": ("ring", "who", "part"),
    "brokers": ("who", "ring", "rank", "between", "why", "why_vi"),
    "identities": ("person_id", "who", "name"),
    "ties": (
        "tie", "source", "target", "kind", "first", "last", "weight", "case_id", "records",
    ),
    "errors": ("file", "key", "column", "written", "true", "kind"),
}  # fmt: skip
_COUNTS = {"brokers": "rank", "ties": "records"}
#: A ring, a person or a tie is told once; a pair of these may be.
_KEYS: Mapping[str, tuple[str, ...]] = {
    "people": ("who",),
    "rings": ("ring",),
    "memberships": ("ring", "who"),
    "brokers": ("who", "ring"),
    "identities": ("person_id", "who"),
    "ties": ("tie",),
}


@dataclass(frozen=True, eq=False)
class Truth:
    """The people, rings, brokers and ties behind the records of an invented case.

    All cells are text as in the files, '' where there is nothing, and a ``;`` parts lists;
    only ``rank`` of `brokers` and ``records`` of `ties` are whole numbers. A person is known
    by ``who``, which no record shows; `identities` leads there from the records.

    Attributes
    ----------
    people
        A row per person, recorded or not; ``recorded_as`` lists the ids in the records.
    rings
        A row per ring; none where the case has no ring.
    memberships
        A row per ring and member; a person may be in several rings.
    brokers
        A row per ring and broker; ``rank`` 1 is the foremost of the ring.
    identities
        A row per ``person_id`` of the records and true person behind it. Several ids may
        be one person, and an id may mix several.
    ties
        A row per tie between two people; ``records`` 0 means that nobody recorded it.
    errors
        A row per cell that the records have wrong on purpose.
    manifest
        Seed, scenario and versions that the case was made with.
    """

    people: pd.DataFrame
    rings: pd.DataFrame
    memberships: pd.DataFrame
    brokers: pd.DataFrame
    identities: pd.DataFrame
    ties: pd.DataFrame
    errors: pd.DataFrame
    manifest: Mapping[str, object]


def read_truth(folder: Path | str) -> Truth:
    """What really happened in the invented case of a folder, or of its folder ``truth``.

    Raises
    ------
    ScenarioError
        If a file or column is missing, a file is no UTF-8 CSV, a count is no whole number,
        or a key is told twice. Says everything that is wrong at once.
    """
    folder = Path(folder)
    place = folder / "truth" if (folder / "truth").is_dir() else folder
    if not place.is_dir():
        raise ScenarioError(
            "there is no such folder", file=str(place), hint="make one with ringmap generate"
        )
    tables: dict[str, pd.DataFrame] = {}
    wrong: list[str] = []
    for name in TRUTH_COLUMNS:
        _gather(tables, wrong, place, name)
    manifest = _read_manifest(place / "manifest.json", wrong)
    if wrong:
        raise ScenarioError(
            ", ".join(wrong), file=str(place), hint="make it again with ringmap generate"
        )
    return Truth(**tables, manifest=manifest)


def _gather(tables: dict[str, pd.DataFrame], wrong: list[str], place: Path, name: str) -> None:
    try:
        table = pd.read_csv(
            place / f"{name}.csv", dtype="str", keep_default_na=False, index_col=False,
            encoding="utf-8-sig",
        ).fillna("")  # fmt: skip
    except FileNotFoundError:
        wrong.append(f"{name}.csv is missing")
    except (OSError, ValueError) as error:
        wrong.append(f"{name}.csv cannot be read ({error})")
    else:
        problems = list(_problems(name, table))
        wrong.extend(problems)
        if name in _COUNTS and not problems:
            table[_COUNTS[name]] = table[_COUNTS[name]].astype(np.int64)
        tables[name] = table


def _problems(name: str, table: pd.DataFrame) -> Iterator[str]:
    missing = [column for column in TRUTH_COLUMNS[name] if column not in table.columns]
    if missing:
        yield from (f"{name}.csv has no column '{column}'" for column in missing)
        return
    count = _COUNTS.get(name)
    if count is not None:
        odd = ~table[count].str.fullmatch("[0-9]{1,18}", na=False).to_numpy(dtype=bool)
        if odd.any():
            row = int(np.flatnonzero(odd)[0])
            yield f"{name}.csv, row {row + 1}: '{count}' is no whole number"
    key = list(_KEYS.get(name, ()))
    twice = table.duplicated(key).to_numpy() if key else np.zeros(0, dtype=bool)
    if twice.any():
        row = int(np.flatnonzero(twice)[0])
        told = " ".join(str(table.at[row, column]) for column in key)
        yield f"{name}.csv, row {row + 1}: {' and '.join(key)} {told} is told twice"


def _read_manifest(file: Path, wrong: list[str]) -> Mapping[str, object]:
    try:
        told = json.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        wrong.append("manifest.json is missing")
    except (OSError, ValueError, RecursionError) as error:
        wrong.append(f"manifest.json cannot be read ({error})")
    else:
        if isinstance(told, dict):
            return told
        wrong.append("manifest.json is no JSON object")
    return {}
