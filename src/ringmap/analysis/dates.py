"""The first and last of dates that are as precise as their records."""

from collections.abc import Iterable


def earliest(dates: Iterable[object]) -> str | None:
    """The date that may lie farthest back; ``2019`` lies before ``2019-05``. None if none."""
    return min((date for date in dates if isinstance(date, str)), default=None)


def latest(dates: Iterable[object]) -> str | None:
    """The date that may lie farthest ahead; ``2019`` lies behind ``2019-05``. None if none."""
    # "~" sorts behind every digit, so a year outlasts its months.
    told = [f"{date}~" for date in dates if isinstance(date, str)]
    return max(told)[:-1] if told else None
