/** A piece of evidence in full: where it stands, who gave it, and how far it can be relied on. */
import type { App } from "./app";
import { element } from "./dom";
import { type Grade, gradeOfRecord, gradeText, isWeak } from "./grades";
import type { Word, Words } from "./words";

export function reliabilityText(words: Words, letter: string | null): string {
  const known = letter && /^[A-F]$/.test(letter);
  return words.say((known ? `reliability${letter}` : "reliabilityNone") as Word);
}

export function credibilityText(words: Words, number: string | null): string {
  const known = number && /^[1-6]$/.test(number);
  return words.say((known ? `credibility${number}` : "credibilityNone") as Word);
}

export function gradeMark(grade: Grade): HTMLElement {
  const weak = isWeak(grade);
  return element("span", { class: weak ? "grade weak" : "grade" }, gradeText(grade));
}

export function gradeInWords(words: Words, grade: Grade): string {
  const first = grade.reliability ? `${grade.reliability}: ` : "";
  const second = grade.credibility ? `${grade.credibility}: ` : "";
  const a = first + reliabilityText(words, grade.reliability);
  const b = second + credibilityText(words, grade.credibility);
  return `${a} · ${b}`;
}

/** Name and value, one under another; null becomes "not recorded". */
export function row(words: Words, name: string, value: string | Node | null): HTMLElement {
  const empty = value === null || value === "";
  return element(
    "div",
    { class: "row" },
    element("dt", null, name),
    element("dd", { class: empty ? "missing" : null }, empty ? words.unknown() : value),
  );
}

export function evidenceCard(app: App, record: number, note?: string | null): HTMLElement {
  const { words, model } = app;
  const { records, sources } = model.page;
  const grade = gradeOfRecord(model.page, record);
  const at = records.source[record];
  const has = at !== null && at !== undefined;
  const of = (column: "document" | "agency" | "received" | "handling" | "page"): string | null =>
    has ? sources[column][at as number] : null;
  const document = of("document") || (has ? sources.ref[at as number] : null);
  const handling = of("handling");
  const file = words.say("rowOf", {
    file: records.file[record],
    row: records.row[record],
    line: records.line[record],
  });
  return element(
    "article",
    { class: "card" },
    element(
      "header",
      null,
      gradeMark(grade),
      element("b", { class: document ? null : "missing" }, document || words.unknown()),
    ),
    element("p", { class: "judged" }, gradeInWords(words, grade)),
    element(
      "dl",
      { class: "rows" },
      row(words, words.say("page"), records.page[record] || of("page")),
      row(words, words.say("agency"), of("agency")),
      row(words, words.say("received"), of("received")),
      row(words, words.say("handling"), handling ? words.code("handling", handling) : null),
      row(words, words.say("source"), has ? sources.ref[at as number] : null),
      note ? row(words, words.say("note"), note) : null,
    ),
    element("p", { class: "where" }, file),
  );
}

/** All evidence of one thing, open. */
export function evidenceList(
  app: App,
  records: number[],
  notes?: (string | null)[],
): HTMLElement {
  if (records.length === 0) return element("p", { class: "doubt" }, app.words.say("noRecords"));
  const cards = records.map((record, at) => evidenceCard(app, record, notes ? notes[at] : null));
  return element("div", { class: "cards" }, ...cards);
}

/** Evidence behind a small button, for the many facts of a party. */
export function folded(app: App, records: number[], notes?: (string | null)[]): HTMLElement {
  const { words } = app;
  const label =
    records.length === 1
      ? words.say("evidenceOne")
      : words.say("evidenceCount", { n: records.length });
  const marks = records.slice(0, 4).map((record) => gradeMark(gradeOfRecord(app.model.page, record)));
  const holder = element(
    "details",
    { class: "folded" },
    element("summary", null, label, " ", ...marks),
  );
  // Cards are made when opened: a party may have hundreds, and most are never looked at.
  holder.addEventListener("toggle", () => {
    if (holder.open && holder.children.length === 1) {
      holder.appendChild(evidenceList(app, records, notes));
    }
  });
  return holder;
}
