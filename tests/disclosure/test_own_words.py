"""What ringmap says itself comes through clearing unchanged, whatever victims are called."""

from pathlib import Path

import pandas as pd
import pytest

from ringmap.analysis import find_brokers, find_crossings, find_rings, gather_caveats, judge_brokers
from ringmap.disclosure import clear
from ringmap.graph import build_graph
from ringmap.records import read

# A name for each word that ringmap's sentences are made of, in both languages.
NAMES = ("Cụt Văn Ín", "Đặng Thị Đáng", "Lò Thị Nên", "Vàng Ngắn", "Sở A Off", "Giàng Thị Chỉ",
         "Ma Rank", "Others", "Broker", "Không Có", "Hạng", "Mạng Lưới Bên")  # fmt: skip


@pytest.fixture
def case(tmp_path: Path):
    """Two chains joined in the middle, and a victim for each name."""
    people = [f"P{n},,recruiter,{'VN' if n < 6 else 'CN'}" for n in range(12)]
    victims = [f"V{n},{name},victim,VN" for n, name in enumerate(NAMES)]
    ties = [f"P{n},P{n + 1},called" for n in range(11)] + [
        f"P{n},V{n},deceived" for n in range(len(NAMES))
    ]
    (tmp_path / "people.csv").write_text(
        "\n".join(["person_id,name,role,country", *people, *victims]), encoding="utf-8"
    )
    (tmp_path / "ties.csv").write_text("\n".join(["source,target,kind", *ties]), encoding="utf-8")
    return read(tmp_path).case


def test_sentences_come_through_as_they_are(case):
    """A word replaced in a sentence that everyone knows would tell the name that fits there."""
    people = build_graph(case, projection="people")
    brokers, rings = find_brokers(people, group="country"), find_rings(people)
    crossings = find_crossings(people)
    findings = {
        "brokers": brokers, "rings": rings, "crossings": crossings,
        "caveats": gather_caveats(people, rings=rings),
        "verdict": judge_brokers(brokers, people).because,
    }  # fmt: skip
    shown = clear(case, key="k", graphs={"people": people}, findings=findings).findings

    for column in ("because", "because_vi"):
        pd.testing.assert_series_equal(shown["brokers"][column], brokers[column])
    assert shown["caveats"] == findings["caveats"]
    assert shown["verdict"] == findings["verdict"]
    assert shown["crossings"].because == crossings.because
    assert shown["rings"].attrs["significance"] == rings.attrs["significance"]
    assert shown["rings"].attrs["because"] == rings.attrs["because"]


def test_a_single_word_of_a_name_is_never_told_by_a_code(case):
    """ "Sở" of an office is not replaced by the code of the one whose name it is part of."""
    shown = clear(case, key="k").case

    codes = [code for code in shown.parties["party"] if code.startswith("Victim ")]
    assert len(codes) == len(NAMES)
    assert not shown.parties["name"].isin(["a withheld name"]).any()
