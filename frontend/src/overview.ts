/** What the side shows while nothing is selected: brokers and rings, ways into the picture. */
import type { App } from "./app";
import { partyLink } from "./details";
import { element, replace } from "./dom";

export function topBrokers(app: App, most = 10): number[] {
  const { rank } = app.model.page.parties;
  return rank
    .map((place, party): [number, number] => [place === null ? Infinity : place, party])
    .filter((pair) => pair[0] <= most)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1])
    .map((pair) => pair[1]);
}

export function drawOverview(app: App, root: HTMLElement): void {
  const { words } = app;
  replace(
    root,
    element("p", { class: "hint first" }, words.say("nothingSelected")),
    brokers(app),
    rings(app),
  );
}

function brokers(app: App): HTMLElement {
  const { words, model } = app;
  const title = element("h4", null, words.say("brokers"));
  const top = topBrokers(app);
  if (top.length === 0) {
    return element("section", { class: "part" }, title, element("p", { class: "missing" }, words.say("brokersNone")));
  }
  const items = top.map((party) => {
    const because = model.page.parties.because[party];
    return element(
      "li",
      { class: app.visible.party[party] ? null : "filtered" },
      element("span", { class: "place" }, String(model.page.parties.rank[party])),
      element(
        "div",
        null,
        partyLink(app, party),
        element("div", { class: "quiet" }, app.rolesText(party)),
        because ? element("div", { class: "why" }, words.pick(because)) : null,
      ),
    );
  });
  return element(
    "section",
    { class: "part" },
    title,
    element("ol", { class: "brokers" }, ...items),
    element("p", { class: "hint" }, words.say("brokersCaution")),
  );
}

function rings(app: App): HTMLElement | null {
  const { words, model } = app;
  if (model.page.rings.length === 0) return null;
  const { palette } = { palette: app.palette() };
  const items = model.page.rings.slice(0, 40).map((ring, at) => {
    const swatch = element("span", { class: "swatch" });
    swatch.style.backgroundColor = palette.hulls[at % palette.hulls.length];
    const stability =
      ring.stability === null
        ? words.unknown()
        : words.say("ringStability", { s: ring.stability.toFixed(2) });
    return element(
      "li",
      null,
      swatch,
      element("b", null, ring.name),
      ring.called && element("span", { class: "called" }, words.pick(ring.called)),
      element("span", { class: "quiet" }, `${words.say("ringMembers", { n: ring.members.length })}, ${stability}`),
    );
  });
  return element(
    "section",
    { class: "part" },
    element("h4", null, `${words.say("rings")} (${model.page.rings.length})`),
    element("ul", { class: "rings" }, ...items),
    element("p", { class: "hint" }, words.say("ringStabilityHelp")),
  );
}
