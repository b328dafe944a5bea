"""The quick map: a network of moderate size drawn by pyvis, made safe and offline."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Any

from ringmap.disclosure import Cleared
from ringmap.errors import OutputError
from ringmap.view.page import NOSCRIPT, asset, head, script_json
from ringmap.view.payload import drawn_graph, tell_network

#: More than this vis-network draws too slowly to be of use.
MOST_PARTIES = 2000
_SPREAD = 1.25  # vis-network's marks and labels want more room than the layout's unit gives
_LANE = 0.16  # how much more each further tie of a pair is bent


@dataclass(frozen=True, slots=True)
class Mark:
    """How one sort of party is drawn: by vis-network, and in the legend as SVG."""

    shape: str
    colour: str
    drawing: str
    en: str
    vi: str
    border: int = 1
    dashed: bool = False


#: By side for people, by type for things; a victim is told apart by shape and a heavy edge too.
MARKS: Mapping[str, Mark] = {
    "offender": Mark("square", "#e69f00",
                     '<path class="fill" fill="#e69f00" d="M-6-6H6V6H-6Z"/>',
                     "Offender", "Đối tượng"),
    "victim": Mark("diamond", "#2fb58f",
                   '<path class="fill" fill="#2fb58f" d="M0-6 6 0 0 6-6 0Z"/>'
                   '<path class="outline" d="M0-9 9 0 0 9-9 0Z"/>',
                   "Victim", "Nạn nhân", border=4),
    "both": Mark("star", "#2fb58f",
                 '<path class="fill" fill="#2fb58f" d="M0-9 2-3H9L4 1 6 8 0 4-6 8-4 1-9-3H-2Z"/>',
                 "Victim and offender", "Vừa là nạn nhân vừa là đối tượng", border=4),
    "other": Mark("dot", "#a9b3be",
                  '<circle class="fill" fill="#a9b3be" r="6.5"/>',
                  "Other person", "Người khác"),
    "unknown": Mark("dot", "#ffffff",
                    '<circle class="fill" fill="#fff" stroke-dasharray="3 2" r="6.5"/>',
                    "Part not recorded", "Chưa rõ vai trò", dashed=True),
    "organisation": Mark("hexagon", "#d5c3ee",
                         '<path class="fill" fill="#d5c3ee" d="M-8 0-4-7H4L8 0 4 7H-4Z"/>',
                         "Organisation", "Tổ chức"),
    "place": Mark("triangleDown", "#9cc9e8",
                  '<path class="fill" fill="#9cc9e8" d="M-7-6H7L0 7Z"/>',
                  "Place", "Địa điểm"),
    "identifier": Mark("triangle", "#f3d9b0",
                       '<path class="fill" fill="#f3d9b0" d="M0-7 7 6H-7Z"/>',
                       "Phone, account, vehicle, document", "Điện thoại, tài khoản, xe, giấy tờ"),
    "case": Mark("box", "#eef1f4",
                 '<path class="fill" fill="#eef1f4" d="M-9-5H9V5H-9Z"/>',
                 "Case", "Vụ án"),
}  # fmt: skip
_EDGE = ("#52606d", "#006b4e")
_OPTIONS: Mapping[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "keyboard": {"enabled": True, "bindToWindow": False},
                    "hideEdgesOnDrag": True, "tooltipDelay": 120},
    "nodes": {"size": 14},
    "edges": {"selectionWidth": 1.5, "arrowStrikethrough": False},
}  # fmt: skip


def render_quick_map(cleared: Cleared, *, title: str, language: str = "en") -> str:
    """One HTML page with vis-network in it: every party and tie, at computed places, no physics.

    The page fetches nothing and shows names as text only. For more than 2,000 parties, or
    for evidence and routes, use `render_network`.

    Raises
    ------
    OutputError
        If there is no graph to draw, or it is too large for this style.
    """
    count = len(drawn_graph(cleared).parties)
    if count > MOST_PARTIES:
        raise OutputError(
            f"{count} parties are too many for the pyvis style, which draws up to {MOST_PARTIES}",
            hint="use the explorer style, or one ring of it",
        )
    block = tell_network(cleared, title=title, language=language)
    return str(_network(block, language).generate_html())


def _network(block: Mapping[str, Any], language: str) -> Any:
    """A pyvis network whose template is ours, filled by hand.

    pyvis's own `add_edge` drops parallel ties and takes quadratic time, and its template
    fetches from a CDN and runs labels as HTML.
    """
    from pyvis.network import Network

    net = Network(heading=str(block["title"]), directed=False, cdn_resources="in_line")
    net.nodes.extend(_nodes(block, language))
    net.edges.extend(_edges(block, language))
    net.options = {name: dict(told) for name, told in _OPTIONS.items()}
    data = {"nodes": net.nodes, "edges": net.edges, "options": net.options}
    scripts = [_bundled("vis-network.min.js"), asset("quick.js")]
    styles = [_bundled("vis-network.css"), asset("quick.css")]
    with as_file(files("ringmap.view").joinpath("assets")) as folder:
        net.set_template_dir(str(folder), "quick.html")
        net.templateEnv.globals.update(
            language=language,
            head=_Markup(head(str(block["title"]), scripts=scripts, styles=styles)),
            notices=[notice[language] for notice in block["notices"][:1]],
            noscript=_Markup(NOSCRIPT),
            description=_description(block, language),
            legend=[{"drawing": _Markup(mark.drawing), "label": getattr(mark, language)}
                    for mark in _marks_used(block)],
            data=_Markup(script_json(data)),
            scripts=[_Markup(script) for script in scripts],
        )  # fmt: skip
        net.templateEnv.get_template("quick.html")
    return net


class _Markup(str):
    """Text that is HTML already, as the template engine asks for it."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


