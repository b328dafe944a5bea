"""Standards and other programs: their files are known by their headings and read whole."""

import json

import pytest

from ringmap.records import read
from rings import canonical, only_problem, problems, read_file, said_of, ties_of, value_of

#: The fields of the Human Trafficking Case Data Standard 2.0 (IOM, CC BY 4.0), by prefix.
HTCDS_FIELDS = {
    "org": [
        "Name", "ShippingCity", "ShippingCountry", "ShippingState", "ShippingStreet",
        "ShippingPostalCode", "ShippingLongitude", "ShippingLatitude", "Phone", "Type",
    ],
    "prs": [
        "Salutation", "FirstName", "MiddleName", "SecondName", "Birthdate", "Gender",
        "Deceased", "MaritalStatus", "NumberOfChildren", "PrimaryLanguage",
        "SecondaryLanguage", "HighestLevelOfEducation", "Citizenship", "IdentityNumber",
        "Title", "Email", "HomePhone", "MobilePhone", "MailingCity", "MailingCountry",
        "MailingState", "MailingStreet", "MailingPostalCode", "MailingLongitude",
        "MailingLatitude",
    ],
    "vic": [
        "AgreementToManagePersonalData", "TraffickingStatus",
        "TraffickingStatusDecisionMakingOrg", "RelationshipToTrafficker", "AgeWhenTrafficked",
        "RecruitmentWebsitesAndApps", "MethodOfRecruitment", "LocationOfRecruitment",
        "MethodsOfControl", "TypeOfExploitation", "ForcedLabourIndustry",
        "TypeOfSexExploitation", "LocationOfExploitation", "ExploitationWebsitesAndApps",
        "Vulnerabilities", "DetailsOfVulnerabilities",
    ],
    "per": [
        "RoleInProcess", "RoleDetails",
    ],
    "cas": [
        "Status", "ReasonForCaseClosure", "CaseOwner", "ReferringOrganisation",
        "IncomingReferralDate", "ReferringPrimaryCaseWorker", "ReasonForIncomingReferral",
        "IncomingReferralDetails", "ReferredOrganisation", "ReferredPrimaryCaseWorker",
        "ReasonForOutgoingReferral", "OutgoingReferralDate", "OutgoingReferralDetails",
    ],
    "cco": [
        "CaseComment",
    ],
    "hte": [
        "Longitude", "Latitude", "City", "Country", "State", "Street", "PostalCode", "Date",
        "Type", "Description",
    ],
    "spl": [
        "Objectives", "ActionPlan", "PlannedEndDate", "ActualEndDate", "Type",
    ],
    "con": [
        "Consent",
    ],
}  # fmt: skip

FTM = [
    {"id": "p1", "schema": "Person", "properties": {
        "name": ["Lò Thị Đào"], "alias": ["Chị Hai"], "phone": ["+84912345678", "+84987654321"],
        "nationality": ["vn"], "topics": ["crime.traffick"]}},
    {"id": "p2", "schema": "Person", "properties": {
        "name": ["Vàng A Sùng"], "birthDate": ["1988"]}},
    {"id": "o1", "schema": "Company", "properties": {"name": ["Sao Mai"], "country": ["vn"]}},
    {"id": "f1", "schema": "Family", "properties": {"person": ["p1"], "relative": ["p2"]}},
    {"id": "d1", "schema": "Directorship", "properties": {
        "director": ["p2"], "organization": ["o1"], "startDate": ["2019-02"]}},
    {"id": "u1", "schema": "UnknownLink", "properties": {"subject": ["p1"], "object": ["o1"]}},
    {"id": "y1", "schema": "Payment", "properties": {
        "payer": ["o1"], "beneficiary": ["p2"], "amount": ["500"], "currency": ["USD"],
        "date": ["2019-03-01"]}},
    {"id": "a1", "schema": "Address", "properties": {
        "full": ["Móng Cái, Quảng Ninh"], "city": ["Móng Cái"], "country": ["vn"]}},
    {"id": "t1", "schema": "Trip", "properties": {
        "startLocation": ["a1"], "endLocation": ["Đông Hưng"], "startDate": ["2019-03-04"],
        "involved": ["p1"], "organizer": ["p2"]}},
    {"id": "e1", "schema": "Event", "properties": {
        "name": ["Meeting"], "location": ["a1"], "date": ["2019-03-02"], "involved": ["p1", "p2"]}},
    {"id": "c1", "schema": "CourtCase", "properties": {"name": ["Case 12"], "court": ["Court L"]}},
    {"id": "cp", "schema": "CourtCaseParty", "properties": {
        "party": ["p2"], "case": ["c1"], "role": ["transporter"]}},
    {"id": "i1", "schema": "Identification", "properties": {"holder": ["p2"], "number": ["0123"]}},
    {"id": "as", "schema": "Associate", "properties": {"person": ["p1"], "associate": ["p2"]}},
]  # fmt: skip


