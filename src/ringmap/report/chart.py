"""Bars by year as a drawing inside the page."""

from collections.abc import Sequence

from ringmap.report.markup import Markup, element

_HEIGHT, _TOP, _BOTTOM, _LEFT = 190, 14, 26, 40
_SERIES = 3


def draw_years(years: Sequence[str], series: Sequence[tuple[str, Sequence[int]]],
               title: str) -> Markup:  # fmt: skip
    """Grouped bars, one group per year, with the number above each bar.

    The table beside it says the same to who cannot see it; patterns beside colours tell the
    series apart in grey.
    """
    width_of_year = max(46, min(110, 640 // max(len(years), 1)))
    width = _LEFT + width_of_year * max(len(years), 1) + 8
    most = max((value for _, values in series for value in values), default=0)
    step = _step(most)
    top = max(step * -(-most // step), step)
    floor = _HEIGHT - _BOTTOM
    scale = (floor - _TOP) / top
    lines = [_line(value, floor - value * scale, width) for value in range(0, top + 1, step)]
    bars = [
        _bar(place, number, values[place], floor, scale, width_of_year)
        for place in range(len(years))
        for number, (_, values) in enumerate(series)
    ]
    labels = [
        element("text", year, x=_LEFT + width_of_year * (place + 0.5), y=floor + 17,
                class_="year")
        for place, year in enumerate(years)
    ]  # fmt: skip
    drawing = element(
        "svg", _patterns(), *lines, *bars, *labels, viewBox=f"0 0 {width} {_HEIGHT}",
        width=width, height=_HEIGHT, role="img", aria_label=title,
    )  # fmt: skip
    keys = [element("li", _swatch(number), " ", name) for number, (name, _) in enumerate(series)]
    return element("figure", drawing, element("ul", *keys, class_="key"))


def _step(most: int) -> int:
    """A round step that cuts the axis into five pieces or fewer."""
    size = 1
    while True:
        for factor in (1, 2, 5):
            if size * factor * 5 >= most:
                return size * factor
        size *= 10


def _line(value: int, y: float, width: int) -> Markup:
    return element(
        "g",
        element("line", x1=_LEFT, x2=width, y1=f"{y:.1f}", y2=f"{y:.1f}", class_="grid"),
        element("text", value, x=_LEFT - 6, y=f"{y + 3.5:.1f}", class_="tick"),
    )


def _bar(place: int, number: int, value: int, floor: int, scale: float, room: int) -> Markup:
    bar = (room - 12) / _SERIES
    x = _LEFT + room * place + 6 + bar * number
    height = value * scale
    shape = {"x": f"{x:.1f}", "y": f"{floor - height:.1f}", "width": f"{bar - 2:.1f}",
             "height": f"{height:.1f}"}  # fmt: skip
    hatch = element("rect", **shape, class_=f"hatch{number}") if number else None
    return element(
        "g",
        element("rect", **shape, class_=f"s{number}"),
        hatch,
        element("text", value, x=f"{x + bar / 2 - 1:.1f}", y=f"{floor - height - 3:.1f}",
                class_="value"),
    )  # fmt: skip


def _patterns() -> Markup:
    def stripes(name: str, path: str) -> Markup:
        return element(
            "pattern", element("path", d=path, class_="ink"), id=name, width=6, height=6,
            patternUnits="userSpaceOnUse",
        )  # fmt: skip

    return element(
        "defs", stripes("hatch1", "M0 6L6 0M-1 1L1 -1M5 7L7 5"), stripes("hatch2", "M0 3H6")
    )


def _swatch(number: int) -> Markup:
    hatch = element("rect", width=14, height=12, class_=f"hatch{number}") if number else None
    return element(
        "svg", element("rect", width=14, height=12, class_=f"s{number}"), hatch, width=14,
        height=12, aria_hidden="true",
    )  # fmt: skip
