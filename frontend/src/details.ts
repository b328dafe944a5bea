/** Everything recorded about what is selected. */
import type { App } from "./app";
import { isVague, sayDate } from "./dates";
import { button, element, replace } from "./dom";
import { evidenceList, folded, gradeMark, row } from "./evidence";
import { readGrade } from "./grades";
import { markIcon } from "./icons";
import { drawOverview } from "./overview";
import type { Fact } from "./payload";
import { otherEnd, shortestWay } from "./paths";
import type { Target } from "./state";

const FIRST = 12;

export function drawDetails(app: App, root: HTMLElement): void {
  const { selected } = app.store.get();
  if (!selected) {
    drawOverview(app, root);
    return;
  }
  const close = button(`⌖ ${app.words.say("comeClose")}`, () => app.comeClose(), { class: "close-by" });
  const [head, ...rest] = contents(app, selected);
  replace(root, clearButton(app), head, close, ...rest);
  root.scrollTop = 0;
}

function clearButton(app: App): HTMLElement {
  const label = app.words.say("clearSelection");
  return button("×", () => app.select(null), { class: "clear", title: label, "aria-label": label });
}

function contents(app: App, target: Target): HTMLElement[] {
  switch (target.kind) {
    case "party":
      return partyDetails(app, target.party);
    case "tie":
      return tieDetails(app, target.tie);
    case "leg":
      return legDetails(app, target.leg);
    case "arrow":
      return arrowDetails(app, target.arrow);
    case "place":
      return placeDetails(app, target.place);
    case "path":
      return pathDetails(app, target.from, target.to);
  }
}

function heading(kicker: string, title: string, icon?: Element | null): HTMLElement {
  const head = element("div", { class: "heading" });
  if (icon) head.appendChild(icon);
  head.appendChild(
    element("div", null, element("p", { class: "kicker" }, kicker), element("h3", null, title)),
  );
  return head;
}

function section(title: string, ...children: (HTMLElement | null)[]): HTMLElement {
  return element("section", { class: "part" }, element("h4", null, title), ...children);
}

/** A list that shows its first dozen and says how many more there are. */
function longList(app: App, items: (() => HTMLElement)[], tag: "ul" | "div" = "ul"): HTMLElement {
  const list = element(tag, { class: "items" });
  const show = (from: number, to: number): void => {
    for (const make of items.slice(from, to)) list.appendChild(make());
  };
  show(0, FIRST);
  if (items.length <= FIRST) return list;
  const rest = button(app.words.say("more", { n: items.length - FIRST }), () => {
    rest.remove();
    show(FIRST, items.length);
  });
  rest.className = "link more";
  return element("div", null, list, rest);
}

export function partyLink(app: App, party: number): HTMLElement {
  const made = button("", () => app.select({ kind: "party", party }), { class: "link party" });
  made.append(markIcon(app, party, 15), app.model.page.parties.label[party]);
  made.addEventListener("mouseenter", () =>
    app.store.change({ hovered: { kind: "party", party } }),
  );
  made.addEventListener("mouseleave", () => app.store.change({ hovered: null }));
  return made;
}

function partyLinks(app: App, parties: number[]): HTMLElement | null {
  if (parties.length === 0) return null;
  return element("span", { class: "links" }, ...parties.map((party) => partyLink(app, party)));
}

/** An end of a leg: a place on the map, or a party of the ring when it has no position. */
function endLink(app: App, leg: number, end: "from" | "to" | "crossing"): HTMLElement | null {
  const place = app.model.page.legs[end][leg];
  if (place === null) {
    const party = app.endParty(leg, end);
    return party === null ? null : partyLink(app, party);
  }
  const label = app.model.page.places.label[place];
  return button(label, () => app.select({ kind: "place", place }), { class: "link" });
}

// Party