@pytest.fixture(params=["lines", "list"])
def ftm(request, tmp_path):
    """FollowTheMoney entities, one a line or in a list."""
    lines = [json.dumps(one, ensure_ascii=False) for one in FTM]
    text = "\n".join(lines) if request.param == "lines" else f"[{','.join(lines)}]"
    return read_file(tmp_path, "entities.ftm.json", text)


def test_every_entity_is_used(ftm):
    """Fourteen entities, none refused, and the form named in the receipt."""
    file = ftm.receipt.files[0]

    assert problems(ftm) == []
    assert (file.rows_read, file.rows_used) == (14, 14)
    assert file.format in ("json lines (FollowTheMoney)", "json (FollowTheMoney)")


def test_entities_become_parties(ftm):
    """People, firms, addresses, cases, and the numbers they have."""
    parties = ftm.case.parties

    assert parties["type"].value_counts().to_dict() == {
        "identifier": 3, "person": 2, "place": 2, "organisation": 1, "case": 1
    }  # fmt: skip
    assert value_of(ftm.case, "a1", "name") == "Móng Cái"
    assert said_of(ftm.case, "p1", "topics") == ["crime.traffick"]
    assert said_of(ftm.case, "c1", "agency") == ["Court L"]


def test_links_become_ties_with_their_dates_and_sums(ftm):
    """Family, Directorship, UnknownLink, Payment, Associate, and the holder of a paper."""
    ties = {(a, b, kind) for a, b, kind, _ in ties_of(ftm.case)}

    assert {
        ("p1", "p2", "kin_of"), ("p2", "o1", "works_for"), ("p1", "o1", "tie"),
        ("o1", "p2", "paid"), ("p1", "p2", "tie"), ("p2", "i1", "uses"), ("p2", "c1", "accused_in"),
        ("p2", "p1", "transported"),
    } <= ties  # fmt: skip
    paid = ftm.case.tie_records[ftm.case.tie_records["amount"].notna()]
    assert paid[["amount", "currency", "first"]].to_numpy().tolist() == [
        ["500", "USD", "2019-03-01"]
    ]


def entities(*rows):
    """FollowTheMoney entities, one a line: id, schema, and values of properties."""
    told = ({"id": one, "schema": schema, "properties": of} for one, schema, of in rows)
    return "\n".join(json.dumps(one) for one in told)


def test_a_link_with_several_at_both_ends_ties_each_with_each(tmp_path):
    """Only the first owner had a tie; the others stood in its note."""
    people = [(f"p{number}", "Person", {"name": [f"Name {number}"]}) for number in range(1, 5)]
    link = ("a", "Associate", {"person": ["p1", "p2"], "associate": ["p3", "p4"]})
    result = read_file(tmp_path, "e.ftm", entities(*people, link))

    assert problems(result) == []
    assert [tie[:3] for tie in ties_of(result.case)] == [
        ("p1", "p3", "tie"), ("p1", "p4", "tie"), ("p2", "p3", "tie"), ("p2", "p4", "tie"),
    ]  # fmt: skip


