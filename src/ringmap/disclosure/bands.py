"""Ages told as bands."""

_BANDS = (
    (0, "0-5"), (6, "6-11"), (12, "12-15"), (16, "16-17"), (18, "18-24"), (25, "25-34"),
    (35, "35-44"), (45, "45-59"), (60, "60+"),
)  # fmt: skip


def age_band(age_years: float) -> str:
    """The band that an age lies in; its limits follow the law's: under 16, and 18."""
    return next(name for lowest, name in reversed(_BANDS) if age_years >= lowest or lowest == 0)


def birth_band(born: str) -> str:
    """Five years of birth that hold a birth date: ``2001-07-12`` → ``2000-2004``."""
    year = int(born[:4]) // 5 * 5
    return f"{year}-{year + 4}"