@cache
def _bundled(name: str) -> str:
    """A file of vis-network as pyvis carries it, its licence at its head.

    Line ends are made uniform, as a browser does before it compares a script with its hash.
    """
    folder = files("pyvis").joinpath("templates", "lib", "vis-9.1.2")
    return folder.joinpath(name).read_text("utf-8")


# Nodes and edges


def _sort_of(block: Mapping[str, Any], party: int) -> str:
    parties = block["parties"]
    if parties["type"][party] != "person":
        return str(parties["type"][party])
    return str(parties["side"][party] or "unknown")


def _marks_used(block: Mapping[str, Any]) -> list[Mark]:
    used = {_sort_of(block, party) for party in range(len(block["parties"]["id"]))}
    return [mark for sort, mark in MARKS.items() if sort in used]


def _nodes(block: Mapping[str, Any], language: str) -> Iterator[dict[str, Any]]:
    parties, ties = block["parties"], block["ties"]
    degree = [0] * len(parties["id"])
    for end in (*ties["source"], *ties["target"]):
        degree[end] += 1
    for party, label in enumerate(parties["label"]):
        mark = MARKS.get(_sort_of(block, party), MARKS["unknown"])
        yield {
            "id": party,
            "label": _short(label),
            "title": "\n".join(_about_party(block, party, language)),
            "shape": mark.shape,
            "size": round(10 + 3 * math.log1p(degree[party]), 1),
            "color": {"background": mark.colour, "border": _EDGE[mark.border > 1],
                      "highlight": {"background": mark.colour, "border": "#0b57b0"}},
            "borderWidth": mark.border,
            "shapeProperties": {"borderDashes": [4, 3] if mark.dashed else False},
            "x": round(parties["x"][party] * _SPREAD, 1),
            "y": round(parties["y"][party] * _SPREAD, 1),
        }  # fmt: skip


def _short(label: str) -> str:
    """Never empty: vis-network would show the number of the node instead."""
    text = " ".join(label.split()) or "–"
    return text if len(text) <= 32 else text[:31].rstrip() + "…"


def _about_party(block: Mapping[str, Any], party: int, language: str) -> Iterator[str]:
    parties = block["parties"]
    yield str(parties["label"][party])
    kind, type_name = parties["kind"][party], parties["type"][party]
    codes = [("party", type_name), (type_name, kind)]
    codes += [("role", role) for role in parties["roles"][party]]
    yield ", ".join(_say(block, name, code, language) for name, code in codes if code)
    for list_name in ("standing", "country"):
        if code := parties[list_name][party]:
            yield _say(block, list_name, code, language)


def _edges(block: Mapping[str, Any], language: str) -> Iterator[dict[str, Any]]:
    ties = block["ties"]
    lanes = _lanes(ties["source"], ties["target"])
    heaviest = max((weight for weight in ties["weight"] if weight), default=1)
    for tie, bend in enumerate(lanes):
        source, target = ties["source"][tie], ties["target"][tie]
        turned = (source > target) != (bend < 0)
        weight = ties["weight"][tie] or 0
        yield {
            "id": tie,
            "from": source,
            "to": target,
            "title": "\n".join(_about_tie(block, tie, language)),
            "arrows": "to" if ties["directed"][tie] else "",
            "width": round(1 + 3 * math.log1p(max(weight, 0)) / math.log1p(max(heaviest, 1)), 1),
            "dashes": _is_weak(ties["grade"][tie]),
            "smooth": {"enabled": bend != 0, "type": "curvedCCW" if turned else "curvedCW",
                       "roundness": round(abs(bend), 2)},
            **({"selfReference": {"size": 16 + 60 * abs(bend)}} if source == target else {}),
        }  # fmt: skip


def _lanes(sources: Sequence[int], targets: Sequence[int]) -> list[float]:
    """How far each tie is bent, so that all ties of a pair can be seen; 0 is straight."""
    pairs: dict[tuple[int, int], list[int]] = {}
    for tie, (source, target) in enumerate(zip(sources, targets, strict=True)):
        pairs.setdefault((min(source, target), max(source, target)), []).append(tie)
    bends = [0.0] * len(sources)
    for ties in pairs.values():
        for lane, tie in enumerate(ties):
            bends[tie] = _LANE * (lane - (len(ties) - 1) / 2)
    return bends


def _is_weak(grade: str | None) -> bool:
    """Doubtful source or information, or either of them not graded."""
    return grade is None or len(grade) < 2 or grade[0] > "C" or grade[1] > "3"


def _about_tie(block: Mapping[str, Any], tie: int, language: str) -> Iterator[str]:
    ties, labels = block["ties"], block["parties"]["label"]
    arrow = "→" if ties["directed"][tie] else "–"
    yield f"{labels[ties['source'][tie]]} {arrow} {labels[ties['target'][tie]]}"
    yield _say(block, "tie", ties["kind"][tie], language)
    when = " – ".join(dict.fromkeys(filter(None, (ties["first"][tie], ties["last"][tie]))))
    if when:
        yield when
    count = len(ties["records"][tie])
    records = f"hồ sơ: {count}" if language == "vi" else f"records: {count}"
    yield " · ".join(filter(None, [records, ties["grade"][tie]]))


def _say(block: Mapping[str, Any], list_name: str, code: str, language: str) -> str:
    label = block["words"].get(list_name, {}).get(code)
    return str(label[language]) if label else str(code)


def _description(block: Mapping[str, Any], language: str) -> str:
    parties, ties = len(block["parties"]["id"]), len(block["ties"]["kind"])
    if language == "vi":
        return f"Sơ đồ {parties} đối tượng và {ties} mối liên hệ"
    return f"Map of {parties} parties and {ties} ties"
