"""Nothing that identifies a victim is left in what was cleared."""

from __future__ import annotations

import random
import tempfile
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from disclosure.case_folders import case_of, is_read_in, texts_in
from ringmap.analysis import find_brokers, find_crossings
from ringmap.disclosure import WITHHELD_COLUMN, Cleared, Policy, clear
from ringmap.errors import DisclosureError
from ringmap.graph import build_graph, graph_from_ties
from ringmap.model import Case, province_point
from ringmap.records import read
from rings import read_folder

NAME = "Giàng Thị Mẩy"


@dataclass(frozen=True)
class Sentences:
    """A finding that is a dataclass."""

    table: pd.DataFrame
    because: str
    sets: tuple[frozenset[str], ...]


def ring(folder: Path, name: str = NAME, party: str = "P2", **more: str) -> Case:
    """A recruiter, a victim and a mover, whose every text speaks of the victim."""
    about = f"{name} went with him"
    victim = {"person_id": party, "name": name, "role": "victim", "born": "2001-07-12", "age": "15",
              "home_place": "L1", "home_province": "Lào Cai", "aliases": more.get("alias", ""),
              "note": about, "số căn cước": "001301012345"}  # fmt: skip
    return case_of(
        folder,
        people=[
            {"person_id": "P1", "name": "Vàng A Lử", "role": "recruiter", "note": about,
             f"who knew {name}": "yes", "born": "1980-01-02"},
            victim,
            {"person_id": "P3", "name": "Tẩn Lềnh", "role": "transporter",
             "note": more.get("note", "")},
        ],
        places=[
            {"place_id": "L1", "name": "Bản Nậm Tà", "kind": "home_village", "province": "Lào Cai",
             "country": "VN", "lat": "22.5512", "lon": "103.9423", "note": about},
            {"place_id": "L2", "name": "Hekou", "kind": "town", "country": "CN", "lat": "22.5",
             "lon": "103.97"},
        ],
        organisations=[{"organisation_id": "O1", "name": f"Công ty {name}"}],
        identifiers=[
            {"identifier_id": "N1", "kind": "phone", "value": "0912 345 678", "holder": party},
            {"identifier_id": "N2", "kind": "phone", "value": "0988 777 666", "holder": f"{party};P1"},  # noqa: E501
        ],
        cases=[{"case_id": f"C {name}", "title": f"The case of {name}"}],
        ties=[
            {"source": "P1", "target": party, "kind": "recruited", "case_id": f"C {name}",
             "note": about, "page": name, "amount": f"{name} 30", "currency": name,
             "source_ref": "S1",
             f"heard of {name}": about},
            {"source": "P1", "target": "P3", "kind": "calls him",
             "note": "from Bản Nậm Tà, 15 tuổi"},
        ],
        events=[
            {"event_id": f"E {name}", "kind": "transported", "date": "2016-05", "from_place": "L1",
             "to_place": "L2", "person_id": party, "moved_by": "P3", "route_id": f"R {name}",
             "leg": name,
             "note": f"{about}, born 12/07/2001; called +84 912345678; id 001301012345"},
        ],
        roles=[{"person_id": "P3", "role": f"driver of {name}", "event_id": f"E {name}"}],
        sources=[
            {"source_ref": f"S {name}", "document": f"Statement of {name}", "page": name,
             "agency": about, "note": about, "more": about},
            {"source_ref": "S1", "document": "Judgment"},
        ],
    )  # fmt: skip


def findings_of(case: Case, party: str = "P2", name: str = NAME) -> dict[str, Any]:
    """Findings of every shape, each with the victim's id and name in it."""
    table = pd.DataFrame(
        {
            "party": pd.Categorical([party, "P1"], categories=list({party: 0, "P1": 0, name: 0})),
            "text": pd.Series([name, None], dtype="str"),
            "people": [(party, "P1"), [name]],
            "value": [1.5, np.nan],
            f"of {name}": [{party: {name}}, None],
        },
        index=pd.Index([party, name], name=name),
    )
    table.attrs = {
        "significance": {"set": (party, name)},
        "because": "12 parties would cut others off",
    }
    crossed = pd.DataFrame({"p": [1]}, index=pd.MultiIndex.from_tuples([(party, name)]))
    return {
        "table": table,
        "index": crossed,
        "column": table["text"],
        "array": np.array([party, name], dtype=object),
        "sentences": [Sentences(table, "it stands between some", (frozenset({party}),))],
        "title": f"Ring around {name}",
        "counts": Counter({party: 2}),
        "number": 3,
        "nothing": None,
    }


