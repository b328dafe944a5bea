"""What a reader must know before believing a finding, with the numbers of these records."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.analysis.groups import group_codes
from ringmap.graph import RingGraph

_WEAK_SOURCES = ("D", "E", "F")
_WEAK_REPORTS = ("4", "5", "6")
Truths = npt.NDArray[np.bool_]


def gather_caveats(graph: RingGraph, *, rings: pd.DataFrame | None = None) -> list[tuple[str, str]]:
    """Warnings to print beside any finding, each in English and Vietnamese, weightiest first.

    The first always holds; the others appear only where these records give cause. Numbers
    are counts of ties or parties of this graph; a tie is weak when each of its records has
    a source of reliability D, E or F or a report of credibility 4, 5 or 6, so that one good
    record clears it. A tie without any grade is counted apart.

    Parameters
    ----------
    rings
        What `find_rings` gave, to say so when it found no structure.
    """
    told = [_BIAS, *_about_ties(graph), *_about_parties(graph)]
    if rings is not None and not rings.attrs.get("significance", {}).get("found", True):
        told.append(_NO_RINGS)
    return told


_BIAS = (
    "Records are incomplete and biased towards those who were arrested: a central person may only"
    " be a well-watched one, and a person nobody recorded is not here.",
    "Hồ sơ không đầy đủ và thiên về những người đã bị bắt: người ở vị trí trung tâm có thể chỉ là"
    " người bị theo dõi kỹ, và người không được ghi nhận thì không có ở đây.",
)
_NO_RINGS = (
    "No ring structure was found beyond chance: the connected parts are listed undivided.",
    "Không thấy cấu trúc đường dây nào vượt mức ngẫu nhiên: các phần liên thông được liệt kê"
    " nguyên vẹn.",
)


def _about_ties(graph: RingGraph) -> list[tuple[str, str]]:
    total = len(graph.ties)
    weak, ungraded, single = _evidence_marks(graph)
    undated = graph.ties["first"].isna() & graph.ties["last"].isna()
    unweighted = int(graph.ties["weight"].isna().sum())
    counted = (
        (int(weak.sum()), "ties rest on weak records only (source D–F or report 4–6)",
         "mối quan hệ chỉ dựa trên hồ sơ yếu (nguồn D–F hoặc tin 4–6)"),
        (int(ungraded.sum()), "ties rest on records without a grade",
         "mối quan hệ dựa trên hồ sơ chưa được đánh giá độ tin cậy"),
        (int(single.sum()), "ties rest on one record only",
         "mối quan hệ chỉ dựa trên một hồ sơ"),
        (int(undated.sum()), "ties have no date: they are shown as if they held at all times",
         "mối quan hệ không có ngày: được thể hiện như tồn tại suốt thời gian"),
        (unweighted if unweighted < total else 0,
         "ties have no recorded strength and count as 1 beside those that have one",
         "mối quan hệ không ghi cường độ và được tính là 1 bên cạnh các mối có ghi"),
    )  # fmt: skip
    return [
        (f"{number} of {_agreeing(total, english)}.", f"{number} trên {total} {vietnamese}.")
        for number, english, vietnamese in counted
        if number
    ]


def _agreeing(total: int, said: str) -> str:
    """What is said of ties, of one alone as of one."""
    if total != 1:
        return f"{total} {said}"
    for many, one in (("ties rest", "tie rests"), ("ties have", "tie has"), ("they are", "it is"),
                      ("they held", "it held")):  # fmt: skip
        said = said.replace(many, one)
    return f"1 {said}"


def weak_ties(graph: RingGraph) -> Truths:
    """Ties of which each record is weak (source D–F, report 4–6), in the order of the graph."""
    return _evidence_marks(graph)[0]


def _evidence_marks(graph: RingGraph) -> tuple[Truths, Truths, Truths]:
    """Ties with weak records only, with ungraded records only, with one record only."""
    nothing = np.zeros(len(graph.ties), dtype=bool)
    if graph.evidence is None or graph.records is None or len(graph.ties) == 0:
        return nothing, nothing, nothing
    source, report = (graph.records[one] for one in ("reliability", "credibility"))
    weak = (source.isin(_WEAK_SOURCES) | report.isin(_WEAK_REPORTS)).to_numpy(dtype=bool)
    ungraded = (source.isna() & report.isna()).to_numpy(dtype=bool)
    sizes = np.diff(graph.evidence.start)
    tie = np.repeat(np.arange(len(sizes)), sizes)
    records = graph.evidence.records

    def every(mark: Truths) -> Truths:
        marked = np.bincount(tie[mark[records]], minlength=len(sizes))
        return np.asarray((marked == sizes) & (sizes > 0), dtype=bool)

    bare = every(ungraded)
    return every(weak | ungraded) & ~bare, bare, sizes == 1


def _about_parties(graph: RingGraph) -> list[tuple[str, str]]:
    parties, told = graph.parties, []
    total = len(parties)
    if "country" in parties.columns:
        unknown = int((group_codes(parties["country"])[0] < 0).sum())
        if unknown:
            told.append(
                (f"{unknown} of {total} parties have no known country: their ties cannot count as"
                 " crossing a border.",
                 f"{unknown} trên {total} đối tượng không rõ quốc gia: quan hệ của họ không thể"
                 " được tính là qua biên giới."))  # fmt: skip
    if "side" in parties.columns:
        victims = int(parties["side"].isin(["victim", "both"]).sum())
        if victims:
            told.append(
                (f"{victims} of {total} parties are victims, or victims and offenders: a high rank"
                 " shows who met whom, and is no suspicion.",
                 f"{victims} trên {total} đối tượng là nạn nhân, hoặc vừa là nạn nhân vừa là"
                 " người phạm tội: thứ hạng cao chỉ cho thấy ai gặp ai, không phải là"
                 " nghi ngờ."))  # fmt: skip
    if "type" in parties.columns:
        things = int((parties["type"] != "person").sum())
        if things:
            told.append(
                (f"{things} of {total} parties are cases, places, organisations or identifiers:"
                 " they join people because records do; rank people in the projection 'people'.",
                 f"{things} trên {total} đối tượng là vụ án, địa điểm, tổ chức hoặc dấu vết định"
                 " danh: chúng nối người với người vì hồ sơ ghi như vậy; hãy xếp hạng người trong"
                 " phép chiếu 'people'."))  # fmt: skip
    return told
