/** Colours of the pictures. Derived from Okabe and Ito's set, which colour-blind readers can tell apart. */

export type Group =
  | "recruitment"
  | "transport"
  | "crossing"
  | "harbouring"
  | "exploitation"
  | "finance"
  | "organiser"
  | "support"
  | "return"
  | "victim"
  | "neutral";

export interface Palette {
  dark: boolean;
  background: string;
  ink: string;
  quiet: string;
  faint: string;
  tie: string;
  accent: string;
  paper: string;
  thing: string;
  group: Record<Group, string>;
  edge: Record<Group, string>;
  hulls: string[];
  hullText: string[];
  sea: string;
  land: string;
  landOutside: string;
  border: string;
  provinceLine: string;
  mapText: string;
}

export const LIGHT: Palette = {
  dark: false,
  background: "#fcfcfb",
  ink: "#17212b",
  quiet: "#52606d",
  faint: "#c9cfd6",
  tie: "#8b96a3",
  accent: "#0b57b0",
  paper: "#ffffff",
  thing: "#eef1f4",
  group: {
    recruitment: "#e69f00",
    transport: "#56b4e9",
    crossing: "#0072b2",
    harbouring: "#cc79a7",
    exploitation: "#d55e00",
    finance: "#b8a800",
    organiser: "#2b3440",
    support: "#9a7a4f",
    return: "#009e73",
    victim: "#2fb58f",
    neutral: "#a9b3be",
  },
  edge: {
    recruitment: "#8f6200",
    transport: "#1f6f9f",
    crossing: "#004a75",
    harbouring: "#8d3f6b",
    exploitation: "#8c3d00",
    finance: "#6a6100",
    organiser: "#0d1319",
    support: "#614a2a",
    return: "#00674b",
    victim: "#006b4e",
    neutral: "#5c6874",
  },
  hulls: ["#3b7dc4", "#c98a1b", "#3f9b7c", "#b0619a", "#c4633f", "#6d6fc0", "#7d8b2f", "#5b8a99"],
  hullText: ["#2b62a0", "#805400", "#1f6b52", "#8a4174", "#9c4426", "#5052a6", "#566019", "#37616e"],
  sea: "#e3edf3",
  land: "#fbfaf6",
  landOutside: "#f3f2ed",
  border: "#7f8a94",
  provinceLine: "#d8d6cd",
  mapText: "#5f6873",
};

export const DARK: Palette = {
  dark: true,
  background: "#12171c",
  ink: "#e8edf2",
  quiet: "#a3afbb",
  faint: "#3a4550",
  tie: "#7b8794",
  accent: "#7db8ff",
  paper: "#1a2128",
  thing: "#28323c",
  group: {
    recruitment: "#e8a51c",
    transport: "#5eb6e8",
    crossing: "#2f8fd0",
    harbouring: "#d388b3",
    exploitation: "#e2702a",
    finance: "#cfc02e",
    organiser: "#e4e9ee",
    support: "#b3936a",
    return: "#23b489",
    victim: "#3cc29b",
    neutral: "#7f8b97",
  },
  edge: {
    recruitment: "#ffd68a",
    transport: "#b5e0fa",
    crossing: "#94c9f0",
    harbouring: "#f0c3dc",
    exploitation: "#ffb98c",
    finance: "#f0e78c",
    organiser: "#8b97a3",
    support: "#e0c8a5",
    return: "#8be3c8",
    victim: "#a2efd6",
    neutral: "#c0c9d2",
  },
  hulls: ["#5b9be0", "#d9a03f", "#55b796", "#c77fb3", "#dd8160", "#8b8ddb", "#9caa4c", "#78a7b6"],
  hullText: ["#7fb2ea", "#dfb05e", "#6fcaab", "#d59ac4", "#e79a80", "#a9abea", "#b3bf6c", "#93bccb"],
  sea: "#0f161d",
  land: "#1d252d",
  landOutside: "#192027",
  border: "#6e7a86",
  provinceLine: "#2f3a44",
  mapText: "#97a3af",
};

const ROLE_GROUP: Record<string, Group> = {
  organiser: "organiser",
  recruiter: "recruitment",
  online_deceiver: "recruitment",
  marriage_broker: "recruitment",
  selling_relative: "recruitment",
  intermediary: "recruitment",
  transporter: "transport",
  border_guide: "crossing",
  harbourer: "harbouring",
  guard: "harbouring",
  buyer: "exploitation",
  exploiter: "exploitation",
  financier: "finance",
  document_forger: "support",
  impersonator: "support",
  corrupt_official: "support",
  accomplice: "support",
  victim: "victim",
};

const TIE_GROUP: Record<string, Group> = {
  recruited: "recruitment",
  deceived: "recruitment",
  introduced: "recruitment",
  instructs: "organiser",
  transported: "transport",
  guided: "crossing",
  harboured: "harbouring",
  guarded: "harbouring",
  sold: "exploitation",
  sold_to: "exploitation",
  resold: "exploitation",
  bought: "exploitation",
  exploited: "exploitation",
  demanded_ransom: "exploitation",
  forced_debt: "exploitation",
  paid: "finance",
  forged_for: "support",
};

const STAGES: Group[] = [
  "recruitment",
  "transport",
  "crossing",
  "harbouring",
  "exploitation",
  "finance",
  "return",
];

function has<T>(table: Record<string, T>, key: string): boolean {
  return Object.prototype.hasOwnProperty.call(table, key);
}

/** The group of the first role that has one; an offender's own part goes before the victim's. */
export function groupOfRoles(roles: string[]): Group {
  const groups = roles.filter((role) => has(ROLE_GROUP, role)).map((role) => ROLE_GROUP[role]);
  return groups.find((group) => group !== "victim") || groups[0] || "neutral";
}

export function groupOfTie(kind: string): Group {
  return has(TIE_GROUP, kind) ? TIE_GROUP[kind] : "neutral";
}

export function groupOfStage(stage: string | null): Group {
  return stage && STAGES.includes(stage as Group) ? (stage as Group) : "neutral";
}

/** 1 for recruitment … 5 for exploitation, 6 finance, 7 return, 0 when not recorded. */
export function stageNumber(stage: string | null): number {
  return stage ? STAGES.indexOf(stage as Group) + 1 : 0;
}

/** Exploitation is a double line: the other solid one, crossing, is single. */
export function stageIsDouble(stage: string | null): boolean {
  return stage === "exploitation";
}

/** Line pattern of a stage, so that it can be told without colour. */
export function stageDash(stage: string | null): number[] {
  const patterns: Record<string, number[]> = {
    recruitment: [1.5, 5],
    transport: [12, 4],
    crossing: [],
    harbouring: [10, 4, 2, 4],
    exploitation: [],
    finance: [2, 3],
    return: [14, 3, 2, 3, 2, 3],
  };
  return stage && has(patterns, stage) ? patterns[stage] : [4, 4];
}