def cleared_ring(case: Case, party: str = "P2", name: str = NAME, key: str = "key") -> Cleared:
    """Everything at once."""
    whole = build_graph(case)
    people = build_graph(case, projection="people_through_phones", directed=True)
    _ = whole.igraph, people.igraph  # what was kept of the uncleared graph must not be shown
    found = findings_of(case, party, name)
    found |= {"brokers": find_brokers(people), "crossings": find_crossings(whole)}
    return clear(case, key=key, graphs={"whole": whole, "people": people}, findings=found)


FORBIDDEN = ("Bản Nậm Tà", "Nậm Tà", "0912345678", "912345678", "0912 345 678", "001301012345",
             "2001-07-12", "12/07/2001", "22.5512", "103.9423")  # fmt: skip


def test_nothing_of_a_victim_is_read_anywhere(tmp_path: Path) -> None:
    """No table, graph, finding or view of them has the name, the number, the home, the birth."""
    cleared = cleared_ring(ring(tmp_path, alias="Mẩy;Ngọc Trinh"))

    texts = list(texts_in(cleared))
    assert not [is_read_in(name, texts) for name in (NAME, "Ngọc Trinh", "P2", "Mẩy", *FORBIDDEN)
                if is_read_in(name, texts)]  # fmt: skip
    assert not any("15 tuổi" in text and "12-15 tuổi" not in text for text in texts)


def test_what_is_not_a_victims_stays_as_it_is(tmp_path: Path) -> None:
    """Offenders, gates, shared numbers and evidence are what the page is for."""
    case = ring(tmp_path)
    cleared = cleared_ring(case)

    texts = set(texts_in(cleared))
    assert {"Vàng A Lử", "Tẩn Lềnh", "Hekou", "P1", "P3", "0988 777 666", "1980-01-02"} <= texts
    assert len(cleared.case.ties) == len(case.ties)
    assert cleared.case.records["row"].tolist() == case.records["row"].tolist()


AWKWARD = [
    "Victim 1", "=A1+2", "<b>Mai</b>", "Nguyễn Thị Mẩy", "Ngoan",
    unicodedata.normalize("NFD", NAME), "GIÀNG THỊ MẨY", "Mẩy Giàng-Thị", "王小美", "សុខ ចាន់ធី",
    "con của Ón", "0912345678", "x\"y'z;w",
    "Mary  O'Brien", "Nguyễn, Lan", "Trần Thị Đào (tức Hiên)", "H'Mai Niê", "Sa Pa Mẩy",
    "__proto__", "may be", "L1 P1", "Vàng A Lử con", "{name}", "a", "Ḿ",
]  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(name=st.sampled_from(AWKWARD), label=st.booleans(), seed=st.integers(0, 3))
@example(name="Giàng Thị Mẩy", label=True, seed=0)
def test_no_spelling_of_an_awkward_name_is_read(name: str, label: bool, seed: int) -> None:
    """Names as ids, as titles, in headings, in other people's notes, and in findings."""
    if len(name.strip()) < 2:
        label = False
    names = [name, "Ngoan"] if seed else [name]
    with tempfile.TemporaryDirectory() as folder:
        party = name if label and ";" not in name else "Q7"
        case = ring(Path(folder), name, party, alias="Ngoan" if len(names) > 1 else "")
        cleared = cleared_ring(case, party, name)

    texts = list(texts_in(cleared))
    for one in names:
        if len(one.strip()) > 1:
            for form in ("NFC", "NFD"):
                assert is_read_in(unicodedata.normalize(form, one), texts) is None
    assert is_read_in(party, texts) is None


@pytest.mark.parametrize("folded", [False, True])
def test_labels_of_an_edge_list_are_veiled(tmp_path: Path, folded: bool) -> None:
    """In an edge list the label is the id, the name and the key."""
    names = ["An Nhiên", "Bích", "Mẩy", "Zung"]
    (tmp_path / "x_edges.csv").write_text(
        "source,target,note\nAn Nhiên,Mẩy,Mẩy hỏi Bích\nMẩy,Bích,\nZung,Mẩy,\n", encoding="utf-8"
    )
    (tmp_path / "x_nodes.csv").write_text(
        "id,role\nAn Nhiên,recruiter\nMẩy,victim\nBích,victim\nZung,buyer\n", encoding="utf-8"
    )
    case = read(tmp_path / "x_edges.csv").case
    graph = build_graph(case, directed=folded)
    cleared = clear(case, key="k", graphs={"whole": graph}, findings={"b": find_brokers(graph)})

    texts = list(texts_in(cleared))
    assert [is_read_in(name, texts) is None for name in names] == [False, True, True, False]
    assert cleared.case.parties["id"].is_monotonic_increasing
    assert cleared.graphs["whole"].parties["party"].is_monotonic_increasing


