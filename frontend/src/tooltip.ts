/** A short note beside the pointer. */
import type { App } from "./app";
import { sayDate } from "./dates";
import { element, replace } from "./dom";
import type { Target } from "./state";

export class Tooltip {
  readonly root = element("div", { class: "tooltip", "aria-hidden": "true", hidden: true });

  constructor(private readonly app: App) {}

  show(target: Target | null, clientX: number, clientY: number): void {
    this.root.hidden = target === null;
    if (!target) return;
    const [head, ...rest] = this.lines(target);
    replace(
      this.root,
      element("strong", null, head),
      ...rest.map((line) => element("div", null, line)),
    );
    const width = this.root.offsetWidth;
    const height = this.root.offsetHeight;
    const left = clientX + 16 + width > window.innerWidth ? clientX - width - 12 : clientX + 16;
    const top = clientY + 14 + height > window.innerHeight ? clientY - height - 10 : clientY + 14;
    this.root.style.left = `${Math.max(4, left)}px`;
    this.root.style.top = `${Math.max(4, top)}px`;
  }

  private lines(target: Target): string[] {
    const { app } = this;
    const { page } = app.model;
    const words = app.words;
    if (target.kind === "party") {
      const type = words.code("party", page.parties.type[target.party]);
      const shown = app.model.tiesOf[target.party].filter((tie) => app.visible.tie[tie]).length;
      const count = `${words.say("ties")}: ${words.number(shown)}`;
      return [page.parties.label[target.party], `${type} · ${app.rolesText(target.party)}`, count];
    }
    if (target.kind === "tie") {
      const weight = words.orUnknown(page.ties.weight[target.tie]);
      const grade = page.ties.grade[target.tie] || "–";
      const doubt = app.model.tieWeak[target.tie] ? ` (${words.say("weak")})` : "";
      return [
        app.tieText(target.tie),
        `${words.say("strength")}: ${weight}`,
        `${words.say("grade")}: ${grade}${doubt}`,
      ];
    }
    if (target.kind === "leg") return this.legLines(target.leg);
    if (target.kind === "arrow") return this.arrowLines(target.arrow);
    if (target.kind === "place") {
      const kind = words.code("place", page.places.kind[target.place]);
      const about = page.places.approximate[target.place] ? `, ${words.say("approximate")}` : "";
      const legs = app.model.legsAt[target.place].filter((leg) => app.visible.leg[leg]).length;
      return [page.places.label[target.place], kind + about, `${words.say("legs")}: ${legs}`];
    }
    return [app.nameOf(target)];
  }

  private legLines(leg: number): string[] {
    const { legs } = this.app.model.page;
    const { words } = this.app;
    return [
      this.app.legText(leg),
      words.code("stage", legs.stage[leg]),
      `${words.say("date")}: ${sayDate(words, legs.date[leg])}`,
    ];
  }

  private arrowLines(at: number): string[] {
    const arrow = this.app.model.arrows[at];
    const shown = arrow.legs.filter((leg) => this.app.visible.leg[leg]);
    const { label } = this.app.model.page.places;
    const values = { n: shown.length, a: label[arrow.from], b: label[arrow.to] };
    return [this.app.words.say("arrowOf", values), this.app.words.code("stage", arrow.stage)];
  }
}
