"""What is shown while a long step lasts."""

import pytest

from ringmap.cli.progress import Progress
from ringmap.records import read


@pytest.mark.parametrize(
    ("share", "told_s", "gone_s", "left"),
    [
        (0.25, 10.0, 15.0, ", about 25 s left"),  # a quarter took 10 s, so the whole takes 40
        (0.5, 300.0, 300.0, ", about 5 min left"),
        (0.5, 10.0, 50.0, ", about 1 s left"),  # longer than thought
        (0.01, 10.0, 12.0, ""),
        (1.0, 10.0, 12.0, ""),
    ],
)
def test_time_left_follows_from_the_share_that_is_done(share, told_s, gone_s, left, monkeypatch):
    """Too early and at the very end nothing is said."""
    clock = iter([0.0, told_s])
    monkeypatch.setattr("ringmap.cli.progress.time.monotonic", lambda: next(clock))
    progress = Progress()
    progress.tell("reading", share)

    assert progress._left(gone_s) == left


def test_reading_tells_rows_and_the_share_that_is_done(tmp_path):
    """Files are counted by size, rows as they are cut; the share never falls."""
    told = []
    (tmp_path / "cases.csv").write_text("case_id\nC1\nC2\n")  # 14 bytes
    (tmp_path / "people.csv").write_text("person_id\nA\nB\nC\n\n\n\n\n\n\n\n\n\n\n\n\n")  # 28 bytes
    read(tmp_path, tell=lambda step, share: told.append((step, round(share, 2))))

    assert told == [
        ("reading cases.csv, 0 rows so far", 0.0),
        ("reading people.csv, 2 rows so far", 0.1),  # a third of the bytes, of 0.3 of the work
        ("understanding 5 rows", 0.3),
        ("matching 5 rows", 0.45),
        ("putting 5 rows together", 0.7),
    ]