def test_a_case_sheet_is_veiled(tmp_path: Path) -> None:
    """One flat file: name, phone and birth of the victim are gone, the offender's stay."""
    (tmp_path / "sheet.csv").write_text(
        "case_id,person,role,place,province,phone,born,note\n"
        "V1,Giàng Thị Mẩy,nạn nhân,Chợ Cán Cấu,Lào Cai,0912345678,12/07/2001,em gái Mẩy khóc\n"
        "V1,Vàng A Lử,kẻ tuyển mộ,Chợ Cán Cấu,Lào Cai,0988777666,1980,gọi 0912 345 678 cho Mẩy\n",
        encoding="utf-8",
    )
    case = read(tmp_path / "sheet.csv").case
    cleared = clear(case, key="k", graphs={"whole": build_graph(case)})

    texts = list(texts_in(cleared))
    for secret in ("Giàng Thị Mẩy", "Mẩy", "0912345678", "0912 345 678", "2001-07-12"):
        assert is_read_in(secret, texts) is None
    assert {"Vàng A Lử", "0988777666", "Chợ Cán Cấu"} <= set(texts)


def test_categories_that_no_row_uses_are_veiled() -> None:
    """pandas keeps the names of categories that were filtered away."""
    with tempfile.TemporaryDirectory() as folder:
        case = ring(Path(folder))
    table = pd.DataFrame({"party": pd.Categorical(["P1"], categories=["P1", "P2", NAME])})
    found = clear(case, key="k", findings={"t": table}).findings["t"]

    assert is_read_in("P2", texts_in(found)) is None
    assert is_read_in(NAME, texts_in(found)) is None


def test_homes_lie_at_the_centre_of_their_province(tmp_path: Path) -> None:
    """A home, by its id, its name or a tie of living there, has no place of its own."""
    case = case_of(
        tmp_path,
        people=[
            {"person_id": "P1", "name": "Lò Thị Ỏn", "role": "victim", "home_place": "L1"},
            {"person_id": "P2", "name": "Lù Thị Súa", "role": "victim",
             "home_place": "thôn Cán Hồ, huyện Bắc Hà", "home_province": "Lào Cai"},
            {"person_id": "P3", "name": "Tẩn Sử Dâu", "role": "victim"},
        ],
        places=[
            {"place_id": place, "name": name, "kind": "town", "province": province, "country": "VN",
             "lat": "22.1234", "lon": "104.1234"}
            for place, name, province in (
                ("L1", "Nậm Lúc", "Lào Cai"), ("L2", "Cán Hồ", "Lào Cai"),
                ("L3", "Tả Phìn", "nhà ông Sử"),
                ("L4", "Chợ Bắc Hà", "Lào Cai"))
        ],
        ties=[{"source": "P3", "target": "L3", "kind": "lived_at"}],
        events=[{"event_id": "E1", "kind": "transported", "from_place": "L2", "to_place": "L4",
                 "person_id": "P2", "note": "từ Cán Hồ, Nậm Lúc"}],
    )  # fmt: skip
    cleared = clear(case, key="k", graphs={"whole": build_graph(case)})

    parties = cleared.graphs["whole"].parties
    homes = parties[parties["party"].str.startswith("Home ")]
    assert len(homes) == 3
    points = {(lat, lon) for lat, lon in zip(homes["lat"], homes["lon"], strict=True) if lat == lat}
    assert points == {province_point("Lào Cai", "VN")}
    assert cleared.graphs["whole"].legs["from_place"].str.startswith("Home ").all()
    texts = list(texts_in(cleared))
    for name in ("Nậm Lúc", "Cán Hồ", "Tả Phìn", "nhà ông Sử", "22.1234 104"):
        assert is_read_in(name, texts) is None
    assert "Chợ Bắc Hà" in texts


