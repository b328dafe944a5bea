"""The truth of an invented case: all of it as written, or one error that says what lacks."""

from __future__ import annotations

import json

import pytest

from ringmap.errors import ScenarioError
from ringmap.training import read_truth

FILES = {
    "people": "who,name,sex,born,people,country,home,side,roles,stages,rings,recorded_as\n"
    "W1-01,Nguyễn Thị Hoa,F,1990,Kinh,VN,,offender,recruiter,recruitment,W1,P1;P7\n"
    'W1-02,"NA, <b>",,,,,,victim,victim,,W1,\n',
    "rings": "ring,scenario,title,offenders,victims,cases,story\nW1,kin-line,A,1,1,C1,Two.\n",
    "memberships": "ring,who,part\nW1,W1-01,recruiter\nW1,W1-02,victim\n",
    "brokers": "who,ring,rank,between,why,why_vi\nW1-01,W1,1,villages;buyers,Both.,Cả hai.\n",
    "identities": "person_id,who,name\nP1,W1-01,Hoa\nP7,W1-01,NA\n",
    "ties": "tie,source,target,kind,first,last,weight,case_id,records\n"
    "T1,W1-01,W1-02,recruited,2019,,2,C1,3\n",
    "errors": "file,key,column,written,true,kind\npeople.csv,P7,name,NA,Nguyễn Thị Hoa,misspelt\n",
}  # fmt: skip


@pytest.fixture
def case(tmp_path):
    """A case folder with its truth, as the generator leaves it."""
    folder = tmp_path / "truth"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    (folder / "manifest.json").write_text(json.dumps({"seed": 7}), encoding="utf-8")
    return tmp_path


def test_the_truth_is_read_as_it_was_written(case):
    """Text stays text, also "NA" and nothing; only counts are numbers."""
    truth = read_truth(case)

    assert truth.people["name"].tolist() == ["Nguyễn Thị Hoa", "NA, <b>"]
    assert truth.people["home"].tolist() == ["", ""]
    assert truth.people["recorded_as"].tolist() == ["P1;P7", ""]
    assert truth.identities["name"].tolist() == ["Hoa", "NA"]
    assert truth.ties["first"].tolist() == ["2019"]
    assert truth.ties["records"].tolist() == [3]
    assert truth.brokers["rank"].tolist() == [1]
    assert truth.manifest == {"seed": 7}


def test_the_case_folder_and_its_truth_are_the_same(case):
    """Either may be given."""
    assert read_truth(case / "truth").people.equals(read_truth(case).people)


def test_a_truth_without_rings_or_brokers_is_whole(case):
    """A file with a heading and no row says that there are none."""
    for name in ("rings", "memberships", "brokers"):
        heading = FILES[name].splitlines()[0] + "\n"
        (case / "truth" / f"{name}.csv").write_text(heading, encoding="utf-8")

    truth = read_truth(case)

    assert (len(truth.rings), len(truth.memberships), len(truth.brokers)) == (0, 0, 0)


@pytest.mark.parametrize("name", [*(f"{name}.csv" for name in FILES), "manifest.json"])
def test_a_missing_file_is_named(case, name):
    """The user sees which file lacks."""
    (case / "truth" / name).unlink()

    with pytest.raises(ScenarioError, match=f"{name} is missing"):
        read_truth(case)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("ties.csv", "tie,source\n", "ties.csv has no column 'target'"),
        ("ties.csv", FILES["ties"].replace(",3\n", ",some\n"), "row 1: 'records' is no whole"),
        ("brokers.csv", FILES["brokers"].replace(",1,", ",-1,"), "row 1: 'rank' is no whole"),
        ("ties.csv", FILES["ties"] + "T1,W1-02,W1-01,kin,,,,,0\n", "row 2: tie T1 is told twice"),
        ("identities.csv", FILES["identities"] + "P1,W1-01,Hoa\n", "person_id and who P1 W1-01"),
        ("people.csv", "", "people.csv cannot be read"),
        ("manifest.json", "[]", "manifest.json is no JSON object"),
        ("manifest.json", "{", "manifest.json cannot be read"),
    ],
)
def test_what_is_wrong_is_said(case, name, text, said):
    """File, row and column in one line."""
    (case / "truth" / name).write_text(text, encoding="utf-8")

    with pytest.raises(ScenarioError, match=said):
        read_truth(case)


def test_a_file_that_is_no_text_is_named(case):
    """UTF-16, say."""
    (case / "truth" / "rings.csv").write_bytes(FILES["rings"].encode("utf-16"))

    with pytest.raises(ScenarioError, match=r"rings\.csv cannot be read"):
        read_truth(case)


def test_everything_wrong_is_said_at_once(case):
    """Not one fault per run."""
    (case / "truth" / "errors.csv").unlink()
    (case / "truth" / "people.csv").write_text("who\n", encoding="utf-8")

    with pytest.raises(ScenarioError) as raised:
        read_truth(case)

    assert "errors.csv is missing" in str(raised.value)
    assert "people.csv has no column 'recorded_as'" in str(raised.value)
    assert raised.value.file == str(case / "truth")


def test_no_folder_at_all_is_said(tmp_path):
    """A path that was mistyped."""
    with pytest.raises(ScenarioError, match="no such folder"):
        read_truth(tmp_path / "nowhere")


def test_an_id_that_mixes_two_people_can_be_told(case):
    """Two people recorded as one are two rows of one person_id."""
    mixed = FILES["identities"] + "P7,W1-02,NA\n"
    (case / "truth" / "identities.csv").write_text(mixed, encoding="utf-8")

    assert read_truth(case).identities["who"].tolist() == ["W1-01", "W1-01", "W1-02"]
