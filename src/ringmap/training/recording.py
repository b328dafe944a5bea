"""What the documents of a case tell of acts and ties, row by row."""

from ringmap.training.folder import day_text
from ringmap.training.register import CaseFile, Document, Register
from ringmap.training.scenario import VICTIM
from ringmap.training.travelling import MOVES
from ringmap.training.world import Act, Person, Tie

_CALLS = frozenset({"called", "messaged"})
_MONEY = frozenset({"paid", "sold_to"})
_KIN = frozenset({"kin_of", "married_to"})
_COLLATED = frozenset({"conclusion", "judgment"})
#: Documents that give days, and not months.
_TO_THE_DAY = frozenset({"calls", "judgment"})
_APART = frozenset({"victim", "relative", "bystander", "witness"})
#: Conclusions and judgments mostly repeat; of what nothing else tells they know so much.
_UNTOLD = 0.04


def hide_ties(register: Register, missing: float) -> None:
    """Ties that stay unknown whatever happens: sooner those of people hard to see."""
    ties = [tie for tie in register.world.all_ties() if tie.target.role != "relative"]
    hard = [1.05 - min(tie.source.known, tie.target.known) for tie in ties]
    mean = sum(hard) / len(hard) if hard else 1.0
    for tie, weight in zip(ties, hard, strict=True):
        tie.hidden = register.chance.random() < missing * weight / mean


def write_acts(register: Register, file: CaseFile) -> None:
    """Steps of the journeys, as each statement gives them."""
    crossed, told = None, False
    for journey in file.plan.journeys:
        for act in journey.acts:
            wrote = _write_act(register, file, act, journey.number)
            if act.over is not None:
                told |= wrote
                crossed = crossed or (act, journey.number)
    if crossed and not told:
        # Whoever reports a missing person says at least that they were taken abroad.
        act, number = crossed
        event_id = f"E{register.unit}-{number + 1}.{act.number + 1}"
        for document in file.documents:
            if document.day >= act.day:
                _write_event(register, file, document, act, event_id, number, sees=False)
                break


def _write_act(register: Register, file: CaseFile, act: Act, journey: int) -> bool:
    """Whether any document told of this act."""
    random, by, victims = register.chance.random, act.by, act.victims
    hidden = bool(act.ties) and act.ties[0].hidden
    sees = not hidden and (by.number in file.standings or register.sees(file, by))
    told = False
    event_id = f"E{register.unit}-{journey + 1}.{act.number + 1}"
    for document, about, day, kind, share in file.tellers("abroad" if act.abroad else "home"):
        if about is not None and about is not by and about not in victims:
            continue
        if kind == "judgment":
            continue  # it names people and acts, as ties, and leaves the way out
        if kind == "conclusion" and not told:
            share *= _UNTOLD
        if act.day > day or random() >= share:
            continue
        told = True
        _write_event(register, file, document, act, event_id, journey, sees=sees)
        if sees:
            for tie in act.ties:
                tie.records += 1
    return told


def _write_event(
    register: Register, file: CaseFile, document: Document, act: Act, event_id: str,
    journey: int, *, sees: bool,
) -> None:  # fmt: skip
    random, place = register.chance.random, register.place
    moves = act.do in MOVES
    name = "legs" if moves else "events"
    victims = [register.number_of(file, one, document) for one in act.victims]
    day = register.dated(document, act.day, name, event_id)
    end = _end(act) if act.day < act.end <= document.day else ""
    if end and end[: len(day)] < day[: len(end)]:
        end = ""
    amount = str(act.amount) if act.amount and random() < 0.7 else ""
    row = (
        event_id, act.do, file.case_id, day, end, place(act.origin) if act.origin else "",
        place(act.to) if act.to else "", place(act.over) if act.over else "", ";".join(victims),
        register.number_of(file, act.by, document) if sees else "",
        act.transport if random() < 0.9 else "", act.legal, act.stage,
        f"R{register.unit}-{journey + 1}" if moves else "", str(act.leg) if moves else "",
        amount, act.currency if amount else "", document.ref, "",
        "" if sees else file.office.notes["unseen"],
    )  # fmt: skip
    table = register.rows.legs if moves else register.rows.events
    table.append(row)
    if random() < register.said.doubled:
        table.append(row)
        register.error(name, event_id, "", "", "", "row doubled")


def _end(act: Act) -> str:
    return day_text(act.end)[:7] if act.end - act.day > 20 else day_text(act.end)


