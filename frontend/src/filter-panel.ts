/** The filters: lists of ticks with counts, strength, doubt and years. */
import type { App } from "./app";
import { button, element, replace } from "./dom";
import { anyFilter, type FilterList, type Filters, FILTER_LISTS, noFilters } from "./filters";
import type { Word } from "./words";

export interface Option {
  code: string;
  label: string;
  count: number;
}

const TITLES: Record<FilterList, Word> = {
  kind: "filterKind",
  role: "filterRole",
  type: "filterType",
  side: "filterSide",
  ring: "filterRing",
  case: "filterCase",
};

/** Every code that occurs, with its label and how often; most frequent first. */
export function optionsOf(app: App, list: FilterList): Option[] {
  const { page } = app.model;
  const counts = new Map<string, number>();
  const add = (code: string | null): void => {
    counts.set(code || "", (counts.get(code || "") || 0) + 1);
  };
  const people = page.parties.type.map((type) => type === "person");
  if (list === "kind") page.ties.kind.concat(page.legs.kind).forEach(add);
  else if (list === "type") page.parties.type.forEach(add);
  else if (list === "case") page.ties.case.concat(page.legs.case).forEach(add);
  else if (list === "ring") page.parties.rings.forEach((rings) => addAll(add, rings.map(String)));
  else if (list === "role") page.parties.roles.forEach((roles, at) => people[at] && addAll(add, roles));
  else page.parties.side.forEach((side, at) => people[at] && add(side));
  const options = Array.from(counts.entries()).map(([code, count]) => ({
    code,
    count,
    label: labelOf(app, list, code),
  }));
  return options.sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
}

function addAll(add: (code: string | null) => void, codes: string[]): void {
  if (codes.length === 0) add(null);
  else codes.forEach(add);
}

function labelOf(app: App, list: FilterList, code: string): string {
  const { words, model } = app;
  if (list === "ring") return code ? words.ring(model.page.rings[Number(code)]) : words.say("noRing");
  if (list === "side") return sideLabel(app, code);
  if (!code) return words.say("noneRecorded");
  if (list === "role") return words.code("role", code);
  if (list === "type") return words.code("party", code);
  if (list === "case") return app.caseText(code);
  const tie = words.code("tie", code);
  return tie === code ? words.code("event", code) : tie;
}

function sideLabel(app: App, code: string): string {
  const names: Record<string, Word> = {
    offender: "sideOffender",
    victim: "sideVictim",
    both: "sideBoth",
    other: "sideOther",
  };
  return app.words.say(names[code] || "sideNone");
}

function change(app: App, part: Partial<Filters>): void {
  app.store.change({ filters: { ...app.store.get().filters, ...part } });
}

export function resetFilters(app: App): void {
  app.store.change({ filters: noFilters() });
}

export function drawFilters(app: App, root: HTMLElement): void {
  const { words } = app;
  replace(
    root,
    element(
      "div",
      { class: "filter-top" },
      element("p", { class: "counter" }, counterText(app)),
      button(words.say("reset"), () => {
        resetFilters(app);
        drawFilters(app, root);
      }),
    ),
    doubtPart(app),
    yearPart(app),
    strengthPart(app),
    ...FILTER_LISTS.map((list) => listPart(app, list)),
  );
}

/** Only what the filters' own changes alter, so that a slider under the hand is not replaced. */
export function refreshCounter(app: App, root: HTMLElement): void {
  const counter = root.querySelector(".counter");
  if (counter) counter.textContent = counterText(app);
}

export function counterText(app: App): string {
  const { words, visible, model } = app;
  const text = words.say("showing", {
    n: words.number(visible.parties),
    N: words.number(model.partyCount),
    m: words.number(visible.ties),
    M: words.number(model.tieCount),
  });
  if (model.legCount === 0) return text;
  const legs = { n: words.number(visible.legs), N: words.number(model.legCount) };
  return `${text}, ${words.say("showingLegs", legs)}`;
}

function part(title: string, ...children: (HTMLElement | null)[]): HTMLElement {
  return element("fieldset", { class: "part" }, element("legend", null, title), ...children);
}

function tick(label: string, checked: boolean, act: (on: boolean) => void, count?: string): HTMLElement {
  const box = element("input", { type: "checkbox", checked });
  box.addEventListener("change", () => act(box.checked));
  return element(
    "label",
    { class: "tick" },
    box,
    element("span", null, label),
    count ? element("span", { class: "count" }, count) : null,
  );
}

function doubtPart(app: App): HTMLElement {
  const { words } = app;
  const { filters } = app.store.get();
  return part(
    words.say("filterDoubt"),
    tick(words.say("hideWeak"), filters.hideWeak, (on) => change(app, { hideWeak: on })),
    element("p", { class: "hint" }, words.say("hideWeakNote")),
    tick(words.say("hideLoose"), filters.hideLoose, (on) => change(app, { hideLoose: on })),
  );
}

