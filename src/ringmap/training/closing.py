"""What completes a case file: who reported, arrests, returns, telephones, the case itself."""

from ringmap.training.accusing import CAUGHT
from ringmap.training.folder import DAYS, THREE, cell
from ringmap.training.opening import add_document, agency_name
from ringmap.training.register import CaseFile, Document, Register, refs_by_person
from ringmap.training.things import invent_passport
from ringmap.training.world import Person, year_of

_RETURNS = {
    "rescued": "rescued", "handed_over": "handed_over", "returned_alone": "returned",
    "located": "located",
}  # fmt: skip


def write_turns(register: Register, file: CaseFile) -> None:
    """The report, the arrests, and how victims came back."""
    _write_report(register, file, file.documents[0])
    _write_arrests(register, file)
    for journey in file.plan.journeys:
        for victim in journey.victims:
            turn = _RETURNS.get(victim.outcome)
            if turn and register.chance.happens(0.85):
                document = _told_return(register, file, victim)
                record = register.number_of(file, victim, document)
                _event(register, file, turn, victim.back, record, document)


def _write_report(register: Register, file: CaseFile, report: Document) -> None:
    if file.reporter is not None:
        record = register.number_of(file, file.reporter, report)
        late = file.reporter.part != "victim" and file.plan.opened - file.reported > 180
        note = file.office.notes["late"] if late else ""
        _event(register, file, "reported", file.reported, record, report, note)


def _write_arrests(register: Register, file: CaseFile) -> None:
    told = [one for one in file.documents if one.form.kind == "conclusion"]
    for number, standing in file.standings.items():
        if standing in CAUGHT and told:
            record = register.number_of(file, register.world.people[number], told[0])
            day = file.arrested + register.chance.below(3)
            _event(register, file, "arrested", day, record, told[0])


def _told_return(register: Register, file: CaseFile, victim: Person) -> Document:
    """The victim's own statement, or a record of whoever received or found them."""
    for document in file.documents:
        if document.about is victim and document.day >= victim.back:
            return document
    kind = "located" if victim.outcome == "located" else "handover"
    agency = agency_name(file.office, "district_police", victim.back, file.home)
    day = victim.back + register.chance.between(1, 12)
    return add_document(register, file, kind, agency, day, about=victim)


def _event(
    register: Register, file: CaseFile, kind: str, day: int, who: str, document: Document,
    note: str = "",
) -> None:  # fmt: skip
    stage = "return" if kind in ("rescued", "handed_over", "returned") else ""
    register.rows.events.append(
        f"{register.next_event()},{kind},{file.case_id},{DAYS[day]},,,,,{who},,,,{stage},"
        f",,,,{document.ref},,{cell(note)}\n"
    )


def write_identifiers(register: Register, file: CaseFile) -> None:
    """Telephones, plates, accounts, passports: of the arrested mostly, of others now and then."""
    refs, inquiry, people = refs_by_person(file), _inquiry(file), register.world.people
    shares = dict.fromkeys(file.standings, 0.6) | dict.fromkeys(file.called, 0.8)
    shares |= {one.about.number: 0.9 for one in file.documents
               if one.form.kind == "calls" and one.about}  # fmt: skip
    for number, record in file.ids.items():
        share, ref = shares.get(number, 0.0), refs.get(number, inquiry)
        if share and ref:
            _write_things(register, file, people[number], record, share, ref)
    for journey in file.plan.journeys:
        legal = any(act.legal == "yes" for act in journey.acts)
        for victim in journey.victims if legal else ():
            if victim.number in file.ids and register.chance.happens(0.6):
                passport = invent_passport(register.chance)
                ref = refs.get(victim.number, file.documents[0].ref)
                register.add_identifier("passport", passport, file.ids[victim.number], ref)


