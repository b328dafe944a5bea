/** The same content in tables: for screen readers, for sorting, for copying. */
import type { App } from "./app";
import { sayDate } from "./dates";
import { button, element, replace } from "./dom";
import { gradeMark } from "./evidence";
import { readGrade } from "./grades";
import { markIcon } from "./icons";
import type { Target } from "./state";
import type { Words } from "./words";

const ON_A_PAGE = 100;

interface Column {
  title: string;
  text: (item: number) => string;
  sort?: (item: number) => number | string;
  cell?: (item: number) => Node;
  number?: boolean;
}

interface Table {
  name: "parties" | "ties" | "legs";
  title: string;
  columns: Column[];
  items: number[];
  target: (item: number) => Target;
}

interface Order {
  column: number;
  down: boolean;
  page: number;
}

export class ListView {
  readonly root = element("div", { class: "lists" });
  private readonly orders: Record<Table["name"], Order> = {
    parties: { column: 3, down: false, page: 0 },
    ties: { column: 0, down: false, page: 0 },
    legs: { column: 0, down: false, page: 0 },
  };
  private shown: Table["name"] = "parties";

  constructor(private readonly app: App) {}

  draw(): void {
    const tables = [this.parties(), this.ties(), this.legs()].filter(
      (table) => table.name !== "legs" || this.app.model.legCount > 0,
    );
    const tabs = tables.map((table) =>
      button(
        `${table.title} (${this.app.words.number(table.items.length)})`,
        () => {
          this.shown = table.name;
          this.draw();
          const tab = this.root.querySelector<HTMLElement>("[aria-pressed=true]");
          if (tab) tab.focus();
        },
        { class: "tab", "aria-pressed": String(table.name === this.shown) },
      ),
    );
    const table = tables.find((one) => one.name === this.shown) || tables[0];
    replace(this.root, element("div", { class: "tabs" }, ...tabs), this.table(table));
  }

  private table(table: Table): HTMLElement {
    const order = this.orders[table.name];
    const sorted = this.sorted(table, order);
    const last = Math.max(0, Math.ceil(sorted.length / ON_A_PAGE) - 1);
    order.page = Math.min(order.page, last);
    const from = order.page * ON_A_PAGE;
    const page = sorted.slice(from, from + ON_A_PAGE);
    const head = element("tr", null, ...table.columns.map((_, at) => this.head(table, at)));
    const body = page.map((item) => this.line(table, item));
    return element(
      "div",
      { class: "table-holder" },
      element(
        "table",
        { class: "list" },
        element("caption", null, table.title),
        element("thead", null, head),
        element("tbody", null, ...body),
      ),
      this.pager(table, order, sorted.length, last),
    );
  }

  private sorted(table: Table, order: Order): number[] {
    const column = table.columns[order.column];
    const language = this.app.words.language;
    const compare = new Intl.Collator(language, { numeric: true }).compare;
    const key = column.sort || column.text;
    const keys = new Map(table.items.map((item) => [item, key(item)]));
    const sign = order.down ? -1 : 1;
    return table.items.slice().sort((a, b) => {
      const first = keys.get(a) as string | number;
      const second = keys.get(b) as string | number;
      const both = typeof first === "number" && typeof second === "number";
      const way = both
        ? (first as number) - (second as number) || 0
        : compare(String(first), String(second));
      return (Number.isNaN(way) ? 0 : way) * sign || a - b;
    });
  }

  private head(table: Table, at: number): HTMLElement {
    const order = this.orders[table.name];
    const { title, number } = table.columns[at];
    const chosen = order.column === at;
    const sign = chosen ? (order.down ? " ▼" : " ▲") : "";
    const sort = button(title + sign, () => {
      this.orders[table.name] = { column: at, down: chosen ? !order.down : false, page: 0 };
      this.draw();
      const heads = this.root.querySelectorAll<HTMLElement>("thead button");
      if (heads[at]) heads[at].focus();
    });
    sort.title = this.app.words.say("sortBy", { column: title });
    const direction = chosen ? (order.down ? "descending" : "ascending") : "none";
    return element("th", { scope: "col", "aria-sort": direction, class: number ? "number" : null }, sort);
  }

  private line(table: Table, item: number): HTMLElement {
    const cells = table.columns.map((column, at) => {
      const content: Node = column.cell ? column.cell(item) : document.createTextNode(column.text(item));
      if (at !== 0) return element("td", { class: column.number ? "number" : null }, content);
      const open = button("", () => this.app.select(table.target(item)), { class: "link" });
      open.appendChild(content);
      return element("th", { scope: "row" }, open);
    });
    return element("tr", null, ...cells);
  }

  private pager(table: Table, order: Order, count: number, last: number): HTMLElement | null {
    if (last === 0) return null;
    const { words } = this.app;
    const turn = (by: number) => (): void => {
      order.page = Math.max(0, Math.min(last, order.page + by));
      this.draw();
    };
    const values = {
      a: words.number(order.page * ON_A_PAGE + 1),
      b: words.number(Math.min(count, (order.page + 1) * ON_A_PAGE)),
      n: words.number(count),
    };
    return element(
      "nav",
      { class: "pager", "aria-label": table.title },
      button(words.say("previous"), turn(-1), { disabled: order.page === 0 }),
      element("span", null, words.say("pageOf", values)),
      button(words.say("next"), turn(1), { disabled: order.page === last }),
    );
  }

