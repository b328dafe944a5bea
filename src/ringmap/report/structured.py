"""The report as JSON."""

import dataclasses
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from ringmap.disclosure import Cleared
from ringmap.report.contents import Contents, find_verdict, gather_contents
from ringmap.report.markup import legible


def report_json(cleared: Cleared, *, title: str) -> str:
    """Everything that was found, as JSON text in a stable order.

    Tables are lists of objects. Wherever a table has ``records``, they are keys of
    ``evidence``, which holds each record that anything refers to once: file, row, document,
    page, agency, date received, grade and handling. What is not recorded is null.
    """
    contents = gather_contents(cleared)
    cited: set[int] = set()
    findings = _findings(contents, cited)
    data = {
        "title": title,
        "victims": "recorded names" if cleared.policy.show_victims else "pseudonyms",
        "protected": cleared.protected,
        "files": _files(contents),
        "sizes": contents.sizes(),
        "period": contents.period(),
        "handling": contents.archive.handling_counts(),
        "caveats": [{"en": en, "vi": vi} for en, vi in contents.caveats],
        **findings,
        "evidence": {str(one): contents.archive.piece(one).as_dict() for one in sorted(cited)},
    }
    return json.dumps(_plain(data), ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _files(contents: Contents) -> list[dict[str, Any]]:
    rows = contents.cleared.case.records["file"].value_counts()
    return [
        {"file": one.file, "sha256": one.sha256, "rows_used": int(rows.get(one.file, 0))}
        for one in contents.cleared.case.files
    ]


def _findings(contents: Contents, cited: set[int]) -> dict[str, Any]:
    case = contents.cleared.case
    crossings = contents.crossings
    told = (
        {
            one.name: _any(getattr(crossings, one.name), cited)
            for one in dataclasses.fields(crossings)
        }
        if dataclasses.is_dataclass(crossings) and not isinstance(crossings, type)
        else None
    )
    whole = contents.cleared.graphs.get("whole")
    return {
        "verdict": find_verdict(contents),
        "brokers": _any(contents.brokers, cited),
        "rings": _any(contents.rings, cited),
        "ring_names": _any(contents.ring_names, cited),
        "shared_members": _any(contents.shared, cited),
        "significance": _any(contents.rings.attrs.get("significance"), cited),
        "crossings": told,
        "legs": _any(whole.legs, cited) if whole is not None else [],
        "years": _any(contents.years, cited),
        "people": _any(_roles(contents), cited),
        "parties": _any(case.parties.drop(columns=["key", "label_is_id"]), cited),
        "contradictions": [_contradiction(one, cited) for one in contents.contradictions],
        "weak_ties": [_any(dataclasses.asdict(one), cited) for one in contents.weak],
    }


def _roles(contents: Contents) -> pd.DataFrame:
    case = contents.cleared.case
    names = np.array([*case.parties["party"].astype(object), None], dtype=object)
    roles = case.roles.assign(
        person=names[case.roles["person"].to_numpy()], case=names[case.roles["case"].to_numpy()]
    )
    records = pd.Series([(one,) for one in roles["record"]], index=roles.index, dtype=object)
    return roles.drop(columns=["as_written", "record"]).assign(records=records)


def _contradiction(one: Any, cited: set[int]) -> dict[str, Any]:
    values = [
        {"value": value, "records": _any(records, cited, records=True)}
        for value, records in one.values
    ]
    return {"of": one.of, "about": list(one.about), "column": one.column, "values": values}


def _any(value: Any, cited: set[int], *, records: bool = False) -> Any:
    """A finding as lists and objects; the records it names are noted as cited."""
    if isinstance(value, pd.DataFrame):
        columns = {str(name): value[name].astype(object).where(value[name].notna(), None).tolist()
                   for name in value.columns}  # fmt: skip
        return [
            {name: _any(cells[row], cited, records=name == "records")
             for name, cells in columns.items()}
            for row in range(len(value))
        ]  # fmt: skip
    if records and isinstance(value, tuple | list):
        cited.update(map(int, value))
        return [str(int(one)) for one in value]
    if isinstance(value, Mapping):
        return {str(name): _any(one, cited, records=name == "records")
                for name, one in value.items()}  # fmt: skip
    return value


def _plain(value: Any) -> Any:
    """The same in JSON's own types, every text legible."""
    if isinstance(value, Mapping):
        return {legible(str(name)): _plain(one) for name, one in value.items()}
    if isinstance(value, tuple | list | np.ndarray):
        return [_plain(one) for one in value]
    if isinstance(value, set | frozenset):
        return sorted((_plain(one) for one in value), key=str)
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, bool | int):
        return value
    if value is pd.NA:
        return None
    if isinstance(value, float):
        return value if np.isfinite(value) else None
    if isinstance(value, pd.DataFrame):
        return _plain(_any(value, set()))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _plain({one.name: getattr(value, one.name) for one in dataclasses.fields(value)})
    return legible(str(value))