function partyDetails(app: App, party: number): HTMLElement[] {
  const { words, model } = app;
  const { parties } = model.page;
  const type = words.code("party", parties.type[party]);
  const title = heading(type, parties.label[party], markIcon(app, party, 30));
  const hint = words.say("pathPick", { a: parties.label[party] });
  return [
    title,
    section(words.say("party"), partyRows(app, party)),
    factsSection(app, party),
    tiesSection(app, party),
    ...legsSections(app, party),
    section(words.say("recordsOf"), recordsOf(app, parties.records[party])),
    element("p", { class: "hint" }, hint),
  ];
}

function recordsOf(app: App, records: number[]): HTMLElement {
  return records.length ? folded(app, records) : evidenceList(app, records);
}

function partyRows(app: App, party: number): HTMLElement {
  const { words, model } = app;
  const { parties, rings } = model.page;
  const person = parties.type[party] === "person";
  const names = parties.rings[party].map((ring) => words.ring(rings[ring])).join("; ");
  const because = parties.because[party];
  const country = parties.country[party];
  const rows = [row(words, words.say("id"), parties.id[party])];
  if (person) {
    const roles = parties.roles[party].map((role) => words.code("role", role)).join(", ");
    const standing = parties.standing[party];
    rows.push(
      row(words, words.say("roles"), roles),
      row(words, words.say("side"), parties.side[party] ? app.sideText(party) : null),
      row(words, words.say("standing"), standing && words.code("standing", standing)),
    );
  } else {
    rows.push(row(words, words.say("kind"), parties.kind[party] && app.rolesText(party)));
  }
  rows.push(
    row(words, words.say("country"), country && words.code("country", country)),
    row(words, words.say("province"), parties.province[party]),
    row(words, words.say("member"), names || words.say("noRing")),
  );
  if (person) rows.push(row(words, words.say("rank"), rankText(app, party)));
  if (because) rows.push(row(words, words.say("because"), words.pick(because)));
  return element("dl", { class: "rows" }, ...rows);
}

function rankText(app: App, party: number): string {
  const rank = app.model.page.parties.rank[party];
  if (rank === null) return app.words.say("rankNone");
  return app.words.say("rankOf", { n: rank, N: app.model.ranked });
}

function factsSection(app: App, party: number): HTMLElement {
  const { words, model } = app;
  const byColumn = new Map<string, Fact[]>();
  for (const fact of model.page.parties.facts[party]) {
    const known = byColumn.get(fact[0]);
    if (known) known.push(fact);
    else byColumn.set(fact[0], [fact]);
  }
  if (byColumn.size === 0) {
    return section(words.say("facts"), element("p", { class: "missing" }, words.say("noFacts")));
  }
  const blocks = Array.from(byColumn.entries()).map(([column, facts]) =>
    factBlock(app, party, column, facts),
  );
  return section(words.say("facts"), element("div", { class: "facts" }, ...blocks));
}

/** Columns that may well hold several values: more than one is no contradiction. */
const MANY = new Set(["aliases", "note", "role", "roles", "further", "case_id", "grade", "source_ref"]);

function factBlock(app: App, party: number, column: string, facts: Fact[]): HTMLElement {
  const { words } = app;
  const values = new Set(facts.map((fact) => String(fact[1])));
  const disagree = values.size > 1 && !MANY.has(column.split("@")[0]);
  return element(
    "div",
    { class: disagree ? "fact disagree" : "fact" },
    element(
      "div",
      { class: "fact-name" },
      words.code("column", column),
      disagree ? element("span", { class: "flag" }, `⚠ ${words.say("disagree")}`) : null,
    ),
    ...facts.map((fact) =>
      element(
        "div",
        { class: "fact-value" },
        factValue(app, party, column, fact),
        fact[2].length ? folded(app, fact[2]) : null,
      ),
    ),
  );
}

/** The list that holds the labels of a column's codes; `standing@C1` is the standing in case C1. */
function codeList(app: App, party: number, column: string): string {
  const name = column.split("@")[0];
  if (name === "kind") return app.model.page.parties.type[party];
  return name === "nationality" ? "country" : name;
}

