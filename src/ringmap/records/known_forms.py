"""Forms of other programs and standards, known by their headings and read by their mapping."""

import re
from functools import cache
from importlib.resources import files

from ringmap.records.mapping import FilePlan, RecordMapping, parse_mapping
from ringmap.records.tabletext import RawTable

#: Their mappings, and what users call them, in the order in which they are tried; the more
#: particular first.
_FORMS = {
    "htcds": "HTCDS",
    "i2": "i2 Analyst's Notebook",
    "ftm": "FollowTheMoney",
    "pole": "nodes and relationships",
}
_NEO4J_KEY = re.compile(r":(ID|START_ID|END_ID|LABEL|TYPE)(\(.*\))?$")
_NEO4J_TYPE = re.compile(r"(?<=.):(string|int|long|float|double|boolean|date|datetime)(\[\])?$")


def recognise(raw: RawTable) -> tuple[str, FilePlan] | None:
    """What the form is called that a table's headings are known by, and its plan; None for none.

    Headings of a table that Neo4j's import tool reads, ``personId:ID(Person)`` and
    ``name:string``, lose what they say beside the name.
    """
    if any(_NEO4J_KEY.search(heading) for heading in raw.headings):
        raw.headings = [_without_type(heading) for heading in raw.headings]
    for name, called in _FORMS.items():
        plan = _mapping(name).recognise(raw.headings)
        if plan is not None:
            return called, plan
    return None


def _without_type(heading: str) -> str:
    key = _NEO4J_KEY.search(heading)
    return f":{key[1]}" if key else _NEO4J_TYPE.sub("", heading)


@cache
def _mapping(name: str) -> RecordMapping:
    text = files("ringmap.records").joinpath("forms", f"{name}.yaml").read_text("utf-8")
    return parse_mapping(text, f"{name}.yaml")