def test_every_kind_of_victim_is_veiled(tmp_path: Path) -> None:
    """Presumed by what was done, by standing, status or unknown words, or on both sides."""
    case = case_of(
        tmp_path,
        people=[
            {"person_id": "A1", "name": "Lềnh Moved"},
            {"person_id": "A2", "name": "Lềnh Sold"},
            {"person_id": "A3", "name": "Lềnh Both", "role": "victim;recruiter"},
            {"person_id": "A4", "name": "Lềnh Spanish", "role": "víctima menor"},
            {"person_id": "A5", "name": "Lềnh Unclear", "role": "nạn nhân chưa rõ"},
            {"person_id": "A6", "name": "Lềnh Standing", "role": "witness",
             "standing": "possible_victim"},
            {"person_id": "A7", "name": "Lềnh Status", "role": "relative",
             "victim_status": "rescued"},
            {"person_id": "A8", "name": "Lềnh Tied"},
            {"person_id": "A9", "name": "Lềnh Free", "role": "organiser"},
        ],
        cases=[{"case_id": "C1"}],
        ties=[
            {"source": "A9", "target": "A1", "kind": "transported"},
            {"source": "A9", "target": "A2", "kind": "sold"},
            {"source": "A8", "target": "C1", "kind": "victim_in"},
        ],
    )  # fmt: skip
    cleared = clear(case, key="k")

    names = cleared.case.parties["name"]
    assert names[names.str.startswith("Lềnh")].tolist() == ["Lềnh Free"]
    assert cleared.protected == 8


def test_kin_of_a_victim_are_veiled_unless_they_offend(tmp_path: Path) -> None:
    """A mother's name is as good as the child's; an aunt who sold her is an offender."""
    case = case_of(
        tmp_path,
        people=[
            {"person_id": "P1", "name": NAME, "role": "victim"},
            {"person_id": "P2", "name": "Giàng Thị Dế", "role": "relative", "note": "mẹ của Mẩy"},
            {"person_id": "P3", "name": "mẹ của Mẩy"},
            {"person_id": "P4", "name": "Giàng Thị Sao", "role": "selling_relative"},
        ],
        ties=[
            {"source": "P2", "target": "P1", "kind": "kin_of", "note": "Dế is her mother"},
            {"source": "P1", "target": "P4", "kind": "kin_of"},
        ],
    )
    cleared = clear(case, key="k")

    texts = list(texts_in(cleared))
    for name in (NAME, "Giàng Thị Dế", "Dế", "Mẩy"):
        assert is_read_in(name, texts) is None
    assert "Giàng Thị Sao" in texts
    assert cleared.protected == 1


def test_a_pseudonym_never_comes_to_mean_somebody_else(tmp_path: Path) -> None:
    """Two ids whose codes begin with the same four letters under this key: both get longer names.

    A page printed before the second was loaded names nobody wrongly.
    """
    header = "person_id,role\n"
    alone = read_folder(tmp_path / "one", people=f"{header}V0921,victim\n").case
    both = read_folder(tmp_path / "two", people=f"{header}V0921,victim\nV0704,victim\n").case
    before = set(clear(alone, key="k" * 64).case.parties["party"])
    after = set(clear(both, key="k" * 64).case.parties["party"])

    assert before == {"Victim 5UDD"}
    assert len(after) == 2
    assert not before & after
    assert all(name.startswith("Victim 5UDD") for name in after)


def test_pseudonyms_depend_on_the_key_and_never_clash(tmp_path: Path) -> None:
    """The same key, the same pseudonym; an offender who bears it makes it longer."""
    case = ring(tmp_path / "a")
    first, again, other = (victims(clear(case, key=key)) for key in ("k", "k", "other"))
    assert first == again != other
    clash = ring(tmp_path / "b", note=f"seen with {first[0]}", alias="")
    people = clash.parties.assign(
        name=clash.parties["name"].where(clash.parties["id"] != "P3", first[0].lower())
    )
    found = clear(replace(clash, parties=people), key="k")

    assert victims(found)[0].startswith(first[0])
    assert victims(found) != first
    assert found.case.parties["party"].is_unique


def victims(cleared: Cleared) -> list[str]:
    """Pseudonyms of the victims."""
    parties = cleared.case.parties
    return parties["party"][parties["side"] == "victim"].tolist()


def test_the_same_pseudonym_stands_in_case_graphs_and_findings(tmp_path: Path) -> None:
    """A reader can follow one victim through all of a page."""
    cleared = cleared_ring(ring(tmp_path))
    name = victims(cleared)[0]

    assert name in set(cleared.graphs["whole"].parties["party"])
    assert name in set(cleared.findings["table"]["party"])
    assert name in cleared.graphs["whole"].legs["people"].iloc[0]
    assert cleared.graphs["whole"].ties["target"].astype(str).str.contains(name).any()


