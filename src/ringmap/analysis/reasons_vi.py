"""The sentences of `reasons` in Vietnamese."""

from ringmap.analysis.counting import written
from ringmap.analysis.reasons import BROKER, NOT_JUDGED, BrokerFacts


def broker_sentences_vi(facts: BrokerFacts) -> list[str]:
    """One sentence per party, in the order of the facts."""
    counted = ", tính cả nạn nhân" if NOT_JUDGED in facts.verdict else ""
    columns = (
        facts.ties.tolist(), facts.betweenness.tolist(), facts.share.tolist(),
        facts.verdict, facts.rank.tolist(), facts.level.tolist(),
        facts.more_ties.tolist(), facts.parties.tolist(), facts.lost.tolist(), facts.joins_vi,
        facts.word,
    )  # fmt: skip
    return [_sentence(*row, counted=counted) for row in zip(*columns, strict=True)]


def _sentence(ties: int, betweenness: float, share: float, verdict: str, rank: int, level: int,
              more_ties: int, parties: int, lost: int, joins: str, word: str, *,
              counted: str) -> str:  # fmt: skip
    said = _SAID.get(verdict, "không phải mắt xích trung gian")
    if ties == 0:
        return f"{said}: không hồ sơ nào ghi mối liên hệ với ai"
    others = f"có liên hệ với {ties} bên khác"
    if betweenness == 0:
        start = f"{said}: {others}, nhưng không nằm trên đường ngắn nhất nào giữa hai bên"
        return start + (f"; cùng với các bên này tiếp xúc {joins}" if joins else "")
    level_with = f", ngang với {level - 1} bên khác" if level > 1 else ""
    parts = [
        f"nằm giữa {_percent(share)} số cặp trong mạng lưới gồm {parties} bên"
        f" (độ trung gian {written(round(betweenness, 9), 'vi')}, vị trí thứ {rank} trong mạng lưới"
        f"{level_with}{counted})",
        f"{others} ({_beside(verdict, rank, more_ties)})",
    ]
    if joins:
        parts.append(f"nối {joins}")
    if lost:
        parts.append(f"nếu không có bên này, {lost} bên sẽ bị tách rời")
    if word == "case":
        parts.append("đây là một vụ án: nó nối mọi người vì cùng có tên trong một hồ sơ")
    elif word in _WORDS:
        parts.append(f"đây là {_WORDS[word]}, không phải một người")
    return f"{said}: {'; '.join(parts)}"


def _percent(share: float) -> str:
    if share < 0.001:
        return "dưới 0,1 %"
    return f"{share * 100:.{0 if share >= 0.1 else 1}f} %".replace(".", ",")


_SAID = {
    BROKER: "mắt xích trung gian",
    NOT_JUDGED: "nạn nhân, được đo nhưng không bị xếp loại",
}
_WORDS = {
    "place": "một địa điểm",
    "identifier": "một số hiệu hoặc tài khoản",
    "organisation": "một tổ chức",
}


def _beside(verdict: str, rank: int, more_ties: int) -> str:
    if more_ties == 0 and verdict == BROKER:
        return "không bên nào có nhiều hơn: có thể do nhiều mối liên hệ, chưa hẳn do vị trí"
    if more_ties == 0:
        return "không bên nào có nhiều hơn: có lẽ chỉ nhiều mối, chưa hẳn ở vị trí then chốt"
    start = f"{more_ties} bên có nhiều hơn"
    if more_ties + 1 < rank:
        return f"{start}: không cao hơn mức mà số mối liên hệ cho thấy"
    return f"{start}: do vị trí, không phải do số mối liên hệ"
