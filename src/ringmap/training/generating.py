"""Invented cases on disk: worlds made in blocks, by one process or by several, in one order.

A block is a neighbourhood of ten worlds that share a few hired people. It depends on the seed
and its own number alone, so it does not matter who makes it; blocks are written in order.
"""

import json
import shutil
from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO
from uuid import uuid4

from ringmap import __version__
from ringmap.errors import InventionError, OutputError, ScenarioError
from ringmap.training.blocks import Block, Job, make_block, uncollected
from ringmap.training.folder import TABLES, as_text
from ringmap.training.plans import Unit, plan_profile, plan_units
from ringmap.training.profile import load_profile
from ringmap.training.scenario import Scenario, list_scenarios, load_scenario
from ringmap.training.telling import MOST_TOLD, tell_folder

WORLDS_A_BLOCK = 10
MANIFEST = "truth/manifest.json"


@dataclass(frozen=True, slots=True)
class Generated:
    """What was written, and where."""

    folder: Path
    seed: int
    scenarios: tuple[str, ...]
    cases: int
    rings: int
    people: int
    recorded: int
    ties: int
    unrecorded: int


def generate_cases(
    folder: Path | str,
    *,
    scenario: str | None = None,
    profile: str | None = None,
    cases: int | None = None,
    people: int | None = None,
    seed: int = 0,
    missing: float | None = None,
    workers: int = 1,
) -> Generated:
    """A case folder of invented cases, with what is true of them in ``truth/``.

    The same choices give the same bytes on any machine and with any number of workers.

    Parameters
    ----------
    scenario
        A code of ``list_scenarios`` or a YAML file; without it a mixture of them all.
    profile
        A code of ``list_profiles`` or a YAML file: its years and mixture decide what is written.
    cases
        Number of case files; without it as many as one ring of the scenario leaves (a mixture: 12).
    people
        Go on until the invented world has so many people; the last ring is completed.
    missing
        Share (0 to 1) of ties that nobody records; without it what the agencies come to know.

    Raises
    ------
    ScenarioError
        If a scenario or profile cannot be read.
    InventionError
        If there is no such scenario or profile, or the choices contradict each other.
    OutputError
        If the folder holds something else, or cannot be written.
    """
    _check_choices(profile, cases, people, missing, workers)
    scenario, seed = (None if scenario is None else str(scenario)), int(seed)
    with uncollected():
        jobs, scenarios = _plan_jobs(scenario, profile, cases, people, seed, missing)
    return _write(Path(folder), jobs, scenarios, people, seed, workers, {
        "scenario": scenario, "profile": profile, "cases": cases, "people": people,
        "missing": missing,
    })  # fmt: skip


def _check_choices(
    profile: str | None, cases: int | None, people: int | None, missing: float | None, workers: int
) -> None:
    if cases is not None and people is not None:
        raise InventionError("a number of cases and a number of people cannot both be met")
    if profile is not None and (cases is not None or people is not None):
        raise InventionError("a profile says itself how many cases there are")
    for word, number in (("cases", cases), ("people", people), ("workers", workers)):
        if number is not None and number < 1:
            raise InventionError(f"the number of {word} must be at least 1, not {number}")
    if missing is not None and not 0 <= missing <= 0.95:
        raise InventionError(
            f"the share of missing ties must lie between 0 and 0.95, not {missing}"
        )


def _plan_jobs(
    scenario: str | None,
    profile: str | None,
    cases: int | None,
    people: int | None,
    seed: int,
    missing: float | None,
) -> tuple[Iterator[Job], Mapping[str, Scenario]]:
    if profile is not None:
        said = load_profile(profile)
        scenarios = {code: load_scenario(code) for code in said.scenarios()}
        if scenario is not None:
            raise InventionError("a profile brings its own scenarios; leave one of the two out")
        without = [code for code in scenarios if not scenarios[code].rings]
        if without:
            raise ScenarioError(
                f"{', '.join(without)} accuses nobody, and a profile says how many are accused",
                file=said.setting.file,
                hint="leave it out of 'mixture:'",
            )
        units = plan_profile(said, scenarios, seed)
    else:
        codes = [scenario] if scenario else list(list_scenarios())
        scenarios = {code: load_scenario(code) for code in codes}
        alone = cases is None and people is None
        weights = {code: _USUAL.get(code, 2.0) for code in codes}
        units = plan_units(
            scenarios,
            weights,
            seed,
            cases=12 if alone and scenario is None else cases,
            worlds=1 if alone and scenario else None,
        )
    return _blocks(units, scenarios, seed, missing), scenarios


#: In a mixture without a profile most rings are of the common kinds.
_USUAL = {"bride-line": 4.0, "fraud-compound": 3.0, "no-ring": 1.0}


def _blocks(
    units: Iterator[Unit], scenarios: Mapping[str, Scenario], seed: int, missing: float | None
) -> Iterator[Job]:
    number, left = 0, MOST_TOLD
    while taken := tuple(islice(units, WORLDS_A_BLOCK)):
        number += 1
        yield Job(number, seed, taken, missing, left)
        left = max(0, left - sum(scenarios[unit.scenario].rings for unit in taken))