def test_a_link_with_one_end_is_refused_by_the_end(tmp_path):
    """It was called a row of a kind that is not read."""
    person, link = ("p1", "Person", {"name": ["A"]}), ("o", "Ownership", {"owner": ["p1"]})
    whole = ("w", "Ownership", {"owner": ["p1"], "asset": ["p1"]})
    told = problems(read_file(tmp_path, "e.ftm", entities(person, link, whole)))

    assert [(one.row, one.column, one.reason) for one in told if one.severity == "refused"] == [
        (2, "asset", "empty 'target'")
    ]


def test_a_link_of_more_pairs_than_a_record_can_mean_is_refused(tmp_path):
    """101 by 100 of them; a million would take all memory."""
    people = [(f"p{number}", "Person", {"name": ["A"]}) for number in range(101)]
    ids = [one for one, _, _ in people]
    link = ("a", "Associate", {"person": ids, "associate": ids[1:]})
    problem = only_problem(read_file(tmp_path, "e.ftm", entities(*people, link)))

    assert (problem.severity, problem.row, problem.reason) == (
        "refused", 102, "more than 10,000 pairs in a row"
    )  # fmt: skip


def test_trips_are_legs(ftm):
    """From, to, when, who and with whom."""
    case = ftm.case
    names = case.parties["party"].tolist()
    (leg,) = [row for row in case.events.itertuples() if row.event == "t1"]

    assert (names[leg.from_place], names[leg.to_place]) == ("a1", "Đông Hưng")
    assert (leg.date, names[leg.person], names[leg.moved_by]) == ("2019-03-04", "p1", "p2")


def test_an_entity_of_a_kind_that_is_not_read_is_refused(tmp_path):
    """By name and line, so that nobody thinks it is there."""
    text = '{"id": "x", "schema": "Sanction", "properties": {"entity": ["p"]}}\n'
    problem = only_problem(read_file(tmp_path, "e.json", text))

    assert (problem.severity, problem.row, problem.line) == ("refused", 1, 1)
    assert problem.reason == "ringmap reads no row of this kind from FollowTheMoney"


I2 = """Entity 1 Type,Entity 1 ID,Entity 1 Label,Link Type,Link Direction,Date,Grade 1,Grade 2,\
Source Reference,Entity 2 Type,Entity 2 ID,Entity 2 Label,Analyst
Person,P1,Lò Thị Đào,Called,-->,03/05/2019,B,2,Report 4,Person,P2,Vàng A Sùng,NTH
Person,P1,Lò Thị Đào,Uses,-->,,B,2,Report 4,Telephone,T1,0912345678,
Person,P2,Vàng A Sùng,Paid,<--,04/05/2019,C,3,Report 5,Person,P1,Lò Thị Đào,
Person,P2,Vàng A Sùng,Seen at,-->,2019,C,3,Report 5,Location,L1,Móng Cái,
"""


def test_i2_rows_are_two_entities_and_a_link(tmp_path):
    """Types by i2's palette, the arrow's direction, grades of source and information."""
    result = read_file(tmp_path, "links.csv", I2)
    case = result.case

    assert result.receipt.files[0].format == "csv (i2 Analyst's Notebook)"
    assert result.receipt.rows_refused == 0
    assert ties_of(case) == [
        ("P1", "P2", "called", None), ("P1", "P2", "paid", None), ("P1", "T1", "uses", None),
        ("P2", "L1", "seen_at", None),
    ]  # fmt: skip
    assert dict(zip(case.parties["party"], case.parties["type"], strict=True)) == {
        "P1": "person", "P2": "person", "T1": "identifier", "L1": "place"
    }  # fmt: skip
    records = case.records[case.records["table"] == "ties"]
    assert (records["reliability"] + records["credibility"]).tolist() == ["B2", "B2", "C3", "C3"]
    assert "Analyst: NTH" in case.tie_records["note"].tolist()


