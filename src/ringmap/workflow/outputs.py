"""Maps, reports and exports: from a source to files."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ringmap.disclosure import Cleared
from ringmap.errors import FormError, OutputError, SettingsError
from ringmap.export import export_files
from ringmap.records import Source
from ringmap.report import render_report, report_csv, report_json
from ringmap.view import read_basemap, render_network, render_quick_map
from ringmap.workflow.choices import Asking, Choices, Tell
from ringmap.workflow.investigating import investigate
from ringmap.workflow.loading import load_sources
from ringmap.workflow.sources import Opened, open_source
from ringmap.workflow.writing import write_text

STYLES = ("explorer", "pyvis")


def draw_map(source: Source, choices: Choices, asking: Asking, *, style: str, title: str | None,
             language: str, tell: Tell) -> str:  # fmt: skip
    """The ring map of a source as one HTML page.

    Raises
    ------
    SettingsError
        If the list of places or the map that was chosen is none.
    """
    if choices.basemap is not None and style == "pyvis":
        raise SettingsError("the quick map has no routes to draw a map under",
                            hint="leave --basemap out, or --style pyvis")  # fmt: skip
    basemap = read_basemap(choices.basemap) if choices.basemap is not None else None
    opened = open_source(source, choices)
    cleared = investigate(opened, choices, asking, tell, title=title or _title(opened))
    tell("drawing the map")
    heading = str(cleared.findings["title"])
    if style == "pyvis":
        return render_quick_map(cleared, title=heading)
    return render_network(cleared, title=heading, language=language, basemap=basemap)


def write_report(source: Source, choices: Choices, asking: Asking, *, suffix: str,
                 title: str | None, language: str, tell: Tell) -> str:  # fmt: skip
    """The analyst's report of a source: HTML, CSV or JSON by suffix.

    Raises
    ------
    OutputError
        If there is no report of that form.
    """
    writers: dict[str, Callable[[Cleared, str], str]] = {
        ".html": lambda cleared, name: render_report(cleared, title=name, language=language),
        ".htm": lambda cleared, name: render_report(cleared, title=name, language=language),
        ".csv": lambda cleared, _: report_csv(cleared),
        ".json": lambda cleared, name: report_json(cleared, title=name),
    }
    if suffix not in writers:
        raise FormError(f"no report of the form '{suffix}'", hint="name a .html, .csv or .json")
    opened = open_source(source, choices)
    cleared = investigate(opened, choices, asking, tell, title=title or _title(opened))
    tell("writing the report")
    return writers[suffix](cleared, str(cleared.findings["title"]))


def export_graph(source: Source, choices: Choices, asking: Asking, *, suffix: str,
                 tell: Tell) -> dict[str, str]:  # fmt: skip
    """The whole graph for other tools: text by what is put behind the file's name."""
    opened = open_source(source, choices)
    cleared = investigate(opened, choices, asking, tell)
    tell("writing the export")
    return export_files(cleared, suffix)


def _title(opened: Opened) -> str:
    return opened.name.replace("_", " ").replace("-", " ").strip().capitalize() or "Ring map"


@dataclass(frozen=True, slots=True)
class Demo:
    """Where the pieces of a demonstration were put."""

    store: Path
    ring_map: Path
    report: Path


def demonstrate(case: str, folder: Path, asking: Asking, *, loaded_at: str, language: str,
                tell: Tell, basemap: Path | None = None) -> Demo:  # fmt: skip
    """Load a sample case into a store, and write its ring map and report.

    Raises
    ------
    OutputError
        If there is no such case, or a page cannot be written.
    SettingsError
        If the map that was chosen is none.
    """
    source = find_sample(case)
    under = read_basemap(basemap) if basemap is not None else None
    folder.mkdir(parents=True, exist_ok=True)
    demo = Demo(
        folder / f"{case}.ringmap", folder / f"{case}-map.html", folder / f"{case}-report.html"
    )
    tell("loading the case")
    load_sources([source], demo.store, loaded_at=loaded_at)
    cleared = investigate(open_source(demo.store), Choices(), asking, tell)
    title = case.replace("_", " ").capitalize()
    ring_map = render_network(cleared, title=title, language=language, basemap=under)
    write_text(demo.ring_map, ring_map)
    write_text(demo.report, render_report(cleared, title=title, language=language))
    return demo


def list_samples() -> list[str]:
    """Names of the bundled cases."""
    folder = _samples()
    return sorted(one.name for one in folder.iterdir() if (one / "people.csv").is_file())


def find_sample(case: str) -> Path:
    """Folder of a bundled case.

    Raises
    ------
    OutputError
        If there is no such case.
    """
    if case not in list_samples():
        raise FormError(f"no sample case '{case}'", hint=f"choose {', '.join(list_samples())}")
    return _samples() / case


def _samples() -> Path:
    package = Path(__file__).parents[1]
    for folder in (package / "sample_graphs", package.parents[1] / "sample_graphs"):
        if folder.is_dir():
            return folder
    raise OutputError("the sample cases are not installed", hint="install ringmap again")
