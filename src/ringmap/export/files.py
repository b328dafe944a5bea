"""Which texts an export consists of, by the ending of the file asked for."""

from collections.abc import Callable, Mapping

from ringmap.disclosure import Cleared
from ringmap.errors import DisclosureError, FormError, OutputError
from ringmap.export.contents import Contents, gather_contents
from ringmap.export.csv_tables import write_csv_tables
from ringmap.export.gexf import write_gexf
from ringmap.export.graphml import write_graphml
from ringmap.export.node_link import write_node_link

_WRITERS: Mapping[str, Callable[[Contents], dict[str, str]]] = {
    ".graphml": lambda contents: {"": write_graphml(contents)},
    ".gexf": lambda contents: {"": write_gexf(contents)},
    ".json": lambda contents: {"": write_node_link(contents)},
    ".csv": write_csv_tables,
}


def export_files(cleared: Cleared, suffix: str) -> dict[str, str]:
    """Texts of an export by what to put between the name of the file and its ending.

    One text under ``""`` for ``.graphml``, ``.gexf`` and ``.json`` (node-link); for ``.csv``
    the ties under ``""``, ``"_parties"`` and ``"_evidence"``. It is the graph called
    ``whole``, exactly as cleared: what the policy veils is veiled here too, and each text
    says so. Texts are meant to be written as UTF-8 without changing line ends.

    Raises
    ------
    OutputError
        If there is no such format, or nothing called ``whole`` was cleared.
    DisclosureError
        If `cleared` is anything but a `Cleared`.
    """
    if not isinstance(cleared, Cleared):
        raise DisclosureError(
            "nothing may be exported that was not cleared", hint="use ringmap.disclosure.clear"
        )
    write = _WRITERS.get(suffix.lower())
    if write is None:
        raise FormError(
            f"no export with the ending '{suffix}'", hint=f"choose among {', '.join(_WRITERS)}"
        )
    if "whole" not in cleared.graphs:
        raise OutputError("there is no whole graph to export", hint="clear it as 'whole'")
    return write(gather_contents(cleared))
