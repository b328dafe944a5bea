/** The 6×6 grading of sources (A–F) and information (1–6), and what counts as weak. */
import type { Payload } from "./payload";

export interface Grade {
  reliability: string | null;
  credibility: string | null;
}

export function readGrade(text: string | null): Grade {
  const found = /^\s*([A-Fa-f])?\s*([1-6])?\s*$/.exec(text || "");
  if (!found) return { reliability: null, credibility: null };
  return {
    reliability: found[1] ? found[1].toUpperCase() : null,
    credibility: found[2] || null,
  };
}

/** Weak: reliability D–F, credibility 4–6, or either of them not recorded. */
export function isWeak(grade: Grade): boolean {
  if (!grade.reliability || !grade.credibility) return true;
  return grade.reliability > "C" || grade.credibility > "3";
}

/** A record's own grade, else that of its source. */
export function gradeOfRecord(page: Payload, record: number): Grade {
  const source = page.records.source[record];
  const ofSource = (column: "reliability" | "credibility"): string | null =>
    source === null || source === undefined ? null : page.sources[column][source];
  return {
    reliability: page.records.reliability[record] || ofSource("reliability"),
    credibility: page.records.credibility[record] || ofSource("credibility"),
  };
}

export function gradeText(grade: Grade): string {
  if (!grade.reliability && !grade.credibility) return "–";
  return (grade.reliability || "–") + (grade.credibility || "–");
}
