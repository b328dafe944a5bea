"""Chance that falls the same everywhere: known draws, weights kept, no leaning on Python's hash."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringmap.training.chance import Chance, Weighted

DRAWS = 20_000

#: Made once without ringmap, by what Python documents:
#: ``random.Random(int.from_bytes(hashlib.blake2b(text, digest_size=16).digest(), "big"))``,
#: three times ``.random()``; the text is the key, its parts joined by the byte 31.
KNOWN = {
    (7, "world", 1): [0.6191271937589415, 0.5330615541839407, 0.601597844684094],
    (0,): [0.6081286698289655, 0.27620669658927566, 0.8491200345046646],
    (-3, "plan"): [0.5188143568606511, 0.32744538585649374, 0.5911365888719877],
}


@pytest.mark.parametrize("key", KNOWN, ids=str)
def test_a_key_has_the_draws_that_python_documents(key):
    """The same three numbers on any machine and under any later Python."""
    chance = Chance(*key)

    assert [chance.random() for _ in range(3)] == KNOWN[key]


def test_the_same_key_gives_the_same_draws_whatever_else_was_drawn():
    """A ring does not change when another one is made before it."""
    alone = [Chance(3, "ring", 2).random() for _ in range(1)]
    other = Chance(3, "ring", 1)
    for _ in range(100):
        other.random()

    assert [Chance(3, "ring", 2).random()] == alone


def test_keys_that_read_alike_are_different_keys():
    """(1, 23) is not (12, 3), and a word is not joined to the next one."""
    keys = [(1, 23), (12, 3), (123,), ("1", "2", "3"), ("a", "b"), ("ab",), ("a", "", "b")]

    assert len({Chance(*key).random() for key in keys}) == len(keys)


def test_weights_are_honoured():
    """Weights 1, 2 and 7 give tenths of 1, 2 and 7, within five standard deviations."""
    chance, table = Chance(1, "weights"), Weighted({"a": 1, "b": 2, "c": 7})
    found = Counter(chance.weigh(table) for _ in range(DRAWS))

    assert found["a"] == pytest.approx(0.1 * DRAWS, abs=_five_sigma(0.1))
    assert found["b"] == pytest.approx(0.2 * DRAWS, abs=_five_sigma(0.2))
    assert found["c"] == pytest.approx(0.7 * DRAWS, abs=_five_sigma(0.7))


def test_a_weight_of_nothing_never_comes():
    """Neither first, last nor in between; and what is alone always comes."""
    chance = Chance(2, "nothing")
    table = Weighted({"first": 0, "only": 1e-9, "between": 0, "last": 0})

    assert {chance.weigh(table) for _ in range(1000)} == {"only"}


def test_the_extremes_are_exact():
    """A share of nothing never happens, a share of all always."""
    chance = Chance(3, "extremes")

    assert not any(chance.happens(0) for _ in range(DRAWS))
    assert all(chance.happens(1) for _ in range(DRAWS))
    assert {chance.between(4, 4) for _ in range(100)} == {4}
    assert {chance.below(1) for _ in range(100)} == {0}


def test_a_share_happens_as_often_as_it_says():
    """Three tenths of twenty thousand, within five standard deviations."""
    chance = Chance(4, "share")
    happened = sum(chance.happens(0.3) for _ in range(DRAWS))

    assert happened == pytest.approx(0.3 * DRAWS, abs=_five_sigma(0.3))


def test_both_bounds_of_a_range_come_and_nothing_else():
    """A die falls on each of its six sides equally, within five standard deviations."""
    chance = Chance(5, "die")
    found = Counter(chance.between(1, 6) for _ in range(DRAWS))

    assert sorted(found) == [1, 2, 3, 4, 5, 6]
    for side in found.values():
        assert side == pytest.approx(DRAWS / 6, abs=_five_sigma(1 / 6))


def test_a_pick_is_fair():
    """Each of four things a quarter of the time, within five standard deviations."""
    chance = Chance(6, "pick")
    found = Counter(chance.pick("abcd") for _ in range(DRAWS))

    assert set(found) == set("abcd")
    for count in found.values():
        assert count == pytest.approx(DRAWS / 4, abs=_five_sigma(0.25))


def test_every_order_of_a_shuffle_is_as_likely():
    """Six orders of three things, each a sixth of the time."""
    chance, found = Chance(7, "orders"), Counter()
    for _ in range(DRAWS):
        cards = ["a", "b", "c"]
        chance.shuffle(cards)
        found["".join(cards)] += 1

    assert len(found) == 6
    for count in found.values():
        assert count == pytest.approx(DRAWS / 6, abs=_five_sigma(1 / 6))


@given(st.lists(st.integers()), st.integers(), st.integers(0, 12))
def test_a_shuffle_is_a_permutation_and_a_sample_is_part_of_it(things, seed, count):
    """Nothing is lost, doubled or made up; a sample has nothing twice and leaves its source."""
    shuffled, before = list(things), list(things)
    Chance(seed, "shuffle").shuffle(shuffled)
    sample = Chance(seed, "sample").sample(things, count)

    assert Counter(shuffled) == Counter(things)
    assert things == before
    assert len(sample) == min(count, len(things))
    assert not Counter(sample) - Counter(things)


def test_nothing_depends_on_the_hash_of_a_word(tmp_path):
    """Two processes with other hash seeds write the same bytes."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom ringmap.training import generate_cases\n"
        "generate_cases(Path(sys.argv[1]), scenario='kin-line', seed=5)"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-W", "error", "-c", code, str(tmp_path / seed)],
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        for seed in ("1", "4242")
    ]
    codes = [one.wait() for one in running]
    first, second = (_digests(tmp_path / seed) for seed in ("1", "4242"))

    assert codes == [0, 0]
    assert len(first) > 15
    assert first == second


def _digests(folder: Path) -> dict[str, str]:
    return {
        one.relative_to(folder).as_posix(): hashlib.sha256(one.read_bytes()).hexdigest()
        for one in folder.rglob("*")
        if one.is_file()
    }


def _five_sigma(share: float) -> float:
    """Five standard deviations of a binomial count."""
    return 5 * (DRAWS * share * (1 - share)) ** 0.5