  private parties(): Table {
    const { app } = this;
    const { words, model, visible } = app;
    const { parties, rings } = model.page;
    const rank = (party: number): number => {
      const known = parties.rank[party];
      return known === null ? Infinity : known;
    };
    const ties = (party: number): number => model.tiesOf[party].filter((tie) => visible.tie[tie]).length;
    const code = (list: string, value: string | null): string =>
      value ? words.code(list, value) : words.unknown();
    return {
      name: "parties",
      title: words.say("listParties"),
      items: indexes(visible.party),
      target: (party) => ({ kind: "party", party }),
      columns: [
        {
          title: words.say("listLabel"),
          text: (party) => parties.label[party],
          cell: (party) => element("span", { class: "named" }, markIcon(app, party, 16), parties.label[party]),
        },
        { title: words.say("type"), text: (party) => words.code("party", parties.type[party]) },
        { title: words.say("roles"), text: (party) => app.rolesText(party) },
        {
          title: words.say("rank"),
          number: true,
          text: (party) => (parties.rank[party] === null ? "–" : String(parties.rank[party])),
          sort: rank,
        },
        { title: words.say("listTieCount"), number: true, text: (party) => String(ties(party)), sort: ties },
        {
          title: words.say("standing"),
          text: (party) => (parties.type[party] === "person" ? code("standing", parties.standing[party]) : "–"),
        },
        { title: words.say("country"), text: (party) => code("country", parties.country[party]) },
        {
          title: words.say("member"),
          text: (party) => parties.rings[party].map((ring) => rings[ring].name).join(", ") || words.say("noRing"),
        },
        { title: words.say("id"), text: (party) => parties.id[party] },
      ],
    };
  }

  private ties(): Table {
    const { words, model, visible } = this.app;
    const { ties, parties } = model.page;
    return {
      name: "ties",
      title: words.say("listTies"),
      items: indexes(visible.tie),
      target: (tie) => ({ kind: "tie", tie }),
      columns: [
        { title: words.say("listFrom"), text: (tie) => parties.label[ties.source[tie]] },
        {
          title: words.say("direction"),
          text: (tie) => (ties.directed[tie] ? "→" : "–"),
        },
        { title: words.say("listTo"), text: (tie) => parties.label[ties.target[tie]] },
        { title: words.say("kind"), text: (tie) => words.code("tie", ties.kind[tie]) },
        {
          title: words.say("strength"),
          number: true,
          text: (tie) => words.orUnknown(ties.weight[tie]),
          sort: (tie) => (ties.weight[tie] === null ? -Infinity : (ties.weight[tie] as number)),
        },
        { title: words.say("when"), text: (tie) => dates(words, ties.first[tie], ties.last[tie]) },
        { title: words.say("case"), text: (tie) => words.orUnknown(ties.case[tie]) },
        {
          title: words.say("grade"),
          text: (tie) => ties.grade[tie] || "Z",
          cell: (tie) => gradeMark(readGrade(ties.grade[tie])),
        },
        {
          title: words.say("evidence"),
          number: true,
          text: (tie) => String(ties.records[tie].length),
          sort: (tie) => ties.records[tie].length,
        },
      ],
    };
  }

  private legs(): Table {
    const { app } = this;
    const { words, model, visible } = app;
    const { legs, parties } = model.page;
    const names = (list: number[]): string =>
      list.map((party) => parties.label[party]).join(", ") || words.unknown();
    return {
      name: "legs",
      title: words.say("listLegs"),
      items: indexes(visible.leg),
      target: (leg) => ({ kind: "leg", leg }),
      columns: [
        { title: words.say("listFrom"), text: (leg) => app.endText(leg, "from") },
        { title: words.say("listTo"), text: (leg) => app.endText(leg, "to") },
        { title: words.say("crossing"), text: (leg) => app.endText(leg, "crossing") },
        { title: words.say("date"), text: (leg) => sayDate(words, legs.date[leg]) },
        { title: words.say("stage"), text: (leg) => words.code("stage", legs.stage[leg]) },
        { title: words.say("happenedTo"), text: (leg) => names(legs.people[leg]) },
        { title: words.say("movedBy"), text: (leg) => names(legs.moved_by[leg]) },
        { title: words.say("transport"), text: (leg) => words.code("transport", legs.transport[leg]) },
        { title: words.say("crossesBorder"), text: (leg) => words.say(legs.crosses[leg] ? "yes" : "no") },
      ],
    };
  }
}

function indexes(flags: Uint8Array): number[] {
  const found: number[] = [];
  flags.forEach((flag, at) => flag && found.push(at));
  return found;
}

function dates(words: Words, first: string | null, last: string | null): string {
  if (first === last) return sayDate(words, first);
  return `${sayDate(words, first)} – ${sayDate(words, last)}`;
}
