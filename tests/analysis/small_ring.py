"""A small invented ring over a border, written as a case folder."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from disclosure.case_folders import case_of
from ringmap.model import Case

PEOPLE = (
    ("A", "An", "recruiter", "VN", "", "charged"),
    ("B", "Bùi", "transporter", "VN", "", "charged"),
    ("G", "Giang", "border_guide", "VN", "", "wanted"),
    ("X", "Xu", "buyer", "CN", "", "suspected"),
    ("T", "Thu", "recruiter;victim", "VN", "1990", "charged"),
    ("V", "Vi Thị Mận", "victim", "VN", "2005-02-01", ""),
    ("W", "Lò Thị Hồng", "victim", "VN", "1980", ""),
    ("R", "Vi Văn Cha", "relative", "VN", "", ""),
)
TIES = (
    ("A", "V", "recruited", "2019-01-10"),
    ("A", "W", "deceived", "2019-01-11"),
    ("A", "B", "called", "2019-01-12"),
    ("B", "V", "transported", "2019-01-13"),
    ("B", "G", "called", "2019-01-14"),
    ("G", "V", "guided", "2019-01-15"),
    ("G", "X", "sold_to", "2019-01-16"),
    ("X", "V", "exploited", "2019-02"),
    ("T", "V", "recruited", "2019-01-09"),
    ("X", "T", "exploited", "2015"),
    ("R", "X", "paid", "2019-05"),
    ("R", "V", "kin_of", ""),
)


def small_ring(*, means: str = "deception_job", purpose: str = "forced_marriage",
               **born: str) -> Case:  # fmt: skip
    """The ring with these means and purpose of its one case, and these dates of birth."""
    return _read_once(means, purpose, tuple(sorted(born.items())))


@cache
def _read_once(means: str, purpose: str, births: tuple[tuple[str, str], ...]) -> Case:
    with TemporaryDirectory() as folder:
        return _written(Path(folder) / "ring", means, purpose, dict(births))


def _written(folder: Path, means: str, purpose: str, born: dict[str, str]) -> Case:
    people = [
        {"person_id": one, "name": name, "country": country, "born": born.get(one, year)}
        for one, name, _, country, year, _ in PEOPLE
    ]
    roles = [
        {"person_id": one, "case_id": "C1", "role": role, "standing": standing}
        for one, _, several, _, _, standing in PEOPLE
        for role in several.split(";")
    ]
    ties = [
        {"source": a, "target": b, "kind": kind, "first": first, "case_id": "C1"}
        for a, b, kind, first in TIES
    ]
    cases = [{"case_id": "C1", "reported": "2019-06-01", "agency": "Unit 1", "means": means,
              "purpose": purpose}]  # fmt: skip
    crossing = {"event_id": "E1", "kind": "crossed_border", "case_id": "C1", "date": "2019-01-15"}
    events = [crossing | {"from_place": "P1", "to_place": "P2", "person_id": "V", "moved_by": "G"}]
    places = [{"place_id": "P1", "name": "near side", "country": "VN"},
              {"place_id": "P2", "name": "far side", "country": "CN"}]  # fmt: skip
    return case_of(folder, people=people, roles=roles, ties=ties, cases=cases, events=events,
                   places=places)  # fmt: skip