HTCDS = """prs_FirstName,prs_SecondName,prs_Gender,prs_Birthdate,prs_Citizenship,prs_MobilePhone,\
vic_TraffickingStatus,vic_TypeOfExploitation,cas_CaseNumber,hte_Type,hte_City,hte_State,hte_Country,\
hte_Date,prs_PrimaryLanguage
Dao,Lo,Feminine,1999-02-03,VN,0912345678,ActualVictimOfTrafficking,ForcedMarriage,C1,Recruitment,\
Sa Pa,Lào Cai,VN,2018-01-02,vie
Dao,Lo,Feminine,1999-02-03,VN,0912 345 678,ActualVictimOfTrafficking,ForcedMarriage,C1,Transit,\
Hekou,Yunnan,CN,2018-01-04,vie
"""


def test_htcds_events_are_a_table_of_what_happened_where(tmp_path):
    """One person over two rows, her telephone once, her case, and two events with places."""
    result = read_file(tmp_path, "htcds.csv", HTCDS)
    case = result.case
    names = case.parties["name"].tolist()

    assert problems(result) == []
    assert case.parties["type"].value_counts().to_dict() == {
        "place": 2, "person": 1, "identifier": 1, "case": 1
    }  # fmt: skip
    assert [(e.kind, e.stage, e.date, names[e.to_place]) for e in case.events.itertuples()] == [
        ("recruited", "recruitment", "2018-01-02", "Sa Pa"),
        ("transported", "transport", "2018-01-04", "Hekou"),
    ]
    assert case.parties.loc[case.parties["type"] == "person", "side"].tolist() == ["victim"]
    assert said_of(case, "C1", "purpose") == ["forced_marriage", "forced_marriage"]


def test_every_htcds_field_is_kept(tmp_path):
    """All fields of the standard in one row: each cell is in the case somewhere."""
    fields = [f"{prefix}_{name}" for prefix, names in HTCDS_FIELDS.items() for name in names]
    cells = [
        f"{number}.5" if "itude" in field else f"v{number:03}"
        for number, field in enumerate(fields)
    ]
    result = read_file(tmp_path, "h.csv", f"{','.join(fields)}\n{','.join(cells)}\n")
    told = set(result.case.statements["value"])
    told |= {str(cell) for table in (result.case.events, result.case.roles, result.case.parties)
             for column in table for cell in table[column] if isinstance(cell, str)}  # fmt: skip
    whole = " ".join(told)
    lost = [field for field, cell in zip(fields, cells, strict=True) if f"{cell}" not in whole]

    assert result.receipt.rows_refused == 0
    assert lost == []


NODES = "id,labels,name\n1,Person,Lò Thị Đào\n2,:Person:Offender,Vàng A Sùng\n3,Location,Móng Cái\n"


def test_nodes_and_relationships_are_read_together(tmp_path):
    """Persons, objects, locations and events (POLE), as graph databases write them."""
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "nodes.csv").write_text(NODES, encoding="utf-8")
    result = read_file(
        tmp_path / "f", "rels.csv", ":START_ID,:END_ID,:TYPE\n1,2,MET\n2,3,SEEN_AT\n"
    )
    from ringmap.records import read

    case = read(tmp_path / "f").case

    assert result.receipt.rows_used == 2
    assert ties_of(case) == [("1", "2", "met", None), ("2", "3", "seen_at", None)]
    assert case.parties["type"].tolist() == ["person", "person", "place"]


def test_neo4j_headings_with_types_are_known(tmp_path):
    """As neo4j-admin writes them: ``personId:ID(Person)``, ``name:string``."""
    text = "personId:ID(Person),name:string,born:int,:LABEL\n1,Ann,1980,Person\n"
    case = read_file(tmp_path, "n.csv", text).case

    assert value_of(case, "1", "name") == "Ann"
    assert said_of(case, "1", "born") == ["1980"]


