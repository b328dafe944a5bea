/** What every part of the page shares: the model, the choices, and what follows from them. */
import { computeVisible, type Visible } from "./filters";
import { type Focus, focusOn, noFocus } from "./focus";
import type { Model } from "./model";
import type { Store, Target } from "./state";
import { DARK, LIGHT, type Palette } from "./theme";
import { Words } from "./words";

export class App {
  words: Words;
  visible: Visible;
  focus: Focus = noFocus();
  hover: Focus = noFocus();
  found = new Set<number>();

  constructor(
    readonly model: Model,
    readonly store: Store,
  ) {
    this.words = new Words(store.get().language, model.page);
    this.visible = computeVisible(model, store.get().filters);
    store.listen((changed) => {
      const state = store.get();
      if (changed.has("language")) this.words = new Words(state.language, model.page);
      if (changed.has("found")) this.found = new Set(state.found);
      if (changed.has("filters")) this.visible = computeVisible(model, state.filters);
      if (changed.has("filters") || changed.has("selected")) {
        this.focus = focusOn(model, this.visible, state.selected);
      }
      if (changed.has("filters") || changed.has("hovered")) {
        this.hover = focusOn(model, this.visible, state.hovered);
      }
    });
  }

  isDark(): boolean {
    const { theme } = this.store.get();
    if (theme !== "auto") return theme === "dark";
    return typeof matchMedia === "function" && matchMedia("(prefers-color-scheme: dark)").matches;
  }

  palette(): Palette {
    return this.isDark() ? DARK : LIGHT;
  }

  focused(): boolean {
    return this.store.get().selected !== null;
  }

  /** Set by the page: brings what is selected close in both pictures. */
  comeClose: () => void = () => undefined;

  select(target: Target | null): void {
    this.store.change(target ? { selected: target, tab: "details" } : { selected: null });
  }

  /** Shift-click: the way from the party already chosen to this one. */
  connect(party: number): void {
    const { selected } = this.store.get();
    const start = selected && this.startOfWay(selected);
    if (start === null || start === undefined || start === party) {
      this.select({ kind: "party", party });
    } else {
      this.select({ kind: "path", from: start, to: party });
    }
  }

  private startOfWay(selected: Target): number | null {
    if (selected.kind === "party") return selected.party;
    if (selected.kind === "path") return selected.from;
    return selected.kind === "place" ? this.model.page.places.party[selected.place] : null;
  }

  /** A short name of whatever is chosen, for announcements, pictures and print. */
  nameOf(target: Target): string {
    const { page } = this.model;
    const label = page.parties.label;
    switch (target.kind) {
      case "party":
        return label[target.party];
      case "tie":
        return this.tieText(target.tie);
      case "place":
        return page.places.label[target.place];
      case "leg":
        return this.legText(target.leg);
      case "arrow":
        return this.legText(this.model.arrows[target.arrow].legs[0]);
      case "path":
        return `${label[target.from]} … ${label[target.to]}`;
    }
  }

  tieText(tie: number): string {
    const { ties, parties } = this.model.page;
    const a = parties.label[ties.source[tie]];
    const b = parties.label[ties.target[tie]];
    const kind = this.words.code("tie", ties.kind[tie]);
    return `${a} ${ties.directed[tie] ? "→" : "–"} ${b}: ${kind}`;
  }

  legText(leg: number): string {
    const kind = this.words.code("event", this.model.page.legs.kind[leg]);
    const from = this.endText(leg, "from");
    const to = this.endText(leg, "to");
    if (from === to) return `${kind}: ${this.words.say("atPlace", { a: from })}`;
    return `${kind}: ${from} → ${to}`;
  }

  /** The name of an end of a leg, also of one that has no position. */
  endText(leg: number, end: "from" | "to" | "crossing"): string {
    const { legs, places, parties } = this.model.page;
    const place = legs[end][leg];
    if (place !== null) return places.label[place];
    const party = this.endParty(leg, end);
    return party === null ? this.words.unknown() : parties.label[party];
  }

  endParty(leg: number, end: "from" | "to" | "crossing"): number | null {
    const column = this.model.page.legs[`${end}_party` as "from_party"];
    const party = column ? column[leg] : null;
    return party === undefined ? null : party;
  }

  /** A case by its id and, where it is a party with a name of its own, by that too. */
  caseText(id: string): string {
    const party = this.model.partyOfCase.get(id);
    const label = party === undefined ? id : this.model.page.parties.label[party];
    return label === id ? id : `${label} (${id})`;
  }

  rolesText(party: number): string {
    const { parties } = this.model.page;
    if (parties.type[party] !== "person") {
      return this.words.code(parties.type[party], parties.kind[party]);
    }
    const roles = parties.roles[party].map((role) => this.words.code("role", role));
    return roles.length ? roles.join(", ") : this.words.unknown();
  }

  sideText(party: number): string {
    const side = this.model.page.parties.side[party];
    if (side === "offender") return this.words.say("sideOffender");
    if (side === "victim") return this.words.say("sideVictim");
    if (side === "both") return this.words.say("sideBoth");
    return this.words.say(side === "other" ? "sideOther" : "sideNone");
  }
}