def _inquiry(file: CaseFile) -> str:
    """A document of the inquiry, which could know of telephones and plates; "" if there is none."""
    kinds = ("calls", "conclusion", "accused", "judgment")
    found = {one.form.kind: one.ref for one in reversed(file.documents)}
    return next((found[kind] for kind in kinds if kind in found), "")


def _write_things(
    register: Register, file: CaseFile, person: Person, record: str, share: float, ref: str
) -> None:
    chance = register.chance
    for phone in person.phones:
        if chance.happens(share):
            held = share > 0.5 or chance.happens(0.7)
            note = "" if held else file.office.notes["prepaid"]
            register.add_identifier("phone", phone, record if held else "", ref, note)
    if person.vehicle and chance.happens(share + 0.1):
        register.add_identifier("vehicle", person.vehicle, record, ref)
    if person.account and chance.happens(share):
        kind = "social_account" if ": " in person.account else "bank_account"
        register.add_identifier(kind, person.account, record, ref)
    if person.role == "document_forger" and share > 0.5:
        stamp = f"forged papers with stamp {THREE[chance.below(1000)]}"
        register.add_identifier("document", stamp, record, ref)


def write_case(register: Register, file: CaseFile) -> None:
    """The row of the case: its dates, its law, how far it went."""
    chance, scenario = register.chance, register.world.scenario
    victims = [one for journey in file.plan.journeys for one in journey.victims]
    status = _status(file)
    charged = status in ("prosecuted", "tried")
    prosecuted = DAYS[file.concluded + chance.between(5, 50)] if charged else ""
    words = _words(file, victims)
    title = chance.pick(scenario.records.titles).format_map(words)
    register.rows.cases.append(
        (file.case_id, file.number, title[:1].upper() + title[1:], DAYS[file.reported],
         DAYS[file.plan.opened], prosecuted, DAYS[file.tried],
         file.agency, file.home.province, file.country, _article(file, victims),
         status, scenario.purpose if victims else "",
         chance.weigh(scenario.means) if victims else "", _reported_by(file),
         file.documents[0].ref, "", "")
    )  # fmt: skip


def _reported_by(file: CaseFile) -> str:
    if file.reporter is None:
        return "patrol"
    return "victim" if file.reporter.part == "victim" else "family"


def write_side_case(register: Register, file: CaseFile, article: str, title: str) -> None:
    """The row of a case about other things."""
    opened = file.plan.opened
    days = [DAYS[day] for day in (opened, opened, file.concluded, file.tried)]
    register.rows.cases.append(
        (file.case_id, file.number, title, *days, file.agency, file.home.province,
         file.country, article, "tried", "", "", "patrol", file.documents[0].ref, "", "")
    )  # fmt: skip


def _status(file: CaseFile) -> str:
    outcomes = set(file.standings.values())
    if file.tried:
        return "tried"
    if "charged" in outcomes:
        return "prosecuted"
    return "investigated" if outcomes else "suspended"


def _article(file: CaseFile, victims: list[Person]) -> str:
    if not victims or not file.standings:
        return ""  # nobody accused: no charge to name
    ages = [
        year_of(journey.acts[0].day if journey.acts else file.plan.opened) - one.born
        for journey in file.plan.journeys
        for one in journey.victims
    ]
    return file.office.article(
        year_of(file.plan.opened),
        child=any(age < 16 for age in ages),
        adult=any(age >= 16 for age in ages),
    )


class Words(dict[str, str]):
    """Words for the blanks of a title; a blank that has none is filled with the home."""

    def __missing__(self, blank: str) -> str:
        """The home, which every case has."""
        return self["home"]


def _words(file: CaseFile, victims: list[Person]) -> Words:
    """What a title may speak of: home, how many, and the sites of the first route."""
    words = Words({"home": file.home.name, "count": str(max(1, len(victims)))})
    for journey in file.plan.journeys[:1]:
        for word, site in journey.route.sites.items():
            words[word] = site.name or site.towns.things[0].name
        words.update(journey.named)
    return words