@pytest.mark.parametrize("word", ["Victim", "Victim of trafficking", "nạn nhân bị mua bán"])
def test_a_standing_that_speaks_of_a_victim_protects(word, tmp_path):
    """Whatever the standard calls it: a word that is not understood must not lay anyone open."""
    heads = "PersonId,prs_FirstName,vic_TraffickingStatus,cas_CaseNumber"
    case = read_file(tmp_path, "h.csv", f"{heads}\nH1,Dao,{word},C1\n").case

    assert value_of(case, "H1", "side") == "victim"


@pytest.mark.parametrize(
    "field", ["AgeWhenTrafficked", "TypeOfExploitation", "LocationOfRecruitment"]
)
def test_whoever_has_a_field_of_victims_is_protected(field, tmp_path):
    """H2 has none, H3's status says no, H4 has a role. A row tells once who is of a case."""
    heads = (
        f"PersonId,prs_FirstName,vic_TraffickingStatus,per_RoleInProcess,vic_{field},cas_CaseNumber"
    )
    rows = ["H1,Dao,,,14,C1", "H2,Sua,,,,C1", "H3,May,NotAVictimOfTrafficking,,14,C1",
            "H4,An,,Recruiter,14,C1"]  # fmt: skip
    case = read_file(tmp_path, "h.csv", "\n".join([heads, *rows])).case

    assert [value_of(case, f"H{row}", "side") for row in (1, 2, 3, 4)] == [
        "victim", None, None, "offender",
    ]  # fmt: skip
    assert sorted(case.roles["case"]) == [-1, 0, 0, 0, 0]


def test_no_row_of_i2_or_followthemoney_loses_a_column(tmp_path):
    """A link drawn backwards keeps how it was drawn and its analyst, a firm its number."""
    back = "Entity 1 ID,Link Type,Link Direction,Entity 2 ID,Analyst\nP1,Paid,<--,P2,NTH\n"
    (tmp_path / "i2").mkdir()
    case = read_file(tmp_path / "i2", "links.csv", back).case
    firm = {"id": "o", "schema": "Company", "properties": {"registrationNumber": ["0101"]}}
    firms = read_file(tmp_path, "e.json", json.dumps(firm)).case

    assert case.tie_records["note"].tolist() == ["Link Direction: <--; Analyst: NTH"]
    assert said_of(firms, "o", "registrationNumber") == ["0101"]


@pytest.mark.parametrize(
    ("headings", "phone", "place"),
    [
        (":ID,:LABEL,name", "Phone;Mobile", "Bar;Location"),
        ("_id,_labels,name", ":Phone:Mobile", ":Bar:Location"),
        ("id,labels,name", ":Mobile:Phone", ":Location:Bar"),
    ],
)
def test_one_label_of_several_says_what_a_node_is(headings, phone, place, tmp_path):
    """A telephone that is also a Mobile was a person."""
    text = f"{headings}\n1,{phone},0900000101\n2,{place},Hoa Ban\n3,Person;Suspect,Ann\n"
    parties = read_file(tmp_path, "nodes.csv", text).case.parties

    assert dict(zip(parties["name"], parties["type"], strict=True)) == {
        "0900000101": "identifier", "Hoa Ban": "place", "Ann": "person",
    }  # fmt: skip


@pytest.mark.parametrize("field", ["prs_Gender", "prs_Citizenship", "cas_CaseNumber"])
def test_a_few_fields_of_htcds_beside_an_id_are_enough(field, tmp_path):
    """An extract without names or events was no table at all."""
    result = read_file(tmp_path, "h.csv", f"PersonId,{field},prs_Deceased\nH1,x,no\n")

    assert result.receipt.files[0].format == "csv (HTCDS)"
    assert result.receipt.rows_used == 1
    assert said_of(result.case, "H1", "prs_Deceased") == ["no"]


