/** The search box: folded matching, a list that the keyboard can walk. */
import type { App } from "./app";
import { element, replace } from "./dom";
import { fold, matchScore } from "./fold";
import { markIcon } from "./icons";
import type { Model } from "./model";

const LISTED = 40;

/** Parties that match every word, best first; ties by rank and number of ties. */
export function searchParties(model: Model, query: string): number[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const found: [number, number, number][] = [];
  model.order.forEach((party, place) => {
    const score = matchScore(words, model.searchLabel[party], model.searchRest[party]);
    if (score > 0) found.push([score, place, party]);
  });
  return found.sort((a, b) => b[0] - a[0] || a[1] - b[1]).map((one) => one[2]);
}

export class Search {
  readonly root: HTMLElement;
  readonly input: HTMLInputElement;
  private readonly list: HTMLElement;
  private results: number[] = [];
  private at = -1;

  constructor(
    private readonly app: App,
    private readonly go: (party: number) => void,
  ) {
    this.input = element("input", {
      type: "search",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": "search-results",
      oninput: () => this.searched(),
      onfocus: () => this.searched(),
    });
    this.list = element("ul", { id: "search-results", class: "results", role: "listbox", hidden: true });
    this.root = element("div", { class: "search", role: "search" }, this.input, this.list);
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.root.addEventListener("focusout", (event) => {
      if (!this.root.contains(event.relatedTarget as Node | null)) this.close();
    });
    this.nameIt();
  }

  nameIt(): void {
    this.input.placeholder = this.app.words.say("searchHint");
    this.input.setAttribute("aria-label", this.app.words.say("search"));
    this.list.setAttribute("aria-label", this.app.words.say("search"));
  }

  clear(): void {
    this.input.value = "";
    this.searched();
  }

  private searched(): void {
    this.results = searchParties(this.app.model, this.input.value);
    this.at = this.results.length ? 0 : -1;
    this.app.store.change({ found: this.results.slice(0, 300) });
    this.draw();
  }

  private close(): void {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  private draw(): void {
    const { words } = this.app;
    if (!this.input.value.trim()) {
      this.close();
      return;
    }
    const shown = this.results.slice(0, LISTED).map((party, at) => this.line(party, at));
    const left = this.results.length - LISTED;
    const note = this.results.length
      ? words.say("searchFound", { n: this.results.length })
      : words.say("searchNone");
    replace(
      this.list,
      element("li", { class: "note", role: "presentation" }, note),
      ...shown,
      left > 0 ? element("li", { class: "note", role: "presentation" }, words.say("searchMore", { n: left })) : null,
    );
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark();
  }

  private line(party: number, at: number): HTMLElement {
    const { app } = this;
    const hidden = !app.visible.party[party];
    const line = element(
      "li",
      { id: `search-${at}`, role: "option", class: hidden ? "filtered" : null, "aria-selected": "false" },
      markIcon(app, party, 18),
      element(
        "span",
        null,
        app.model.page.parties.label[party],
        element("span", { class: "quiet" }, ` ${app.rolesText(party)} · ${app.model.page.parties.id[party]}`),
      ),
    );
    line.addEventListener("mousedown", (event) => {
      event.preventDefault();
      this.choose(at);
    });
    return line;
  }

  private mark(): void {
    this.list.querySelectorAll("[role=option]").forEach((line, at) => {
      line.setAttribute("aria-selected", String(at === this.at));
      if (at === this.at) line.scrollIntoView({ block: "nearest" });
    });
    if (this.at >= 0) this.input.setAttribute("aria-activedescendant", `search-${this.at}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  private choose(at: number): void {
    const party = this.results[at];
    if (party === undefined) return;
    this.close();
    this.go(party);
  }

  private key(event: KeyboardEvent): void {
    const last = Math.min(this.results.length, LISTED) - 1;
    if (event.key === "ArrowDown") this.at = Math.min(last, this.at + 1);
    else if (event.key === "ArrowUp") this.at = Math.max(Math.min(0, last), this.at - 1);
    else if (event.key === "Enter") {
      this.choose(this.at);
      return;
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (!this.input.value) this.input.blur();
      this.clear();
      return;
    } else return;
    event.preventDefault();
    this.mark();
  }
}
