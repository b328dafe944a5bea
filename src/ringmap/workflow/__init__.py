"""Walk the whole row for a user: from a path and choices to cleared tables, pages and files.

Each name is imported when it is first asked for: whoever reads records needs no analysis, and its
libraries take as much memory and time as the reading of a small case.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ringmap.workflow.asking import (
        list_crossings,
        name_party,
        rank_brokers,
        trace_path,
    )
    from ringmap.workflow.borders import MIXED_BY, border_tables
    from ringmap.workflow.choices import Asking, Choices
    from ringmap.workflow.doubt import doubt_tables, question_first
    from ringmap.workflow.evolution import follow_time
    from ringmap.workflow.inventing import (
        compare_profile,
        format_comparison,
        invent_cases,
        list_inventions,
    )
    from ringmap.workflow.investigating import investigate
    from ringmap.workflow.links import find_links
    from ringmap.workflow.loading import Loaded, load_sources
    from ringmap.workflow.manual import list_pages, read_page
    from ringmap.workflow.outputs import (
        STYLES,
        Demo,
        demonstrate,
        draw_map,
        export_graph,
        find_sample,
        list_samples,
        write_report,
    )
    from ringmap.workflow.receipts import check_receipt_form, format_receipt, receipt_text
    from ringmap.workflow.rejecting import check_target, write_rejected
    from ringmap.workflow.removal import (
        Removing,
        key_player_tables,
        list_key_players,
        removal_table,
        show_removal,
    )
    from ringmap.workflow.rings import list_rings, trace_rings
    from ringmap.workflow.routes import RouteQuestions, list_routes
    from ringmap.workflow.sources import Opened, Reading, open_source, propose_mapping, read_sources
    from ringmap.workflow.stages import show_stages, stage_tables
    from ringmap.workflow.tables import Form, cited, format_tables
    from ringmap.workflow.writing import check_outputs, write_text

__all__ = [
    "MIXED_BY",
    "STYLES",
    "Asking",
    "Choices",
    "Demo",
    "Form",
    "Loaded",
    "Opened",
    "Reading",
    "Removing",
    "RouteQuestions",
    "border_tables",
    "check_outputs",
    "check_receipt_form",
    "check_target",
    "cited",
    "compare_profile",
    "demonstrate",
    "doubt_tables",
    "draw_map",
    "export_graph",
    "find_links",
    "find_sample",
    "follow_time",
    "format_comparison",
    "format_receipt",
    "format_tables",
    "invent_cases",
    "investigate",
    "key_player_tables",
    "list_crossings",
    "list_inventions",
    "list_key_players",
    "list_pages",
    "list_rings",
    "list_routes",
    "list_samples",
    "load_sources",
    "name_party",
    "open_source",
    "propose_mapping",
    "question_first",
    "rank_brokers",
    "read_page",
    "read_sources",
    "receipt_text",
    "removal_table",
    "show_removal",
    "show_stages",
    "stage_tables",
    "trace_path",
    "trace_rings",
    "write_rejected",
    "write_report",
    "write_text",
]

#: Names by the module in which they are at home, as they are imported above.
_HOMES = {
    "asking": "list_crossings name_party rank_brokers trace_path",
    "borders": "MIXED_BY border_tables",
    "choices": "Asking Choices",
    "doubt": "doubt_tables question_first",
    "evolution": "follow_time",
    "inventing": "compare_profile format_comparison invent_cases list_inventions",
    "investigating": "investigate",
    "links": "find_links",
    "loading": "Loaded load_sources",
    "manual": "list_pages read_page",
    "outputs": "STYLES Demo demonstrate draw_map export_graph find_sample list_samples "
    "write_report",
    "receipts": "check_receipt_form format_receipt receipt_text",
    "rejecting": "check_target write_rejected",
    "removal": "Removing key_player_tables list_key_players removal_table show_removal",
    "rings": "list_rings trace_rings",
    "routes": "RouteQuestions list_routes",
    "sources": "Opened Reading open_source propose_mapping read_sources",
    "stages": "show_stages stage_tables",
    "tables": "Form cited format_tables",
    "writing": "check_outputs write_text",
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    """What a name stands for. Python asks here only the first time."""
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = found = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    return found
