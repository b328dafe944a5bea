"""What stands in the place of what."""

from collections.abc import Mapping
from dataclasses import dataclass

from ringmap.disclosure.scrubbing import Scrubber


@dataclass(frozen=True, slots=True)
class Veil:
    """What stands in the place of what: parties and names as a whole, texts by scrubbing."""

    parties: Mapping[str, str]
    names: Mapping[str, str]
    scrubber: Scrubber

    def party(self, name: str) -> str:
        """What to call a party."""
        return self.parties.get(name, name)

    def text(self, text: str) -> str:
        """Text without the names of victims."""
        return self.scrubber.scrub(text)

    def value(self, text: str) -> str:
        """A party, the name of a party, or text, as it may be shown."""
        if text in self.parties:
            return self.parties[text]
        return self.names[text] if text in self.names else self.text(text)