def test_clearing_twice_equals_clearing_once(tmp_path: Path) -> None:
    """Nothing changes any more: no count, no pseudonym, no order, whatever the key."""
    once = cleared_ring(ring(tmp_path))
    twice = clear(once.case, key="other", graphs=once.graphs, findings=once.findings)

    for name, table in once.case.tables().items():
        pd.testing.assert_frame_equal(table, twice.case.tables()[name])
    for name, graph in once.graphs.items():
        pd.testing.assert_frame_equal(graph.parties, twice.graphs[name].parties)
        pd.testing.assert_frame_equal(graph.ties, twice.graphs[name].ties)
    pd.testing.assert_frame_equal(once.findings["table"], twice.findings["table"])
    assert twice.protected == once.protected
    counts = once.case.statements["value"][once.case.statements["column"] == WITHHELD_COLUMN]
    assert counts.tolist()


def test_a_graph_of_the_cleared_case_is_the_cleared_graph(tmp_path: Path) -> None:
    """So that a finding's order tells nothing either, analyse the cleared case."""
    case = ring(tmp_path)
    cleared = clear(case, key="k", graphs={"whole": build_graph(case)})
    built = build_graph(cleared.case)

    shown = cleared.graphs["whole"]
    pd.testing.assert_frame_equal(built.parties, shown.parties[built.parties.columns])
    kinds = ["source", "target", "kind", "case", "records"]
    columns = built.ties[kinds].astype(object), shown.ties[kinds].astype(object)
    assert sorted(map(tuple, columns[0].to_numpy())) == sorted(map(tuple, columns[1].to_numpy()))
    assert built.evidence is not None
    assert shown.evidence is not None
    assert evidence_by_tie(built) == evidence_by_tie(shown)


def evidence_by_tie(graph: Any) -> dict[tuple[str, ...], tuple[int, ...]]:
    """Records of each tie by its ends and kind."""
    ties = graph.ties[["source", "target", "kind"]].astype(str)
    return {
        tuple(row): graph.evidence.of(tie) for tie, row in enumerate(ties.itertuples(index=False))
    }


def test_ties_of_findings_follow_the_order_of_the_whole_graph(tmp_path: Path) -> None:
    """Row numbers in a column `tie` point to the same tie as before."""
    case = ring(tmp_path)
    whole = build_graph(case)
    table = pd.DataFrame({"tie": range(len(whole.ties)), "kind": whole.ties["kind"]})
    cleared = clear(case, key="k", graphs={"whole": whole}, findings={"t": table})

    found = cleared.findings["t"]
    assert (
        cleared.graphs["whole"].ties["kind"].iloc[found["tie"]].tolist() == found["kind"].tolist()
    )


def test_the_order_of_parties_does_not_follow_the_ids(tmp_path: Path) -> None:
    """Between "Mai" and "Minh" a pseudonym would say how the name begins."""
    names = [f"N{number:02}" for number in range(40)]
    rows = "".join(f"{one},{'victim' if n % 2 else 'buyer'}\n" for n, one in enumerate(names))
    (tmp_path / "a_nodes.csv").write_text(f"id,role\n{rows}", encoding="utf-8")
    random.Random(1).shuffle(names)
    pairs = "".join(f"{a},{b}\n" for a, b in pairwise(names))
    (tmp_path / "a_edges.csv").write_text(f"source,target\n{pairs}", encoding="utf-8")
    case = read(tmp_path / "a_edges.csv").case
    cleared = clear(case, key="k", graphs={"whole": build_graph(case)})

    shown = cleared.case.parties["party"].str.startswith("Victim ")
    assert shown.tolist() == sorted(shown)  # all of them in one block
    ties = cleared.graphs["whole"].ties
    assert ties["source"].cat.codes.is_monotonic_increasing


def test_nothing_shown_tells_the_key_of_the_pseudonyms(tmp_path: Path) -> None:
    """A guess at a row, or at a name, could be tried against a digest or the key."""
    case = ring(tmp_path)
    cleared = clear(case, key="k")

    assert not cleared.case.records["digest"].any()
    assert not set(texts_in(cleared)) & {file.secret for file in case.files}
    assert not any(file.secret for file in cleared.case.files)


