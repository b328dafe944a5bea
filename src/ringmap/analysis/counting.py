"""Numbers with their words, for sentences."""


def counted(number: int, word: str) -> str:
    """A number with its word: ``1 journey``, ``2 journeys``, ``2 people``, ``0 parties``."""
    if number == 1:
        return f"{number} {word}"
    if word.endswith("person"):
        return f"{number} {word[:-6]}people"
    return f"{number} {word[:-1]}ies" if word.endswith("party") else f"{number} {word}s"