def _write(
    folder: Path,
    jobs: Iterator[Job],
    scenarios: Mapping[str, Scenario],
    people: int | None,
    seed: int,
    workers: int,
    choices: Mapping[str, object],
) -> Generated:
    folder = _resolve(folder)
    partial = folder.parent / f".{folder.name[:40]}.{uuid4().hex[:8]}"
    try:
        _check_folder(folder)
        (partial / "truth").mkdir(parents=True)
        with ExitStack() as stack:
            out = _Out(partial, stack, scenarios)
            for block in _make_blocks(jobs, scenarios, workers):
                out.add(block)
                if people is not None and out.people >= people:
                    break
                if people is not None and not block.people:
                    raise ScenarioError("nobody lives in this scenario, so nobody can be counted")
        generated = out.sum_up(folder, seed)
        manifest = {"ringmap": __version__, "seed": seed, **choices,
                    "scenarios": list(generated.scenarios)}  # fmt: skip
        _write_text(partial / MANIFEST, json.dumps(manifest, indent=1, sort_keys=True) + "\n")
        for name, text in tell_folder(out.scenarios, out.story, manifest).items():
            _write_text(partial / name, text)
        _put_in_place(partial, folder)
    except OSError as error:
        raise OutputError(
            f"cannot be written: {error.strerror or error}", file=str(folder)
        ) from None
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return generated


#: Everything that a generated folder holds.
_OWN = frozenset(
    {*(f"{name}.csv" for name in TABLES), "README.md", "truth/README.md", MANIFEST, "truth"}
)


def _resolve(folder: Path) -> Path:
    """The folder itself where a link or a way of dots was named."""
    try:
        return folder.resolve()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it holds a NUL character"
        raise OutputError(f"cannot be a folder: {reason}", file=repr(str(folder))) from None


def _check_folder(folder: Path) -> None:
    """Only a new or empty folder, or one in which everything was written by ringmap."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise OutputError("is no folder", file=str(folder), hint="name a new folder")
    held = sorted(one.relative_to(folder).as_posix() for one in folder.rglob("*"))
    foreign = [name for name in held if name not in _OWN]
    if foreign or (held and not _is_own_manifest(folder / MANIFEST)):
        shown = f", such as {foreign[0]}" if foreign else ""
        raise OutputError(
            f"holds files that ringmap did not invent{shown}",
            file=str(folder),
            hint="name a new folder",
        )


def _is_own_manifest(path: Path) -> bool:
    try:
        said = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(said, dict) and {"ringmap", "seed", "scenarios"} <= said.keys()


def _put_in_place(partial: Path, folder: Path) -> None:
    _check_folder(folder)  # somebody may have put something there meanwhile
    old = folder.parent / f"{partial.name}-old"
    if folder.exists():
        folder.rename(old)
    try:
        partial.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _write_text(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))


def _make_blocks(
    jobs: Iterator[Job], scenarios: Mapping[str, Scenario], workers: int
) -> Iterator[Block]:
    """Blocks in order; with several workers never more than two each ahead of the writer.

    The first block is made here, so that forked workers find names and words dealt already.
    """
    first = jobs if workers == 1 else islice(jobs, 1)
    yield from (make_block(job, scenarios) for job in first)
    if workers == 1:
        return
    with ProcessPoolExecutor(workers, initializer=_AT_HAND.update, initargs=(scenarios,)) as pool:
        waiting: deque[Future[Block]] = deque()
        try:
            waiting.extend(pool.submit(_make_at_hand, job) for job in islice(jobs, 2 * workers))
            while waiting:
                block = waiting.popleft().result()
                waiting.extend(pool.submit(_make_at_hand, job) for job in islice(jobs, 1))
                yield block
        finally:
            pool.shutdown(cancel_futures=True)


#: The scenarios of a worker process: they come once, as each job would take a while to bring them.
_AT_HAND: dict[str, Scenario] = {}


def _make_at_hand(job: Job) -> Block:
    return make_block(job, _AT_HAND)


class _Out:
    """The open files of a folder, and the counts of what went into them."""

    def __init__(self, folder: Path, stack: ExitStack, scenarios: Mapping[str, Scenario]) -> None:
        self.files: dict[str, IO[bytes]] = {}
        for name, columns in TABLES.items():
            file = stack.enter_context((folder / f"{name}.csv").open("wb"))
            file.write(as_text([columns]).encode())
            self.files[name] = file
        self.towns: set[str] = set()
        self.known = scenarios
        #: Those that came up, by code.
        self.scenarios: dict[str, Scenario] = {}
        self.story: list[str] = []
        self.people = self.recorded = self.cases = self.rings = self.ties = self.unrecorded = 0

    def add(self, block: Block) -> None:
        """Append a block to every file; a town only the first time."""
        for name, texts in block.tables.items():
            self.files[name].writelines(texts)
        new = {key: row for key, row in block.towns.items() if key not in self.towns}
        self.towns.update(new)
        self.files["places"].write(as_text(new.values()).encode())
        used = (self.known[name] for name in block.scenarios)
        self.scenarios.update((one.code, one) for one in used)
        self.people += block.people
        self.recorded += block.recorded
        self.cases += block.cases
        self.rings += block.rings
        self.ties += block.ties
        self.unrecorded += block.unrecorded
        self.story.extend(block.story)

    def sum_up(self, folder: Path, seed: int) -> Generated:
        """The counts of everything written."""
        return Generated(
            folder, seed, tuple(sorted(self.scenarios)), self.cases, self.rings, self.people,
            self.recorded, self.ties, self.unrecorded,
        )  # fmt: skip