/** Columns that hold dates. */
const DATES = new Set(["born", "reported", "detected", "prosecuted", "tried"]);

/** Coded values in words; a value without a code list is the record's own. */
function factValue(app: App, party: number, column: string, fact: Fact): HTMLElement {
  const { words } = app;
  const value = fact[1];
  if (value === null || value === "") {
    return element("span", { class: "missing" }, words.unknown());
  }
  const text = String(value);
  const said = DATES.has(column) && isVague(text) ? sayDate(words, text) : null;
  return element("span", { class: "said" }, said || words.code(codeList(app, party, column), text));
}

/** Ties gathered by the other party; most ties first. */
function tiesSection(app: App, party: number): HTMLElement {
  const { words, model, visible } = app;
  const shown = model.tiesOf[party].filter((tie) => visible.tie[tie] === 1);
  const hidden = model.tiesOf[party].length - shown.length;
  const byOther = new Map<number, number[]>();
  for (const tie of shown) {
    const other = otherEnd(model, tie, party);
    const known = byOther.get(other);
    if (known) known.push(tie);
    else byOther.set(other, [tie]);
  }
  const groups = Array.from(byOther.entries()).sort((a, b) => b[1].length - a[1].length || a[0] - b[0]);
  const note = hidden
    ? element("p", { class: "hint" }, words.say("hiddenTies", { n: hidden }))
    : null;
  const title = `${words.say("tiesTo")} (${shown.length})`;
  if (groups.length === 0) {
    return section(title, element("p", { class: "missing" }, words.say("noTies")), note);
  }
  const items = groups.map(([other, ties]) => () =>
    element(
      "div",
      { class: "other" },
      partyLink(app, other),
      element("ul", null, ...ties.map((tie) => tieLine(app, tie, party))),
    ),
  );
  return section(title, longList(app, items, "div"), note);
}

export function tieLine(app: App, tie: number, seenFrom: number): HTMLElement {
  const { ties } = app.model.page;
  const kind = app.words.code("tie", ties.kind[tie]);
  const self = ties.source[tie] === ties.target[tie];
  const sign = !ties.directed[tie] ? "–" : self ? "↻" : ties.source[tie] === seenFrom ? "→" : "←";
  const when = [ties.first[tie], ties.last[tie]].filter((date, at, all) => date && all.indexOf(date) === at);
  const made = button("", () => app.select({ kind: "tie", tie }), { class: "link tie" });
  made.append(
    element("span", { class: "sign" }, sign),
    element("span", null, kind),
    gradeMark(readGrade(ties.grade[tie])),
    element("span", { class: "quiet" }, when.map((date) => sayDate(app.words, date)).join(" – ")),
  );
  return element("li", null, made);
}

function legsSections(app: App, party: number): HTMLElement[] {
  const { words, model, visible } = app;
  const { legs } = model.page;
  const shown = model.legsOf[party].filter((leg) => visible.leg[leg] === 1);
  const travelled = shown.filter((leg) => legs.people[leg].includes(party));
  const moved = shown.filter((leg) => legs.moved_by[leg].includes(party));
  const place = model.placeOf[party];
  const here = place < 0 ? [] : model.legsAt[place].filter((leg) => visible.leg[leg] === 1);
  const parts: [string, number[]][] = [
    [words.say("legsTravelled"), travelled],
    [words.say("legsMoved"), moved],
    [words.say("legsHere"), here],
  ];
  return parts.filter((part) => part[1].length).map((part) => legsPart(app, part[0], part[1]));
}

function legsPart(app: App, title: string, legs: number[]): HTMLElement {
  const ordered = legs.slice().sort((a, b) => {
    const first = app.model.page.legs.date[a] || "9999";
    const second = app.model.page.legs.date[b] || "9999";
    return first < second ? -1 : first > second ? 1 : a - b;
  });
  const items = ordered.map((leg) => () => legLine(app, leg));
  return section(`${title} (${legs.length})`, longList(app, items));
}