@pytest.mark.parametrize(
    ("headings", "form"),
    [("Caller,Called", "csv (calls)"), ("Source,Target", "csv"),
     ("_type,name", "csv (nodes and relationships)")],
)  # fmt: skip
def test_start_and_end_beside_both_ends_are_times_and_no_parties(headings, form, tmp_path):
    """A list of calls gave ties between times of day, without a word."""
    text = f"{headings},Start,End\n0912,0987,13/05/2019 08:15,13/05/2019 08:19\n"
    result = read_file(tmp_path, "c.csv", text)
    times = any("08:15" in str(name) for name in result.case.parties["name"])

    assert result.receipt.files[0].format == form
    assert times == (headings == "_type,name")


def test_links_of_both_directions_write_their_dates_alike(tmp_path):
    """04/25 shows the month first; 06/10 beside an arrow back was read as 6 October."""
    text = (
        "Entity 1 ID,Entity 1 Type,Link Type,Link Direction,Date,Entity 2 ID,Entity 2 Type\n"
        "A,Person,Paid,->,04/25/2019,B,Person\nA,Person,Paid,<-,06/10/2019,C,Person\n"
    )
    case = read_file(tmp_path, "chart.csv", text).case

    assert case.ties["first"].tolist() == ["2019-04-25", "2019-06-10"]


HTCDS_EVENTS = "PersonId,hte_Type,hte_Date,hte_City\n"
TWO_EVENTS = ("H1,Recruitment,2019-05,Bắc Hà\n", "H2,Transit,2019-06,Hà Khẩu\n")


def test_events_of_two_htcds_files_are_not_one(tmp_path):
    """Both were called H1 after their rows, and two people were moved together by it."""
    for name, row in zip(("may.csv", "june.csv"), TWO_EVENTS, strict=True):
        (tmp_path / name).write_text(HTCDS_EVENTS + row)
    case = read([tmp_path / "may.csv", tmp_path / "june.csv"]).case
    people = case.parties["party"].to_numpy()[case.events["person"]].tolist()

    assert people == ["H1", "H2"] or people == ["H2", "H1"]
    assert case.events["event"].nunique() == 2


def test_the_order_of_htcds_rows_does_not_matter(tmp_path):
    """An event's id is made of what the row says of it, and not of where the row stands."""
    first, second = TWO_EVENTS
    one = read_file(tmp_path, "one.csv", HTCDS_EVENTS + first + second).case
    other = read_file(tmp_path, "other.csv", HTCDS_EVENTS + second + first).case

    assert canonical(one) == canonical(other)


def test_an_event_without_an_id_that_stands_twice_is_told(tmp_path):
    """Two journeys of one person on one day to one place became one without a word."""
    text = (
        "PersonId,hte_Id,hte_Type,hte_Date,hte_City,hte_Description\n"
        "H1,,Transit,2019-06-03,Hà Khẩu,by bus\n"
        "H1,,Transit,2019-06-03,Hà Khẩu,by boat at night\n"
        "H2,,Transit,2019-06-03,Hà Khẩu,by bus\n"
        "H2,T8,Transit,2019-06-03,Hà Khẩu,on foot\n"
        "H2,T8,Transit,2019-06-03,Hà Khẩu,on foot\n"
    )
    result = read_file(tmp_path, "h.csv", text)
    told = [one for one in problems(result) if "same event" in one.reason]
    events = result.case.events

    assert [(one.severity, one.row, one.reason, one.hint) for one in told] == [(
        "warning", 2, "an earlier row tells of the same event, by all that its id is made of",
        "read as two records of one event; give each an id of its own if they are two",
    )]  # fmt: skip
    assert (result.receipt.rows_used, len(events), events["event"].nunique()) == (5, 5, 3)
    assert "by boat at night; hte_Type: Transit" in events["note"].tolist()
