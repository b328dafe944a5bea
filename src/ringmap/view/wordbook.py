"""The labels that a page needs for its codes, in both languages."""

from collections.abc import Iterable

from ringmap.model import country_name, load_words

LANGUAGES = ("en", "vi")
Label = dict[str, str]

#: Lists whose file is called otherwise; the values of these columns are codes of that list.
_FILE_OF = {"status": "case_status"}
_LISTS = (
    "role", "tie", "event", "stage", "place", "standing", "identifier", "organisation", "party",
    "column", "status", "purpose", "means", "sex", "transport", "victim_status", "legal_exit",
    "handling", "reliability", "credibility",
)  # fmt: skip
_COUNTRIES = frozenset({"country", "nationality"})
#: Words that only this room uses.
_OWN: dict[str, dict[str, Label]] = {
    "column": {
        "withheld_entries": {"en": "Entries withheld", "vi": "Số mục không cung cấp"},
        "country_from": {"en": "Country taken from", "vi": "Quốc gia xác định theo"},
        "position_from": {"en": "Position taken from", "vi": "Vị trí xác định theo"},
        "further": {"en": "Further", "vi": "Khác"},
    },
    "country_from": {"gazetteer": {"en": "a list of place names", "vi": "danh mục địa danh"}},
    "position_from": {
        "gazetteer": {"en": "a list of place names", "vi": "danh mục địa danh"},
        "province": {"en": "the centre of the province", "vi": "điểm giữa của tỉnh"},
    },
}
_WITHHELD = {"en": "withheld", "vi": "không cung cấp"}


class WordBook:
    """Gathers codes as a page uses them and gives their labels."""

    def __init__(self) -> None:
        self._labels: dict[str, dict[str, Label]] = {}

    def use(self, list_name: str, code: str | None, *, as_list: str | None = None) -> None:
        """Take note of a code; one that no list knows is shown as it is.

        Several codes joined by ``;`` get the labels of all. `as_list` is the list under
        which the page will look, where that is another.
        """
        if code is None or code in self._labels.get(as_list or list_name, {}):
            return
        labels = [_label(list_name, part) for part in code.split(";")]
        if any(label is not None for label in labels):
            joined = {
                language: ", ".join(
                    label[language] if label else part
                    for label, part in zip(labels, code.split(";"), strict=True)
                )
                for language in LANGUAGES
            }
            self._labels.setdefault(as_list or list_name, {})[code] = joined

    def use_all(self, list_name: str, codes: Iterable[str | None]) -> None:
        """Take note of codes of one list."""
        for code in dict.fromkeys(codes):
            self.use(list_name, code)

    def call(self, list_name: str, code: str, label: Label) -> None:
        """Give a label that no list has."""
        self._labels.setdefault(list_name, {}).setdefault(code, label)

    def labels(self) -> dict[str, dict[str, Label]]:
        """Every label, by list and code, in the order of the alphabet."""
        return {name: dict(sorted(labels.items())) for name, labels in sorted(self._labels.items())}


def label_of(list_name: str, code: str) -> Label:
    """A code's label in each language; the code itself when nobody has labelled it."""
    return _label(list_name, code) or dict.fromkeys(LANGUAGES, code)


def _label(list_name: str, code: str) -> Label | None:
    if code == "withheld" and list_name != "column":
        return _WITHHELD
    if (own := _OWN.get(list_name, {}).get(code)) is not None:
        return own
    if list_name in _COUNTRIES:
        known = len(code) == 2 and code.isupper()
        return {language: country_name(code, language) for language in LANGUAGES} if known else None
    if list_name not in _LISTS:
        return None
    word = load_words(_FILE_OF.get(list_name, list_name)).get(code)
    if word is None:
        return None
    return {language: word.labels.get(language, word.labels["en"]) for language in LANGUAGES}