function legLine(app: App, leg: number): HTMLElement {
  const { legs } = app.model.page;
  const made = button("", () => app.select({ kind: "leg", leg }), { class: "link tie" });
  made.append(
    element("span", null, app.legText(leg)),
    element("span", { class: "quiet" }, `${sayDate(app.words, legs.date[leg])} · ${whoText(app, leg)}`),
    legs.crosses[leg] ? element("span", { class: "tag" }, app.words.say("crossesBorder")) : "",
  );
  made.addEventListener("mouseenter", () => app.store.change({ hovered: { kind: "leg", leg } }));
  made.addEventListener("mouseleave", () => app.store.change({ hovered: null }));
  return element("li", null, made);
}

/** Who moved whom, in one line. */
function whoText(app: App, leg: number): string {
  const { legs, parties } = app.model.page;
  const names = (list: number[]): string =>
    list.map((party) => parties.label[party]).join(", ") || app.words.unknown();
  return `${names(legs.moved_by[leg])} → ${names(legs.people[leg])}`;
}

// Tie

function tieDetails(app: App, tie: number): HTMLElement[] {
  const { words, model } = app;
  const { ties, parties } = model.page;
  const source = ties.source[tie];
  const target = ties.target[tie];
  const kind = words.code("tie", ties.kind[tie]);
  const names = { a: parties.label[source], b: parties.label[target] };
  const direction = ties.directed[tie]
    ? source === target
      ? words.say("selfTie", names)
      : `${names.a} → ${names.b}`
    : words.say("undirected", names);
  const weight = ties.weight[tie];
  const title = heading(words.say("tie"), kind);
  const ends = element("p", { class: "ends" }, partyLink(app, source), ties.directed[tie] ? " → " : " – ", partyLink(app, target));
  return [
    title,
    ends,
    section(
      words.say("tie"),
      element(
        "dl",
        { class: "rows" },
        row(words, words.say("direction"), direction),
        row(words, words.say("strength"), weight === null ? null : words.number(weight)),
        row(words, words.say("when"), span(app, ties.first[tie], ties.last[tie])),
        row(words, words.say("case"), caseName(app, ties.case[tie])),
        row(words, words.say("grade"), bestGrade(ties.grade[tie])),
      ),
      model.tieWeak[tie] ? element("p", { class: "doubt" }, words.say("weakLong")) : null,
    ),
    section(`${words.say("evidence")} (${ties.records[tie].length})`, evidenceList(app, ties.records[tie], ties.notes[tie])),
  ];
}

function caseName(app: App, id: string | null): string | null {
  return id === null ? null : app.caseText(id);
}

function bestGrade(grade: string | null): HTMLElement | null {
  return grade ? element("span", null, gradeMark(readGrade(grade))) : null;
}

function span(app: App, first: string | null, last: string | null): string | null {
  if (!first && !last) return null;
  if (first === last) return sayDate(app.words, first);
  return app.words.say("firstLast", {
    a: sayDate(app.words, first),
    b: sayDate(app.words, last),
  });
}

// Legs and places