def write_ties(register: Register, file: CaseFile) -> None:
    """Ties as documents tell them: who was said to do what to whom, and who knows whom."""
    known, random = set(file.everybody.values()), register.chance.random
    first = file.plan is register.world.cases[0]
    for journey in file.plan.journeys:
        for tie in journey.ties:
            _write_tie(register, file, tie)
    for tie in register.world.ties:
        source = tie.source
        near = source in known or tie.target in known
        far = first and source.part not in _APART and random() < 0.35
        if near or far:
            _write_tie(register, file, tie)


def _write_tie(register: Register, file: CaseFile, tie: Tie) -> None:
    if tie.hidden:
        return
    source, target, visible = tie.source, tie.target, file.visible
    if not tie.sure:
        seen = visible.get(source.number)
        if seen is False or (seen is None and not register.sees(file, source)):
            return
        seen = visible.get(target.number)
        if seen is False or (seen is None and not register.sees(file, target)):
            return
    aspect = tie.aspect or _settle_aspect(tie)
    tellers = file.told_by.get(aspect) or file.tellers(aspect)
    random, acts = register.chance.random, aspect == "home" or aspect == "abroad"
    since = max(tie.first, source.since, target.since)
    for document, about, day, kind, share in tellers:
        if about is not None and about is not source and about is not target:
            continue
        if kind in _COLLATED:
            if not tie.records:
                share *= _UNTOLD
        elif acts:
            continue  # statements tell of acts as events
        if since <= day and random() < share:
            _tie_row(register, file, document, tie)
    if (register.missing is not None or tie.sure) and not tie.records:
        _tie_row(register, file, max(file.documents, key=lambda one: one.day), tie)


def name_foremost(register: Register, file: CaseFile) -> None:
    """A foremost broker whom no document names is named by one after all, and no more than that."""
    for brokers in register.brokers.values():
        person = brokers[0].person if brokers else None
        if person is None or register.records_of.get(person.number):
            continue
        document = max(file.documents, key=lambda one: one.day)
        tied = [tie for tie in register.world.ties if person in (tie.source, tie.target)]
        known = [tie for tie in tied if _other(tie, person).number in file.ids]
        for tie in (known or tied)[:1]:
            _tie_row(register, file, document, tie)


def _other(tie: Tie, person: Person) -> Person:
    return tie.target if tie.source is person else tie.source


def write_side_ties(register: Register, file: CaseFile) -> None:
    """Whatever ties the people of a side file to each other."""
    for tie in register.world.ties:
        if tie.source.number in file.ids and tie.target.number in file.ids and not tie.hidden:
            _tie_row(register, file, file.documents[0], tie)


def _tie_row(register: Register, file: CaseFile, document: Document, tie: Tie) -> None:
    random, rows, day = register.chance.random, register.rows.ties, document.day
    kind, collated = tie.kind, document.form.kind in _COLLATED
    source = register.number_of(file, tie.source, document)
    target = register.number_of(file, tie.target, document)
    if source == target:
        return
    first = day_text(tie.first) if 0 < tie.first <= day else ""
    end = tie.last if tie.last < day else day
    last = day_text(end) if tie.first and end > tie.first else ""
    if first and document.form.kind not in _TO_THE_DAY:
        first, last = first[:7], last[:7] if last[:7] != first[:7] else ""
    times = _counted(register, tie, f"{source} {kind} {target}") if kind in _CALLS else ""
    page = str(1 + int(random() * 40)) if collated else ""
    amount, currency = (str(tie.amount), tie.currency) if tie.amount else ("", "")
    row = (source, target, kind, file.case_id, first, last, times, document.ref, "", page,
           amount, currency, "")  # fmt: skip
    rows.append(row)
    tie.records += 1
    if document.form.kind == "calls":
        file.called.update((tie.source.number, tie.target.number))
    if random() < register.said.doubled:
        rows.append(row)
        register.error("ties", f"{source} {kind} {target}", "", "", "", "row doubled")


def _counted(register: Register, tie: Tie, key: str) -> str:
    if tie.times < 3 or not register.chance.happens(register.said.wrong_count):
        return str(tie.times)
    times = max(1, tie.times + register.chance.pick((-3, -2, -1, 1, 2)))
    register.error("ties", key, "weight", str(times), str(tie.times), "another count")
    return str(times)


def _settle_aspect(tie: Tie) -> str:
    kind = tie.kind
    if kind in _MONEY:
        aspect = "money"
    elif tie.journey >= 0:
        aspect = "abroad" if tie.abroad else "home"
    elif kind in _CALLS:
        aspect = "calls"
    else:
        near = tie.source.part == VICTIM or tie.target.part == VICTIM
        aspect = "kin" if kind in _KIN and near else "other"
    tie.aspect = aspect
    return aspect
