/** What the reader has chosen. Parts of the page ask to be told when it changes. */
import { type Filters, noFilters } from "./filters";
import type { Language } from "./words";

export type Target =
  | { kind: "party"; party: number }
  | { kind: "tie"; tie: number }
  | { kind: "leg"; leg: number }
  | { kind: "arrow"; arrow: number }
  | { kind: "place"; place: number }
  | { kind: "path"; from: number; to: number };

export type View = "both" | "ring" | "map" | "list";
export type Theme = "auto" | "light" | "dark";
export type Tab = "details" | "filters" | "notes";

export interface State {
  language: Language;
  theme: Theme;
  view: View;
  tab: Tab;
  selected: Target | null;
  hovered: Target | null;
  found: number[];
  filters: Filters;
}

export type Key = keyof State;
type Listener = (changed: Set<Key>) => void;

export class Store {
  private state: State;
  private readonly listeners: Listener[] = [];

  constructor(language: Language, view: View = "both") {
    this.state = {
      language,
      theme: "auto",
      view,
      tab: "details",
      selected: null,
      hovered: null,
      found: [],
      filters: noFilters(),
    };
  }

  get(): Readonly<State> {
    return this.state;
  }

  listen(listener: Listener): void {
    this.listeners.push(listener);
  }

  change(part: Partial<State>): void {
    const changed = new Set<Key>();
    for (const key of Object.keys(part) as Key[]) {
      if (!same(part[key], this.state[key])) changed.add(key);
    }
    if (changed.size === 0) return;
    this.state = { ...this.state, ...part };
    for (const listener of this.listeners) listener(changed);
  }
}

function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!isTarget(a) || !isTarget(b)) return false;
  return JSON.stringify(a) === JSON.stringify(b);
}

function isTarget(value: unknown): value is Target {
  return typeof value === "object" && value !== null && "kind" in value && !("role" in value);
}
