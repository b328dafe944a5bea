"""What the documents of a case tell of acts and ties, row by row."""

from collections.abc import Iterable

from ringmap.training.folder import DAYS, MONTHS, cell
from ringmap.training.register import CaseFile, Document, Register
from ringmap.training.travelling import MOVES
from ringmap.training.world import Act, Person, Tie, World

_APART = frozenset({"victim", "relative", "bystander", "witness"})
#: The first file of a ring brings up so many ties between people whom it is not about.
_FAR = 0.35


def hide_ties(world: World, missing: float) -> None:
    """Ties that stay unknown whatever happens: sooner those of people hard to see."""
    ties = [tie for tie in world.all_ties() if tie.target.role != "relative"]
    hard = [1.05 - min(tie.source.known, tie.target.known) for tie in ties]
    mean = sum(hard) / len(hard) if hard else 1.0
    for tie, weight in zip(ties, hard, strict=True):
        tie.hidden = world.chance.random() < missing * weight / mean


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
        for document in file.documents:
            if document.day >= act.day:
                _write_event(register, file, document, act, number, False)
                break


def _write_act(register: Register, file: CaseFile, act: Act, journey: int) -> bool:
    """Whether any document told of this act."""
    random, told = register.chance.random, False
    by = act.by.number
    sees = (by in register.seen or by in file.standings) and not (act.ties and act.ties[0].hidden)
    tellers = file.tell_acts["abroad" if act.abroad else "home"]
    documents = tellers.others
    for one in (act.by, *act.victims) if tellers.about else ():
        if one.number in tellers.about:
            documents = [*tellers.about[one.number], *documents]
    for document, day, share, untold in documents:
        if act.day <= day and random() < (share if told else untold):
            told = True
            _write_event(register, file, document, act, journey, sees)
            if sees:
                for tie in act.ties:
                    tie.records += 1
    return told


def _write_event(
    register: Register, file: CaseFile, document: Document, act: Act, journey: int, sees: bool
) -> None:
    random, place, moves = register.chance.random, register.place, act.do in MOVES
    route, name = f"{register.unit}-{journey + 1}", "legs" if moves else "events"
    event_id = f"E{route}.{act.number + 1}"
    numbers = file.ids
    victims = ";".join([
        numbers.get(one.number) or register.number_of(file, one, document) for one in act.victims
    ])  # fmt: skip
    by = register.number_of(file, act.by, document) if sees else ""
    day = register.dated(document, act.day, name, event_id)
    end = _end(act) if act.day < act.end <= document.day else ""
    if end and end[: len(day)] < day[: len(end)]:
        end = ""
    origin, to = place(act.origin) if act.origin else "", place(act.to) if act.to else ""
    over, transport = place(act.over) if act.over else "", act.transport
    if random() >= 0.9:
        transport = ""
    way = f"R{route},{act.leg}" if moves else ","
    money = f"{act.amount},{act.currency}" if act.amount and random() < 0.7 else ","
    note = "" if sees else cell(file.office.notes["unseen"])
    line = ",".join(
        (event_id, act.do, file.case_id, day, end, origin, to, over, victims, by, transport,
         act.legal, act.stage, way, money, document.ref, "", f"{note}\n")
    )  # fmt: skip
    table = register.rows.legs if moves else register.rows.events
    table.append(line)
    if random() < register.said.doubled:
        table.append(line)
        register.error(name, event_id, "", "", "", "row doubled")


def _end(act: Act) -> str:
    return MONTHS[act.end] if act.end - act.day > 20 else DAYS[act.end]


def write_ties(register: Register, file: CaseFile) -> None:
    """Ties as documents tell them: who was said to do what to whom, and who knows whom."""
    told = register.missing is not None or any(one.form.collated for one in file.documents)
    for journey in file.plan.journeys:
        # What was done stands in statements as events; but for payments, only a document that
        # gathers what others told gives it as ties.
        ties = journey.ties if told else [tie for tie in journey.ties if tie.aspect == "money"]
        _tell_ties(register, file, register.shown(ties))
    known, random = file.plan.everybody, register.chance.random
    far = _FAR if file.plan is register.world.cases[0] else 0.0
    _tell_ties(register, file, [
        tie
        for tie in register.ties
        if tie.source.number in known
        or tie.target.number in known
        or (far and tie.source.part not in _APART and random() < far)
    ])  # fmt: skip


def _tell_ties(register: Register, file: CaseFile, ties: Iterable[Tie]) -> None:
    random, always = register.chance.random, register.missing is not None
    for tie in ties:
        tellers = file.tell_ties[tie.aspect]
        documents, source, target = tellers.others, tie.source, tie.target
        if tellers.about:
            own = tellers.about.get
            documents = [*own(source.number, ()), *own(target.number, ()), *documents]
        for document, day, share, untold in documents:
            if random() < (share if tie.records else untold) and (
                tie.first <= day and source.since <= day and target.since <= day
            ):
                _tie_row(register, file, document, tie)
        if (always or tie.sure) and not tie.records:
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
    kind, day, form, numbers = tie.kind, document.day, document.form, file.ids
    source, target = numbers.get(tie.source.number), numbers.get(tie.target.number)
    if source is None or target is None or form.hearsay:
        source = register.number_of(file, tie.source, document)
        target = register.number_of(file, tie.target, document)
    if source == target:
        return
    text, end = DAYS if form.to_the_day else MONTHS, min(tie.last, day)
    first = text[tie.first] if tie.first <= day else ""
    last = text[end] if end > tie.first > 0 else ""
    if last == first:
        last = ""
    times = _counted(register, tie, f"{source} {kind} {target}") if tie.aspect == "calls" else ""
    page = str(1 + register.chance.below(40)) if form.collated else ""
    money = f"{tie.amount},{tie.currency}" if tie.amount else ","
    line = ",".join(
        (source, target, kind, file.case_id, first, last, times, document.ref, "", page, money,
         "\n")
    )  # fmt: skip
    register.rows.ties.append(line)
    tie.records += 1
    if form.kind == "calls":
        file.called.update((tie.source.number, tie.target.number))
    if register.chance.random() < register.said.doubled:
        register.rows.ties.append(line)
        register.error("ties", f"{source} {kind} {target}", "", "", "", "row doubled")


def _counted(register: Register, tie: Tie, key: str) -> str:
    if tie.times < 3 or not register.chance.happens(register.said.wrong_count):
        return str(tie.times)
    times = max(1, tie.times + register.chance.pick((-3, -2, -1, 1, 2)))
    register.error("ties", key, "weight", str(times), str(tie.times), "another count")
    return str(times)
