"""Records to a ranking of brokers: ringmap beside pandas→networkx and pandas→igraph.

One run measures all three, each in a process of its own, and prints CPU seconds, ratios and
peak memory. Every tool gives degree, betweenness, constraint, PageRank and cut vertices of
everybody; ringmap gives its other columns, reasons and evidence besides. Where a peer's exact
betweenness would take too long, a sample of sources is timed and scaled up; such figures are
marked ~.

    python benchmarks/load_to_brokers.py            # 8k, 83k and 856k ties
    python benchmarks/load_to_brokers.py --ties 8000
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from invented import write_folder
from rows import Row

SIZES = (8_000, 83_000, 856_000)
SAMPLE = 32
#: Above this many people the peers' exact betweenness is timed on a sample of sources.
EXACT_UP_TO = {"networkx": 6_000, "igraph": 60_000}

Steps = dict[str, float]
Result = dict[str, object]


def _timed(steps: Steps, name: str, work: Callable[[], object], *, times: float = 1.0) -> object:
    before = time.process_time()
    result = work()
    steps[name] = (time.process_time() - before) * times
    return result


def run_ringmap(folder: Path) -> Steps:
    """Folder to the whole table of brokers; and a store opened again."""
    from ringmap.analysis import find_brokers
    from ringmap.graph import build_graph
    from ringmap.records import read
    from ringmap.store import add, open_store

    steps: Steps = {}
    result = _timed(steps, "read", lambda: read(folder))
    case = result.case  # type: ignore[attr-defined]
    graph = _timed(steps, "graph", lambda: build_graph(case, projection="people"))
    _timed(steps, "brokers", lambda: find_brokers(graph))  # type: ignore[arg-type]
    store = folder / "bench.ringmap"
    store.unlink(missing_ok=True)
    add(store, case, source="bench", receipt="{}", loaded_at="2026-01-01T00:00:00Z")
    _timed(steps, "reopen", lambda: open_store(store))
    return steps


def run_networkx(folder: Path) -> Steps:
    """The same with pandas and networkx."""
    import networkx
    import pandas as pd

    steps: Steps = {}
    ties = _timed(steps, "read", lambda: pd.read_csv(folder / "ties.csv"))
    graph = _timed(steps, "graph", lambda: networkx.from_pandas_edgelist(ties, edge_attr="weight"))
    count = len(graph)  # type: ignore[arg-type]
    exact = count <= EXACT_UP_TO["networkx"]
    sources = None if exact else SAMPLE
    _timed(
        steps, "betweenness" if exact else "~betweenness",
        lambda: networkx.betweenness_centrality(graph, k=sources, seed=1, normalized=False),
        times=1.0 if exact else count / SAMPLE,
    )  # fmt: skip
    _timed(steps, "constraint", lambda: networkx.constraint(graph))
    _timed(steps, "pagerank", lambda: networkx.pagerank(graph))
    _timed(steps, "cut vertices", lambda: list(networkx.articulation_points(graph)))
    return steps


def run_igraph(folder: Path) -> Steps:
    """The same with pandas and igraph."""
    import igraph
    import pandas as pd

    steps: Steps = {}
    ties = _timed(steps, "read", lambda: pd.read_csv(folder / "ties.csv"))
    columns = ["source", "target", "weight"]
    graph = _timed(
        steps, "graph",
        lambda: igraph.Graph.DataFrame(ties[columns], directed=False, use_vids=False).simplify(
            combine_edges="sum"
        ),
    )  # fmt: skip
    count = graph.vcount()  # type: ignore[attr-defined]
    exact = count <= EXACT_UP_TO["igraph"]
    sources = None if exact else range(0, count, count // SAMPLE)
    _timed(
        steps, "betweenness" if exact else "~betweenness",
        lambda: graph.betweenness(sources=sources),  # type: ignore[attr-defined]
        times=1.0 if exact else count / SAMPLE,
    )  # fmt: skip
    for name in ("constraint", "pagerank", "articulation_points"):
        _timed(steps, name, getattr(graph, name))
    return steps


RUNNERS = {"ringmap": run_ringmap, "networkx": run_networkx, "igraph": run_igraph}


def measure(tool: str, folder: Path) -> Result:
    """Run one tool in a process of its own."""
    command = [sys.executable, __file__, "--tool", tool, "--folder", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: Result = json.loads(done.stdout)
    return found


def report(ties: int, found: dict[str, Result]) -> list[Row]:
    """Print one size; a row for each peer."""
    own = _total(found["ringmap"])
    print(f"\n{ties:,} ties")
    print(f"  {'tool':9} {'CPU s':>10} {'÷ ringmap':>10} {'peak MB':>8}  steps (CPU s)")
    rows = []
    for tool, result in found.items():
        total, steps = _total(result), _steps_told(result)
        mark = "~" if "~" in steps else ""
        ratio = f"{mark}{total / own:.1f}"
        print(f"  {tool:9} {mark + f'{total:.1f}':>10} {ratio:>10} {result['peak_mb']:>8}  {steps}",
              flush=True)  # fmt: skip
        if tool != "ringmap":
            note = f"{steps}; {result['peak_mb']} MB beside {found['ringmap']['peak_mb']}"
            rows.append(Row(f"rings, {ties:,} ties", "files to brokers", own, tool, total, note))
    return rows


def _steps_told(result: Result) -> str:
    steps: Steps = result["steps"]  # type: ignore[assignment]
    return ", ".join(f"{name} {value:.2f}" for name, value in steps.items())


def _total(result: Result) -> float:
    steps: Steps = result["steps"]  # type: ignore[assignment]
    return sum(value for name, value in steps.items() if name != "reopen")


def run(sizes: Sequence[int] = SIZES) -> list[Row]:
    """Measure and print all sizes; a row for each size and peer."""
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            count = write_folder(folder, size)
            rows += report(count, {tool: measure(tool, folder) for tool in RUNNERS})
    return rows


def main() -> None:
    """Measure all sizes, or be the process that measures one tool."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ties", type=int, action="append", help="a size; may be repeated")
    parser.add_argument("--tool", choices=RUNNERS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.tool:
        steps = RUNNERS[asked.tool](asked.folder)
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(json.dumps({"steps": steps, "peak_mb": peak_mb}))
        return
    run(asked.ties or SIZES)


if __name__ == "__main__":
    main()
