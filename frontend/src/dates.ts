/** Dates as the records give them: exact (2019-05-03), about (2019-05~), or from one to another. */
import type { Words } from "./words";

/** First and last year that a date may be in; without end on a side that is open. */
export type YearSpan = [number, number];

export function isVague(date: string | null): boolean {
  return date !== null && /[~/]/.test(date);
}

/** An exact date as it is; a vague one in words: "about May 2019", "từ năm 2018 đến năm 2019". */
export function sayDate(words: Words, date: string | null): string {
  if (!date) return words.unknown();
  if (!isVague(date)) return date;
  const [from, to] = date.split("/");
  if (to === undefined) return sayPoint(words, from);
  if (from === "..") return words.say("dateUntil", { b: sayPoint(words, to) });
  if (to === "..") return words.say("dateSince", { a: sayPoint(words, from) });
  return words.say("dateBetween", { a: sayPoint(words, from), b: sayPoint(words, to) });
}

function sayPoint(words: Words, point: string): string {
  const found = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?(~?)$/.exec(point);
  if (!found) return point;
  const [, year, month, day, about] = found;
  const name = month ? words.say("months").split("|")[Number(month) - 1] : "";
  const form = day ? "dateDay" : month ? "dateMonth" : "dateYear";
  const date = words.say(form, { year, month: name, day: Number(day) });
  return about ? words.say("dateAbout", { date }) : date;
}

/** The years that something of these two dates may lie in; null if neither is recorded. */
export function yearSpan(first: string | null, last: string | null): YearSpan | null {
  const begin = yearsOf(first) || yearsOf(last);
  const end = yearsOf(last) || yearsOf(first);
  if (!begin || !end) return null;
  const [a, b] = [begin[0], end[1]];
  return a <= b ? [a, b] : [b, a];
}

function yearsOf(date: string | null): YearSpan | null {
  const ends = (date || "").split("/");
  const from = yearAt(ends[0], -Infinity);
  const to = yearAt(ends[ends.length - 1], Infinity);
  return from === null || to === null ? null : [from, to];
}

function yearAt(point: string, open: number): number | null {
  if (point === "..") return open;
  const found = /^(\d{4})/.exec(point);
  return found ? Number(found[1]) : null;
}

/** The first and last year that any span names; null if none does. */
export function allYears(spans: (YearSpan | null)[]): YearSpan | null {
  const named: number[] = [];
  for (const span of spans) if (span) named.push(...span.filter(Number.isFinite));
  return named.length ? [named.reduce((a, b) => Math.min(a, b)), named.reduce((a, b) => Math.max(a, b))] : null;
}
