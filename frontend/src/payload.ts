/** The data block of the page, as Python writes it: columns of equal length, null for unknown. */

export interface Label {
  en: string;
  vi: string;
}

export type PartyType = "person" | "organisation" | "place" | "identifier" | "case";
export type Side = "offender" | "victim" | "both" | "other" | null;
export type Fact = [string, string | number | null, number[]];

export interface Parties {
  id: string[];
  label: string[];
  type: PartyType[];
  kind: (string | null)[];
  side: Side[];
  roles: string[][];
  standing: (string | null)[];
  country: (string | null)[];
  province: (string | null)[];
  x: number[];
  y: number[];
  rings: number[][];
  rank: (number | null)[];
  because: (Label | null)[];
  facts: Fact[][];
  records: number[][];
}

export interface Ties {
  source: number[];
  target: number[];
  kind: string[];
  directed: number[];
  weight: (number | null)[];
  first: (string | null)[];
  last: (string | null)[];
  case: (string | null)[];
  grade: (string | null)[];
  records: number[][];
  notes: (string | null)[][];
}

export interface Records {
  file: string[];
  row: number[];
  line: number[];
  source: (number | null)[];
  page: (string | null)[];
  reliability: (string | null)[];
  credibility: (string | null)[];
}

export interface Sources {
  ref: string[];
  document: (string | null)[];
  page: (string | null)[];
  agency: (string | null)[];
  received: (string | null)[];
  reliability: (string | null)[];
  credibility: (string | null)[];
  handling: (string | null)[];
}

export interface Ring {
  name: string;
  /** What it is called by place and purpose, when that was found. */
  called: Label | null;
  members: number[];
  stability: number | null;
}

export interface Places {
  party: (number | null)[];
  label: string[];
  kind: (string | null)[];
  country: (string | null)[];
  lat: number[];
  lon: number[];
  approximate: number[];
  gate: number[];
}

export interface Legs {
  event: string[];
  kind: string[];
  stage: (string | null)[];
  /** null: the place is not recorded, or has no position; then the parties below may name it. */
  from: (number | null)[];
  to: (number | null)[];
  crossing: (number | null)[];
  from_party?: (number | null)[];
  to_party?: (number | null)[];
  crossing_party?: (number | null)[];
  date: (string | null)[];
  people: number[][];
  moved_by: number[][];
  transport: (string | null)[];
  legal_exit: (string | null)[];
  crosses: number[];
  case: (string | null)[];
  route: (string | null)[];
  records: number[][];
  notes?: (string | null)[][];
}

export interface Area {
  code?: string;
  country?: string;
  label: Label | string;
  at: [number, number] | null;
  rings: number[][];
}

export interface Basemap {
  credit: string;
  bounds: [number, number, number, number];
  countries: Area[];
  provinces: Area[];
}

export interface Payload {
  format: string;
  version: number;
  title: string;
  language: "en" | "vi";
  victims_shown: boolean;
  notices: Label[];
  words: Record<string, Record<string, Label>>;
  parties: Parties;
  ties: Ties;
  records: Records;
  sources: Sources;
  rings: Ring[];
  places: Places;
  legs: Legs;
  unplaced: { legs: number; places: number };
  basemap: Basemap | null;
}