function yearPart(app: App): HTMLElement {
  const { words, model } = app;
  const title = words.say("filterDate");
  if (!model.years) return part(title, element("p", { class: "hint" }, words.say("filterNoDates")));
  const [least, most] = model.years;
  const { filters } = app.store.get();
  const from = filters.fromYear === null ? least : filters.fromYear;
  const to = filters.toYear === null ? most : filters.toYear;
  const shown = element("output", { class: "value" }, `${from} – ${to}`);
  const first = range(least, most, from, words.say("yearFrom"));
  const second = range(least, most, to, words.say("yearTo"));
  const moved = (which: HTMLInputElement): void => {
    const a = Number(first.value);
    const b = Number(second.value);
    if (a > b) (which === first ? second : first).value = which.value;
    const low = Number(first.value);
    const high = Number(second.value);
    shown.textContent = `${low} – ${high}`;
    change(app, { fromYear: low === least ? null : low, toYear: high === most ? null : high });
  };
  first.addEventListener("input", () => moved(first));
  second.addEventListener("input", () => moved(second));
  const undated = model.tieYears.concat(model.legYears).filter((span) => span === null).length;
  const note = words.say("filterDateNote", { n: words.number(undated) });
  return part(
    title,
    element("div", { class: "years" }, first, second, shown),
    element("p", { class: "hint" }, note),
    model.vague ? element("p", { class: "hint" }, words.say("filterDateVague", { n: words.number(model.vague) })) : null,
  );
}

function range(least: number, most: number, value: number, label: string): HTMLInputElement {
  return element("input", { type: "range", min: least, max: most, step: 1, value, "aria-label": label });
}

/** The slider runs over the strengths that occur, so that every stop changes something. */
function strengthPart(app: App): HTMLElement | null {
  const { words, model } = app;
  const weights = model.page.ties.weight;
  const known = weights.filter((weight): weight is number => weight !== null);
  const stops = Array.from(new Set(known)).sort((a, b) => a - b);
  if (stops.length < 2) return null;
  const { filters } = app.store.get();
  const at = filters.strength === null ? 0 : Math.max(0, stops.indexOf(filters.strength));
  const say = (stop: number): string =>
    stop === 0 ? words.say("anyStrength") : `≥ ${words.number(stops[stop])}`;
  const shown = element("output", { class: "value" }, say(at));
  const slider = range(0, stops.length - 1, at, words.say("filterStrength"));
  slider.addEventListener("input", () => {
    const stop = Number(slider.value);
    shown.textContent = say(stop);
    change(app, { strength: stop === 0 ? null : stops[stop] });
  });
  const unknown = words.say("filterStrengthNote", { n: words.number(weights.length - known.length) });
  return part(
    words.say("filterStrength"),
    element("div", { class: "years" }, slider, shown),
    element("p", { class: "hint" }, unknown),
  );
}

function listPart(app: App, list: FilterList): HTMLElement | null {
  const { words } = app;
  const options = optionsOf(app, list);
  if (options.length < 2) return null;
  const set = (off: Set<string>): void => {
    change(app, { [list]: off } as Partial<Filters>);
    draw();
  };
  const holder = element("div", { class: "ticks" });
  const find = element("input", {
    type: "search",
    class: "find",
    placeholder: words.say("filterFind"),
    "aria-label": words.say("filterFind"),
  });
  const draw = (): void => {
    const off = app.store.get().filters[list];
    const wanted = find.value.trim().toLowerCase();
    const shown = options.filter((option) => option.label.toLowerCase().includes(wanted));
    replace(
      holder,
      ...shown.map((option) =>
        tick(
          option.label,
          !off.has(option.code),
          (on) => {
            const next = new Set(app.store.get().filters[list]);
            if (on) next.delete(option.code);
            else next.add(option.code);
            change(app, { [list]: next } as Partial<Filters>);
          },
          words.number(option.count),
        ),
      ),
    );
  };
  find.addEventListener("input", draw);
  draw();
  const links = element(
    "div",
    { class: "all-none" },
    button(words.say("all"), () => set(new Set()), { class: "link" }),
    button(words.say("none"), () => set(new Set(options.map((one) => one.code))), { class: "link" }),
  );
  const made = part(words.say(TITLES[list]), links, options.length > 12 ? find : null, holder);
  made.setAttribute("data-list", list);
  return made;
}

/** The filters in force, in words: for the sheet of paper and the saved picture. */
export function filtersInWords(app: App): string[] {
  const { words } = app;
  const { filters } = app.store.get();
  const said: string[] = [];
  if (!anyFilter(filters)) return said;
  for (const list of FILTER_LISTS) {
    if (filters[list].size === 0) continue;
    const items = Array.from(filters[list]).map((code) => labelOf(app, list, code));
    said.push(words.say("hiddenList", { group: words.say(TITLES[list]), items: items.join(", ") }));
  }
  if (filters.strength !== null) {
    said.push(`${words.say("filterStrength")}: ${words.number(filters.strength)}`);
  }
  if (filters.hideWeak) said.push(words.say("hideWeak"));
  if (filters.hideLoose) said.push(words.say("hideLoose"));
  const years = app.model.years;
  if (years && (filters.fromYear !== null || filters.toYear !== null)) {
    const from = filters.fromYear === null ? years[0] : filters.fromYear;
    const to = filters.toYear === null ? years[1] : filters.toYear;
    said.push(`${words.say("filterDate")}: ${from} – ${to}`);
  }
  return said;
}
