"""Numbers as sentences write them, and with their words."""


def counted(number: int, word: str) -> str:
    """A number with its word: ``1 journey``, ``2 journeys``, ``2 people``, ``0 parties``."""
    if number == 1:
        return f"{number} {word}"
    if word.endswith("person"):
        return f"{number} {word[:-6]}people"
    return f"{number} {word[:-1]}ies" if word.endswith("party") else f"{number} {word}s"


def written(value: float, language: str = "en") -> str:
    """A number with four digits, from 1,000 on without a fraction: ``661.4``, ``12,346``."""
    text = f"{value:.4g}" if abs(value) < 1000 else f"{value:,.0f}"
    return text if language == "en" else text.translate(str.maketrans(",.", ".,"))
