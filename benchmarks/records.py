"""Records to a case file, and calls to ties: ringmap beside pandas with networkx.

A case folder of about so many rows is invented, read by `ringmap.records.read`, kept in a store
and opened again; beside it every table of the same folder is read by `pandas.read_csv` and put
into a networkx multigraph, with all columns: parties, places, cases and sources as nodes, ties as
edges, and every event and leg as a node that is tied to its people and places. The same with a
folder of nothing but people and ties, as from a communications case. Then a list of calls is
streamed into weighted ties. Each runs in a process of its own, reading three times; printed are
CPU seconds (all threads; the median of three), peak memory and ratios.

    python benchmarks/records.py                                # 1 million rows, 10 million calls
    python benchmarks/records.py --rows 100000 --calls 1000000
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
from rows import Row

#: Rows that an invented folder has for each person, about.
ROWS_PER_PERSON = 1.38
BLOCK = 500_000
#: Runs of ringmap, of which the median is told: what takes seconds moves with what else goes on.
_RUNS = 3
Figures = dict[str, float]
T = TypeVar("T")
_KEYS = {"people": "person_id", "places": "place_id", "cases": "case_id",
         "organisations": "organisation_id", "identifiers": "identifier_id",
         "sources": "source_ref", "events": "event_id", "legs": "event_id"}  # fmt: skip
#: What the row of an event or leg ties it to; a cell may hold several, with semicolons.
_LINKS = ("person_id", "moved_by", "from_place", "to_place", "crossing")


def write_calls(path: Path, calls: int) -> None:
    """A list of calls between a tenth as many telephones as calls, most of them within rings."""
    random = np.random.default_rng(5)
    numbers = max(calls // 10, 100)
    with path.open("w", encoding="utf-8") as file:
        file.write("caller,called,start,duration,cell\n")
        for start in range(0, calls, BLOCK):
            count = min(BLOCK, calls - start)
            caller = random.integers(0, numbers, count)
            stranger = random.integers(0, numbers, count)
            called = np.where(random.random(count) < 0.7, caller ^ 1, stranger)
            day, length = random.integers(1, 29, count), random.integers(1, 900, count)
            columns = (one.tolist() for one in (caller, called, day, length))
            file.writelines(
                f"+8490{a:07d},+8490{b:07d},2019-05-{d:02d} 10:{s % 60:02d}:00,{s},M{a % 400}\n"
                for a, b, d, s in zip(*columns, strict=True)
            )


def write_people_and_ties(path: Path, rows: int) -> None:
    """A folder of which a fifth of the rows are people and the others ties among them."""
    random = np.random.default_rng(7)
    people, ties = rows // 5, rows - rows // 5
    roles, countries = ("recruiter", "victim", "transporter", ""), ("VN", "KH", "CN", "TH")
    kinds = ("recruited", "called", "paid", "met")
    path.mkdir()
    with (path / "people.csv").open("w", encoding="utf-8") as file:
        file.write("person_id,name,role,country\n")
        file.writelines(
            f"P{one},Person {one},{roles[one % 4]},{countries[one % 4]}\n" for one in range(people)
        )
    drawn = random.integers(0, [people, people, 4, 24, 12, 28], (ties, 6)).tolist()
    with (path / "ties.csv").open("w", encoding="utf-8") as file:
        file.write("source,target,kind,first,weight\n")
        file.writelines(
            f"P{one},P{other},{kinds[kind]},{2000 + year}-{1 + month:02d}-{1 + day:02d},1\n"
            for one, other, kind, year, month, day in drawn
        )


def read_folder(path: Path) -> Figures:
    """A case folder read by ringmap, kept, and opened again."""
    from ringmap.records import read
    from ringmap.store import add, open_store

    begun = _memory_mb()
    result, read_s = _timed(lambda: read(path))
    peak = _memory_mb()
    store = path.with_suffix(".ringmap")
    store.unlink(missing_ok=True)
    made_at = "2026-01-01T00:00:00Z"
    _, keep_s = _timed(
        lambda: add(store, result.case, source="bench", receipt="{}", loaded_at=made_at)
    )
    stored, open_s = _timed(lambda: open_store(store))
    _, unpack_s = _timed(stored.case.tables)
    store.unlink()
    rows = result.receipt.rows_read
    return {"rows": rows, "read": read_s, "keep": keep_s, "reopen": open_s,
            "unpack": unpack_s, "mb": peak, "kb_a_row": (peak - begun) * 1024 / rows}  # fmt: skip


def read_with_pandas(path: Path) -> Figures:
    """The same tables read by pandas and put into a networkx multigraph."""
    import networkx as nx
    import pandas as pd

    frames, read_s = _timed(lambda: {one.stem: pd.read_csv(one) for one in path.glob("*.csv")})
    graph = nx.MultiGraph()

    def add_parties() -> None:
        for table in frames.keys() & _KEYS.keys():
            key = _KEYS[table]
            for row in frames[table].to_dict("records"):
                graph.add_node(row[key], **row)  # type: ignore[arg-type]
        for row in frames["ties"].to_dict("records"):
            graph.add_edge(row["source"], row["target"], **row)  # type: ignore[arg-type]

    def add_links() -> None:
        for table in frames.keys() & {"events", "legs"}:
            frame = frames[table]
            for column in _LINKS:
                said = frame[["event_id", column]].dropna().itertuples(index=False, name=None)
                for event, cell in said:
                    graph.add_edges_from(
                        ((event, other) for other in str(cell).split(";")), link=column
                    )

    _, build_s = _timed(add_parties)
    _, links_s = _timed(add_links)
    return {"rows": sum(map(len, frames.values())), "read": read_s, "graph": build_s,
            "links": links_s, "mb": _memory_mb()}  # fmt: skip


def read_calls(path: Path) -> Figures:
    """A list of calls streamed into weighted ties."""
    from ringmap.records import read

    result, read_s = _timed(lambda: read(path))
    return {"rows": result.receipt.rows_read, "read": read_s, "ties": len(result.case.ties),
            "mb": _memory_mb()}  # fmt: skip


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    before = time.process_time()
    return work(), time.process_time() - before


def _memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


RUNNERS = {"folder": read_folder, "pandas": read_with_pandas, "calls": read_calls}


def measure(what: str, path: Path) -> Figures:
    """Run one part in a process of its own."""
    command = [sys.executable, __file__, "--run", what, "--path", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: Figures = json.loads(done.stdout)
    return found


def report(rows: int, calls: int, folder: Path) -> list[Row]:
    """Invent, measure and print."""
    from ringmap.training.generating import generate_cases

    generate_cases(folder / "case", people=int(rows / ROWS_PER_PERSON), seed=3)
    found = _report_folder("case folder with all its tables", folder / "case")
    write_people_and_ties(folder / "ties", rows)
    found += _report_folder("case folder of people and ties", folder / "ties")
    write_calls(folder / "calls.csv", calls)
    summed = measure("calls", folder / "calls.csv")
    print(f"calls, {summed['rows']:,.0f} rows into {summed['ties']:,.0f} ties: "
          f"{summed['read']:.1f} s, {summed['mb']:,.0f} MB")  # fmt: skip
    counted = f"{summed['ties']:,.0f} ties"
    return [*found, Row(f"{summed['rows']:,.0f} calls", "sum up", summed["read"], note=counted)]


def _report_folder(title: str, folder: Path) -> list[Row]:
    peer = measure("pandas", folder)
    runs = [measure("folder", folder) for _ in range(_RUNS)]
    own = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
    other = peer["read"] + peer["graph"] + peer["links"]
    size, name = f"{title}, {own['rows']:,.0f} rows", "pandas, networkx"
    unpacked = own["reopen"] + own["unpack"]
    print(size)
    print(f"  ringmap            read {own['read']:7.2f} s   {own['mb']:6,.0f} MB"
          f"   {own['kb_a_row']:.2f} kB a row")  # fmt: skip
    print(f"                     keep {own['keep']:7.2f} s   reopen {own['reopen']:.2f} s"
          f"   then unpack every table {own['unpack']:.2f} s")  # fmt: skip
    print(f"  pandas + networkx       {other:7.2f} s   {peer['mb']:6,.0f} MB"
          f"   (read_csv {peer['read']:.2f}, nodes and"
          f" ties {peer['graph']:.1f}, events and legs {peer['links']:.1f})")  # fmt: skip
    loaded = own["read"] + own["keep"]
    print(f"  times faster            {other / own['read']:7.1f}"
          f"   read and kept {other / loaded:.1f}   reopening {other / own['reopen']:.0f}"
          f"   with every table {other / unpacked:.0f}")  # fmt: skip
    return [
        Row(size, "read", own["read"], name, other, f"{own['kb_a_row']:.2f} kB a row"),
        Row(size, "read and keep", loaded, name, other),
        Row(size, "reopen and unpack all", unpacked, name, other, f"reopen {own['reopen']:.3f}"),
    ]


def run(rows: int, calls: int) -> list[Row]:
    """The same, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        return report(rows, calls, Path(folder))


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--calls", type=int, default=10_000_000)
    parser.add_argument("--run", choices=RUNNERS)
    parser.add_argument("--path", type=Path)
    asked = parser.parse_args()
    if asked.run:
        print(json.dumps(RUNNERS[asked.run](asked.path)))
        return
    run(asked.rows, asked.calls)


if __name__ == "__main__":
    main()