function legDetails(app: App, leg: number): HTMLElement[] {
  const { words, model } = app;
  const { legs } = model.page;
  const exit = legs.legal_exit[leg];
  const transport = legs.transport[leg];
  const stage = legs.stage[leg];
  const exitText = exit === "yes" ? words.say("yes") : exit === "no" ? words.say("no") : null;
  return [
    heading(words.say("leg"), app.legText(leg)),
    section(
      words.say("leg"),
      element(
        "dl",
        { class: "rows" },
        row(words, words.say("date"), legs.date[leg] && sayDate(words, legs.date[leg])),
        row(words, words.say("stage"), stage && words.code("stage", stage)),
        row(words, words.say("from"), endLink(app, leg, "from")),
        row(words, words.say("crossing"), endLink(app, leg, "crossing")),
        row(words, words.say("to"), endLink(app, leg, "to")),
        row(words, words.say("happenedTo"), partyLinks(app, legs.people[leg])),
        row(words, words.say("movedBy"), partyLinks(app, legs.moved_by[leg])),
        row(words, words.say("transport"), transport && words.code("transport", transport)),
        row(words, words.say("crossesBorder"), words.say(legs.crosses[leg] ? "yes" : "no")),
        row(words, words.say("legalExit"), exitText),
        row(words, words.say("case"), caseName(app, legs.case[leg])),
        row(words, words.say("route"), legs.route[leg]),
        row(words, words.say("id"), legs.event[leg]),
      ),
      model.legWeak[leg] ? element("p", { class: "doubt" }, words.say("weakLong")) : null,
    ),
    section(
      `${words.say("evidence")} (${legs.records[leg].length})`,
      evidenceList(app, legs.records[leg], legs.notes ? legs.notes[leg] : undefined),
    ),
  ];
}

function arrowDetails(app: App, at: number): HTMLElement[] {
  const { words, model, visible } = app;
  const arrow = model.arrows[at];
  const { label } = model.page.places;
  const shown = arrow.legs.filter((leg) => visible.leg[leg] === 1);
  const values = { n: shown.length, a: label[arrow.from], b: label[arrow.to] };
  return [
    heading(words.code("stage", arrow.stage), words.say("arrowOf", values)),
    legsPart(app, words.say("legs"), shown),
  ];
}

function placeDetails(app: App, place: number): HTMLElement[] {
  const { words, model, visible } = app;
  const { places } = model.page;
  const owner = places.party[place];
  const here = model.legsAt[place].filter((leg) => visible.leg[leg] === 1);
  const position = `${places.lat[place].toFixed(3)}, ${places.lon[place].toFixed(3)}`;
  const about = places.approximate[place] ? ` (${words.say("approximate")})` : "";
  const country = places.country[place];
  const kind = places.kind[place];
  const head = heading(words.say("place"), places.label[place]);
  const rows = element(
    "dl",
    { class: "rows" },
    row(words, words.say("kind"), kind && words.code("place", kind)),
    row(words, words.say("country"), country && words.code("country", country)),
    row(words, words.say("coordinates"), position + about),
  );
  const parts = [head, section(words.say("place"), rows)];
  if (places.approximate[place]) {
    parts.push(element("p", { class: "doubt" }, words.say("approximateLong")));
  }
  if (here.length) parts.push(legsPart(app, words.say("legsHere"), here));
  if (owner !== null) {
    parts.push(factsSection(app, owner), tiesSection(app, owner));
    parts.push(section(words.say("recordsOf"), recordsOf(app, model.page.parties.records[owner])));
  }
  return parts;
}

// Path

function pathDetails(app: App, from: number, to: number): HTMLElement[] {
  const { words, model, visible } = app;
  const { label } = model.page.parties;
  const names = { a: label[from], b: label[to] };
  const way = shortestWay(model, visible.tie, from, to);
  const head = heading(words.say("path"), `${names.a} … ${names.b}`);
  if (!way) return [head, element("p", { class: "doubt" }, words.say("pathNone", names))];
  const steps = way.steps.length;
  const title = steps === 1 ? words.say("pathOne", names) : words.say("pathOf", { ...names, n: steps });
  const list = element("ol", { class: "way" });
  way.parties.forEach((party, at) => {
    const item = element("li", null, partyLink(app, party));
    const ties = way.steps[at] || [];
    if (ties.length) {
      item.appendChild(element("ul", null, ...ties.map((tie) => tieLine(app, tie, party))));
    }
    list.appendChild(item);
  });
  return [
    head,
    section(title, list),
    element("p", { class: "hint" }, words.say("neverProof")),
  ];
}