def test_an_offender_of_the_same_name_is_not_shown_as_the_victim(tmp_path: Path) -> None:
    """The name is withheld, and points to nobody."""
    case = case_of(
        tmp_path,
        people=[
            {"person_id": "P1", "name": NAME, "role": "victim"},
            {"person_id": "P2", "name": "Giang Thi May", "role": "recruiter"},
        ],
        cases=[{"case_id": "C1", "title": f"{NAME} and others"}],
    )
    cleared = clear(case, key="k")

    parties = cleared.case.parties.set_index("id")
    assert parties.loc["P2", "name"] == "a withheld name"
    assert is_read_in(NAME, texts_in(cleared)) is None


def test_a_victim_called_like_a_province_leaves_the_province(tmp_path: Path) -> None:
    """Provinces stay in their columns; in texts the name is withheld and points to nobody."""
    case = case_of(
        tmp_path,
        people=[
            {"person_id": "P1", "name": "Hà Giang", "role": "victim", "home_province": "Lào Cai"},
            {"person_id": "P2", "name": "Vàng A Lử", "role": "buyer", "home_province": "Hà Giang",
             "note": "Hà Giang cried"},
        ],
    )  # fmt: skip
    cleared = clear(case, key="k")

    told = cleared.case.statements.set_index("column")["value"]
    assert told["note"] == "a withheld name cried"
    assert "Hà Giang" in set(told["home_province"])


def test_unknown_stays_unknown_and_bad_ages_are_withheld(tmp_path: Path) -> None:
    """Unknown is not withheld; an age that cannot be has no band."""
    case = case_of(
        tmp_path,
        people=[
            {"person_id": "P1", "name": NAME, "role": "victim", "age": "unknown", "born": "2001",
             "home_province": "bản Nậm Tà"},
            {"person_id": "P2", "name": "Lò Thị Ỏn", "role": "victim", "age": "-3"},
        ],
    )  # fmt: skip
    told = clear(case, key="k").case.statements

    values = {(column, value) for column, value in zip(told["column"], told["value"], strict=True)}
    assert {("age", "unknown"), ("age", "withheld"), ("born", "2000-2004"),
            ("home_province", "withheld")} <= values  # fmt: skip


def test_showing_victims_changes_nothing(tmp_path: Path) -> None:
    """Whoever asks for names by name gets what was recorded."""
    case = ring(tmp_path)
    graph = build_graph(case)
    found = findings_of(case)
    cleared = clear(case, key="k", graphs={"whole": graph}, findings=found,
                    policy=Policy(show_victims=True))  # fmt: skip

    assert cleared.case is case
    assert cleared.graphs["whole"] is graph
    assert cleared.findings["table"] is found["table"]
    assert cleared.protected == 1


def test_clearing_leaves_what_it_was_given_alone(tmp_path: Path) -> None:
    """Case, graph and findings are values; nobody else's copy changes."""
    case = ring(tmp_path)
    graph, found = build_graph(case), findings_of(case)
    before = [table.copy() for table in (*case.tables().values(), graph.parties, graph.ties)]
    clear(case, key="k", graphs={"whole": graph}, findings=found)

    after = (*case.tables().values(), graph.parties, graph.ties)
    for old, new in zip(before, after, strict=True):
        pd.testing.assert_frame_equal(old, new)
    assert NAME in set(texts_in(found))


def test_only_clear_makes_what_may_be_shown(tmp_path: Path) -> None:
    """Neither by hand, nor from another one, nor by changing one."""
    case = ring(tmp_path)
    cleared = clear(case, key="k")

    with pytest.raises(DisclosureError):
        Cleared(case, {}, {}, Policy(), 0)
    with pytest.raises(DisclosureError):
        replace(cleared, case=case)
    with pytest.raises(TypeError):
        cleared.graphs["raw"] = build_graph(case)  # type: ignore[index]


def test_a_graph_of_another_case_is_refused(tmp_path: Path) -> None:
    """Its victims would be shown by name."""
    case = ring(tmp_path)
    strange = graph_from_ties(pd.DataFrame({"source": ["P1"], "target": ["Somebody"]}))

    with pytest.raises(DisclosureError, match="does not know"):
        clear(case, key="k", graphs={"whole": strange})
    with pytest.raises(DisclosureError, match="does not know"):
        clear(clear(case, key="k").case, key="k", graphs={"whole": build_graph(case)})


def test_a_finding_that_cannot_be_veiled_is_refused(tmp_path: Path) -> None:
    """Better no page than a name in a shape that nobody thought of."""
    with pytest.raises(DisclosureError, match="cannot be veiled"):
        clear(ring(tmp_path), key="k", findings={"x": [Path("Mẩy")]})
