/* Made from frontend/src by `npm run build`; change it there. */
"use strict";
(() => {
  // src/dates.ts
  function isVague(date) {
    return date !== null && /[~/]/.test(date);
  }
  function sayDate(words, date) {
    if (!date) return words.unknown();
    if (!isVague(date)) return date;
    const [from, to] = date.split("/");
    if (to === void 0) return sayPoint(words, from);
    if (from === "..") return words.say("dateUntil", { b: sayPoint(words, to) });
    if (to === "..") return words.say("dateSince", { a: sayPoint(words, from) });
    return words.say("dateBetween", { a: sayPoint(words, from), b: sayPoint(words, to) });
  }
  function sayPoint(words, point) {
    const found = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?(~?)$/.exec(point);
    if (!found) return point;
    const [, year, month, day, about] = found;
    const name = month ? words.say("months").split("|")[Number(month) - 1] : "";
    const form = day ? "dateDay" : month ? "dateMonth" : "dateYear";
    const date = words.say(form, { year, month: name, day: Number(day) });
    return about ? words.say("dateAbout", { date }) : date;
  }
  function yearSpan(first, last) {
    const begin = yearsOf(first) || yearsOf(last);
    const end = yearsOf(last) || yearsOf(first);
    if (!begin || !end) return null;
    const [a, b] = [begin[0], end[1]];
    return a <= b ? [a, b] : [b, a];
  }
  function yearsOf(date) {
    const ends = (date || "").split("/");
    const from = yearAt(ends[0], -Infinity);
    const to = yearAt(ends[ends.length - 1], Infinity);
    return from === null || to === null ? null : [from, to];
  }
  function yearAt(point, open) {
    if (point === "..") return open;
    const found = /^(\d{4})/.exec(point);
    return found ? Number(found[1]) : null;
  }
  function allYears(spans) {
    const named = [];
    for (const span2 of spans) if (span2) named.push(...span2.filter(Number.isFinite));
    return named.length ? [named.reduce((a, b) => Math.min(a, b)), named.reduce((a, b) => Math.max(a, b))] : null;
  }

  // src/fold.ts
  function fold(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
  }
  function matchScore(words, label, rest) {
    let score = 0;
    for (const word of words) {
      const found = wordScore(word, label, rest);
      if (found === 0) return 0;
      score += found;
    }
    return score;
  }
  function wordScore(word, label, rest) {
    if (label === word) return 8;
    if (label.startsWith(word)) return 6;
    if (label.includes(" " + word)) return 5;
    if (label.includes(word)) return 3;
    return rest.includes(word) ? 1 : 0;
  }

  // src/geometry.ts
  function project(lat, lon) {
    const held = Math.max(-85, Math.min(85, lat));
    const angle = held * Math.PI / 180;
    return { x: lon, y: -Math.log(Math.tan(Math.PI / 4 + angle / 2)) * 180 / Math.PI };
  }
  function laneOffset(lane, count, distance, gap = 13) {
    if (count <= 1) return 0;
    const spread = Math.min(gap * (count - 1), Math.max(distance * 0.9, 8));
    return (lane / (count - 1) - 0.5) * spread;
  }
  function bend(ax, ay, bx, by, offset) {
    const length = Math.hypot(bx - ax, by - ay) || 1;
    const nx = -(by - ay) / length;
    const ny = (bx - ax) / length;
    const cx = (ax + bx) / 2 + nx * offset * 2;
    const cy = (ay + by) / 2 + ny * offset * 2;
    return { ax, ay, cx, cy, bx, by };
  }
  function bendThrough(a, b, g) {
    const before = Math.hypot(g.x - a.x, g.y - a.y);
    const after = Math.hypot(b.x - g.x, b.y - g.y);
    const share = before + after > 0 ? before / (before + after) : 0.5;
    const t = Math.max(0.18, Math.min(0.82, share));
    const scale = 1 / (2 * t * (1 - t));
    return {
      ax: a.x,
      ay: a.y,
      cx: (g.x - (1 - t) * (1 - t) * a.x - t * t * b.x) * scale,
      cy: (g.y - (1 - t) * (1 - t) * a.y - t * t * b.y) * scale,
      bx: b.x,
      by: b.y
    };
  }
  function pointOn(curve, t) {
    const u = 1 - t;
    return {
      x: u * u * curve.ax + 2 * u * t * curve.cx + t * t * curve.bx,
      y: u * u * curve.ay + 2 * u * t * curve.cy + t * t * curve.by
    };
  }
  function trim(curve, start2, end) {
    const first = Math.hypot(curve.cx - curve.ax, curve.cy - curve.ay) || 1;
    const last = Math.hypot(curve.bx - curve.cx, curve.by - curve.cy) || 1;
    const from = Math.min(start2 / first, 0.9);
    const to = Math.min(end / last, 0.9);
    return {
      ax: curve.ax + (curve.cx - curve.ax) * from,
      ay: curve.ay + (curve.cy - curve.ay) * from,
      cx: curve.cx,
      cy: curve.cy,
      bx: curve.bx + (curve.cx - curve.bx) * to,
      by: curve.by + (curve.cy - curve.by) * to
    };
  }
  function distanceTo(curve, x, y, pieces = 14) {
    let nearest = Infinity;
    let last = pointOn(curve, 0);
    for (let piece = 1; piece <= pieces; piece += 1) {
      const next = pointOn(curve, piece / pieces);
      nearest = Math.min(nearest, distanceToPiece(last, next, x, y));
      last = next;
    }
    return nearest;
  }
  function distanceToPiece(a, b, x, y) {
    const dx = b.x - a.x;
    const dy = b.y - a.y;
    const length = dx * dx + dy * dy;
    const t = length ? Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / length)) : 0;
    return Math.hypot(a.x + t * dx - x, a.y + t * dy - y);
  }
  function mayTouch(curve, x, y, margin) {
    return Math.min(curve.ax, curve.bx, curve.cx) - margin <= x && Math.max(curve.ax, curve.bx, curve.cx) + margin >= x && Math.min(curve.ay, curve.by, curve.cy) - margin <= y && Math.max(curve.ay, curve.by, curve.cy) + margin >= y;
  }
  function convexHull(points) {
    if (points.length < 3) return points.slice();
    const sorted = points.slice().sort((p, q) => p.x - q.x || p.y - q.y);
    const lower = halfHull(sorted);
    const upper = halfHull(sorted.reverse());
    return lower.slice(0, -1).concat(upper.slice(0, -1));
  }
  function halfHull(sorted) {
    const half = [];
    for (const point of sorted) {
      while (half.length > 1 && turn(half[half.length - 2], half[half.length - 1], point) <= 0) {
        half.pop();
      }
      half.push(point);
    }
    return half;
  }
  function turn(a, b, c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
  }
  function median(numbers) {
    if (numbers.length === 0) return 0;
    const sorted = numbers.slice().sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)];
  }

  // src/labels.ts
  var Taken = class {
    constructor(size = 48) {
      this.size = size;
      this.cells = /* @__PURE__ */ new Map();
    }
    *keys(box) {
      const lastColumn = Math.floor(box.right / this.size);
      const lastRow = Math.floor(box.bottom / this.size);
      for (let column = Math.floor(box.left / this.size); column <= lastColumn; column += 1) {
        for (let row2 = Math.floor(box.top / this.size); row2 <= lastRow; row2 += 1) {
          yield column * 100003 + row2;
        }
      }
    }
    isFree(box) {
      for (const key of this.keys(box)) {
        for (const other of this.cells.get(key) || []) if (overlap(box, other)) return false;
      }
      return true;
    }
    take(box) {
      for (const key of this.keys(box)) {
        const cell = this.cells.get(key);
        if (cell) cell.push(box);
        else this.cells.set(key, [box]);
      }
    }
  };
  function overlap(a, b) {
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  }
  function placesBeside(x, y, reach, width, height) {
    const gap = reach + 3;
    const at = (left, top) => ({
      left,
      top,
      right: left + width,
      bottom: top + height
    });
    return [
      at(x + gap, y - height / 2),
      at(x - gap - width, y - height / 2),
      at(x - width / 2, y + gap),
      at(x - width / 2, y - gap - height)
    ];
  }
  function placeLabel(taken, choices, width, height) {
    for (const box of choices) {
      const inside2 = box.left >= 2 && box.top >= 2 && box.right <= width - 2 && box.bottom <= height - 2;
      if (!inside2 || !taken.isFree(box)) continue;
      taken.take(box);
      return box;
    }
    return null;
  }
  function withoutTurns(text) {
    return text.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");
  }
  function shorten(text, longest = 30) {
    const letters = Array.from(text.replace(/\s+/g, " "));
    return letters.length <= longest ? letters.join("") : letters.slice(0, longest - 1).join("") + "…";
  }

  // src/grades.ts
  function readGrade(text) {
    const found = /^\s*([A-Fa-f])?\s*([1-6])?\s*$/.exec(text || "");
    if (!found) return { reliability: null, credibility: null };
    return {
      reliability: found[1] ? found[1].toUpperCase() : null,
      credibility: found[2] || null
    };
  }
  function isWeak(grade) {
    if (!grade.reliability || !grade.credibility) return true;
    return grade.reliability > "C" || grade.credibility > "3";
  }
  function gradeOfRecord(page, record) {
    const source = page.records.source[record];
    const ofSource = (column) => source === null || source === void 0 ? null : page.sources[column][source];
    return {
      reliability: page.records.reliability[record] || ofSource("reliability"),
      credibility: page.records.credibility[record] || ofSource("credibility")
    };
  }
  function gradeText(grade) {
    if (!grade.reliability && !grade.credibility) return "–";
    return (grade.reliability || "–") + (grade.credibility || "–");
  }

  // src/theme.ts
  var LIGHT = {
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
      neutral: "#a9b3be"
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
      neutral: "#5c6874"
    },
    hulls: ["#3b7dc4", "#c98a1b", "#3f9b7c", "#b0619a", "#c4633f", "#6d6fc0", "#7d8b2f", "#5b8a99"],
    hullText: ["#2b62a0", "#805400", "#1f6b52", "#8a4174", "#9c4426", "#5052a6", "#566019", "#37616e"],
    sea: "#e3edf3",
    land: "#fbfaf6",
    landOutside: "#f3f2ed",
    border: "#7f8a94",
    provinceLine: "#d8d6cd",
    mapText: "#5f6873"
  };
  var DARK = {
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
      neutral: "#7f8b97"
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
      neutral: "#c0c9d2"
    },
    hulls: ["#5b9be0", "#d9a03f", "#55b796", "#c77fb3", "#dd8160", "#8b8ddb", "#9caa4c", "#78a7b6"],
    hullText: ["#7fb2ea", "#dfb05e", "#6fcaab", "#d59ac4", "#e79a80", "#a9abea", "#b3bf6c", "#93bccb"],
    sea: "#0f161d",
    land: "#1d252d",
    landOutside: "#192027",
    border: "#6e7a86",
    provinceLine: "#2f3a44",
    mapText: "#97a3af"
  };
  var ROLE_GROUP = {
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
    victim: "victim"
  };
  var TIE_GROUP = {
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
    forged_for: "support"
  };
  var STAGES = [
    "recruitment",
    "transport",
    "crossing",
    "harbouring",
    "exploitation",
    "finance",
    "return"
  ];
  function has(table, key) {
    return Object.prototype.hasOwnProperty.call(table, key);
  }
  function groupOfRoles(roles) {
    const groups = roles.filter((role) => has(ROLE_GROUP, role)).map((role) => ROLE_GROUP[role]);
    return groups.find((group) => group !== "victim") || groups[0] || "neutral";
  }
  function groupOfTie(kind) {
    return has(TIE_GROUP, kind) ? TIE_GROUP[kind] : "neutral";
  }
  function groupOfStage(stage) {
    return stage && STAGES.includes(stage) ? stage : "neutral";
  }
  function stageNumber(stage) {
    return stage ? STAGES.indexOf(stage) + 1 : 0;
  }
  function stageIsDouble(stage) {
    return stage === "exploitation";
  }
  function stageDash(stage) {
    const patterns = {
      recruitment: [1.5, 5],
      transport: [12, 4],
      crossing: [],
      harbouring: [10, 4, 2, 4],
      exploitation: [],
      finance: [2, 3],
      return: [14, 3, 2, 3, 2, 3]
    };
    return stage && has(patterns, stage) ? patterns[stage] : [4, 4];
  }

  // src/model.ts
  function buildModel(page) {
    page.parties.label = page.parties.label.map(withoutTurns);
    page.places.label = page.places.label.map(withoutTurns);
    const partyCount = page.parties.id.length;
    const ties = page.ties;
    const tiesOf = lists(partyCount);
    ties.source.forEach((source, tie) => {
      tiesOf[source].push(tie);
      if (ties.target[tie] !== source) tiesOf[ties.target[tie]].push(tie);
    });
    const [lane, lanes] = layLanes(page);
    const tieYears = ties.first.map((first, tie) => yearSpan(first, ties.last[tie]));
    const legYears = page.legs.date.map((date) => yearSpan(date, date));
    const positions = page.places.lat.map((lat, place) => project(lat, page.places.lon[place]));
    const legWeak = page.legs.records.map((records) => !records.some((at) => isFirm(page, at)));
    const [arrows, arrowOf] = gatherArrows(page, legWeak);
    return {
      page,
      partyCount,
      tieCount: ties.source.length,
      legCount: page.legs.event.length,
      placeCount: page.places.label.length,
      tiesOf,
      legsOf: legsOfParties(page, partyCount),
      placeOf: placesOfParties(page, partyCount),
      legsAt: legsAtPlaces(page),
      group: page.parties.roles.map((roles, party) => groupOfParty(page, roles, party)),
      // One firm piece of evidence is enough, whichever of several counts as the best.
      tieWeak: ties.grade.map(
        (grade, tie) => isWeak(readGrade(grade)) && !ties.records[tie].some((record) => isFirm(page, record))
      ),
      legWeak,
      lane,
      lanes,
      arrows,
      arrowOf,
      placeX: positions.map((point) => point.x),
      placeY: positions.map((point) => point.y),
      order: walkingOrder(page, tiesOf),
      searchLabel: page.parties.label.map((label) => fold(label)),
      searchRest: page.parties.label.map((_, party) => fold(everythingSaid(page, party))),
      ranked: page.parties.rank.filter((rank) => rank !== null).length,
      widest: ties.weight.reduce((most, weight) => Math.max(most, weight || 0), 0),
      tieYears,
      legYears,
      years: allYears(tieYears.concat(legYears)),
      vague: ties.first.filter((first, tie) => isVague(first) || isVague(ties.last[tie])).length + page.legs.date.filter(isVague).length,
      casesOf: casesOfParties(page, partyCount),
      partyOfCase: partiesOfCases(page)
    };
  }
  function lists(count) {
    return Array.from({ length: count }, () => []);
  }
  function isFirm(page, record) {
    return !isWeak(gradeOfRecord(page, record));
  }
  function groupOfParty(page, roles, party) {
    if (page.parties.type[party] !== "person") return "neutral";
    const group = groupOfRoles(roles);
    return group === "neutral" && page.parties.side[party] === "victim" ? "victim" : group;
  }
  function layLanes(page) {
    const count = page.ties.source.length;
    const pairs = /* @__PURE__ */ new Map();
    for (let tie = 0; tie < count; tie += 1) {
      const a = page.ties.source[tie];
      const b = page.ties.target[tie];
      const key = a < b ? `${a}-${b}` : `${b}-${a}`;
      const pair = pairs.get(key);
      if (pair) pair.push(tie);
      else pairs.set(key, [tie]);
    }
    const lane = new Int16Array(count);
    const lanes = new Int16Array(count);
    pairs.forEach(
      (pair) => pair.forEach((tie, place) => {
        lane[tie] = place;
        lanes[tie] = pair.length;
      })
    );
    return [lane, lanes];
  }
  function gatherArrows(page, legWeak) {
    const legs = page.legs;
    const known = /* @__PURE__ */ new Map();
    const arrows = [];
    const arrowOf = legs.event.map((_, leg) => {
      const from = legs.from[leg];
      const to = legs.to[leg];
      if (from === null || to === null) return -1;
      const key = [legs.from[leg], legs.to[leg], legs.crossing[leg], legs.stage[leg]].join("|");
      const at = known.get(key);
      if (at !== void 0) return at;
      known.set(key, arrows.length);
      arrows.push({
        from,
        to,
        crossing: legs.crossing[leg],
        stage: legs.stage[leg],
        legs: [],
        crosses: false,
        weak: true,
        lane: 0,
        lanes: 1
      });
      return arrows.length - 1;
    });
    arrowOf.forEach((at, leg) => {
      if (at < 0) return;
      arrows[at].legs.push(leg);
      arrows[at].crosses = arrows[at].crosses || legs.crosses[leg] === 1;
      arrows[at].weak = arrows[at].weak && legWeak[leg];
    });
    layArrowLanes(arrows);
    return [arrows, arrowOf];
  }
  function layArrowLanes(arrows) {
    const pairs = /* @__PURE__ */ new Map();
    for (const arrow of arrows) {
      const key = `${Math.min(arrow.from, arrow.to)}|${Math.max(arrow.from, arrow.to)}`;
      const pair = pairs.get(key);
      if (pair) pair.push(arrow);
      else pairs.set(key, [arrow]);
    }
    pairs.forEach(
      (pair) => pair.forEach((arrow, lane) => {
        arrow.lane = lane;
        arrow.lanes = pair.length;
      })
    );
  }
  function legsOfParties(page, count) {
    const found = lists(count);
    page.legs.event.forEach((_, leg) => {
      const parties = new Set(page.legs.people[leg].concat(page.legs.moved_by[leg]));
      parties.forEach((party) => found[party].push(leg));
    });
    return found;
  }
  function placesOfParties(page, count) {
    const found = new Array(count).fill(-1);
    page.places.party.forEach((party, place) => {
      if (party !== null) found[party] = place;
    });
    return found;
  }
  function legsAtPlaces(page) {
    const found = lists(page.places.label.length);
    page.legs.event.forEach((_, leg) => {
      new Set(placesOfLeg(page, leg)).forEach((place) => found[place].push(leg));
    });
    return found;
  }
  function placesOfLeg(page, leg) {
    const { from, to, crossing } = page.legs;
    return [from[leg], to[leg], crossing[leg]].filter((place) => place !== null);
  }
  function walkingOrder(page, tiesOf) {
    const rank = (party) => {
      const known = page.parties.rank[party];
      return known === null ? Infinity : known;
    };
    return page.parties.id.map((_, party) => party).sort((a, b) => {
      const first = rank(a);
      const second = rank(b);
      if (first !== second) return first - second;
      return tiesOf[b].length - tiesOf[a].length || a - b;
    });
  }
  function everythingSaid(page, party) {
    const facts = page.parties.facts[party].map((fact) => String(fact[1]));
    return [page.parties.label[party], page.parties.id[party], ...facts].join(" ");
  }
  function partiesOfCases(page) {
    const found = /* @__PURE__ */ new Map();
    page.parties.type.forEach((type, party) => {
      if (type === "case") found.set(page.parties.id[party], party);
    });
    return found;
  }
  function casesOfParties(page, count) {
    const cases = Array.from({ length: count }, () => /* @__PURE__ */ new Set());
    page.ties.case.forEach((name, tie) => {
      if (name === null) return;
      cases[page.ties.source[tie]].add(name);
      cases[page.ties.target[tie]].add(name);
    });
    page.legs.case.forEach((name, leg) => {
      if (name === null) return;
      page.legs.people[leg].concat(page.legs.moved_by[leg]).forEach((party) => cases[party].add(name));
    });
    page.parties.type.forEach((type, party) => {
      if (type === "case") cases[party].add(page.parties.id[party]);
    });
    return cases;
  }

  // src/filters.ts
  var FILTER_LISTS = ["kind", "role", "side", "type", "ring", "case"];
  function noFilters() {
    return {
      kind: /* @__PURE__ */ new Set(),
      role: /* @__PURE__ */ new Set(),
      type: /* @__PURE__ */ new Set(),
      side: /* @__PURE__ */ new Set(),
      ring: /* @__PURE__ */ new Set(),
      case: /* @__PURE__ */ new Set(),
      strength: null,
      hideWeak: false,
      hideLoose: false,
      fromYear: null,
      toYear: null
    };
  }
  function anyFilter(filters) {
    return FILTER_LISTS.some((list) => filters[list].size > 0) || filters.strength !== null || filters.hideWeak || filters.hideLoose || filters.fromYear !== null || filters.toYear !== null;
  }
  function anyOn(off, values) {
    if (off.size === 0) return true;
    if (values.length === 0) return !off.has("");
    return values.some((value) => !off.has(value));
  }
  function partyPasses(model, filters, party) {
    const parties = model.page.parties;
    if (filters.type.has(parties.type[party])) return false;
    if (parties.type[party] === "person") {
      if (!anyOn(filters.role, parties.roles[party])) return false;
      if (filters.side.has(parties.side[party] || "")) return false;
    }
    if (!anyOn(filters.ring, parties.rings[party].map(String))) return false;
    return anyOn(filters.case, Array.from(model.casesOf[party]));
  }
  function yearsPass(filters, span2) {
    if (!span2) return true;
    if (filters.fromYear !== null && span2[1] < filters.fromYear) return false;
    return filters.toYear === null || span2[0] <= filters.toYear;
  }
  function tiePasses(model, filters, tie) {
    const ties = model.page.ties;
    if (filters.kind.has(ties.kind[tie]) || filters.case.has(ties.case[tie] || "")) return false;
    if (filters.hideWeak && model.tieWeak[tie]) return false;
    const weight = ties.weight[tie];
    if (filters.strength !== null && weight !== null && weight < filters.strength) return false;
    return yearsPass(filters, model.tieYears[tie]);
  }
  function legPasses(model, filters, party, leg) {
    const legs = model.page.legs;
    if (filters.kind.has(legs.kind[leg]) || filters.case.has(legs.case[leg] || "")) return false;
    if (filters.hideWeak && model.legWeak[leg]) return false;
    if (!yearsPass(filters, model.legYears[leg])) return false;
    const named = legs.people[leg].concat(legs.moved_by[leg]);
    return named.length === 0 || named.some((who) => party[who] === 1);
  }
  function computeVisible(model, filters) {
    const { page } = model;
    const party = new Uint8Array(model.partyCount);
    const tie = new Uint8Array(model.tieCount);
    const leg = new Uint8Array(model.legCount);
    for (let at = 0; at < model.partyCount; at += 1) party[at] = +partyPasses(model, filters, at);
    for (let at = 0; at < model.tieCount; at += 1) {
      const ends = party[page.ties.source[at]] && party[page.ties.target[at]];
      tie[at] = ends && tiePasses(model, filters, at) ? 1 : 0;
    }
    for (let at = 0; at < model.legCount; at += 1) leg[at] = +legPasses(model, filters, party, at);
    if (filters.hideLoose) hideLoose(model, party, tie, leg);
    const place = visiblePlaces(model, party, leg);
    const count = (flags) => flags.reduce((sum, flag) => sum + flag, 0);
    return {
      party,
      tie,
      leg,
      place,
      parties: count(party),
      ties: count(tie),
      legs: count(leg),
      places: count(place)
    };
  }
  function hideLoose(model, party, tie, leg) {
    for (let at = 0; at < model.partyCount; at += 1) {
      const tied = model.tiesOf[at].some((one) => tie[one] === 1);
      const moved = model.legsOf[at].some((one) => leg[one] === 1);
      if (!tied && !moved) party[at] = 0;
    }
  }
  function visiblePlaces(model, party, leg) {
    const place = new Uint8Array(model.placeCount);
    model.page.places.party.forEach((owner, at) => {
      place[at] = owner === null ? 0 : party[owner];
      if (owner === null && model.legsAt[at].length === 0) place[at] = 1;
    });
    for (let at = 0; at < model.legCount; at += 1) {
      if (leg[at]) placesOfLeg(model.page, at).forEach((one) => place[one] = 1);
    }
    return place;
  }

  // src/paths.ts
  function shortestWay(model, visibleTie, from, to) {
    const before = new Int32Array(model.partyCount).fill(-1);
    before[from] = from;
    let edge = [from];
    while (edge.length && before[to] === -1) {
      const next = [];
      for (const party of edge) {
        for (const other of neighbours(model, visibleTie, party)) {
          if (before[other] !== -1) continue;
          before[other] = party;
          next.push(other);
        }
      }
      edge = next.sort((a, b) => a - b);
    }
    return before[to] === -1 ? null : walkBack(model, visibleTie, before, from, to);
  }
  function otherEnd(model, tie, party) {
    const { source, target } = model.page.ties;
    return source[tie] === party ? target[tie] : source[tie];
  }
  function neighbours(model, visibleTie, party) {
    return model.tiesOf[party].filter((tie) => visibleTie[tie] === 1).map((tie) => otherEnd(model, tie, party));
  }
  function walkBack(model, visibleTie, before, from, to) {
    const parties = [to];
    while (parties[0] !== from) parties.unshift(before[parties[0]]);
    const steps = parties.slice(1).map(
      (party, at) => model.tiesOf[party].filter(
        (tie) => visibleTie[tie] === 1 && otherEnd(model, tie, party) === parties[at]
      )
    );
    return { parties, steps };
  }

  // src/focus.ts
  function noFocus() {
    return { party: /* @__PURE__ */ new Map(), tie: /* @__PURE__ */ new Map(), leg: /* @__PURE__ */ new Map(), place: /* @__PURE__ */ new Map() };
  }
  function raise(levels, at, level) {
    if ((levels.get(at) || 0) < level) levels.set(at, level);
  }
  function focusOn(model, visible, target) {
    const focus = noFocus();
    if (!target) return focus;
    if (target.kind === "party") addParty(model, visible, focus, target.party);
    else if (target.kind === "tie") addTie(model, visible, focus, target.tie);
    else if (target.kind === "leg") addLeg(model, visible, focus, target.leg, 2);
    else if (target.kind === "place") addPlace(model, visible, focus, target.place);
    else if (target.kind === "path") addPath(model, visible, focus, target.from, target.to);
    else {
      for (const leg of model.arrows[target.arrow].legs) {
        if (visible.leg[leg]) addLeg(model, visible, focus, leg, 2);
      }
    }
    return focus;
  }
  function addParty(model, visible, focus, party) {
    raise(focus.party, party, 2);
    for (const tie of model.tiesOf[party]) {
      if (!visible.tie[tie]) continue;
      const other = otherEnd(model, tie, party);
      raise(focus.tie, tie, 2);
      raise(focus.party, other, 1);
      if (model.placeOf[other] >= 0) raise(focus.place, model.placeOf[other], 1);
    }
    for (const leg of model.legsOf[party]) touchLeg(model, visible, focus, leg);
    const place = model.placeOf[party];
    if (place < 0) return;
    raise(focus.place, place, 2);
    for (const leg of model.legsAt[place]) touchLeg(model, visible, focus, leg);
  }
  function touchLeg(model, visible, focus, leg) {
    if (!visible.leg[leg]) return;
    raise(focus.leg, leg, 1);
    for (const place of placesOfLeg(model.page, leg)) raise(focus.place, place, 1);
    for (const who of partiesOfLeg(model, leg)) raise(focus.party, who, 1);
  }
  function partiesOfLeg(model, leg) {
    return model.page.legs.people[leg].concat(model.page.legs.moved_by[leg]);
  }
  function addLeg(model, visible, focus, leg, level) {
    raise(focus.leg, leg, level);
    const parties = new Set(partiesOfLeg(model, leg));
    for (const place of placesOfLeg(model.page, leg)) {
      raise(focus.place, place, level);
      const owner = model.page.places.party[place];
      if (owner !== null) raise(focus.party, owner, 1);
    }
    parties.forEach((party) => {
      raise(focus.party, party, level);
      for (const tie of model.tiesOf[party]) {
        const other = otherEnd(model, tie, party);
        if (visible.tie[tie] && other !== party && parties.has(other)) raise(focus.tie, tie, 1);
      }
    });
  }
  function addTie(model, visible, focus, tie) {
    const ends = [model.page.ties.source[tie], model.page.ties.target[tie]];
    raise(focus.tie, tie, 2);
    for (const end of ends) {
      raise(focus.party, end, 2);
      if (model.placeOf[end] >= 0) raise(focus.place, model.placeOf[end], 1);
    }
    for (const leg of model.legsOf[ends[0]]) {
      if (!visible.leg[leg] || !partiesOfLeg(model, leg).includes(ends[1])) continue;
      raise(focus.leg, leg, 1);
      for (const place of placesOfLeg(model.page, leg)) raise(focus.place, place, 1);
    }
  }
  function addPlace(model, visible, focus, place) {
    raise(focus.place, place, 2);
    const owner = model.page.places.party[place];
    if (owner !== null) addParty(model, visible, focus, owner);
    for (const leg of model.legsAt[place]) touchLeg(model, visible, focus, leg);
  }
  function addPath(model, visible, focus, from, to) {
    const way = shortestWay(model, visible.tie, from, to);
    raise(focus.party, from, 2);
    raise(focus.party, to, 2);
    if (!way) return;
    for (const party of way.parties) {
      raise(focus.party, party, 2);
      if (model.placeOf[party] >= 0) raise(focus.place, model.placeOf[party], 1);
    }
    for (const step of way.steps) for (const tie of step) raise(focus.tie, tie, 2);
  }

  // src/words-en.ts
  var EN = {
    notRecorded: "not recorded",
    recordedUnknown: "unknown (so recorded)",
    ring: "Ring",
    ringPane: "The ring",
    routePane: "The route map",
    list: "List",
    both: "Both",
    map: "Map",
    view: "View",
    viewBoth: "Ring and route map",
    viewRing: "Ring only",
    viewMap: "Route map only",
    viewList: "List of parties and ties",
    search: "Search",
    searchHint: "Name, number, fact …  ( / )",
    searchNone: "Nothing found",
    searchFound: "{n} found",
    searchMore: "… and {n} more: write more to narrow it down",
    victimsHidden: "Victims are shown by pseudonym",
    victimsShown: "VICTIMS ARE SHOWN BY NAME. Do not pass this page on.",
    showing: "Showing {n} of {N} parties, {m} of {M} ties",
    showingLegs: "{n} of {N} legs",
    reset: "Reset filters",
    clearSelection: "Clear selection (Esc)",
    details: "Details",
    filters: "Filters",
    legend: "Legend",
    notes: "Notes",
    zoomIn: "Zoom in",
    zoomOut: "Zoom out",
    fit: "Show all",
    enlarge: "Enlarge",
    restore: "Show both",
    theme: "Light or dark",
    themeAuto: "Colours: as the computer",
    themeLight: "Colours: light",
    themeDark: "Colours: dark",
    language: "Language",
    save: "Save picture",
    saveRingPng: "Ring as PNG",
    saveRingSvg: "Ring as SVG",
    saveMapPng: "Route map as PNG",
    saveMapSvg: "Route map as SVG",
    print: "Print",
    help: "Keys and help",
    close: "Close",
    splitter: "Drag, or press left and right, to share the width",
    // details
    nothingSelected: "Select a party, a tie, a place or a leg to see everything recorded about it. Hold Shift and click two parties to see how they are tied.",
    brokers: "Who connects the parts",
    brokersNone: "No ranking of brokers was made.",
    brokersCaution: "A rank says who stands between others in these records, not who is guilty. Missing records can change it.",
    rings: "Rings",
    ringMembers: "{n} members",
    ringStability: "stability {s}",
    ringStabilityHelp: "how often the members stay together when the search is repeated (1 = always)",
    party: "Party",
    tie: "Tie",
    leg: "Leg",
    legs: "Legs",
    place: "Place",
    type: "Type",
    id: "Id",
    kind: "Kind",
    side: "Side",
    sideOffender: "offender side",
    sideVictim: "victim",
    sideBoth: "victim and offender",
    sideOther: "other person",
    sideNone: "side not recorded",
    roles: "Roles",
    standing: "Standing",
    country: "Country",
    province: "Province",
    rank: "Rank by position",
    rankNone: "not ranked",
    rankOf: "{n} of {N}",
    because: "Why",
    member: "Rings",
    noRing: "in no ring",
    facts: "Recorded facts",
    noFacts: "No further fact is recorded.",
    disagree: "records disagree",
    ties: "Ties",
    tiesTo: "Ties, by other party",
    noTies: "No tie is recorded.",
    hiddenTies: "{n} more are hidden by the filters",
    recordsOf: "Records that mention it",
    noRecords: "No record is named: treat as doubtful.",
    evidence: "Evidence",
    evidenceCount: "{n} pieces of evidence",
    evidenceOne: "1 piece of evidence",
    direction: "Direction",
    undirected: "{a} – {b}, both ways alike",
    selfTie: "{a} to itself",
    strength: "Strength",
    when: "First – last",
    firstLast: "{a} – {b}",
    months: "January|February|March|April|May|June|July|August|September|October|November|December",
    dateDay: "{day} {month} {year}",
    dateMonth: "{month} {year}",
    dateYear: "{year}",
    dateAbout: "about {date}",
    dateBetween: "between {a} and {b}",
    dateSince: "since {a}",
    dateUntil: "until {b}",
    case: "Case",
    document: "Document",
    page: "Page",
    agency: "Agency",
    received: "Received",
    grade: "Grade",
    handling: "Handling",
    rowOf: "{file}, row {row}, line {line}",
    note: "Note",
    weak: "doubtful",
    weakLong: "Doubtful: graded D–F or 4–6, or not graded",
    reliabilityA: "completely reliable",
    reliabilityB: "usually reliable",
    reliabilityC: "fairly reliable",
    reliabilityD: "not usually reliable",
    reliabilityE: "unreliable",
    reliabilityF: "reliability cannot be judged",
    reliabilityNone: "reliability not recorded",
    credibility1: "confirmed by other sources",
    credibility2: "probably true",
    credibility3: "possibly true",
    credibility4: "doubtful",
    credibility5: "improbable",
    credibility6: "truth cannot be judged",
    credibilityNone: "credibility not recorded",
    source: "Source",
    date: "Date",
    from: "From",
    to: "To",
    crossing: "Crossing",
    stage: "Stage",
    happenedTo: "Happened to",
    movedBy: "Done by",
    transport: "Transport",
    legalExit: "Legal exit",
    yes: "yes",
    no: "no",
    route: "Route",
    crossesBorder: "Crosses a border",
    legsTravelled: "Legs travelled",
    legsMoved: "Legs on which this party moved others",
    legsHere: "Legs that touch this place",
    arrowOf: "{n} legs from {a} to {b}",
    atPlace: "at {a}",
    approximate: "position approximate",
    approximateLong: "The position is approximate: only the area is known.",
    coordinates: "Position",
    path: "How they are tied",
    pathOf: "Shortest way from {a} to {b}: {n} steps",
    pathOne: "{a} and {b} are tied directly",
    pathNone: "No way leads from {a} to {b} through what is shown. Filters count.",
    pathPick: "{a} is chosen. Shift-click another party to see the way between them.",
    neverProof: "A way through records is a lead, not a proof.",
    comeClose: "Come close",
    more: "Show {n} more",
    // filters
    filterKind: "Kinds of tie and movement",
    filterRole: "Roles",
    filterType: "Types of party",
    filterSide: "Sides",
    filterRing: "Rings",
    filterCase: "Cases",
    filterStrength: "Strength at least",
    filterStrengthNote: "{n} ties of unknown strength stay",
    filterDoubt: "Doubt",
    hideWeak: "Hide weak evidence",
    hideWeakNote: "hides ties and legs whose best evidence is graded D–F or 4–6, or not graded",
    hideLoose: "Hide parties left without a tie",
    filterDate: "Years",
    filterDateNote: "{n} undated ties and legs stay",
    filterDateVague: "{n} with a vague date count in every year they may be in",
    filterNoDates: "No tie or leg is dated.",
    yearFrom: "from year",
    yearTo: "to year",
    anyStrength: "any",
    all: "all",
    none: "none",
    noneRecorded: "none recorded",
    filterFind: "Find in this list",
    // legend
    legendShapes: "Shape",
    legendColours: "Colour: part played",
    legendTies: "Ties",
    legendStages: "Stages",
    legendPlaces: "Places",
    shapeOffender: "Offender",
    shapeVictim: "Victim",
    shapeBoth: "Victim and offender",
    shapeOther: "Other person",
    shapeUnknown: "Person, side not recorded",
    groupRecruitment: "recruitment",
    groupTransport: "transport",
    groupCrossing: "crossing",
    groupHarbouring: "harbouring",
    groupExploitation: "exploitation",
    groupFinance: "finance",
    groupOrganiser: "organising",
    groupSupport: "support, papers, cover",
    groupVictim: "victim",
    groupNeutral: "other or not recorded",
    legendDirected: "arrow: direction",
    legendUndirected: "no arrow: both ways alike",
    legendWide: "wider: stronger (log scale)",
    legendDoubt: "dashed: doubtful evidence",
    legendBadge: "rank by position, top 10",
    legendHull: "soft area: a ring",
    legendSize: "larger: more ties",
    legendPlace: "place",
    legendApproximate: "approximate",
    legendGate: "border gate",
    legendIrregular: "unofficial crossing",
    legendCrosses: "wide edge: crosses a border",
    legendDoubtLeg: "hollow head: doubtful evidence",
    legendWidthLeg: "wider: more legs",
    legendStay: "loop: stays at the place",
    stageUnknown: "stage not recorded",
    credit: "Borders: {credit}.",
    bordersCaution: "Borders are drawn for orientation only.",
    unplacedLegs: "Legs not drawn, as a place has no position: {n}",
    unplacedPlaces: "Places without a position: {n}",
    allPlaced: "All legs and places could be drawn",
    noPlaces: "No place with a position: nothing to draw on the map.",
    noLegs: "No leg is recorded.",
    // keyboard
    keysArrows: "Arrow keys",
    keysArrowsDo: "go to the nearest party that way, along ties first (on the map: place)",
    keysTab: "Tab, Shift+Tab",
    keysTabDo: "next or previous party, brokers first (on the map: next place)",
    keysEnter: "Enter",
    keysEnterDo: "select it and show its details; Shift+Enter: way from the selected party",
    keysEsc: "Esc",
    keysEscDo: "clear the selection; Tab then leaves the picture",
    keysSlash: "/",
    keysSlashDo: "go to search",
    keysZoom: "+  −  0",
    keysZoomDo: "zoom in, zoom out, show all",
    keysHelp: "?",
    keysHelpDo: "this help",
    keysPan: "Ctrl + arrow keys",
    keysPanDo: "move the picture",
    keysMouse: "Mouse",
    keysMouseDo: "drag to move, wheel to zoom, double-click to come close, Shift-click two parties for the way between them",
    keysList: "The List view holds everything in tables, for screen readers too.",
    ringAria: "Picture of the ring with {n} parties and {m} ties",
    mapAria: "Route map with {n} places and {m} legs",
    canvasHelp: "Arrow keys walk, Tab goes to the next by rank, Enter selects, Escape clears, question mark lists all keys. The List view holds the same in tables.",
    announceParty: "{label}, {type}, {roles}. {n} ties.",
    announcePlace: "{label}, {type}. {n} legs.",
    announceCleared: "Selection cleared",
    announceSelected: "Selected: {label}",
    // list
    listParties: "Parties",
    listTies: "Ties",
    listLegs: "Legs",
    listLabel: "Name",
    listTieCount: "Ties",
    listFrom: "From",
    listTo: "To",
    sortBy: "Sort by {column}",
    pageOf: "{a}–{b} of {n}",
    previous: "Previous",
    next: "Next",
    // print
    printed: "Printed {date}",
    printFilters: "Filters in force",
    printNoFilters: "No filter is on: everything in the case is shown.",
    printShown: "Shown",
    printNotices: "Notices",
    printBrokers: "Brokers: the first ten, and why",
    printSelected: "Selected",
    hiddenList: "{group}: without {items}",
    noData: "This page holds no parties.",
    badData: "The data of this page could not be read: {reason}"
  };

  // src/words-vi.ts
  var VI = {
    notRecorded: "không ghi nhận",
    recordedUnknown: "không rõ (hồ sơ ghi như vậy)",
    ring: "Đường dây",
    ringPane: "Đường dây",
    routePane: "Bản đồ tuyến đường",
    list: "Danh sách",
    both: "Cả hai",
    map: "Bản đồ",
    view: "Chế độ xem",
    viewBoth: "Đường dây và bản đồ",
    viewRing: "Chỉ đường dây",
    viewMap: "Chỉ bản đồ",
    viewList: "Danh sách đối tượng và mối liên hệ",
    search: "Tìm kiếm",
    searchHint: "Tên, số, thông tin …  ( / )",
    searchNone: "Không tìm thấy",
    searchFound: "Tìm thấy {n}",
    searchMore: "… và {n} kết quả nữa: hãy gõ thêm để thu hẹp",
    victimsHidden: "Nạn nhân được hiển thị bằng bí danh",
    victimsShown: "TRANG NÀY HIỂN THỊ TÊN THẬT CỦA NẠN NHÂN. Không chuyển tiếp.",
    showing: "Hiển thị {n}/{N} đối tượng, {m}/{M} mối liên hệ",
    showingLegs: "{n}/{N} chặng",
    reset: "Bỏ mọi bộ lọc",
    clearSelection: "Bỏ chọn (Esc)",
    details: "Chi tiết",
    filters: "Bộ lọc",
    legend: "Chú giải",
    notes: "Lưu ý",
    zoomIn: "Phóng to",
    zoomOut: "Thu nhỏ",
    fit: "Xem toàn bộ",
    enlarge: "Mở rộng",
    restore: "Xem cả hai",
    theme: "Sáng hoặc tối",
    themeAuto: "Màu: theo máy",
    themeLight: "Màu: sáng",
    themeDark: "Màu: tối",
    language: "Ngôn ngữ",
    save: "Lưu hình",
    saveRingPng: "Đường dây, tệp PNG",
    saveRingSvg: "Đường dây, tệp SVG",
    saveMapPng: "Bản đồ, tệp PNG",
    saveMapSvg: "Bản đồ, tệp SVG",
    print: "In",
    help: "Phím tắt và trợ giúp",
    close: "Đóng",
    splitter: "Kéo hoặc nhấn phím trái, phải để chia chiều rộng",
    nothingSelected: "Chọn một đối tượng, mối liên hệ, địa điểm hoặc chặng để xem mọi thông tin đã ghi nhận. Giữ Shift và nhấp vào hai đối tượng để xem họ liên hệ với nhau thế nào.",
    brokers: "Ai nối các phần với nhau",
    brokersNone: "Chưa có xếp hạng người môi giới.",
    brokersCaution: "Thứ hạng cho biết ai đứng giữa những người khác trong hồ sơ này, không cho biết ai có tội. Hồ sơ còn thiếu có thể làm thay đổi thứ hạng.",
    rings: "Các đường dây",
    ringMembers: "{n} thành viên",
    ringStability: "độ ổn định {s}",
    ringStabilityHelp: "mức độ các thành viên vẫn ở cùng nhau khi tính lại nhiều lần (1 = luôn luôn)",
    party: "Đối tượng",
    tie: "Mối liên hệ",
    leg: "Chặng",
    legs: "Các chặng",
    place: "Địa điểm",
    type: "Loại",
    id: "Mã",
    kind: "Kiểu",
    side: "Phía",
    sideOffender: "phía tội phạm",
    sideVictim: "nạn nhân",
    sideBoth: "vừa là nạn nhân vừa là người phạm tội",
    sideOther: "người khác",
    sideNone: "không ghi nhận phía nào",
    roles: "Vai trò",
    standing: "Tư cách tố tụng",
    country: "Quốc gia",
    province: "Tỉnh, thành",
    rank: "Hạng theo vị trí",
    rankNone: "không xếp hạng",
    rankOf: "{n} trên {N}",
    because: "Lý do",
    member: "Thuộc đường dây",
    noRing: "không thuộc đường dây nào",
    facts: "Thông tin đã ghi nhận",
    noFacts: "Không ghi nhận thông tin nào khác.",
    disagree: "hồ sơ mâu thuẫn",
    ties: "Mối liên hệ",
    tiesTo: "Mối liên hệ, theo đối tượng kia",
    noTies: "Không ghi nhận mối liên hệ nào.",
    hiddenTies: "{n} mối liên hệ khác đang bị bộ lọc ẩn",
    recordsOf: "Các bản ghi nhắc đến",
    noRecords: "Không nêu bản ghi nào: cần coi là chưa chắc chắn.",
    evidence: "Căn cứ",
    evidenceCount: "{n} căn cứ",
    evidenceOne: "1 căn cứ",
    direction: "Chiều",
    undirected: "{a} – {b}, hai chiều như nhau",
    selfTie: "{a} với chính mình",
    strength: "Cường độ",
    when: "Đầu – cuối",
    firstLast: "{a} – {b}",
    months: "1|2|3|4|5|6|7|8|9|10|11|12",
    dateDay: "ngày {day} tháng {month} năm {year}",
    dateMonth: "tháng {month} năm {year}",
    dateYear: "năm {year}",
    dateAbout: "khoảng {date}",
    dateBetween: "từ {a} đến {b}",
    dateSince: "từ {a}",
    dateUntil: "đến {b}",
    case: "Vụ án",
    document: "Tài liệu",
    page: "Trang",
    agency: "Cơ quan",
    received: "Ngày nhận",
    grade: "Đánh giá",
    handling: "Chế độ sử dụng",
    rowOf: "{file}, hàng {row}, dòng {line}",
    note: "Ghi chú",
    weak: "chưa chắc chắn",
    weakLong: "Chưa chắc chắn: đánh giá D–F hoặc 4–6, hoặc chưa đánh giá",
    reliabilityA: "hoàn toàn đáng tin",
    reliabilityB: "thường đáng tin",
    reliabilityC: "khá đáng tin",
    reliabilityD: "thường không đáng tin",
    reliabilityE: "không đáng tin",
    reliabilityF: "không thể đánh giá độ tin cậy",
    reliabilityNone: "không ghi nhận độ tin cậy của nguồn",
    credibility1: "được nguồn khác xác nhận",
    credibility2: "có lẽ đúng",
    credibility3: "có thể đúng",
    credibility4: "đáng ngờ",
    credibility5: "khó có thể đúng",
    credibility6: "không thể đánh giá đúng sai",
    credibilityNone: "không ghi nhận độ xác thực của tin",
    source: "Nguồn",
    date: "Ngày",
    from: "Từ",
    to: "Đến",
    crossing: "Nơi qua biên giới",
    stage: "Giai đoạn",
    happenedTo: "Đối với ai",
    movedBy: "Do ai",
    transport: "Phương tiện",
    legalExit: "Xuất cảnh hợp pháp",
    yes: "có",
    no: "không",
    route: "Tuyến",
    crossesBorder: "Qua biên giới",
    legsTravelled: "Các chặng đã đi",
    legsMoved: "Các chặng đưa người khác đi",
    legsHere: "Các chặng qua địa điểm này",
    arrowOf: "{n} chặng từ {a} đến {b}",
    atPlace: "tại {a}",
    approximate: "vị trí gần đúng",
    approximateLong: "Vị trí gần đúng: chỉ biết khu vực.",
    coordinates: "Vị trí",
    path: "Liên hệ giữa hai đối tượng",
    pathOf: "Đường ngắn nhất từ {a} đến {b}: {n} bước",
    pathOne: "{a} và {b} liên hệ trực tiếp",
    pathNone: "Không có đường nào từ {a} đến {b} trong phần đang hiển thị. Bộ lọc có ảnh hưởng.",
    pathPick: "Đã chọn {a}. Giữ Shift và nhấp vào đối tượng khác để xem đường nối.",
    neverProof: "Đường nối qua hồ sơ là manh mối, không phải chứng cứ.",
    comeClose: "Đến gần",
    more: "Xem thêm {n}",
    filterKind: "Kiểu liên hệ và di chuyển",
    filterRole: "Vai trò",
    filterType: "Loại đối tượng",
    filterSide: "Phía",
    filterRing: "Đường dây",
    filterCase: "Vụ án",
    filterStrength: "Cường độ tối thiểu",
    filterStrengthNote: "{n} mối liên hệ không rõ cường độ vẫn giữ lại",
    filterDoubt: "Độ chắc chắn",
    hideWeak: "Ẩn căn cứ yếu",
    hideWeakNote: "ẩn mối liên hệ và chặng có căn cứ tốt nhất ở mức D–F hoặc 4–6, hoặc chưa đánh giá",
    hideLoose: "Ẩn đối tượng không còn mối liên hệ",
    filterDate: "Năm",
    filterDateNote: "{n} mối liên hệ và chặng không có ngày vẫn giữ lại",
    filterDateVague: "{n} mục có ngày không chính xác được tính vào mọi năm có thể",
    filterNoDates: "Không mối liên hệ hay chặng nào có ngày.",
    yearFrom: "từ năm",
    yearTo: "đến năm",
    anyStrength: "bất kỳ",
    all: "tất cả",
    none: "không",
    noneRecorded: "không ghi nhận",
    filterFind: "Tìm trong danh sách này",
    legendShapes: "Hình dạng",
    legendColours: "Màu: phần việc",
    legendTies: "Mối liên hệ",
    legendStages: "Giai đoạn",
    legendPlaces: "Địa điểm",
    shapeOffender: "Người phạm tội",
    shapeVictim: "Nạn nhân",
    shapeBoth: "Vừa nạn nhân vừa phạm tội",
    shapeOther: "Người khác",
    shapeUnknown: "Người, không ghi nhận phía nào",
    groupRecruitment: "tuyển mộ",
    groupTransport: "vận chuyển",
    groupCrossing: "qua biên giới",
    groupHarbouring: "chứa chấp",
    groupExploitation: "bóc lột",
    groupFinance: "tiền bạc",
    groupOrganiser: "tổ chức",
    groupSupport: "hỗ trợ, giấy tờ, che giấu",
    groupVictim: "nạn nhân",
    groupNeutral: "khác hoặc không ghi nhận",
    legendDirected: "mũi tên: chiều",
    legendUndirected: "không mũi tên: hai chiều như nhau",
    legendWide: "nét rộng: mạnh hơn (thang log)",
    legendDoubt: "nét đứt: căn cứ chưa chắc",
    legendBadge: "hạng theo vị trí, 10 người đầu",
    legendHull: "vùng nền nhạt: một đường dây",
    legendSize: "lớn hơn: nhiều liên hệ hơn",
    legendPlace: "địa điểm",
    legendApproximate: "gần đúng",
    legendGate: "cửa khẩu",
    legendIrregular: "lối mở, đường mòn",
    legendCrosses: "viền rộng: qua biên giới",
    legendDoubtLeg: "mũi rỗng: căn cứ chưa chắc",
    legendWidthLeg: "nét rộng: nhiều chặng hơn",
    legendStay: "vòng: ở lại địa điểm",
    stageUnknown: "không ghi nhận giai đoạn",
    credit: "Đường biên: {credit}.",
    bordersCaution: "Đường biên chỉ để định hướng.",
    unplacedLegs: "Số chặng không vẽ được vì có địa điểm không rõ vị trí: {n}",
    unplacedPlaces: "Số địa điểm không rõ vị trí: {n}",
    allPlaced: "Mọi chặng và địa điểm đều vẽ được",
    noPlaces: "Không địa điểm nào có vị trí: không có gì để vẽ trên bản đồ.",
    noLegs: "Không ghi nhận chặng nào.",
    keysArrows: "Phím mũi tên",
    keysArrowsDo: "đến đối tượng gần nhất theo hướng đó, ưu tiên theo mối liên hệ (trên bản đồ: địa điểm)",
    keysTab: "Tab, Shift+Tab",
    keysTabDo: "đối tượng sau hoặc trước, người môi giới trước tiên (trên bản đồ: địa điểm)",
    keysEnter: "Enter",
    keysEnterDo: "chọn và xem chi tiết; Shift+Enter: đường nối từ đối tượng đang chọn",
    keysEsc: "Esc",
    keysEscDo: "bỏ chọn; sau đó Tab rời khỏi hình",
    keysSlash: "/",
    keysSlashDo: "đến ô tìm kiếm",
    keysZoom: "+  −  0",
    keysZoomDo: "phóng to, thu nhỏ, xem toàn bộ",
    keysHelp: "?",
    keysHelpDo: "trợ giúp này",
    keysPan: "Ctrl + phím mũi tên",
    keysPanDo: "di chuyển hình",
    keysMouse: "Chuột",
    keysMouseDo: "kéo để di chuyển, lăn để thu phóng, nhấp đúp để đến gần, Shift và nhấp hai đối tượng để xem đường nối",
    keysList: "Chế độ Danh sách có mọi nội dung dưới dạng bảng, dùng được với trình đọc màn hình.",
    ringAria: "Hình đường dây với {n} đối tượng và {m} mối liên hệ",
    mapAria: "Bản đồ tuyến đường với {n} địa điểm và {m} chặng",
    canvasHelp: "Phím mũi tên để đi, Tab đến đối tượng tiếp theo theo thứ hạng, Enter để chọn, Esc để bỏ, dấu hỏi để xem mọi phím. Chế độ Danh sách có cùng nội dung dưới dạng bảng.",
    announceParty: "{label}, {type}, {roles}. {n} mối liên hệ.",
    announcePlace: "{label}, {type}. {n} chặng.",
    announceCleared: "Đã bỏ chọn",
    announceSelected: "Đã chọn: {label}",
    listParties: "Đối tượng",
    listTies: "Mối liên hệ",
    listLegs: "Các chặng",
    listLabel: "Tên",
    listTieCount: "Số liên hệ",
    listFrom: "Từ",
    listTo: "Đến",
    sortBy: "Sắp xếp theo {column}",
    pageOf: "{a}–{b} trên {n}",
    previous: "Trước",
    next: "Sau",
    printed: "In ngày {date}",
    printFilters: "Bộ lọc đang dùng",
    printNoFilters: "Không lọc: hiển thị toàn bộ vụ án.",
    printShown: "Đang hiển thị",
    printNotices: "Lưu ý",
    printBrokers: "Mười người môi giới đầu tiên và lý do",
    printSelected: "Đang chọn",
    hiddenList: "{group}: không gồm {items}",
    noData: "Trang này không có đối tượng nào.",
    badData: "Không đọc được dữ liệu của trang: {reason}"
  };

  // src/words.ts
  var TABLES = { en: EN, vi: VI };
  var Words = class {
    constructor(language, page) {
      this.language = language;
      this.page = page;
    }
    /** A string of the page, with {name} filled from `values`. */
    say(word, values = {}) {
      return TABLES[this.language][word].replace(
        /\{(\w+)\}/g,
        (whole, name) => name in values ? String(values[name]) : whole
      );
    }
    /** The label of a code; a code nobody has labelled is shown as it is. */
    code(list, code) {
      if (code === null || code === void 0 || code === "") return this.unknown();
      if (code === "unknown") return this.say("recordedUnknown");
      const labels = this.page.words[list];
      const label = labels && Object.prototype.hasOwnProperty.call(labels, code) ? labels[code] : null;
      return label ? label[this.language] || label.en || code : code;
    }
    pick(label) {
      return label[this.language] || label.en || label.vi;
    }
    /** A ring's number, with what it is called by place and purpose. */
    ring(ring) {
      return ring.called ? `${ring.name}: ${this.pick(ring.called)}` : ring.name;
    }
    unknown() {
      return this.say("notRecorded");
    }
    orUnknown(value) {
      return value === null || value === void 0 || value === "" ? this.unknown() : String(value);
    }
    number(value) {
      return value.toLocaleString(this.language === "vi" ? "vi-VN" : "en-GB");
    }
  };

  // src/app.ts
  var App = class {
    constructor(model, store) {
      this.model = model;
      this.store = store;
      this.focus = noFocus();
      this.hover = noFocus();
      this.found = /* @__PURE__ */ new Set();
      /** Set by the page: brings what is selected close in both pictures. */
      this.comeClose = () => void 0;
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
    isDark() {
      const { theme } = this.store.get();
      if (theme !== "auto") return theme === "dark";
      return typeof matchMedia === "function" && matchMedia("(prefers-color-scheme: dark)").matches;
    }
    palette() {
      return this.isDark() ? DARK : LIGHT;
    }
    focused() {
      return this.store.get().selected !== null;
    }
    select(target) {
      this.store.change(target ? { selected: target, tab: "details" } : { selected: null });
    }
    /** Shift-click: the way from the party already chosen to this one. */
    connect(party) {
      const { selected } = this.store.get();
      const start2 = selected && this.startOfWay(selected);
      if (start2 === null || start2 === void 0 || start2 === party) {
        this.select({ kind: "party", party });
      } else {
        this.select({ kind: "path", from: start2, to: party });
      }
    }
    startOfWay(selected) {
      if (selected.kind === "party") return selected.party;
      if (selected.kind === "path") return selected.from;
      return selected.kind === "place" ? this.model.page.places.party[selected.place] : null;
    }
    /** A short name of whatever is chosen, for announcements, pictures and print. */
    nameOf(target) {
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
    tieText(tie) {
      const { ties, parties } = this.model.page;
      const a = parties.label[ties.source[tie]];
      const b = parties.label[ties.target[tie]];
      const kind = this.words.code("tie", ties.kind[tie]);
      return `${a} ${ties.directed[tie] ? "→" : "–"} ${b}: ${kind}`;
    }
    legText(leg) {
      const kind = this.words.code("event", this.model.page.legs.kind[leg]);
      const from = this.endText(leg, "from");
      const to = this.endText(leg, "to");
      if (from === to) return `${kind}: ${this.words.say("atPlace", { a: from })}`;
      return `${kind}: ${from} → ${to}`;
    }
    /** The name of an end of a leg, also of one that has no position. */
    endText(leg, end) {
      const { legs, places, parties } = this.model.page;
      const place = legs[end][leg];
      if (place !== null) return places.label[place];
      const party = this.endParty(leg, end);
      return party === null ? this.words.unknown() : parties.label[party];
    }
    endParty(leg, end) {
      const column = this.model.page.legs[`${end}_party`];
      const party = column ? column[leg] : null;
      return party === void 0 ? null : party;
    }
    /** A case by its id and, where it is a party with a name of its own, by that too. */
    caseText(id) {
      const party = this.model.partyOfCase.get(id);
      const label = party === void 0 ? id : this.model.page.parties.label[party];
      return label === id ? id : `${label} (${id})`;
    }
    rolesText(party) {
      const { parties } = this.model.page;
      if (parties.type[party] !== "person") {
        return this.words.code(parties.type[party], parties.kind[party]);
      }
      const roles = parties.roles[party].map((role) => this.words.code("role", role));
      return roles.length ? roles.join(", ") : this.words.unknown();
    }
    sideText(party) {
      const side = this.model.page.parties.side[party];
      if (side === "offender") return this.words.say("sideOffender");
      if (side === "victim") return this.words.say("sideVictim");
      if (side === "both") return this.words.say("sideBoth");
      return this.words.say(side === "other" ? "sideOther" : "sideNone");
    }
  };

  // src/dom.ts
  function element(tag, properties, ...children) {
    const made = document.createElement(tag);
    if (properties) setProperties(made, properties);
    append(made, children);
    return made;
  }
  function setProperties(target, properties) {
    for (const [name, value] of Object.entries(properties)) {
      if (value === void 0 || value === null || value === false) continue;
      if (name.startsWith("on") && typeof value === "function") {
        target.addEventListener(name.slice(2), value);
      } else if (name === "checked" || name === "value" || name === "disabled" || name === "hidden") {
        target[name] = value;
      } else {
        target.setAttribute(name, value === true ? "" : String(value));
      }
    }
  }
  function append(parent, children) {
    for (const child of children) {
      if (child === null || child === void 0 || child === false) continue;
      parent.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
    }
  }
  function replace(parent, ...children) {
    while (parent.firstChild) parent.removeChild(parent.firstChild);
    append(parent, children);
  }
  function button(label, onclick, properties = {}) {
    return element("button", { type: "button", onclick, ...properties }, label);
  }
  function onNextFrame(work) {
    let waiting = false;
    return () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        work();
      });
    };
  }

  // src/evidence.ts
  function reliabilityText(words, letter) {
    const known = letter && /^[A-F]$/.test(letter);
    return words.say(known ? `reliability${letter}` : "reliabilityNone");
  }
  function credibilityText(words, number) {
    const known = number && /^[1-6]$/.test(number);
    return words.say(known ? `credibility${number}` : "credibilityNone");
  }
  function gradeMark(grade) {
    const weak = isWeak(grade);
    return element("span", { class: weak ? "grade weak" : "grade" }, gradeText(grade));
  }
  function gradeInWords(words, grade) {
    const first = grade.reliability ? `${grade.reliability}: ` : "";
    const second = grade.credibility ? `${grade.credibility}: ` : "";
    const a = first + reliabilityText(words, grade.reliability);
    const b = second + credibilityText(words, grade.credibility);
    return `${a} · ${b}`;
  }
  function row(words, name, value) {
    const empty = value === null || value === "";
    return element(
      "div",
      { class: "row" },
      element("dt", null, name),
      element("dd", { class: empty ? "missing" : null }, empty ? words.unknown() : value)
    );
  }
  function evidenceCard(app, record, note) {
    const { words, model } = app;
    const { records, sources } = model.page;
    const grade = gradeOfRecord(model.page, record);
    const at = records.source[record];
    const has2 = at !== null && at !== void 0;
    const of = (column) => has2 ? sources[column][at] : null;
    const document2 = of("document") || (has2 ? sources.ref[at] : null);
    const handling = of("handling");
    const file = words.say("rowOf", {
      file: records.file[record],
      row: records.row[record],
      line: records.line[record]
    });
    return element(
      "article",
      { class: "card" },
      element(
        "header",
        null,
        gradeMark(grade),
        element("b", { class: document2 ? null : "missing" }, document2 || words.unknown())
      ),
      element("p", { class: "judged" }, gradeInWords(words, grade)),
      element(
        "dl",
        { class: "rows" },
        row(words, words.say("page"), records.page[record] || of("page")),
        row(words, words.say("agency"), of("agency")),
        row(words, words.say("received"), of("received")),
        row(words, words.say("handling"), handling ? words.code("handling", handling) : null),
        row(words, words.say("source"), has2 ? sources.ref[at] : null),
        note ? row(words, words.say("note"), note) : null
      ),
      element("p", { class: "where" }, file)
    );
  }
  function evidenceList(app, records, notes) {
    if (records.length === 0) return element("p", { class: "doubt" }, app.words.say("noRecords"));
    const cards = records.map((record, at) => evidenceCard(app, record, notes ? notes[at] : null));
    return element("div", { class: "cards" }, ...cards);
  }
  function folded(app, records, notes) {
    const { words } = app;
    const label = records.length === 1 ? words.say("evidenceOne") : words.say("evidenceCount", { n: records.length });
    const marks = records.slice(0, 4).map((record) => gradeMark(gradeOfRecord(app.model.page, record)));
    const holder = element(
      "details",
      { class: "folded" },
      element("summary", null, label, " ", ...marks)
    );
    holder.addEventListener("toggle", () => {
      if (holder.open && holder.children.length === 1) {
        holder.appendChild(evidenceList(app, records, notes));
      }
    });
    return holder;
  }

  // src/shapes.ts
  function shapeOf(model, party) {
    const type = model.page.parties.type[party];
    if (type !== "person") return type;
    return model.page.parties.side[party] || "unknown";
  }
  function drawMark(surface, x, y, style) {
    if (style.shape === "both") drawHalves(surface, x, y, style);
    else drawWhole(surface, x, y, style);
  }
  function drawWhole(surface, x, y, style) {
    const { palette, shape, radius, alpha } = style;
    const person = isPerson(shape);
    const small = radius < 3.4;
    outline(surface, shape, x, y, radius);
    if (alpha < 1) surface.fill(palette.background);
    surface.fill(person ? palette.group[style.group] : palette.thing, alpha);
    const colour = person ? palette.edge[style.group] : palette.edge.neutral;
    const dash = shape === "unknown" && !small ? [2.5, 2] : void 0;
    surface.stroke({ colour, width: small ? 0.8 : 1.3, alpha, dash });
    if (shape === "victim" && !small) secondOutline(surface, x, y, style);
    if (!person && radius >= 5) inside(surface, x, y, style);
  }
  function secondOutline(surface, x, y, style) {
    surface.begin();
    diamond(surface, x, y, style.radius * 1.22 + 3.2);
    surface.stroke({ colour: style.palette.edge.victim, width: 1.3, alpha: style.alpha });
  }
  function drawHalves(surface, x, y, style) {
    const { palette, radius, alpha } = style;
    const group = style.group === "victim" ? "neutral" : style.group;
    const half = radius * 0.92;
    const reach = radius * 1.22;
    surface.begin();
    surface.move(x, y - half);
    surface.line(x - half, y - half);
    surface.line(x - half, y + half);
    surface.line(x, y + half);
    surface.close();
    if (alpha < 1) surface.fill(palette.background);
    surface.fill(palette.group[group], alpha);
    surface.stroke({ colour: palette.edge[group], width: 1.2, alpha });
    surface.begin();
    surface.move(x, y - reach);
    surface.line(x + reach, y);
    surface.line(x, y + reach);
    surface.close();
    if (alpha < 1) surface.fill(palette.background);
    surface.fill(palette.group.victim, alpha);
    surface.stroke({ colour: palette.edge.victim, width: 1.2, alpha });
    if (radius < 3.4) return;
    surface.begin();
    surface.move(x + 1.5, y - reach - 3);
    surface.line(x + reach + 3.2, y);
    surface.line(x + 1.5, y + reach + 3);
    surface.stroke({ colour: palette.edge.victim, width: 1.3, alpha });
  }
  function inside(surface, x, y, style) {
    const { radius, palette, alpha } = style;
    surface.begin();
    if (style.shape === "place") {
      surface.circle(x, y - radius * 0.22, radius * 0.3);
    } else if (style.shape === "identifier") {
      for (const step of [-0.6, 0, 0.6]) surface.circle(x + step * radius, y, radius * 0.13);
    } else if (style.shape === "case") {
      for (const step of [-0.2, 0.2, 0.6]) {
        surface.move(x - radius * 0.42, y + step * radius);
        surface.line(x + radius * 0.42, y + step * radius);
      }
    } else if (style.shape === "organisation") {
      surface.move(x, y - radius * 0.45);
      surface.line(x, y + radius * 0.45);
      surface.move(x - radius * 0.45, y);
      surface.line(x + radius * 0.45, y);
    }
    surface.stroke({ colour: palette.edge.neutral, width: 1.1, alpha });
  }
  function isPerson(shape) {
    return ["offender", "victim", "both", "other", "unknown"].includes(shape);
  }
  function drawSmallMarks(surface, marks, group, person, palette, alpha) {
    surface.begin();
    for (const { shape, x, y, radius } of marks) traceSmall(surface, shape, x, y, radius);
    surface.fill(person ? palette.group[group] : palette.thing, alpha);
    const colour = person ? palette.edge[group] : palette.edge.neutral;
    surface.stroke({ colour, width: 0.8, alpha });
  }
  var SMALL = {
    offender: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
    victim: [[0, -1.22], [1.22, 0], [0, 1.22], [-1.22, 0]],
    organisation: [[-1, 0], [-0.5, -0.9], [0.5, -0.9], [1, 0], [0.5, 0.9], [-0.5, 0.9]],
    place: [[-0.9, -0.8], [0.9, -0.8], [0, 1.1]],
    identifier: [[-1.2, -0.65], [1.2, -0.65], [1.2, 0.65], [-1.2, 0.65]],
    case: [[-0.8, -1.05], [0.8, -1.05], [0.8, 1.05], [-0.8, 1.05]]
  };
  function traceSmall(surface, shape, x, y, r) {
    const corners = SMALL[shape];
    if (!corners) {
      surface.circle(x, y, r);
      return;
    }
    surface.move(x + corners[0][0] * r, y + corners[0][1] * r);
    for (let at = corners.length - 1; at >= 0; at -= 1) {
      surface.line(x + corners[at][0] * r, y + corners[at][1] * r);
    }
  }
  function outline(surface, shape, x, y, r) {
    surface.begin();
    traceOutline(surface, shape, x, y, r);
  }
  function traceOutline(surface, shape, x, y, r) {
    if (shape === "offender" || shape === "both") roundedBox(surface, x, y, r * 0.9, r * 0.9, r * 0.28);
    else if (shape === "victim") diamond(surface, x, y, r * 1.22);
    else if (shape === "organisation") hexagon(surface, x, y, r * 1.08);
    else if (shape === "place") pin(surface, x, y, r);
    else if (shape === "identifier") roundedBox(surface, x, y, r * 1.25, r * 0.68, r * 0.6);
    else if (shape === "case") sheet(surface, x, y, r);
    else surface.circle(x, y, r);
  }
  function diamond(surface, x, y, r) {
    surface.move(x, y - r);
    surface.line(x + r, y);
    surface.line(x, y + r);
    surface.line(x - r, y);
    surface.close();
  }
  function hexagon(surface, x, y, r) {
    for (let corner = 0; corner < 6; corner += 1) {
      const angle = corner * Math.PI / 3;
      const px = x + r * Math.cos(angle);
      const py = y + r * Math.sin(angle);
      if (corner === 0) surface.move(px, py);
      else surface.line(px, py);
    }
    surface.close();
  }
  function pin(surface, x, y, r) {
    surface.move(x, y + r * 1.2);
    surface.cubic(x - r * 0.35, y + r * 0.65, x - r * 0.92, y + r * 0.25, x - r * 0.92, y - r * 0.25);
    surface.cubic(x - r * 0.92, y - r * 1.35, x + r * 0.92, y - r * 1.35, x + r * 0.92, y - r * 0.25);
    surface.cubic(x + r * 0.92, y + r * 0.25, x + r * 0.35, y + r * 0.65, x, y + r * 1.2);
    surface.close();
  }
  function sheet(surface, x, y, r) {
    const w = r * 0.82;
    const h = r * 1.08;
    const fold2 = r * 0.5;
    surface.move(x - w, y - h);
    surface.line(x + w - fold2, y - h);
    surface.line(x + w, y - h + fold2);
    surface.line(x + w, y + h);
    surface.line(x - w, y + h);
    surface.close();
  }
  function roundedBox(surface, x, y, w, h, corner) {
    const c = Math.min(corner, w, h);
    surface.move(x - w + c, y - h);
    surface.line(x + w - c, y - h);
    surface.quad(x + w, y - h, x + w, y - h + c);
    surface.line(x + w, y + h - c);
    surface.quad(x + w, y + h, x + w - c, y + h);
    surface.line(x - w + c, y + h);
    surface.quad(x - w, y + h, x - w, y + h - c);
    surface.line(x - w, y - h + c);
    surface.quad(x - w, y - h, x - w + c, y - h);
    surface.close();
  }
  function arrowHead(surface, x, y, dx, dy, size) {
    const length = Math.hypot(dx, dy) || 1;
    const ux = dx / length;
    const uy = dy / length;
    surface.move(x, y);
    surface.line(x - ux * size - uy * size * 0.45, y - uy * size + ux * size * 0.45);
    surface.line(x - ux * size + uy * size * 0.45, y - uy * size - ux * size * 0.45);
    surface.line(x, y);
  }

  // src/surface.ts
  var FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", "DejaVu Sans", Arial, sans-serif';
  function fontOf(size, bold, italic) {
    return `${italic ? "italic " : ""}${bold ? "600 " : ""}${size}px ${FONT}`;
  }
  var widths = /* @__PURE__ */ new Map();
  var ruler = null;
  function measureText(text, size, bold) {
    const key = `${size}${bold ? "b" : ""}|${text}`;
    const known = widths.get(key);
    if (known !== void 0) return known;
    if (!ruler) ruler = document.createElement("canvas").getContext("2d");
    if (!ruler) return text.length * size * 0.55;
    ruler.font = fontOf(size, bold);
    const width = ruler.measureText(text).width;
    if (widths.size > 2e4) widths.clear();
    widths.set(key, width);
    return width;
  }
  var CanvasSurface = class {
    constructor(context) {
      this.context = context;
    }
    begin() {
      this.context.beginPath();
    }
    move(x, y) {
      this.context.moveTo(x, y);
    }
    line(x, y) {
      this.context.lineTo(x, y);
    }
    quad(cx, cy, x, y) {
      this.context.quadraticCurveTo(cx, cy, x, y);
    }
    cubic(cx, cy, dx, dy, x, y) {
      this.context.bezierCurveTo(cx, cy, dx, dy, x, y);
    }
    circle(x, y, radius) {
      this.context.moveTo(x + radius, y);
      this.context.arc(x, y, radius, 0, Math.PI * 2);
    }
    close() {
      this.context.closePath();
    }
    fill(colour, alpha = 1, evenodd = false) {
      this.context.globalAlpha = alpha;
      this.context.fillStyle = colour;
      this.context.fill(evenodd ? "evenodd" : "nonzero");
      this.context.globalAlpha = 1;
    }
    stroke(stroke) {
      const context = this.context;
      context.globalAlpha = stroke.alpha === void 0 ? 1 : stroke.alpha;
      context.strokeStyle = stroke.colour;
      context.lineWidth = stroke.width;
      context.lineCap = stroke.cap || "butt";
      context.lineJoin = "round";
      context.setLineDash(stroke.dash || []);
      context.stroke();
      context.globalAlpha = 1;
    }
    text(text, x, y, style) {
      const context = this.context;
      context.font = fontOf(style.size, style.bold, style.italic);
      context.textAlign = style.align || "left";
      context.textBaseline = "middle";
      context.globalAlpha = style.alpha === void 0 ? 1 : style.alpha;
      if (style.halo) {
        context.setLineDash([]);
        context.lineJoin = "round";
        context.lineWidth = 3;
        context.strokeStyle = style.halo;
        context.strokeText(text, x, y);
      }
      context.fillStyle = style.colour;
      context.fillText(text, x, y);
      context.globalAlpha = 1;
    }
    measure(text, size, bold) {
      return measureText(text, size, bold);
    }
  };
  var SVG = "http://www.w3.org/2000/svg";
  function svgElement(name, attributes) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
    return made;
  }
  function round(value) {
    return String(Math.round(value * 10) / 10);
  }
  var SvgSurface = class {
    constructor(width, height, background) {
      this.path = [];
      this.root = svgElement("svg", { viewBox: `0 0 ${width} ${height}`, width, height });
      if (background) {
        this.root.appendChild(svgElement("rect", { width, height, fill: background }));
      }
    }
    begin() {
      this.path = [];
    }
    move(x, y) {
      this.path.push(`M${round(x)} ${round(y)}`);
    }
    line(x, y) {
      this.path.push(`L${round(x)} ${round(y)}`);
    }
    quad(cx, cy, x, y) {
      this.path.push(`Q${round(cx)} ${round(cy)} ${round(x)} ${round(y)}`);
    }
    cubic(cx, cy, dx, dy, x, y) {
      this.path.push(
        `C${round(cx)} ${round(cy)} ${round(dx)} ${round(dy)} ${round(x)} ${round(y)}`
      );
    }
    circle(x, y, radius) {
      const r = round(radius);
      const right = round(x + radius);
      const left = round(x - radius);
      this.path.push(`M${right} ${round(y)}A${r} ${r} 0 1 1 ${left} ${round(y)}`);
      this.path.push(`A${r} ${r} 0 1 1 ${right} ${round(y)}Z`);
    }
    close() {
      this.path.push("Z");
    }
    fill(colour, alpha = 1, evenodd = false) {
      const attributes = { d: this.path.join(""), fill: colour };
      if (evenodd) attributes["fill-rule"] = "evenodd";
      if (alpha !== 1) attributes["fill-opacity"] = alpha;
      if (this.path.length) this.root.appendChild(svgElement("path", attributes));
    }
    stroke(stroke) {
      if (!this.path.length) return;
      const attributes = {
        d: this.path.join(""),
        fill: "none",
        stroke: stroke.colour,
        "stroke-width": round(stroke.width),
        "stroke-linejoin": "round"
      };
      if (stroke.dash && stroke.dash.length) attributes["stroke-dasharray"] = stroke.dash.join(" ");
      if (stroke.alpha !== void 0) attributes["stroke-opacity"] = stroke.alpha;
      if (stroke.cap) attributes["stroke-linecap"] = stroke.cap;
      this.root.appendChild(svgElement("path", attributes));
    }
    text(text, x, y, style) {
      const anchor = style.align === "center" ? "middle" : style.align === "right" ? "end" : "start";
      const attributes = {
        x: round(x),
        y: round(y + style.size * 0.35),
        "font-family": FONT,
        "font-size": style.size,
        "text-anchor": anchor,
        fill: style.colour
      };
      if (style.bold) attributes["font-weight"] = 600;
      if (style.italic) attributes["font-style"] = "italic";
      if (style.alpha !== void 0) attributes["fill-opacity"] = style.alpha;
      if (style.halo) {
        attributes["stroke"] = style.halo;
        attributes["stroke-width"] = 3;
        attributes["stroke-linejoin"] = "round";
        attributes["paint-order"] = "stroke";
      }
      const made = svgElement("text", attributes);
      made.textContent = text;
      this.root.appendChild(made);
    }
    measure(text, size, bold) {
      return measureText(text, size, bold);
    }
  };

  // src/icons.ts
  function icon(width, height, draw) {
    const surface = new SvgSurface(width, height);
    draw(surface);
    surface.root.setAttribute("aria-hidden", "true");
    surface.root.setAttribute("class", "icon");
    return surface.root;
  }
  function markIcon(app, party, size) {
    const shape = shapeOf(app.model, party);
    const radius = size * (shape === "victim" || shape === "both" ? 0.27 : 0.38);
    return icon(
      size,
      size,
      (surface) => drawMark(surface, size / 2, size / 2, {
        shape,
        group: app.model.group[party],
        radius: Math.max(radius, 3.5),
        palette: app.palette(),
        alpha: 1
      })
    );
  }

  // src/overview.ts
  function topBrokers(app, most = 10) {
    const { rank } = app.model.page.parties;
    return rank.map((place, party) => [place === null ? Infinity : place, party]).filter((pair) => pair[0] <= most).sort((a, b) => a[0] - b[0] || a[1] - b[1]).map((pair) => pair[1]);
  }
  function drawOverview(app, root) {
    const { words } = app;
    replace(
      root,
      element("p", { class: "hint first" }, words.say("nothingSelected")),
      brokers(app),
      rings(app)
    );
  }
  function brokers(app) {
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
          because ? element("div", { class: "why" }, words.pick(because)) : null
        )
      );
    });
    return element(
      "section",
      { class: "part" },
      title,
      element("ol", { class: "brokers" }, ...items),
      element("p", { class: "hint" }, words.say("brokersCaution"))
    );
  }
  function rings(app) {
    const { words, model } = app;
    if (model.page.rings.length === 0) return null;
    const { palette } = { palette: app.palette() };
    const items = model.page.rings.slice(0, 40).map((ring, at) => {
      const swatch = element("span", { class: "swatch" });
      swatch.style.backgroundColor = palette.hulls[at % palette.hulls.length];
      const stability = ring.stability === null ? words.unknown() : words.say("ringStability", { s: ring.stability.toFixed(2) });
      return element(
        "li",
        null,
        swatch,
        element("b", null, ring.name),
        ring.called && element("span", { class: "called" }, words.pick(ring.called)),
        element("span", { class: "quiet" }, `${words.say("ringMembers", { n: ring.members.length })}, ${stability}`)
      );
    });
    return element(
      "section",
      { class: "part" },
      element("h4", null, `${words.say("rings")} (${model.page.rings.length})`),
      element("ul", { class: "rings" }, ...items),
      element("p", { class: "hint" }, words.say("ringStabilityHelp"))
    );
  }

  // src/details.ts
  var FIRST = 12;
  function drawDetails(app, root) {
    const { selected } = app.store.get();
    if (!selected) {
      drawOverview(app, root);
      return;
    }
    const close = button(`⌖ ${app.words.say("comeClose")}`, () => app.comeClose(), { class: "close-by" });
    const [head, ...rest] = contents(app, selected);
    replace(root, clearButton(app), head, close, ...rest);
    root.scrollTop = 0;
  }
  function clearButton(app) {
    const label = app.words.say("clearSelection");
    return button("×", () => app.select(null), { class: "clear", title: label, "aria-label": label });
  }
  function contents(app, target) {
    switch (target.kind) {
      case "party":
        return partyDetails(app, target.party);
      case "tie":
        return tieDetails(app, target.tie);
      case "leg":
        return legDetails(app, target.leg);
      case "arrow":
        return arrowDetails(app, target.arrow);
      case "place":
        return placeDetails(app, target.place);
      case "path":
        return pathDetails(app, target.from, target.to);
    }
  }
  function heading(kicker, title, icon2) {
    const head = element("div", { class: "heading" });
    if (icon2) head.appendChild(icon2);
    head.appendChild(
      element("div", null, element("p", { class: "kicker" }, kicker), element("h3", null, title))
    );
    return head;
  }
  function section(title, ...children) {
    return element("section", { class: "part" }, element("h4", null, title), ...children);
  }
  function longList(app, items, tag = "ul") {
    const list = element(tag, { class: "items" });
    const show = (from, to) => {
      for (const make of items.slice(from, to)) list.appendChild(make());
    };
    show(0, FIRST);
    if (items.length <= FIRST) return list;
    const rest = button(app.words.say("more", { n: items.length - FIRST }), () => {
      rest.remove();
      show(FIRST, items.length);
    });
    rest.className = "link more";
    return element("div", null, list, rest);
  }
  function partyLink(app, party) {
    const made = button("", () => app.select({ kind: "party", party }), { class: "link party" });
    made.append(markIcon(app, party, 15), app.model.page.parties.label[party]);
    made.addEventListener(
      "mouseenter",
      () => app.store.change({ hovered: { kind: "party", party } })
    );
    made.addEventListener("mouseleave", () => app.store.change({ hovered: null }));
    return made;
  }
  function partyLinks(app, parties) {
    if (parties.length === 0) return null;
    return element("span", { class: "links" }, ...parties.map((party) => partyLink(app, party)));
  }
  function endLink(app, leg, end) {
    const place = app.model.page.legs[end][leg];
    if (place === null) {
      const party = app.endParty(leg, end);
      return party === null ? null : partyLink(app, party);
    }
    const label = app.model.page.places.label[place];
    return button(label, () => app.select({ kind: "place", place }), { class: "link" });
  }
  function partyDetails(app, party) {
    const { words, model } = app;
    const { parties } = model.page;
    const type = words.code("party", parties.type[party]);
    const title = heading(type, parties.label[party], markIcon(app, party, 30));
    const hint = words.say("pathPick", { a: parties.label[party] });
    return [
      title,
      section(words.say("party"), partyRows(app, party)),
      factsSection(app, party),
      tiesSection(app, party),
      ...legsSections(app, party),
      section(words.say("recordsOf"), recordsOf(app, parties.records[party])),
      element("p", { class: "hint" }, hint)
    ];
  }
  function recordsOf(app, records) {
    return records.length ? folded(app, records) : evidenceList(app, records);
  }
  function partyRows(app, party) {
    const { words, model } = app;
    const { parties, rings: rings2 } = model.page;
    const person = parties.type[party] === "person";
    const names = parties.rings[party].map((ring) => words.ring(rings2[ring])).join("; ");
    const because = parties.because[party];
    const country = parties.country[party];
    const rows = [row(words, words.say("id"), parties.id[party])];
    if (person) {
      const roles = parties.roles[party].map((role) => words.code("role", role)).join(", ");
      const standing = parties.standing[party];
      rows.push(
        row(words, words.say("roles"), roles),
        row(words, words.say("side"), parties.side[party] ? app.sideText(party) : null),
        row(words, words.say("standing"), standing && words.code("standing", standing))
      );
    } else {
      rows.push(row(words, words.say("kind"), parties.kind[party] && app.rolesText(party)));
    }
    rows.push(
      row(words, words.say("country"), country && words.code("country", country)),
      row(words, words.say("province"), parties.province[party]),
      row(words, words.say("member"), names || words.say("noRing"))
    );
    if (person) rows.push(row(words, words.say("rank"), rankText(app, party)));
    if (because) rows.push(row(words, words.say("because"), words.pick(because)));
    return element("dl", { class: "rows" }, ...rows);
  }
  function rankText(app, party) {
    const rank = app.model.page.parties.rank[party];
    if (rank === null) return app.words.say("rankNone");
    return app.words.say("rankOf", { n: rank, N: app.model.ranked });
  }
  function factsSection(app, party) {
    const { words, model } = app;
    const byColumn = /* @__PURE__ */ new Map();
    for (const fact of model.page.parties.facts[party]) {
      const known = byColumn.get(fact[0]);
      if (known) known.push(fact);
      else byColumn.set(fact[0], [fact]);
    }
    if (byColumn.size === 0) {
      return section(words.say("facts"), element("p", { class: "missing" }, words.say("noFacts")));
    }
    const blocks = Array.from(byColumn.entries()).map(
      ([column, facts]) => factBlock(app, party, column, facts)
    );
    return section(words.say("facts"), element("div", { class: "facts" }, ...blocks));
  }
  var MANY = /* @__PURE__ */ new Set(["aliases", "note", "role", "roles", "further", "case_id", "grade", "source_ref"]);
  function factBlock(app, party, column, facts) {
    const { words } = app;
    const values = new Set(facts.map((fact) => String(fact[1])));
    const disagree = values.size > 1 && !MANY.has(column.split("@")[0]);
    return element(
      "div",
      { class: disagree ? "fact disagree" : "fact" },
      element(
        "div",
        { class: "fact-name" },
        words.code("column", column),
        disagree ? element("span", { class: "flag" }, `⚠ ${words.say("disagree")}`) : null
      ),
      ...facts.map(
        (fact) => element(
          "div",
          { class: "fact-value" },
          factValue(app, party, column, fact),
          fact[2].length ? folded(app, fact[2]) : null
        )
      )
    );
  }
  function codeList(app, party, column) {
    const name = column.split("@")[0];
    if (name === "kind") return app.model.page.parties.type[party];
    return name === "nationality" ? "country" : name;
  }
  var DATES = /* @__PURE__ */ new Set(["born", "reported", "detected", "prosecuted", "tried"]);
  function factValue(app, party, column, fact) {
    const { words } = app;
    const value = fact[1];
    if (value === null || value === "") {
      return element("span", { class: "missing" }, words.unknown());
    }
    const text = String(value);
    const said = DATES.has(column) && isVague(text) ? sayDate(words, text) : null;
    return element("span", { class: "said" }, said || words.code(codeList(app, party, column), text));
  }
  function tiesSection(app, party) {
    const { words, model, visible } = app;
    const shown = model.tiesOf[party].filter((tie) => visible.tie[tie] === 1);
    const hidden = model.tiesOf[party].length - shown.length;
    const byOther = /* @__PURE__ */ new Map();
    for (const tie of shown) {
      const other = otherEnd(model, tie, party);
      const known = byOther.get(other);
      if (known) known.push(tie);
      else byOther.set(other, [tie]);
    }
    const groups = Array.from(byOther.entries()).sort((a, b) => b[1].length - a[1].length || a[0] - b[0]);
    const note = hidden ? element("p", { class: "hint" }, words.say("hiddenTies", { n: hidden })) : null;
    const title = `${words.say("tiesTo")} (${shown.length})`;
    if (groups.length === 0) {
      return section(title, element("p", { class: "missing" }, words.say("noTies")), note);
    }
    const items = groups.map(
      ([other, ties]) => () => element(
        "div",
        { class: "other" },
        partyLink(app, other),
        element("ul", null, ...ties.map((tie) => tieLine(app, tie, party)))
      )
    );
    return section(title, longList(app, items, "div"), note);
  }
  function tieLine(app, tie, seenFrom) {
    const { ties } = app.model.page;
    const kind = app.words.code("tie", ties.kind[tie]);
    const self = ties.source[tie] === ties.target[tie];
    const sign = !ties.directed[tie] ? "–" : self ? "↻" : ties.source[tie] === seenFrom ? "→" : "←";
    const when = [ties.first[tie], ties.last[tie]].filter((date, at, all) => date && all.indexOf(date) === at);
    const made = button("", () => app.select({ kind: "tie", tie }), { class: "link tie" });
    made.append(
      element("span", { class: "sign" }, sign),
      element("span", null, kind),
      gradeMark(readGrade(ties.grade[tie])),
      element("span", { class: "quiet" }, when.map((date) => sayDate(app.words, date)).join(" – "))
    );
    return element("li", null, made);
  }
  function legsSections(app, party) {
    const { words, model, visible } = app;
    const { legs } = model.page;
    const shown = model.legsOf[party].filter((leg) => visible.leg[leg] === 1);
    const travelled = shown.filter((leg) => legs.people[leg].includes(party));
    const moved = shown.filter((leg) => legs.moved_by[leg].includes(party));
    const place = model.placeOf[party];
    const here = place < 0 ? [] : model.legsAt[place].filter((leg) => visible.leg[leg] === 1);
    const parts = [
      [words.say("legsTravelled"), travelled],
      [words.say("legsMoved"), moved],
      [words.say("legsHere"), here]
    ];
    return parts.filter((part2) => part2[1].length).map((part2) => legsPart(app, part2[0], part2[1]));
  }
  function legsPart(app, title, legs) {
    const ordered = legs.slice().sort((a, b) => {
      const first = app.model.page.legs.date[a] || "9999";
      const second = app.model.page.legs.date[b] || "9999";
      return first < second ? -1 : first > second ? 1 : a - b;
    });
    const items = ordered.map((leg) => () => legLine(app, leg));
    return section(`${title} (${legs.length})`, longList(app, items));
  }
  function legLine(app, leg) {
    const { legs } = app.model.page;
    const made = button("", () => app.select({ kind: "leg", leg }), { class: "link tie" });
    made.append(
      element("span", null, app.legText(leg)),
      element("span", { class: "quiet" }, `${sayDate(app.words, legs.date[leg])} · ${whoText(app, leg)}`),
      legs.crosses[leg] ? element("span", { class: "tag" }, app.words.say("crossesBorder")) : ""
    );
    made.addEventListener("mouseenter", () => app.store.change({ hovered: { kind: "leg", leg } }));
    made.addEventListener("mouseleave", () => app.store.change({ hovered: null }));
    return element("li", null, made);
  }
  function whoText(app, leg) {
    const { legs, parties } = app.model.page;
    const names = (list) => list.map((party) => parties.label[party]).join(", ") || app.words.unknown();
    return `${names(legs.moved_by[leg])} → ${names(legs.people[leg])}`;
  }
  function tieDetails(app, tie) {
    const { words, model } = app;
    const { ties, parties } = model.page;
    const source = ties.source[tie];
    const target = ties.target[tie];
    const kind = words.code("tie", ties.kind[tie]);
    const names = { a: parties.label[source], b: parties.label[target] };
    const direction = ties.directed[tie] ? source === target ? words.say("selfTie", names) : `${names.a} → ${names.b}` : words.say("undirected", names);
    const weight = ties.weight[tie];
    const title = heading(words.say("tie"), kind);
    const ends = element("p", { class: "ends" }, partyLink(app, source), ties.directed[tie] ? " → " : " – ", partyLink(app, target));
    return [
      title,
      ends,
      section(
        words.say("tie"),
        element(
          "dl",
          { class: "rows" },
          row(words, words.say("direction"), direction),
          row(words, words.say("strength"), weight === null ? null : words.number(weight)),
          row(words, words.say("when"), span(app, ties.first[tie], ties.last[tie])),
          row(words, words.say("case"), caseName(app, ties.case[tie])),
          row(words, words.say("grade"), bestGrade(ties.grade[tie]))
        ),
        model.tieWeak[tie] ? element("p", { class: "doubt" }, words.say("weakLong")) : null
      ),
      section(`${words.say("evidence")} (${ties.records[tie].length})`, evidenceList(app, ties.records[tie], ties.notes[tie]))
    ];
  }
  function caseName(app, id) {
    return id === null ? null : app.caseText(id);
  }
  function bestGrade(grade) {
    return grade ? element("span", null, gradeMark(readGrade(grade))) : null;
  }
  function span(app, first, last) {
    if (!first && !last) return null;
    if (first === last) return sayDate(app.words, first);
    return app.words.say("firstLast", {
      a: sayDate(app.words, first),
      b: sayDate(app.words, last)
    });
  }
  function legDetails(app, leg) {
    const { words, model } = app;
    const { legs } = model.page;
    const exit = legs.legal_exit[leg];
    const transport = legs.transport[leg];
    const stage = legs.stage[leg];
    const exitText = exit === "yes" ? words.say("yes") : exit === "no" ? words.say("no") : null;
    return [
      heading(words.say("leg"), app.legText(leg)),
      section(
        words.say("leg"),
        element(
          "dl",
          { class: "rows" },
          row(words, words.say("date"), legs.date[leg] && sayDate(words, legs.date[leg])),
          row(words, words.say("stage"), stage && words.code("stage", stage)),
          row(words, words.say("from"), endLink(app, leg, "from")),
          row(words, words.say("crossing"), endLink(app, leg, "crossing")),
          row(words, words.say("to"), endLink(app, leg, "to")),
          row(words, words.say("happenedTo"), partyLinks(app, legs.people[leg])),
          row(words, words.say("movedBy"), partyLinks(app, legs.moved_by[leg])),
          row(words, words.say("transport"), transport && words.code("transport", transport)),
          row(words, words.say("crossesBorder"), words.say(legs.crosses[leg] ? "yes" : "no")),
          row(words, words.say("legalExit"), exitText),
          row(words, words.say("case"), caseName(app, legs.case[leg])),
          row(words, words.say("route"), legs.route[leg]),
          row(words, words.say("id"), legs.event[leg])
        ),
        model.legWeak[leg] ? element("p", { class: "doubt" }, words.say("weakLong")) : null
      ),
      section(
        `${words.say("evidence")} (${legs.records[leg].length})`,
        evidenceList(app, legs.records[leg], legs.notes ? legs.notes[leg] : void 0)
      )
    ];
  }
  function arrowDetails(app, at) {
    const { words, model, visible } = app;
    const arrow = model.arrows[at];
    const { label } = model.page.places;
    const shown = arrow.legs.filter((leg) => visible.leg[leg] === 1);
    const values = { n: shown.length, a: label[arrow.from], b: label[arrow.to] };
    return [
      heading(words.code("stage", arrow.stage), words.say("arrowOf", values)),
      legsPart(app, words.say("legs"), shown)
    ];
  }
  function placeDetails(app, place) {
    const { words, model, visible } = app;
    const { places } = model.page;
    const owner = places.party[place];
    const here = model.legsAt[place].filter((leg) => visible.leg[leg] === 1);
    const position = `${places.lat[place].toFixed(3)}, ${places.lon[place].toFixed(3)}`;
    const about = places.approximate[place] ? ` (${words.say("approximate")})` : "";
    const country = places.country[place];
    const kind = places.kind[place];
    const head = heading(words.say("place"), places.label[place]);
    const rows = element(
      "dl",
      { class: "rows" },
      row(words, words.say("kind"), kind && words.code("place", kind)),
      row(words, words.say("country"), country && words.code("country", country)),
      row(words, words.say("coordinates"), position + about)
    );
    const parts = [head, section(words.say("place"), rows)];
    if (places.approximate[place]) {
      parts.push(element("p", { class: "doubt" }, words.say("approximateLong")));
    }
    if (here.length) parts.push(legsPart(app, words.say("legsHere"), here));
    if (owner !== null) {
      parts.push(factsSection(app, owner), tiesSection(app, owner));
      parts.push(section(words.say("recordsOf"), recordsOf(app, model.page.parties.records[owner])));
    }
    return parts;
  }
  function pathDetails(app, from, to) {
    const { words, model, visible } = app;
    const { label } = model.page.parties;
    const names = { a: label[from], b: label[to] };
    const way = shortestWay(model, visible.tie, from, to);
    const head = heading(words.say("path"), `${names.a} … ${names.b}`);
    if (!way) return [head, element("p", { class: "doubt" }, words.say("pathNone", names))];
    const steps = way.steps.length;
    const title = steps === 1 ? words.say("pathOne", names) : words.say("pathOf", { ...names, n: steps });
    const list = element("ol", { class: "way" });
    way.parties.forEach((party, at) => {
      const item = element("li", null, partyLink(app, party));
      const ties = way.steps[at] || [];
      if (ties.length) {
        item.appendChild(element("ul", null, ...ties.map((tie) => tieLine(app, tie, party))));
      }
      list.appendChild(item);
    });
    return [
      head,
      section(title, list),
      element("p", { class: "hint" }, words.say("neverProof"))
    ];
  }

  // src/filter-panel.ts
  var TITLES = {
    kind: "filterKind",
    role: "filterRole",
    type: "filterType",
    side: "filterSide",
    ring: "filterRing",
    case: "filterCase"
  };
  function optionsOf(app, list) {
    const { page } = app.model;
    const counts = /* @__PURE__ */ new Map();
    const add = (code) => {
      counts.set(code || "", (counts.get(code || "") || 0) + 1);
    };
    const people = page.parties.type.map((type) => type === "person");
    if (list === "kind") page.ties.kind.concat(page.legs.kind).forEach(add);
    else if (list === "type") page.parties.type.forEach(add);
    else if (list === "case") page.ties.case.concat(page.legs.case).forEach(add);
    else if (list === "ring") page.parties.rings.forEach((rings2) => addAll(add, rings2.map(String)));
    else if (list === "role") page.parties.roles.forEach((roles, at) => people[at] && addAll(add, roles));
    else page.parties.side.forEach((side, at) => people[at] && add(side));
    const options = Array.from(counts.entries()).map(([code, count]) => ({
      code,
      count,
      label: labelOf(app, list, code)
    }));
    return options.sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
  }
  function addAll(add, codes) {
    if (codes.length === 0) add(null);
    else codes.forEach(add);
  }
  function labelOf(app, list, code) {
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
  function sideLabel(app, code) {
    const names = {
      offender: "sideOffender",
      victim: "sideVictim",
      both: "sideBoth",
      other: "sideOther"
    };
    return app.words.say(names[code] || "sideNone");
  }
  function change(app, part2) {
    app.store.change({ filters: { ...app.store.get().filters, ...part2 } });
  }
  function resetFilters(app) {
    app.store.change({ filters: noFilters() });
  }
  function drawFilters(app, root) {
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
        })
      ),
      doubtPart(app),
      yearPart(app),
      strengthPart(app),
      ...FILTER_LISTS.map((list) => listPart(app, list))
    );
  }
  function refreshCounter(app, root) {
    const counter = root.querySelector(".counter");
    if (counter) counter.textContent = counterText(app);
  }
  function counterText(app) {
    const { words, visible, model } = app;
    const text = words.say("showing", {
      n: words.number(visible.parties),
      N: words.number(model.partyCount),
      m: words.number(visible.ties),
      M: words.number(model.tieCount)
    });
    if (model.legCount === 0) return text;
    const legs = { n: words.number(visible.legs), N: words.number(model.legCount) };
    return `${text}, ${words.say("showingLegs", legs)}`;
  }
  function part(title, ...children) {
    return element("fieldset", { class: "part" }, element("legend", null, title), ...children);
  }
  function tick(label, checked, act, count) {
    const box = element("input", { type: "checkbox", checked });
    box.addEventListener("change", () => act(box.checked));
    return element(
      "label",
      { class: "tick" },
      box,
      element("span", null, label),
      count ? element("span", { class: "count" }, count) : null
    );
  }
  function doubtPart(app) {
    const { words } = app;
    const { filters } = app.store.get();
    return part(
      words.say("filterDoubt"),
      tick(words.say("hideWeak"), filters.hideWeak, (on) => change(app, { hideWeak: on })),
      element("p", { class: "hint" }, words.say("hideWeakNote")),
      tick(words.say("hideLoose"), filters.hideLoose, (on) => change(app, { hideLoose: on }))
    );
  }
  function yearPart(app) {
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
    const moved = (which) => {
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
    const undated = model.tieYears.concat(model.legYears).filter((span2) => span2 === null).length;
    const note = words.say("filterDateNote", { n: words.number(undated) });
    return part(
      title,
      element("div", { class: "years" }, first, second, shown),
      element("p", { class: "hint" }, note),
      model.vague ? element("p", { class: "hint" }, words.say("filterDateVague", { n: words.number(model.vague) })) : null
    );
  }
  function range(least, most, value, label) {
    return element("input", { type: "range", min: least, max: most, step: 1, value, "aria-label": label });
  }
  function strengthPart(app) {
    const { words, model } = app;
    const weights = model.page.ties.weight;
    const known = weights.filter((weight) => weight !== null);
    const stops = Array.from(new Set(known)).sort((a, b) => a - b);
    if (stops.length < 2) return null;
    const { filters } = app.store.get();
    const at = filters.strength === null ? 0 : Math.max(0, stops.indexOf(filters.strength));
    const say = (stop) => stop === 0 ? words.say("anyStrength") : `≥ ${words.number(stops[stop])}`;
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
      element("p", { class: "hint" }, unknown)
    );
  }
  function listPart(app, list) {
    const { words } = app;
    const options = optionsOf(app, list);
    if (options.length < 2) return null;
    const set = (off) => {
      change(app, { [list]: off });
      draw();
    };
    const holder = element("div", { class: "ticks" });
    const find = element("input", {
      type: "search",
      class: "find",
      placeholder: words.say("filterFind"),
      "aria-label": words.say("filterFind")
    });
    const draw = () => {
      const off = app.store.get().filters[list];
      const wanted = find.value.trim().toLowerCase();
      const shown = options.filter((option) => option.label.toLowerCase().includes(wanted));
      replace(
        holder,
        ...shown.map(
          (option) => tick(
            option.label,
            !off.has(option.code),
            (on) => {
              const next = new Set(app.store.get().filters[list]);
              if (on) next.delete(option.code);
              else next.add(option.code);
              change(app, { [list]: next });
            },
            words.number(option.count)
          )
        )
      );
    };
    find.addEventListener("input", draw);
    draw();
    const links = element(
      "div",
      { class: "all-none" },
      button(words.say("all"), () => set(/* @__PURE__ */ new Set()), { class: "link" }),
      button(words.say("none"), () => set(new Set(options.map((one) => one.code))), { class: "link" })
    );
    const made = part(words.say(TITLES[list]), links, options.length > 12 ? find : null, holder);
    made.setAttribute("data-list", list);
    return made;
  }
  function filtersInWords(app) {
    const { words } = app;
    const { filters } = app.store.get();
    const said = [];
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

  // src/help.ts
  var KEYS = [
    ["keysMouse", "keysMouseDo"],
    ["keysTab", "keysTabDo"],
    ["keysArrows", "keysArrowsDo"],
    ["keysEnter", "keysEnterDo"],
    ["keysEsc", "keysEscDo"],
    ["keysSlash", "keysSlashDo"],
    ["keysZoom", "keysZoomDo"],
    ["keysPan", "keysPanDo"],
    ["keysHelp", "keysHelpDo"]
  ];
  var Help = class {
    constructor(app) {
      this.app = app;
      this.root = element("div", { class: "veil", hidden: true });
      this.before = null;
      this.root.addEventListener("click", (event) => {
        if (event.target === this.root) this.close();
      });
      this.root.addEventListener("keydown", (event) => {
        event.stopPropagation();
        if (event.key === "Escape") this.close();
        if (event.key === "Tab") event.preventDefault();
      });
    }
    isOpen() {
      return !this.root.hidden;
    }
    open() {
      const { words } = this.app;
      this.before = document.activeElement;
      const close = button(words.say("close"), () => this.close());
      const lines = KEYS.map(
        ([key, does]) => element("div", null, element("dt", null, words.say(key)), element("dd", null, words.say(does)))
      );
      const box = element(
        "div",
        { class: "dialog", role: "dialog", "aria-modal": "true", "aria-labelledby": "help-title" },
        element("h2", { id: "help-title" }, words.say("help")),
        element("dl", { class: "keys" }, ...lines),
        element("p", null, words.say("keysList")),
        close
      );
      replace(this.root, box);
      this.root.hidden = false;
      close.focus();
    }
    close() {
      this.root.hidden = true;
      if (this.before instanceof HTMLElement) this.before.focus();
    }
  };

  // src/camera.ts
  function toScreen(frame, x, y) {
    return {
      x: (x - frame.camera.x) * frame.camera.scale + frame.width / 2,
      y: (y - frame.camera.y) * frame.camera.scale + frame.height / 2
    };
  }
  function toWorld(frame, x, y) {
    return {
      x: (x - frame.width / 2) / frame.camera.scale + frame.camera.x,
      y: (y - frame.height / 2) / frame.camera.scale + frame.camera.y
    };
  }
  function extentOf(xs, ys, wanted) {
    const extent = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
    for (let item = 0; item < xs.length; item += 1) {
      if (!wanted(item)) continue;
      extent.left = Math.min(extent.left, xs[item]);
      extent.right = Math.max(extent.right, xs[item]);
      extent.top = Math.min(extent.top, ys[item]);
      extent.bottom = Math.max(extent.bottom, ys[item]);
    }
    return extent.left <= extent.right ? extent : null;
  }
  function fitCamera(extent, width, height, margin, mostScale) {
    const wide = Math.max(extent.right - extent.left, 1e-6);
    const high = Math.max(extent.bottom - extent.top, 1e-6);
    const room = Math.min(margin, width / 5, height / 5);
    const scale = Math.min((width - room * 2) / wide, (height - room * 2) / high, mostScale);
    return {
      x: (extent.left + extent.right) / 2,
      y: (extent.top + extent.bottom) / 2,
      scale: Math.max(scale, 1e-9)
    };
  }
  function rescale(frame, width, height) {
    const factor = Math.min(width / frame.width, height / frame.height);
    return { camera: { ...frame.camera, scale: frame.camera.scale * factor }, width, height };
  }

  // src/map-drawing.ts
  function prepareBase(model) {
    const base = model.page.basemap;
    if (!base) return { cover: null, countries: [], provinces: [] };
    return {
      cover: coverOf(base.bounds),
      countries: base.countries.map(prepareLand),
      provinces: base.provinces.map(prepareLand)
    };
  }
  function coverOf([south, west, north, east]) {
    const topLeft = project(north, west);
    const bottomRight = project(south, east);
    return { left: topLeft.x, top: topLeft.y, right: bottomRight.x, bottom: bottomRight.y };
  }
  function prepareLand(area) {
    return {
      area,
      outlines: area.rings.map(prepareOutline),
      at: area.at ? project(area.at[0], area.at[1]) : null
    };
  }
  function prepareOutline(ring) {
    const points = new Float64Array(ring.length);
    const outline2 = { points, left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
    for (let at = 0; at + 1 < ring.length; at += 2) {
      const { x, y } = project(ring[at + 1], ring[at]);
      points[at] = x;
      points[at + 1] = y;
      outline2.left = Math.min(outline2.left, x);
      outline2.right = Math.max(outline2.right, x);
      outline2.top = Math.min(outline2.top, y);
      outline2.bottom = Math.max(outline2.bottom, y);
    }
    return outline2;
  }
  function spreadPlaces(model) {
    const seen = /* @__PURE__ */ new Map();
    return model.placeX.map((x, place) => {
      const key = `${x.toFixed(3)}|${model.placeY[place].toFixed(3)}`;
      const before = seen.get(key) || 0;
      seen.set(key, before + 1);
      if (before === 0) return { x: 0, y: 0 };
      const angle = before * 2.4;
      const away = 14 * Math.sqrt(before);
      return { x: Math.cos(angle) * away, y: Math.sin(angle) * away };
    });
  }
  function placePoint(scene, place) {
    const point = toScreen(scene.frame, scene.model.placeX[place], scene.model.placeY[place]);
    return { x: point.x + scene.spread[place].x, y: point.y + scene.spread[place].y };
  }
  function drawMap(surface, scene) {
    drawBase(surface, scene);
    const points = scene.model.placeX.map((_, place) => placePoint(scene, place));
    const curves = drawArrows(surface, scene, points);
    const inView = placesInView(scene, points);
    for (const place of inView) drawPlace(surface, scene, place, points[place]);
    const taken = new Taken();
    for (const box of scene.reserved) taken.take(box);
    drawStageNumbers(surface, scene, curves, taken);
    const labels = drawLabels(surface, scene, points, inView, taken);
    const legs = curves.reduce((sum, drawn) => sum + shownLegs(scene, drawn.arrow).length, 0);
    return { places: inView.length, legs, arrows: curves.length, labels, curves, inView };
  }
  function drawBase(surface, scene) {
    const { frame, palette } = scene;
    const { cover } = scene.base;
    fillBox(surface, 0, 0, frame.width, frame.height, palette.landOutside);
    if (cover) {
      const a = toScreen(frame, cover.left, cover.top);
      const b = toScreen(frame, cover.right, cover.bottom);
      const left = Math.max(0, a.x);
      const top = Math.max(0, a.y);
      const right = Math.min(frame.width, b.x);
      const bottom = Math.min(frame.height, b.y);
      if (left < right && top < bottom) fillBox(surface, left, top, right, bottom, palette.sea);
    }
    for (const country of scene.base.countries) {
      if (!traceLand(surface, frame, country, null)) continue;
      surface.fill(palette.land, 1, true);
    }
    for (const province of scene.base.provinces) {
      if (!traceLand(surface, frame, province, cover)) continue;
      surface.stroke({ colour: palette.provinceLine, width: 0.9 });
    }
    for (const country of scene.base.countries) {
      if (!traceLand(surface, frame, country, cover)) continue;
      surface.stroke({ colour: palette.border, width: 1.2, alpha: 0.85 });
    }
  }
  function fillBox(surface, left, top, right, bottom, colour) {
    surface.begin();
    surface.move(left, top);
    surface.line(right, top);
    surface.line(right, bottom);
    surface.line(left, bottom);
    surface.close();
    surface.fill(colour);
  }
  function traceLand(surface, frame, land, cut) {
    let any = false;
    surface.begin();
    for (const outline2 of land.outlines) {
      const topLeft = toScreen(frame, outline2.left, outline2.top);
      const bottomRight = toScreen(frame, outline2.right, outline2.bottom);
      if (bottomRight.x < 0 || bottomRight.y < 0) continue;
      if (topLeft.x > frame.width || topLeft.y > frame.height) continue;
      if (bottomRight.x - topLeft.x < 1 && bottomRight.y - topLeft.y < 1) continue;
      traceOutline2(surface, frame, outline2.points, cut);
      any = true;
    }
    return any;
  }
  function traceOutline2(surface, frame, points, cut) {
    const { scale } = frame.camera;
    const dx = frame.width / 2 - frame.camera.x * scale;
    const dy = frame.height / 2 - frame.camera.y * scale;
    let lastX = points[0] * scale + dx;
    let lastY = points[1] * scale + dy;
    surface.move(lastX, lastY);
    for (let at = 2; at + 1 < points.length; at += 2) {
      const x = points[at] * scale + dx;
      const y = points[at + 1] * scale + dy;
      const edge = cut !== null && alongEdge(cut, points, at);
      if (!edge && Math.abs(x - lastX) + Math.abs(y - lastY) < 0.9) continue;
      if (edge) surface.move(x, y);
      else surface.line(x, y);
      lastX = x;
      lastY = y;
    }
    if (cut === null) surface.close();
  }
  function alongEdge(cut, points, at) {
    const on = (offset, line) => Math.abs(points[at + offset] - line) < 4e-3 && Math.abs(points[at + offset - 2] - line) < 4e-3;
    return on(0, cut.left) || on(0, cut.right) || on(1, cut.top) || on(1, cut.bottom);
  }
  function shownLegs(scene, arrow) {
    return scene.model.arrows[arrow].legs.filter((leg) => scene.visible.leg[leg] === 1);
  }
  function legLevel(scene, legs) {
    if (legs.some((leg) => scene.hover.leg.has(leg))) return 3;
    if (!scene.focused) return 1;
    return legs.some((leg) => scene.focus.leg.has(leg)) ? 2 : 0;
  }
  function arrowCurve(points, arrow) {
    const a = points[arrow.from];
    const b = points[arrow.to];
    const distance = Math.hypot(b.x - a.x, b.y - a.y);
    const forward = arrow.from < arrow.to ? 1 : -1;
    const offset = laneOffset(arrow.lane, arrow.lanes, distance, 15) * forward;
    const gate = arrow.crossing === null ? null : points[arrow.crossing];
    let curve;
    if (gate && farFrom(gate, a) && farFrom(gate, b)) {
      const nx = -(b.y - a.y) / (distance || 1) * offset * 0.5;
      const ny = (b.x - a.x) / (distance || 1) * offset * 0.5;
      curve = bendThrough(a, b, { x: gate.x + nx, y: gate.y + ny });
    } else {
      curve = bend(a.x, a.y, b.x, b.y, offset + distance * 0.07 * forward);
    }
    return trim(curve, 6, 8);
  }
  function farFrom(a, b) {
    return Math.hypot(a.x - b.x, a.y - b.y) > 6;
  }
  function drawArrows(surface, scene, points) {
    const { width, height } = scene.frame;
    const found = [];
    scene.model.arrows.forEach((arrow, at) => {
      const legs = shownLegs(scene, at);
      if (legs.length === 0) return;
      const a = points[arrow.from];
      const b = points[arrow.to];
      if (Math.max(a.x, b.x) < -80 || Math.min(a.x, b.x) > width + 80) return;
      if (Math.max(a.y, b.y) < -80 || Math.min(a.y, b.y) > height + 80) return;
      const stays = arrow.from === arrow.to;
      const curve = stays ? stayCurve(a, arrow.lane) : arrowCurve(points, arrow);
      found.push({ drawn: { arrow: at, curve, stays }, legs, level: legLevel(scene, legs) });
    });
    found.sort((one, two) => one.level - two.level);
    for (const { drawn, legs, level } of found) drawArrow(surface, scene, drawn, legs, level);
    return found.map((one) => one.drawn);
  }
  function stayCurve(at, lane) {
    const angle = Math.PI / 4 + lane * 0.95;
    const reach = 15;
    return {
      ax: at.x + Math.cos(angle) * 4,
      ay: at.y + Math.sin(angle) * 4,
      cx: at.x + Math.cos(angle) * reach,
      cy: at.y + Math.sin(angle) * reach,
      bx: at.x + Math.cos(angle) * reach * 1.6,
      by: at.y + Math.sin(angle) * reach * 1.6
    };
  }
  function traceArrow(surface, drawn) {
    const { curve } = drawn;
    surface.begin();
    if (drawn.stays) {
      surface.circle(curve.cx, curve.cy, 10);
      return;
    }
    surface.move(curve.ax, curve.ay);
    surface.quad(curve.cx, curve.cy, curve.bx, curve.by);
  }
  function drawArrow(surface, scene, drawn, legs, level) {
    const { palette, model } = scene;
    const arrow = model.arrows[drawn.arrow];
    const group = groupOfStage(arrow.stage);
    const colour = palette.group[group];
    const alpha = level === 0 ? 0.14 : level === 1 ? 0.9 : 1;
    const width = 1.7 + Math.min(3.3, Math.log2(legs.length) * 0.75) + (level >= 2 ? 0.8 : 0);
    traceArrow(surface, drawn);
    if (arrow.crosses) surface.stroke({ colour, width: width + 6, alpha: alpha * 0.28, cap: "round" });
    else surface.stroke({ colour: palette.land, width: width + 2.4, alpha: alpha * 0.8 });
    strokeStage(surface, scene, arrow.stage, width, alpha);
    if (!drawn.stays) drawHead(surface, scene, drawn.curve, arrow, legs, width, alpha);
  }
  function strokeStage(surface, scene, stage, width, alpha) {
    const colour = scene.palette.group[groupOfStage(stage)];
    const double = stageIsDouble(stage);
    const dash = stageDash(stage);
    surface.stroke({ colour, width: double ? width + 2.2 : width, alpha, dash, cap: dotted(dash) });
    if (double) surface.stroke({ colour: scene.palette.land, width: Math.max(1.3, width * 0.5), alpha });
  }
  function dotted(dash) {
    return dash.length > 0 && dash[0] < 2 ? "round" : "butt";
  }
  function drawHead(surface, scene, curve, arrow, legs, width, alpha) {
    const group = groupOfStage(arrow.stage);
    const size = 8 + width * 1.3;
    const weak = legs.every((leg) => scene.model.legWeak[leg]);
    surface.begin();
    arrowHead(surface, curve.bx, curve.by, curve.bx - curve.cx, curve.by - curve.cy, size);
    surface.fill(weak ? scene.palette.land : scene.palette.group[group], alpha);
    surface.stroke({ colour: scene.palette.edge[group], width: 1, alpha });
  }
  function drawStageNumbers(surface, scene, curves, taken) {
    const counted = curves.map((drawn) => [shownLegs(scene, drawn.arrow).length, drawn]).filter(([, drawn]) => legLevel(scene, shownLegs(scene, drawn.arrow)) > 0).sort((a, b) => b[0] - a[0] || a[1].arrow - b[1].arrow);
    for (const [count, drawn] of counted) {
      drawStageNumber(surface, scene, drawn, scene.model.arrows[drawn.arrow], count, taken);
    }
  }
  function drawStageNumber(surface, scene, drawn, arrow, count, taken) {
    const { curve } = drawn;
    const length = Math.hypot(curve.bx - curve.ax, curve.by - curve.ay);
    const number = stageNumber(arrow.stage);
    if (number === 0 || !drawn.stays && length < 30) return;
    const group = groupOfStage(arrow.stage);
    const text = count > 1 ? `${number} ×${count}` : String(number);
    const half = count > 1 ? surface.measure(text, 9, true) / 2 + 4 : 6.5;
    const choices = drawn.stays ? [{ x: curve.bx, y: curve.by }] : [0.45, 0.58, 0.32, 0.7].map((t) => pointOn(curve, t));
    const box = placeLabel(
      taken,
      choices.map(({ x, y }) => ({ left: x - half, top: y - 7, right: x + half, bottom: y + 7 })),
      scene.frame.width,
      scene.frame.height
    );
    if (!box) return;
    const at = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
    surface.begin();
    pill(surface, at.x, at.y, half, 6.5);
    surface.fill(scene.palette.paper);
    surface.stroke({ colour: scene.palette.edge[group], width: 1.2 });
    surface.text(text, at.x, at.y + 0.5, {
      colour: scene.palette.ink,
      size: 9,
      bold: true,
      align: "center"
    });
  }
  function pill(surface, x, y, half, radius) {
    if (half <= radius) {
      surface.circle(x, y, radius);
      return;
    }
    const k = radius * 0.55;
    surface.move(x - half + radius, y - radius);
    surface.line(x + half - radius, y - radius);
    surface.cubic(x + half - radius + k, y - radius, x + half, y - k, x + half, y);
    surface.cubic(x + half, y + k, x + half - radius + k, y + radius, x + half - radius, y + radius);
    surface.line(x - half + radius, y + radius);
    surface.cubic(x - half + radius - k, y + radius, x - half, y + k, x - half, y);
    surface.cubic(x - half, y - k, x - half + radius - k, y - radius, x - half + radius, y - radius);
    surface.close();
  }
  function placesInView(scene, points) {
    const { width, height } = scene.frame;
    const found = [];
    points.forEach((point, place) => {
      if (!scene.visible.place[place]) return;
      if (point.x < -10 || point.y < -10 || point.x > width + 10 || point.y > height + 10) return;
      found.push(place);
    });
    return found.sort((a, b) => gateLast(scene, a) - gateLast(scene, b) || a - b);
  }
  function gateLast(scene, place) {
    return scene.model.page.places.gate[place] ? 1 : 0;
  }
  function placeLevel(scene, place) {
    if (!scene.focused) return 1;
    return scene.focus.place.has(place) || scene.hover.place.has(place) ? 2 : 0;
  }
  function placeRadius(scene, place) {
    const legs = scene.model.legsAt[place].length;
    return 3.6 + Math.min(3.4, Math.log2(1 + legs) * 0.7);
  }
  function drawPlace(surface, scene, place, point) {
    const { palette, model } = scene;
    const radius = placeRadius(scene, place);
    const alpha = placeLevel(scene, place) === 0 ? 0.25 : 1;
    const chosen = scene.focus.place.get(place) === 2;
    if (chosen || scene.hover.place.get(place) === 2) {
      surface.begin();
      surface.circle(point.x, point.y, radius + 7);
      surface.fill(palette.accent, chosen ? 0.2 : 0.12);
      surface.stroke({ colour: palette.accent, width: chosen ? 2.5 : 1.5 });
    }
    const approximate = model.page.places.approximate[place] === 1;
    if (model.page.places.gate[place]) {
      const irregular = model.page.places.kind[place] === "unofficial_crossing";
      const size = gateSize(scene);
      drawGate(surface, palette, point.x, point.y, { irregular, approximate, alpha, size });
    } else {
      drawDot(surface, palette, point.x, point.y, radius, approximate, alpha);
    }
  }
  function drawDot(surface, palette, x, y, radius, approximate, alpha) {
    surface.begin();
    surface.circle(x, y, radius);
    surface.fill(approximate ? palette.land : palette.ink, alpha);
    const dash = approximate ? [2.4, 1.8] : void 0;
    const colour = approximate ? palette.ink : palette.land;
    surface.stroke({ colour, width: 1.3, alpha, dash });
  }
  function gateSize(scene) {
    return Math.max(0.68, Math.min(1, scene.frame.camera.scale / 45));
  }
  function drawGate(surface, palette, x, y, style) {
    const { alpha, size } = style;
    const edgeOf = 9 * size;
    surface.begin();
    surface.move(x - edgeOf, y - edgeOf);
    surface.line(x + edgeOf, y - edgeOf);
    surface.line(x + edgeOf, y + edgeOf);
    surface.line(x - edgeOf, y + edgeOf);
    surface.close();
    surface.fill(style.irregular ? palette.land : palette.ink, alpha);
    const dash = style.irregular || style.approximate ? [3, 2] : void 0;
    const edge = style.irregular || style.approximate ? palette.ink : palette.land;
    surface.stroke({ colour: edge, width: 1.3, alpha, dash });
    surface.begin();
    surface.move(x - 6.5 * size, y - 4 * size);
    surface.line(x + 6.5 * size, y - 4 * size);
    surface.move(x - 4 * size, y - 4 * size);
    surface.line(x - 4 * size, y + 6 * size);
    surface.move(x + 4 * size, y - 4 * size);
    surface.line(x + 4 * size, y + 6 * size);
    surface.stroke({ colour: style.irregular ? palette.ink : palette.land, width: 2 * size, alpha });
  }
  function drawLabels(surface, scene, points, inView, taken) {
    const { places } = scene.model.page;
    for (const place of inView) {
      const reach = places.gate[place] ? 8 : placeRadius(scene, place) * 0.8;
      const { x, y } = points[place];
      taken.take({ left: x - reach, top: y - reach, right: x + reach, bottom: y + reach });
    }
    const wanted = inView.filter((place) => placeLevel(scene, place) > 0).map((place) => [placePriority(scene, place), place]).sort((a, b) => b[0] - a[0] || a[1] - b[1]);
    let drawn = 0;
    for (const [priority, place] of wanted) {
      drawn += drawPlaceLabel(surface, scene, taken, points[place], place, priority >= 8e3);
    }
    drawn += drawAreaLabels(surface, scene, taken, scene.base.countries, true);
    return drawn + drawAreaLabels(surface, scene, taken, scene.base.provinces, false);
  }
  function placePriority(scene, place) {
    if (scene.focus.place.get(place) === 2) return 9e3;
    if (scene.hover.place.get(place) === 2) return 8e3;
    const linked = scene.focus.place.has(place) || scene.hover.place.has(place) ? 4e3 : 0;
    return linked + (gateLast(scene, place) ? 1e3 : 0) + Math.min(900, scene.model.legsAt[place].length);
  }
  function drawPlaceLabel(surface, scene, taken, point, place, strong) {
    const { frame, palette, model } = scene;
    const gate = model.page.places.gate[place] === 1;
    const size = strong ? 12.5 : 11.5;
    const text = shorten(model.page.places.label[place], strong ? 60 : 26);
    const width = surface.measure(text, size, strong || gate);
    const reach = gate ? 9 : placeRadius(scene, place);
    const choices = placesBeside(point.x, point.y, reach, width, size + 3);
    const box = placeLabel(taken, choices, frame.width, frame.height);
    if (!box) return 0;
    surface.text(text, box.left, (box.top + box.bottom) / 2, {
      colour: palette.ink,
      size,
      bold: strong || gate,
      halo: palette.land
    });
    return 1;
  }
  function drawAreaLabels(surface, scene, taken, lands, country) {
    const { frame, palette } = scene;
    let drawn = 0;
    for (const land of lands) {
      if (!land.at || !country && widthOf(scene, land) < 60) continue;
      const text = country ? scene.label(land.area).toUpperCase() : scene.label(land.area);
      const size = country ? 12.5 : 10.5;
      const width = surface.measure(text, size, country);
      const { x, y } = toScreen(frame, land.at.x, land.at.y);
      const box = placeLabel(
        taken,
        [{ left: x - width / 2, top: y - 8, right: x + width / 2, bottom: y + 8 }],
        frame.width,
        frame.height
      );
      if (!box) continue;
      surface.text(text, box.left, y, {
        colour: palette.mapText,
        size,
        bold: country,
        halo: palette.land
      });
      drawn += 1;
    }
    return drawn;
  }
  function widthOf(scene, land) {
    const spans = land.outlines.map((outline2) => outline2.right - outline2.left);
    return Math.max(0, ...spans) * scene.frame.camera.scale;
  }

  // src/legend.ts
  var MOST_RINGS = 8;
  var SHAPES = [
    ["offender", "shapeOffender"],
    ["victim", "shapeVictim"],
    ["both", "shapeBoth"],
    ["other", "shapeOther"],
    ["unknown", "shapeUnknown"],
    ["organisation", null],
    ["place", null],
    ["identifier", null],
    ["case", null]
  ];
  var GROUPS = [
    ["organiser", "groupOrganiser"],
    ["recruitment", "groupRecruitment"],
    ["transport", "groupTransport"],
    ["crossing", "groupCrossing"],
    ["harbouring", "groupHarbouring"],
    ["exploitation", "groupExploitation"],
    ["finance", "groupFinance"],
    ["support", "groupSupport"],
    ["victim", "groupVictim"],
    ["neutral", "groupNeutral"]
  ];
  function ringBlocks(app, palette) {
    return [
      shapeBlock(app, palette),
      colourBlock(app, palette),
      tieBlock(app, palette),
      namesBlock(app, palette)
    ].filter(
      (block) => block.entries.length > 0
    );
  }
  function shapeBlock(app, palette) {
    const { words, model } = app;
    const present = new Set(model.page.parties.id.map((_, party) => shapeOf(model, party)));
    const entries = SHAPES.filter(([shape]) => present.has(shape)).map(([shape, word]) => {
      const group = shape === "victim" ? "victim" : isPerson(shape) ? "neutral" : "neutral";
      const radius = shape === "victim" || shape === "both" ? 5 : 6.5;
      return {
        picture: icon(
          22,
          18,
          (surface) => drawMark(surface, 11, 9, { shape, group, radius, palette, alpha: 1 })
        ),
        text: word ? words.say(word) : words.code("party", shape)
      };
    });
    return { title: words.say("legendShapes"), entries };
  }
  function colourBlock(app, palette) {
    const { words, model } = app;
    const present = /* @__PURE__ */ new Set();
    model.group.forEach((group, party) => {
      if (model.page.parties.type[party] === "person") present.add(group);
    });
    model.page.ties.kind.forEach((kind) => present.add(groupOfTie(kind)));
    const entries = GROUPS.filter(([group]) => present.has(group)).map(([group, word]) => ({
      picture: icon(22, 18, (surface) => {
        drawMark(surface, 11, 9, { shape: "other", group, radius: 6, palette, alpha: 1 });
      }),
      text: words.say(word)
    }));
    return { title: words.say("legendColours"), entries };
  }
  function lineIcon(palette, width, dash, head) {
    return icon(34, 18, (surface) => {
      surface.begin();
      surface.move(2, 9);
      surface.line(head ? 26 : 32, 9);
      surface.stroke({ colour: palette.edge.neutral, width, dash });
      if (!head) return;
      surface.begin();
      arrowHead(surface, 32, 9, 1, 0, 8);
      surface.fill(palette.edge.neutral);
    });
  }
  function tieBlock(app, palette) {
    const { words, model } = app;
    const { ties, rings: rings2, parties } = model.page;
    const entries = [];
    const add = (when, picture, word) => {
      if (when) entries.push({ picture: picture(), text: words.say(word) });
    };
    add(ties.directed.some((one) => one === 1), () => lineIcon(palette, 1.6, [], true), "legendDirected");
    add(ties.directed.some((one) => one !== 1), () => lineIcon(palette, 1.6, [], false), "legendUndirected");
    add(model.widest > 1, () => wideIcon(palette), "legendWide");
    add(model.tieWeak.some(Boolean), () => lineIcon(palette, 1.6, [5, 4], false), "legendDoubt");
    add(parties.rank.some((rank) => rank !== null), () => badgeIcon(palette), "legendBadge");
    add(rings2.length > 0, () => hullIcon(palette), "legendHull");
    add(model.partyCount > 1, () => sizeIcon(palette), "legendSize");
    return { title: words.say("legendTies"), entries };
  }
  function namesBlock(app, palette) {
    const { words, model } = app;
    const entries = model.page.rings.slice(0, MOST_RINGS).flatMap((ring, at) => {
      if (!ring.called) return [];
      return [{ picture: hullIcon(palette, at), text: words.ring(ring) }];
    });
    return { title: words.say("rings"), entries };
  }
  function wideIcon(palette) {
    return icon(34, 18, (surface) => {
      surface.begin();
      surface.move(2, 7.5);
      surface.line(32, 3);
      surface.line(32, 15);
      surface.line(2, 9.5);
      surface.close();
      surface.fill(palette.edge.neutral, 0.75);
    });
  }
  function badgeIcon(palette) {
    return icon(22, 18, (surface) => {
      surface.begin();
      surface.circle(11, 9, 7);
      surface.fill(palette.ink);
      surface.text("1", 11, 9.3, { colour: palette.background, size: 10, bold: true, align: "center" });
    });
  }
  function hullIcon(palette, ring = 0) {
    return icon(22, 18, (surface) => {
      surface.begin();
      surface.circle(11, 9, 8);
      const colour = palette.hulls[ring % palette.hulls.length];
      surface.fill(colour, 0.16);
      surface.stroke({ colour, width: 1, alpha: 0.6 });
    });
  }
  function sizeIcon(palette) {
    return icon(34, 18, (surface) => {
      const style = { shape: "offender", group: "neutral", palette, alpha: 1 };
      drawMark(surface, 8, 9, { ...style, radius: 4 });
      drawMark(surface, 24, 9, { ...style, radius: 8 });
    });
  }
  function mapBlocks(app, palette) {
    const blocks = [stageBlock(app, palette), placeBlock(app, palette)];
    return blocks.filter((block) => block.entries.length > 0);
  }
  function stageIcon(palette, stage) {
    return icon(46, 18, (surface) => {
      const colour = palette.group[groupOfStage(stage)];
      const dash = stageDash(stage);
      surface.begin();
      surface.move(16, 9);
      surface.line(38, 9);
      const double = stageIsDouble(stage);
      const cap = dash.length && dash[0] < 2 ? "round" : "butt";
      surface.stroke({ colour, width: double ? 5 : 2.4, dash, cap });
      if (double) surface.stroke({ colour: palette.land, width: 1.6 });
      surface.begin();
      arrowHead(surface, 45, 9, 1, 0, 9);
      surface.fill(colour);
      numberSign(surface, palette, stage);
    });
  }
  function numberSign(surface, palette, stage) {
    const number = stageNumber(stage);
    if (!number) return;
    surface.begin();
    surface.circle(8, 9, 6.5);
    surface.fill(palette.paper);
    surface.stroke({ colour: palette.edge[groupOfStage(stage)], width: 1.2 });
    surface.text(String(number), 8, 9.3, { colour: palette.ink, size: 9, bold: true, align: "center" });
  }
  function stageBlock(app, palette) {
    const { words, model } = app;
    const present = Array.from(new Set(model.page.legs.stage)).sort(
      (a, b) => (stageNumber(a) || 99) - (stageNumber(b) || 99)
    );
    const entries = present.map((stage) => ({
      picture: stageIcon(palette, stage),
      text: stage ? words.code("stage", stage) : words.say("stageUnknown")
    }));
    return { title: words.say("legendStages"), entries };
  }
  function placeBlock(app, palette) {
    const { words, model } = app;
    const { places, legs } = model.page;
    const entries = [];
    const add = (when, draw, word, width = 22) => {
      if (when) entries.push({ picture: icon(width, 20, draw), text: words.say(word) });
    };
    const gates = places.gate.map((gate, at) => gate ? places.kind[at] : "");
    const plain = { irregular: false, approximate: false, alpha: 1, size: 0.9 };
    const dot = (approximate) => (surface) => drawDot(surface, palette, 11, 10, 5, approximate, 1);
    add(places.gate.some((gate, at) => !gate && !places.approximate[at]), dot(false), "legendPlace");
    add(places.approximate.some(Boolean), dot(true), "legendApproximate");
    add(
      gates.some((kind) => kind !== "" && kind !== "unofficial_crossing"),
      (surface) => drawGate(surface, palette, 11, 10, plain),
      "legendGate"
    );
    add(
      gates.includes("unofficial_crossing"),
      (surface) => drawGate(surface, palette, 11, 10, { ...plain, irregular: true }),
      "legendIrregular"
    );
    add(legs.crosses.some(Boolean), (surface) => drawCasing(surface, palette), "legendCrosses", 34);
    add(model.arrows.some((arrow) => arrow.weak), (surface) => drawHollow(surface, palette), "legendDoubtLeg", 34);
    add(model.arrows.some((arrow) => arrow.legs.length > 1), (surface) => drawCount(surface, palette), "legendWidthLeg", 34);
    add(model.arrows.some((arrow) => arrow.from === arrow.to), (surface) => drawStay(surface, palette), "legendStay");
    return { title: words.say("legendPlaces"), entries };
  }
  function drawCasing(surface, palette) {
    surface.begin();
    surface.move(5, 10);
    surface.line(29, 10);
    surface.stroke({ colour: palette.group.crossing, width: 9, alpha: 0.28, cap: "round" });
    surface.stroke({ colour: palette.group.crossing, width: 2.4 });
  }
  function drawHollow(surface, palette) {
    surface.begin();
    surface.move(2, 10);
    surface.line(22, 10);
    surface.stroke({ colour: palette.edge.neutral, width: 2 });
    surface.begin();
    arrowHead(surface, 32, 10, 1, 0, 11);
    surface.fill(palette.land);
    surface.stroke({ colour: palette.edge.neutral, width: 1.2 });
  }
  function drawCount(surface, palette) {
    surface.begin();
    surface.move(2, 10);
    surface.line(32, 10);
    surface.stroke({ colour: palette.edge.neutral, width: 4 });
  }
  function drawStay(surface, palette) {
    surface.begin();
    surface.circle(11, 10, 6.5);
    surface.stroke({ colour: palette.edge.neutral, width: 2 });
  }
  function legendElement(blocks) {
    return element(
      "div",
      { class: "legend" },
      ...blocks.map(
        (block) => element(
          "div",
          { class: "legend-block" },
          element("h3", { class: "legend-title" }, block.title),
          element("ul", null, ...block.entries.map(entryElement))
        )
      )
    );
  }
  function entryElement(entry) {
    return element("li", null, entry.picture, entry.text);
  }
  function drawLegend(holder, title, blocks) {
    const old = holder.querySelector("details.legend-holder");
    const open = old ? old.open : window.innerHeight >= 820;
    const made = element(
      "details",
      { class: "legend-holder", open },
      element("summary", null, title),
      legendElement(blocks)
    );
    replace(holder, made);
  }

  // src/list.ts
  var ON_A_PAGE = 100;
  var ListView = class {
    constructor(app) {
      this.app = app;
      this.root = element("div", { class: "lists" });
      this.orders = {
        parties: { column: 3, down: false, page: 0 },
        ties: { column: 0, down: false, page: 0 },
        legs: { column: 0, down: false, page: 0 }
      };
      this.shown = "parties";
    }
    draw() {
      const tables = [this.parties(), this.ties(), this.legs()].filter(
        (table2) => table2.name !== "legs" || this.app.model.legCount > 0
      );
      const tabs = tables.map(
        (table2) => button(
          `${table2.title} (${this.app.words.number(table2.items.length)})`,
          () => {
            this.shown = table2.name;
            this.draw();
            const tab = this.root.querySelector("[aria-pressed=true]");
            if (tab) tab.focus();
          },
          { class: "tab", "aria-pressed": String(table2.name === this.shown) }
        )
      );
      const table = tables.find((one) => one.name === this.shown) || tables[0];
      replace(this.root, element("div", { class: "tabs" }, ...tabs), this.table(table));
    }
    table(table) {
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
          element("tbody", null, ...body)
        ),
        this.pager(table, order, sorted.length, last)
      );
    }
    sorted(table, order) {
      const column = table.columns[order.column];
      const language = this.app.words.language;
      const compare = new Intl.Collator(language, { numeric: true }).compare;
      const key = column.sort || column.text;
      const keys = new Map(table.items.map((item) => [item, key(item)]));
      const sign = order.down ? -1 : 1;
      return table.items.slice().sort((a, b) => {
        const first = keys.get(a);
        const second = keys.get(b);
        const both = typeof first === "number" && typeof second === "number";
        const way = both ? first - second || 0 : compare(String(first), String(second));
        return (Number.isNaN(way) ? 0 : way) * sign || a - b;
      });
    }
    head(table, at) {
      const order = this.orders[table.name];
      const { title, number } = table.columns[at];
      const chosen = order.column === at;
      const sign = chosen ? order.down ? " ▼" : " ▲" : "";
      const sort = button(title + sign, () => {
        this.orders[table.name] = { column: at, down: chosen ? !order.down : false, page: 0 };
        this.draw();
        const heads = this.root.querySelectorAll("thead button");
        if (heads[at]) heads[at].focus();
      });
      sort.title = this.app.words.say("sortBy", { column: title });
      const direction = chosen ? order.down ? "descending" : "ascending" : "none";
      return element("th", { scope: "col", "aria-sort": direction, class: number ? "number" : null }, sort);
    }
    line(table, item) {
      const cells = table.columns.map((column, at) => {
        const content = column.cell ? column.cell(item) : document.createTextNode(column.text(item));
        if (at !== 0) return element("td", { class: column.number ? "number" : null }, content);
        const open = button("", () => this.app.select(table.target(item)), { class: "link" });
        open.appendChild(content);
        return element("th", { scope: "row" }, open);
      });
      return element("tr", null, ...cells);
    }
    pager(table, order, count, last) {
      if (last === 0) return null;
      const { words } = this.app;
      const turn2 = (by) => () => {
        order.page = Math.max(0, Math.min(last, order.page + by));
        this.draw();
      };
      const values = {
        a: words.number(order.page * ON_A_PAGE + 1),
        b: words.number(Math.min(count, (order.page + 1) * ON_A_PAGE)),
        n: words.number(count)
      };
      return element(
        "nav",
        { class: "pager", "aria-label": table.title },
        button(words.say("previous"), turn2(-1), { disabled: order.page === 0 }),
        element("span", null, words.say("pageOf", values)),
        button(words.say("next"), turn2(1), { disabled: order.page === last })
      );
    }
    parties() {
      const { app } = this;
      const { words, model, visible } = app;
      const { parties, rings: rings2 } = model.page;
      const rank = (party) => {
        const known = parties.rank[party];
        return known === null ? Infinity : known;
      };
      const ties = (party) => model.tiesOf[party].filter((tie) => visible.tie[tie]).length;
      const code = (list, value) => value ? words.code(list, value) : words.unknown();
      return {
        name: "parties",
        title: words.say("listParties"),
        items: indexes(visible.party),
        target: (party) => ({ kind: "party", party }),
        columns: [
          {
            title: words.say("listLabel"),
            text: (party) => parties.label[party],
            cell: (party) => element("span", { class: "named" }, markIcon(app, party, 16), parties.label[party])
          },
          { title: words.say("type"), text: (party) => words.code("party", parties.type[party]) },
          { title: words.say("roles"), text: (party) => app.rolesText(party) },
          {
            title: words.say("rank"),
            number: true,
            text: (party) => parties.rank[party] === null ? "–" : String(parties.rank[party]),
            sort: rank
          },
          { title: words.say("listTieCount"), number: true, text: (party) => String(ties(party)), sort: ties },
          {
            title: words.say("standing"),
            text: (party) => parties.type[party] === "person" ? code("standing", parties.standing[party]) : "–"
          },
          { title: words.say("country"), text: (party) => code("country", parties.country[party]) },
          {
            title: words.say("member"),
            text: (party) => parties.rings[party].map((ring) => rings2[ring].name).join(", ") || words.say("noRing")
          },
          { title: words.say("id"), text: (party) => parties.id[party] }
        ]
      };
    }
    ties() {
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
            text: (tie) => ties.directed[tie] ? "→" : "–"
          },
          { title: words.say("listTo"), text: (tie) => parties.label[ties.target[tie]] },
          { title: words.say("kind"), text: (tie) => words.code("tie", ties.kind[tie]) },
          {
            title: words.say("strength"),
            number: true,
            text: (tie) => words.orUnknown(ties.weight[tie]),
            sort: (tie) => ties.weight[tie] === null ? -Infinity : ties.weight[tie]
          },
          { title: words.say("when"), text: (tie) => dates(words, ties.first[tie], ties.last[tie]) },
          { title: words.say("case"), text: (tie) => words.orUnknown(ties.case[tie]) },
          {
            title: words.say("grade"),
            text: (tie) => ties.grade[tie] || "Z",
            cell: (tie) => gradeMark(readGrade(ties.grade[tie]))
          },
          {
            title: words.say("evidence"),
            number: true,
            text: (tie) => String(ties.records[tie].length),
            sort: (tie) => ties.records[tie].length
          }
        ]
      };
    }
    legs() {
      const { app } = this;
      const { words, model, visible } = app;
      const { legs, parties } = model.page;
      const names = (list) => list.map((party) => parties.label[party]).join(", ") || words.unknown();
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
          { title: words.say("crossesBorder"), text: (leg) => words.say(legs.crosses[leg] ? "yes" : "no") }
        ]
      };
    }
  };
  function indexes(flags) {
    const found = [];
    flags.forEach((flag, at) => flag && found.push(at));
    return found;
  }
  function dates(words, first, last) {
    if (first === last) return sayDate(words, first);
    return `${sayDate(words, first)} – ${sayDate(words, last)}`;
  }

  // src/pane.ts
  var CLICK_SLACK = 4;
  var Pane = class {
    constructor(work) {
      this.work = work;
      this.camera = null;
      this.moved = false;
      this.width = 0;
      this.height = 0;
      this.pointers = /* @__PURE__ */ new Map();
      this.start = { x: 0, y: 0, dragged: false };
      this.canvas = element("canvas", { tabindex: "0", role: "application" });
      this.title = element("h2");
      this.tools = element("div", { class: "tools" });
      this.stage = element("div", { class: "stage" }, this.canvas, this.tools);
      this.foot = element("div", { class: "foot" });
      this.root = element(
        "section",
        { class: `pane pane-${work.name}` },
        element("header", { class: "pane-head" }, this.title),
        this.stage,
        this.foot
      );
      this.redraw = onNextFrame(() => this.drawNow());
      this.listenToPointer();
      this.canvas.addEventListener("keydown", (event) => {
        if (this.cameraKey(event) || work.key(event)) event.preventDefault();
      });
      if (typeof ResizeObserver === "function") {
        new ResizeObserver(() => this.resized()).observe(this.stage);
      }
      window.addEventListener("resize", () => this.resized());
    }
    nameTools(words) {
      const tool = (sign, label, act) => button(sign, act, { class: "tool", title: label, "aria-label": label });
      this.tools.textContent = "";
      this.tools.append(
        tool("+", words.zoomIn, () => this.zoomBy(1.35)),
        tool("−", words.zoomOut, () => this.zoomBy(1 / 1.35)),
        tool("⌂", words.fit, () => this.fit()),
        tool("⤢", words.enlarge, () => this.work.enlarge())
      );
    }
    frame() {
      const width = this.width || 800;
      const height = this.height || 600;
      return { camera: this.camera || this.work.home(width, height), width, height };
    }
    /** The same view in another size; a view nobody has moved is fitted anew. */
    frameFor(width, height) {
      if (this.moved) return rescale(this.frame(), width, height);
      return { camera: this.work.home(width, height), width, height };
    }
    /** Boxes of the title and the buttons that stand over the picture. */
    reserved() {
      const left = this.title.offsetWidth + 14;
      const tools = this.tools.offsetHeight + 12;
      return [
        { left: 0, top: 0, right: left, bottom: 36 },
        { left: this.width - 44, top: 0, right: this.width, bottom: tools }
      ];
    }
    fit() {
      this.camera = null;
      this.moved = false;
      this.redraw();
    }
    look(camera) {
      this.camera = camera;
      this.moved = true;
      this.redraw();
    }
    zoomBy(factor, x = this.width / 2, y = this.height / 2) {
      const frame = this.frame();
      const [least, most] = this.work.limits();
      const scale = Math.max(least, Math.min(most, frame.camera.scale * factor));
      const held = toWorld(frame, x, y);
      this.look({
        scale,
        x: held.x - (x - frame.width / 2) / scale,
        y: held.y - (y - frame.height / 2) / scale
      });
    }
    panBy(dx, dy) {
      const { camera } = this.frame();
      this.look({ ...camera, x: camera.x - dx / camera.scale, y: camera.y - dy / camera.scale });
    }
    /** Moves just enough that a point of the world stands well inside the picture. */
    bringIn(x, y) {
      const frame = this.frame();
      const { scale } = frame.camera;
      const px = (x - frame.camera.x) * scale + frame.width / 2;
      const py = (y - frame.camera.y) * scale + frame.height / 2;
      const edge = Math.min(60, frame.width / 5, frame.height / 5);
      const dx = px < edge ? edge - px : px > frame.width - edge ? frame.width - edge - px : 0;
      const dy = py < edge ? edge - py : py > frame.height - edge ? frame.height - edge - py : 0;
      if (dx || dy) this.panBy(dx, dy);
    }
    resized() {
      const { clientWidth, clientHeight } = this.stage;
      if (clientWidth === 0 || clientHeight === 0) return;
      const ratio = this.ratio();
      const sameSize = clientWidth === this.width && clientHeight === this.height;
      if (sameSize && this.canvas.width === Math.round(clientWidth * ratio)) return;
      this.width = clientWidth;
      this.height = clientHeight;
      this.canvas.width = Math.round(clientWidth * ratio);
      this.canvas.height = Math.round(clientHeight * ratio);
      if (!this.moved) this.camera = null;
      this.drawNow();
    }
    ratio() {
      return Math.min(window.devicePixelRatio || 1, 3);
    }
    drawNow() {
      if (this.width === 0) return;
      if (!this.camera) this.camera = this.work.home(this.width, this.height);
      const context = this.canvas.getContext("2d");
      if (!context) return;
      const ratio = this.ratio();
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, this.width, this.height);
      this.work.draw(new CanvasSurface(context), this.frame());
    }
    at(event) {
      const box = this.canvas.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    }
    listenToPointer() {
      const { canvas } = this;
      canvas.addEventListener("pointerdown", (event) => this.pressed(event));
      canvas.addEventListener("pointermove", (event) => this.pointerMoved(event));
      canvas.addEventListener("pointerup", (event) => this.released(event));
      canvas.addEventListener("pointercancel", (event) => this.pointers.delete(event.pointerId));
      canvas.addEventListener("pointerleave", () => this.work.leave());
      canvas.addEventListener("dblclick", (event) => {
        const { x, y } = this.at(event);
        this.work.comeClose(x, y);
      });
      canvas.addEventListener(
        "wheel",
        (event) => {
          event.preventDefault();
          const { x, y } = this.at(event);
          const lines = event.deltaMode === 1 ? event.deltaY * 30 : event.deltaY;
          this.zoomBy(Math.exp(-Math.max(-240, Math.min(240, lines)) * 22e-4), x, y);
        },
        { passive: false }
      );
    }
    pressed(event) {
      if (event.button !== 0) return;
      const { x, y } = this.at(event);
      if (this.pointers.size === 0) this.start = { x, y, dragged: false };
      else this.start.dragged = true;
      this.pointers.set(event.pointerId, { x, y });
      this.canvas.setPointerCapture(event.pointerId);
      this.canvas.focus({ preventScroll: true });
    }
    pointerMoved(event) {
      const now = this.at(event);
      const before = this.pointers.get(event.pointerId);
      if (!before) {
        this.work.hover(now.x, now.y, event.clientX, event.clientY);
        return;
      }
      const other = Array.from(this.pointers.entries()).find(([id]) => id !== event.pointerId);
      if (other) this.pinch(before, now, other[1]);
      else if (this.start.dragged || Math.hypot(now.x - this.start.x, now.y - this.start.y) > CLICK_SLACK) {
        this.start.dragged = true;
        this.canvas.classList.add("dragging");
        this.work.leave();
        this.panBy(now.x - before.x, now.y - before.y);
      } else return;
      this.pointers.set(event.pointerId, now);
    }
    pinch(before, now, fixed) {
      const apartBefore = Math.hypot(before.x - fixed.x, before.y - fixed.y);
      const apartNow = Math.hypot(now.x - fixed.x, now.y - fixed.y);
      if (apartBefore < 5) return;
      this.panBy((now.x - before.x) / 2, (now.y - before.y) / 2);
      this.zoomBy(apartNow / apartBefore, (now.x + fixed.x) / 2, (now.y + fixed.y) / 2);
    }
    released(event) {
      if (!this.pointers.delete(event.pointerId)) return;
      this.canvas.classList.remove("dragging");
      if (this.pointers.size > 0 || this.start.dragged) return;
      const { x, y } = this.at(event);
      this.work.click(x, y, event.shiftKey);
    }
    cameraKey(event) {
      if (event.altKey) return false;
      if (event.key === "+" || event.key === "=") this.zoomBy(1.35);
      else if (event.key === "-" || event.key === "_") this.zoomBy(1 / 1.35);
      else if (event.key === "0") this.fit();
      else if (event.ctrlKey && event.key === "ArrowLeft") this.panBy(70, 0);
      else if (event.ctrlKey && event.key === "ArrowRight") this.panBy(-70, 0);
      else if (event.ctrlKey && event.key === "ArrowUp") this.panBy(0, 70);
      else if (event.ctrlKey && event.key === "ArrowDown") this.panBy(0, -70);
      else return false;
      return true;
    }
  };

  // src/walk.ts
  var DIRECTIONS = {
    ArrowLeft: { x: -1, y: 0 },
    ArrowRight: { x: 1, y: 0 },
    ArrowUp: { x: 0, y: -1 },
    ArrowDown: { x: 0, y: 1 }
  };
  function isWay(key) {
    return Object.prototype.hasOwnProperty.call(DIRECTIONS, key);
  }
  function nextThatWay(way, from, candidates, where) {
    const direction = DIRECTIONS[way];
    let best = null;
    let bestCost = Infinity;
    for (const item of candidates) {
      const point = where(item);
      const dx = point.x - from.x;
      const dy = point.y - from.y;
      const ahead = dx * direction.x + dy * direction.y;
      const aside = Math.abs(dx * direction.y) + Math.abs(dy * direction.x);
      if (ahead <= 0 || aside > ahead * 1.2) continue;
      const cost = ahead + aside * 2;
      if (cost < bestCost) {
        bestCost = cost;
        best = item;
      }
    }
    return best;
  }
  function nextInOrder(order, current, back) {
    const at = current === null ? -1 : order.indexOf(current);
    const next = at === -1 ? back ? order.length - 1 : 0 : at + (back ? -1 : 1);
    return next >= 0 && next < order.length ? order[next] : null;
  }

  // src/map-pane.ts
  var MapPane = class {
    constructor(app, tooltip, announce, enlarge) {
      this.app = app;
      this.tooltip = tooltip;
      this.announce = announce;
      this.drawn = { places: 0, legs: 0, arrows: 0, labels: 0, curves: [], inView: [] };
      this.mayLeave = false;
      this.screen = null;
      const { model } = app;
      this.base = prepareBase(model);
      this.spread = spreadPlaces(model);
      this.order = model.placeX.map((_, place) => place).sort((a, b) => model.legsAt[b].length - model.legsAt[a].length || a - b);
      this.pane = new Pane({
        name: "map",
        draw: (surface, frame) => {
          this.screen = frame;
          this.drawn = this.drawOn(surface, frame, app.palette());
        },
        home: (width, height) => this.home(width, height),
        limits: () => [1, 6e3],
        hover: (px, py, clientX, clientY) => this.hover(px, py, clientX, clientY),
        leave: () => this.leave(),
        click: (px, py) => app.select(this.target(px, py)),
        comeClose: (px, py) => this.pane.zoomBy(2.2, px, py),
        key: (event) => this.key(event),
        enlarge
      });
    }
    scene(frame, palette) {
      const { app } = this;
      return {
        model: app.model,
        base: this.base,
        visible: app.visible,
        frame,
        palette,
        focus: app.focus,
        hover: app.hover,
        focused: app.focused(),
        label: (area) => this.areaLabel(area),
        spread: this.spread,
        reserved: frame === this.screen ? this.pane.reserved() : []
      };
    }
    areaLabel(area) {
      return typeof area.label === "string" ? area.label : this.app.words.pick(area.label);
    }
    drawOn(surface, frame, palette) {
      return drawMap(surface, this.scene(frame, palette));
    }
    picture(surface, width, height, palette = LIGHT) {
      return this.drawOn(surface, this.pane.frameFor(width, height), palette);
    }
    home(width, height) {
      const { model, visible } = this.app;
      const shown = extentOf(model.placeX, model.placeY, (place) => visible.place[place] === 1);
      return fitCamera(shown ? widened(shown) : this.baseExtent(), width, height, 56, 400);
    }
    baseExtent() {
      const base = this.app.model.page.basemap;
      const [south, west, north, east] = base ? base.bounds : [-50, -170, 70, 170];
      const topLeft = project(north, west);
      const bottomRight = project(south, east);
      return { left: topLeft.x, top: topLeft.y, right: bottomRight.x, bottom: bottomRight.y };
    }
    pick(px, py) {
      const scene = this.scene(this.pane.frame(), LIGHT);
      let found = null;
      let nearest = Infinity;
      for (const place of this.drawn.inView) {
        const point = placePoint(scene, place);
        const away = Math.hypot(point.x - px, point.y - py);
        const gate = this.app.model.page.places.gate[place] === 1;
        if (away > (gate ? 12 : placeRadius(scene, place) + 4) || away >= nearest) continue;
        nearest = away;
        found = { kind: "place", place };
      }
      return found || this.pickArrow(px, py);
    }
    pickArrow(px, py) {
      let nearest = 6.5;
      let found = null;
      for (const { arrow, curve, stays } of this.drawn.curves) {
        if (!mayTouch(curve, px, py, 14)) continue;
        const away = stays ? Math.abs(Math.hypot(curve.cx - px, curve.cy - py) - 10) : distanceTo(curve, px, py, 22);
        if (away >= nearest) continue;
        nearest = away;
        found = { kind: "arrow", arrow };
      }
      return found;
    }
    /** An arrow that stands for a single leg is that leg; a place that is a party is that party. */
    target(px, py) {
      const picked = this.pick(px, py);
      if (!picked || picked.kind !== "arrow") return picked;
      const legs = this.app.model.arrows[picked.arrow].legs.filter((leg) => this.app.visible.leg[leg]);
      return legs.length === 1 ? { kind: "leg", leg: legs[0] } : picked;
    }
    screenAt(place) {
      return placePoint(this.scene(this.pane.frame(), LIGHT), place);
    }
    legAt(leg) {
      const drawn = this.drawn.curves.find((one) => one.arrow === this.app.model.arrowOf[leg]);
      if (!drawn) return null;
      if (drawn.stays) return { x: drawn.curve.cx + 10, y: drawn.curve.cy };
      return pointOn(drawn.curve, 0.5);
    }
    /** Shows what is in focus; nothing moves when nothing of it has a position. */
    comeCloseTo(places) {
      const { placeX, placeY } = this.app.model;
      const extent = extentOf(placeX, placeY, (place) => places.has(place));
      const { width, height } = this.pane.frame();
      if (!extent) return;
      const span2 = Math.max(extent.right - extent.left, extent.bottom - extent.top);
      this.pane.look(fitCamera(extent, width, height, 90, span2 > 5e-3 ? 3e3 : 150));
    }
    bringIn(place) {
      this.pane.bringIn(this.app.model.placeX[place], this.app.model.placeY[place]);
    }
    hover(px, py, clientX, clientY) {
      const target = this.target(px, py);
      this.app.store.change({ hovered: target });
      this.pane.canvas.classList.toggle("over", target !== null);
      this.tooltip.show(target, clientX, clientY);
    }
    leave() {
      this.app.store.change({ hovered: null });
      this.tooltip.show(null, 0, 0);
    }
    cursor() {
      const { hovered, selected } = this.app.store.get();
      if (hovered && hovered.kind === "place") return hovered.place;
      return selected && selected.kind === "place" ? selected.place : null;
    }
    key(event) {
      const shown = this.order.filter((place) => this.app.visible.place[place] === 1);
      const cursor = this.cursor();
      if (event.key === "Enter" || event.key === " ") {
        if (cursor === null) return false;
        this.app.select({ kind: "place", place: cursor });
        return true;
      }
      if (event.key === "Tab") return this.tab(shown, cursor, event.shiftKey);
      if (!isWay(event.key)) return false;
      if (cursor === null) return this.tab(shown, cursor, false);
      const where = (place) => this.screenAt(place);
      const others = shown.filter((place) => place !== cursor);
      const next = nextThatWay(event.key, where(cursor), others, where);
      if (next !== null) this.walkTo(next);
      return true;
    }
    tab(shown, cursor, back) {
      if (this.mayLeave && cursor === null) {
        this.mayLeave = false;
        return false;
      }
      const next = nextInOrder(shown, cursor, back);
      if (next === null) return false;
      this.walkTo(next);
      return true;
    }
    walkTo(place) {
      const { app } = this;
      this.mayLeave = false;
      this.bringIn(place);
      app.store.change({ hovered: { kind: "place", place } });
      this.announce(
        app.words.say("announcePlace", {
          label: app.model.page.places.label[place],
          type: app.words.code("place", app.model.page.places.kind[place]),
          n: app.model.legsAt[place].filter((leg) => app.visible.leg[leg] === 1).length
        })
      );
    }
  };
  function widened(extent) {
    const room = Math.max(0.35, (extent.right - extent.left) * 0.08);
    return {
      left: extent.left - room,
      right: extent.right + room,
      top: extent.top - room,
      bottom: extent.bottom + room
    };
  }

  // src/picture.ts
  var HEAD = 34;
  var LINE = 17;
  function lowered(surface, by) {
    return {
      begin: () => surface.begin(),
      move: (x, y) => surface.move(x, y + by),
      line: (x, y) => surface.line(x, y + by),
      quad: (cx, cy, x, y) => surface.quad(cx, cy + by, x, y + by),
      cubic: (cx, cy, dx, dy, x, y) => surface.cubic(cx, cy + by, dx, dy + by, x, y + by),
      circle: (x, y, radius) => surface.circle(x, y + by, radius),
      close: () => surface.close(),
      fill: (colour, alpha, evenodd) => surface.fill(colour, alpha, evenodd),
      stroke: (stroke) => surface.stroke(stroke),
      text: (text, x, y, style) => surface.text(text, x, y + by, style),
      measure: (text, size, bold) => surface.measure(text, size, bold)
    };
  }
  function captions(app, which, width) {
    const broken = [];
    for (const text of captionTexts(app, which)) {
      let line = "";
      for (const word of text.split(" ")) {
        if (line && measureText(`${line} ${word}`, 11) > width - 24) {
          broken.push(line);
          line = word;
        } else line = line ? `${line} ${word}` : word;
      }
      broken.push(line);
    }
    return broken;
  }
  function captionTexts(app, which) {
    const { words, model } = app;
    const { page } = model;
    const lines = [counterText(app)];
    const filters = filtersInWords(app);
    if (filters.length) lines.push(`${words.say("printFilters")}: ${filters.join("; ")}`);
    lines.push(words.say(page.victims_shown ? "victimsShown" : "victimsHidden"));
    if (page.notices.length) lines.push(words.pick(page.notices[0]));
    if (which === "map") lines.push(...mapNotes(app));
    return lines;
  }
  function mapNotes(app) {
    const { words, model } = app;
    const { unplaced, basemap } = model.page;
    const notes = model.legCount === 0 ? [words.say("noLegs")] : [];
    if (unplaced.legs) notes.push(words.say("unplacedLegs", { n: words.number(unplaced.legs) }));
    if (unplaced.places) notes.push(words.say("unplacedPlaces", { n: words.number(unplaced.places) }));
    if (!unplaced.legs && !unplaced.places) notes.push(words.say("allPlaced"));
    if (basemap) {
      notes.push(`${words.say("credit", { credit: basemap.credit })} ${words.say("bordersCaution")}`);
    }
    return notes;
  }
  function band(surface, top, width, height, colour) {
    surface.begin();
    surface.move(0, top);
    surface.line(width, top);
    surface.line(width, top + height);
    surface.line(0, top + height);
    surface.close();
    surface.fill(colour);
  }
  function compose(app, pane, which, surface, width, height, palette) {
    const lines = captions(app, which, width);
    pane.picture(lowered(surface, HEAD), width, height, palette);
    band(surface, 0, width, HEAD, palette.paper);
    band(surface, HEAD + height, width, lines.length * LINE + 12, palette.paper);
    const name = app.words.say(which === "ring" ? "ringPane" : "routePane");
    surface.text(`${app.model.page.title} · ${name}`, 12, HEAD / 2, {
      colour: palette.ink,
      size: 14,
      bold: true
    });
    lines.forEach(
      (line, at) => surface.text(line, 12, HEAD + height + 14 + at * LINE, { colour: palette.quiet, size: 11 })
    );
  }
  function savePicture(app, pane, which, form) {
    const { width, height } = pane.pane.frame();
    const palette = app.palette();
    const whole = HEAD + height + captions(app, which, width).length * LINE + 12;
    const name = `${fileName(app.model.page.title)}-${which}.${form}`;
    if (form === "svg") {
      const surface = new SvgSurface(width, whole, palette.background);
      surface.root.setAttribute("xmlns", "http://www.w3.org/2000/svg");
      compose(app, pane, which, surface, width, height, palette);
      const text = new XMLSerializer().serializeToString(surface.root);
      download(new Blob([text], { type: "image/svg+xml" }), name);
      return;
    }
    const canvas = element("canvas", { width: Math.round(width * 2), height: Math.round(whole * 2) });
    const context = canvas.getContext("2d");
    if (!context) return;
    context.scale(2, 2);
    context.fillStyle = palette.background;
    context.fillRect(0, 0, width, whole);
    compose(app, pane, which, new CanvasSurface(context), width, height, palette);
    canvas.toBlob((blob) => blob && download(blob, name), "image/png");
  }
  function fileName(title) {
    const safe = title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "");
    return safe.slice(0, 60) || "ringmap";
  }
  function download(blob, name) {
    const address = URL.createObjectURL(blob);
    const link = element("a", { href: address, download: name, hidden: true });
    document.body.appendChild(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 2e4);
  }

  // src/print.ts
  var Sheet = class {
    constructor(app, ring, map) {
      this.app = app;
      this.ring = ring;
      this.map = map;
      this.root = element("div", { class: "sheet" });
      window.addEventListener("beforeprint", () => this.draw());
      window.addEventListener("afterprint", () => replace(this.root));
    }
    /** SVG prints at the full resolution of the printer, and is there at once. */
    draw() {
      const { app } = this;
      const { words, model } = app;
      const { page } = model;
      replace(
        this.root,
        element("h1", null, page.title),
        element(
          "p",
          { class: page.victims_shown ? "sheet-loud" : "sheet-calm" },
          words.say(page.victims_shown ? "victimsShown" : "victimsHidden")
        ),
        this.facts(),
        this.picture(words.say("ringPane"), this.drawRing(), legendElement(ringBlocks(app, LIGHT)), []),
        this.mapPart(),
        this.brokers(),
        this.notices()
      );
    }
    facts() {
      const { app } = this;
      const { words } = app;
      const { selected } = app.store.get();
      const filters = filtersInWords(app);
      const lines = [
        `${words.say("printShown")}: ${counterText(app)}`,
        filters.length ? `${words.say("printFilters")}: ${filters.join("; ")}` : words.say("printNoFilters")
      ];
      if (selected) lines.push(`${words.say("printSelected")}: ${app.nameOf(selected)}`);
      lines.push(words.say("printed", { date: today(words.language) }));
      return element("div", { class: "sheet-facts" }, ...lines.map((line) => element("p", null, line)));
    }
    picture(title, svg, legend, notes) {
      return element(
        "figure",
        null,
        element("h2", null, title),
        svg,
        ...notes.map((note) => element("p", { class: "sheet-note" }, note)),
        element("figcaption", null, legend)
      );
    }
    /** Each picture fills a page, with its legend below. */
    height() {
      return this.app.model.partyCount > 400 ? 1e3 : 880;
    }
    drawRing() {
      const surface = new SvgSurface(1e3, this.height(), LIGHT.background);
      this.ring.picture(surface, 1e3, this.height(), LIGHT);
      return surface.root;
    }
    mapPart() {
      const { app } = this;
      const { words, model } = app;
      const title = words.say("routePane");
      if (model.placeCount === 0) {
        const note = element("p", null, words.say("noPlaces"));
        const left = mapNotes(app).map((line) => element("p", { class: "sheet-note" }, line));
        return element("section", null, element("h2", null, title), note, ...left);
      }
      const height = Math.min(this.height(), 760);
      const surface = new SvgSurface(1e3, height, LIGHT.background);
      this.map.picture(surface, 1e3, height, LIGHT);
      return this.picture(title, surface.root, legendElement(mapBlocks(app, LIGHT)), mapNotes(app));
    }
    brokers() {
      const { words, model } = this.app;
      const top = topBrokers(this.app);
      if (top.length === 0) return null;
      const lines = top.map((party) => {
        const because = model.page.parties.because[party];
        return element(
          "tr",
          null,
          element("td", { class: "number" }, String(model.page.parties.rank[party])),
          element("th", { scope: "row" }, model.page.parties.label[party]),
          element("td", null, this.app.rolesText(party)),
          element("td", null, because ? words.pick(because) : words.unknown())
        );
      });
      return element(
        "section",
        null,
        element("h2", null, words.say("printBrokers")),
        element("table", { class: "sheet-table" }, element("tbody", null, ...lines)),
        element("p", { class: "sheet-note" }, words.say("brokersCaution"))
      );
    }
    notices() {
      const { words, model } = this.app;
      if (model.page.notices.length === 0) return null;
      const items = model.page.notices.map((notice) => element("li", null, words.pick(notice)));
      return element(
        "section",
        null,
        element("h2", null, words.say("printNotices")),
        element("ul", null, ...items)
      );
    }
  };
  function today(language) {
    return (/* @__PURE__ */ new Date()).toLocaleDateString(language === "vi" ? "vi-VN" : "en-GB", {
      year: "numeric",
      month: "long",
      day: "numeric"
    });
  }

  // src/grid.ts
  var Grid = class {
    constructor(xs, ys, size) {
      this.xs = xs;
      this.ys = ys;
      this.size = size;
      this.cells = /* @__PURE__ */ new Map();
      for (let item = 0; item < xs.length; item += 1) {
        const key = this.key(Math.floor(xs[item] / size), Math.floor(ys[item] / size));
        const cell = this.cells.get(key);
        if (cell) cell.push(item);
        else this.cells.set(key, [item]);
      }
    }
    key(column, row2) {
      return column * 1000003 + row2;
    }
    /** Items within `reach` of a point, nearest first; ties by index. */
    near(x, y, reach) {
      const found = [];
      const last = Math.floor((x + reach) / this.size);
      for (let column = Math.floor((x - reach) / this.size); column <= last; column += 1) {
        const bottom = Math.floor((y + reach) / this.size);
        for (let row2 = Math.floor((y - reach) / this.size); row2 <= bottom; row2 += 1) {
          for (const item of this.cells.get(this.key(column, row2)) || []) {
            const away = Math.hypot(this.xs[item] - x, this.ys[item] - y);
            if (away <= reach) found.push([away, item]);
          }
        }
      }
      return found.sort((a, b) => a[0] - b[0] || a[1] - b[1]).map((pair) => pair[1]);
    }
  };
  function cellSize(width, height, count) {
    return Math.sqrt(Math.max(width, 1e-9) * Math.max(height, 1e-9) * 2 / Math.max(count, 1)) || 1;
  }
  function typicalGap(xs, ys, extent) {
    const count = xs.length;
    if (count < 2) return extent || 1;
    const size = Math.max(cellSize(extent, extent, count), extent / 2e3, 1e-9);
    const grid = new Grid(xs, ys, size);
    const gaps = [];
    const step = Math.max(1, Math.floor(count / 600));
    for (let item = 0; item < count; item += step) {
      const gap = nearestGap(grid, xs, ys, item, size, extent);
      if (gap > 0) gaps.push(gap);
    }
    gaps.sort((a, b) => a - b);
    return gaps.length ? gaps[Math.floor(gaps.length / 2)] : extent || 1;
  }
  function nearestGap(grid, xs, ys, item, size, extent) {
    for (let reach = size; reach <= extent * 2; reach *= 2) {
      for (const other of grid.near(xs[item], ys[item], reach)) {
        const gap = Math.hypot(xs[other] - xs[item], ys[other] - ys[item]);
        if (other !== item && gap > 0) return gap;
      }
    }
    return 0;
  }

  // src/ring-drawing.ts
  function markRadius(scene, party) {
    const base = Math.max(2, Math.min(9.5, scene.gap * scene.frame.camera.scale * 0.3));
    const degree = scene.model.tiesOf[party].length;
    const share = Math.min(1, Math.log1p(degree) / Math.log(40));
    const thing = scene.model.page.parties.type[party] === "person" ? 1 : 0.86;
    return base * (0.75 + 0.65 * share) * thing;
  }
  function drawRing(surface, scene) {
    const points = screenPoints(scene);
    const inView = partiesInView(scene, points);
    drawHulls(surface, scene, points);
    const curves = drawTies(surface, scene, points);
    drawParties(surface, scene, points, inView);
    const labels = drawLabels2(surface, scene, points, inView);
    return { parties: inView.length, ties: curves.length, labels, curves, inView };
  }
  function screenPoints(scene) {
    const { x, y } = scene.model.page.parties;
    return x.map((worldX, party) => toScreen(scene.frame, worldX, y[party]));
  }
  function partiesInView(scene, points) {
    const { width, height } = scene.frame;
    const found = [];
    points.forEach((point, party) => {
      if (!scene.visible.party[party]) return;
      if (point.x < -20 || point.y < -20 || point.x > width + 20 || point.y > height + 20) return;
      found.push(party);
    });
    return found;
  }
  function ringHull(members, pad) {
    const x = median(members.map((point) => point.x));
    const y = median(members.map((point) => point.y));
    const away = members.map((point) => Math.hypot(point.x - x, point.y - y));
    const limit = Math.max(median(away) * 2.8, pad * 2);
    const near = convexHull(members.filter((_, at) => away[at] <= limit));
    const around = [];
    for (const point of near) {
      for (let step = 0; step < 12; step += 1) {
        const angle = step * Math.PI / 6;
        around.push({ x: point.x + Math.cos(angle) * pad, y: point.y + Math.sin(angle) * pad });
      }
    }
    return convexHull(around);
  }
  function drawHulls(surface, scene, points) {
    const pad = Math.max(7, Math.min(26, scene.gap * scene.frame.camera.scale * 0.8));
    scene.model.page.rings.forEach((ring, at) => {
      const members = ring.members.filter((party) => scene.visible.party[party] === 1);
      if (members.length < 2) return;
      const hull = ringHull(members.map((party) => points[party]), pad);
      if (hull.length < 3 || !touchesView(hull, scene.frame)) return;
      const colour = scene.palette.hulls[at % scene.palette.hulls.length];
      tracePolygon(surface, hull);
      const faint = scene.focused ? 0.5 : 1;
      surface.fill(colour, (scene.palette.dark ? 0.13 : 0.09) * faint);
      surface.stroke({ colour, width: 1, alpha: 0.38 * faint });
    });
  }
  function touchesView(hull, frame) {
    const xs = hull.map((point) => point.x);
    const ys = hull.map((point) => point.y);
    return Math.max(...xs) >= 0 && Math.min(...xs) <= frame.width && Math.max(...ys) >= 0 && Math.min(...ys) <= frame.height;
  }
  function tracePolygon(surface, hull) {
    surface.begin();
    const last = hull[hull.length - 1];
    surface.move((last.x + hull[0].x) / 2, (last.y + hull[0].y) / 2);
    hull.forEach((point, at) => {
      const next = hull[(at + 1) % hull.length];
      surface.quad(point.x, point.y, (point.x + next.x) / 2, (point.y + next.y) / 2);
    });
    surface.close();
  }
  function tieLevel(scene, tie) {
    if (scene.hover.tie.has(tie)) return 3;
    if (!scene.focused) return 1;
    return scene.focus.tie.has(tie) ? 2 : 0;
  }
  function tieWidth(weight, widest) {
    if (weight === null || weight <= 0 || widest <= 1) return 1;
    return 1 + 3 * Math.log1p(weight) / Math.log1p(widest);
  }
  function tieColour(palette, kind) {
    const group = groupOfTie(kind);
    if (group === "neutral") return palette.tie;
    return palette.dark || group === "transport" || group === "recruitment" ? palette.group[group] : palette.edge[group] && palette.group[group];
  }
  function drawTies(surface, scene, points) {
    const batches = /* @__PURE__ */ new Map();
    const all = [];
    for (let tie = 0; tie < scene.model.tieCount; tie += 1) {
      if (!scene.visible.tie[tie]) continue;
      const curve = tieCurve(scene, points, tie);
      if (!curve) continue;
      all.push({ tie, curve });
      putInBatch(scene, batches, { tie, curve });
    }
    const ordered = Array.from(batches.values()).sort((a, b) => a.level - b.level);
    for (const batch of ordered) drawBatch(surface, scene, batch);
    return all;
  }
  function putInBatch(scene, batches, drawn) {
    const { model, palette } = scene;
    const level = tieLevel(scene, drawn.tie);
    const colour = tieColour(palette, model.page.ties.kind[drawn.tie]);
    const shrink = Math.max(0.45, Math.min(1, scene.gap * scene.frame.camera.scale * 0.055));
    const full = tieWidth(model.page.ties.weight[drawn.tie], model.widest) * shrink;
    const width = Math.round((level >= 2 ? full + 0.8 : full) * 2) / 2 || 0.5;
    const dashed = model.tieWeak[drawn.tie];
    const key = `${level}|${colour}|${width}|${dashed}`;
    const batch = batches.get(key);
    if (batch) {
      batch.ties.push(drawn);
      return;
    }
    const alpha = [palette.dark ? 0.1 : 0.12, restAlpha(scene), 1, 1][level];
    const dash = dashed ? [4 + width, 3 + width * 0.5] : void 0;
    batches.set(key, { colour, width, alpha, dash, level, ties: [drawn] });
  }
  function restAlpha(scene) {
    const closeness = scene.gap * scene.frame.camera.scale;
    return Math.max(0.32, Math.min(0.78, 0.25 + closeness / 60));
  }
  function drawBatch(surface, scene, batch) {
    surface.begin();
    for (const { curve } of batch.ties) {
      surface.move(curve.ax, curve.ay);
      if (isLoop(curve)) loopPath(surface, curve);
      else surface.quad(curve.cx, curve.cy, curve.bx, curve.by);
    }
    surface.stroke({
      colour: batch.colour,
      width: batch.width,
      alpha: batch.alpha,
      dash: batch.dash
    });
    const headsWanted = scene.gap * scene.frame.camera.scale > 9 || batch.level >= 2;
    if (headsWanted) drawHeads(surface, scene, batch);
  }
  function drawHeads(surface, scene, batch) {
    const near = Math.min(1, Math.max(0.6, scene.gap * scene.frame.camera.scale / 30));
    const size = (batch.level >= 2 ? 6.5 : 6 * near) + batch.width * 1.3;
    surface.begin();
    for (const { tie, curve } of batch.ties) {
      if (!scene.model.page.ties.directed[tie]) continue;
      if (Math.hypot(curve.bx - curve.ax, curve.by - curve.ay) < size && !isLoop(curve)) continue;
      if (isLoop(curve)) arrowHead(surface, curve.bx, curve.by, curve.bx - curve.cx - 14, curve.by - curve.cy - 3, size);
      else arrowHead(surface, curve.bx, curve.by, curve.bx - curve.cx, curve.by - curve.cy, size);
    }
    surface.fill(batch.colour, Math.min(1, batch.alpha + 0.15));
  }
  function isLoop(curve) {
    return "loop" in curve;
  }
  function loopPath(surface, curve) {
    const dx = curve.cx - curve.ax;
    const dy = curve.cy - curve.ay;
    const side = 0.62;
    surface.cubic(
      curve.cx - dy * side,
      curve.cy + dx * side,
      curve.cx + dy * side,
      curve.cy - dx * side,
      curve.bx,
      curve.by
    );
  }
  function loopCurve(x, y, radius, lane) {
    const angle = -Math.PI / 4 - lane * Math.PI / 2.6;
    const reach = radius + 17;
    return {
      loop: lane,
      ax: x + Math.cos(angle + 0.5) * (radius + 1),
      ay: y + Math.sin(angle + 0.5) * (radius + 1),
      cx: x + Math.cos(angle) * reach,
      cy: y + Math.sin(angle) * reach,
      bx: x + Math.cos(angle - 0.5) * (radius + 1),
      by: y + Math.sin(angle - 0.5) * (radius + 1)
    };
  }
  function tieCurve(scene, points, tie) {
    const { model, frame } = scene;
    const source = model.page.ties.source[tie];
    const target = model.page.ties.target[tie];
    const a = points[source];
    const b = points[target];
    const margin = 60;
    if (Math.max(a.x, b.x) < -margin || Math.min(a.x, b.x) > frame.width + margin) return null;
    if (Math.max(a.y, b.y) < -margin || Math.min(a.y, b.y) > frame.height + margin) return null;
    if (source === target) {
      return loopCurve(a.x, a.y, markRadius(scene, source), model.lane[tie]);
    }
    const distance = Math.hypot(b.x - a.x, b.y - a.y);
    const offset = laneOffset(model.lane[tie], model.lanes[tie], distance);
    const curve = bend(a.x, a.y, b.x, b.y, source < target ? offset : -offset);
    const rim = (party) => markRadius(scene, party) * 1.05 + (shapeOf(model, party) === "victim" ? 3.5 : 1);
    return trim(curve, rim(source), rim(target) + 1);
  }
  function partyLevel(scene, party) {
    if (!scene.focused) return 1;
    return scene.focus.party.has(party) || scene.hover.party.has(party) ? 2 : 0;
  }
  function drawParties(surface, scene, points, inView) {
    const { model, palette } = scene;
    const ordered = inView.slice().sort((a, b) => partyLevel(scene, a) - partyLevel(scene, b) || thingsFirst(model, a, b) || a - b);
    const small = drawFarMarks(surface, scene, points, ordered);
    for (const party of ordered) {
      const { x, y } = points[party];
      const radius = markRadius(scene, party);
      if (small.has(party)) continue;
      const level = partyLevel(scene, party);
      const alpha = level === 0 ? 0.2 : 1;
      drawHalo(surface, scene, party, x, y, radius);
      const shape = shapeOf(model, party);
      drawMark(surface, x, y, { shape, group: model.group[party], radius, palette, alpha });
      if (level > 0) drawBadge(surface, scene, party, x, y, radius);
    }
  }
  function drawFarMarks(surface, scene, points, ordered) {
    const { model, palette } = scene;
    const done = /* @__PURE__ */ new Set();
    const kinds = /* @__PURE__ */ new Map();
    for (const party of ordered) {
      const rank = model.page.parties.rank[party];
      const special = scene.found.has(party) || scene.focus.party.has(party) || scene.hover.party.has(party);
      if (special || rank !== null && rank <= 10) continue;
      if (markRadius(scene, party) >= 3.4 || shapeOf(model, party) === "both") continue;
      done.add(party);
      const person = model.page.parties.type[party] === "person" ? 1 : 0;
      const key = `${person}|${model.group[party]}`;
      const kind = kinds.get(key);
      if (kind) kind.push(party);
      else kinds.set(key, [party]);
    }
    Array.from(kinds.keys()).sort().forEach((key) => {
      const parties = kinds.get(key) || [];
      const marks = parties.map((party) => ({
        x: points[party].x,
        y: points[party].y,
        radius: markRadius(scene, party),
        shape: shapeOf(model, party)
      }));
      const alpha = scene.focused ? 0.2 : 1;
      drawSmallMarks(surface, marks, model.group[parties[0]], key.startsWith("1"), palette, alpha);
    });
    return done;
  }
  function thingsFirst(model, a, b) {
    const rank = (party) => model.page.parties.type[party] === "person" ? 1 : 0;
    return rank(a) - rank(b);
  }
  function drawHalo(surface, scene, party, x, y, radius) {
    const { palette } = scene;
    const chosen = scene.focus.party.get(party) === 2;
    const hovered = scene.hover.party.get(party) === 2;
    if (scene.found.has(party) && !chosen) {
      outline(surface, "other", x, y, radius + 7);
      surface.stroke({ colour: palette.accent, width: 1.5, dash: [3, 3] });
    }
    if (!chosen && !hovered) return;
    outline(surface, "other", x, y, radius + 8);
    surface.fill(palette.accent, chosen ? 0.2 : 0.12);
    surface.stroke({ colour: palette.accent, width: chosen ? 2.5 : 1.5 });
  }
  function drawBadge(surface, scene, party, x, y, radius) {
    const rank = scene.model.page.parties.rank[party];
    if (rank === null || rank > 10) return;
    const bx = x + radius * 0.9 + 2;
    const by = y - radius * 0.9 - 2;
    surface.begin();
    surface.circle(bx, by, 6.5);
    surface.fill(scene.palette.ink);
    surface.stroke({ colour: scene.palette.background, width: 1.2 });
    surface.text(String(rank), bx, by + 0.5, {
      colour: scene.palette.background,
      size: rank > 9 ? 8 : 9,
      bold: true,
      align: "center"
    });
  }
  function labelPriority(scene, party) {
    const chosen = scene.focus.party.get(party) || 0;
    const hovered = scene.hover.party.get(party) || 0;
    const rank = scene.model.page.parties.rank[party];
    const degree = Math.min(scene.model.tiesOf[party].length, 999);
    if (chosen === 2) return 9e6;
    if (hovered === 2) return 8e6;
    const linked = chosen || hovered ? 4e6 : 0;
    const found = scene.found.has(party) ? 6e6 : 0;
    const broker = rank === null ? 0 : rank <= 10 ? 2e6 - rank * 1e3 : 1e6 / rank;
    return Math.max(found, linked) + broker + degree;
  }
  function labelBudget(scene) {
    const closeness = scene.gap * scene.frame.camera.scale;
    const area = scene.frame.width * scene.frame.height / 9e3;
    return Math.round(Math.max(12, area * Math.min(4, closeness / 9)));
  }
  function drawLabels2(surface, scene, points, inView) {
    const taken = new Taken();
    for (const box of scene.reserved) taken.take(box);
    const wanted = inView.filter((party) => !scene.focused || partyLevel(scene, party) === 2);
    const ordered = wanted.map((party) => [labelPriority(scene, party), party]).sort((a, b) => b[0] - a[0] || a[1] - b[1]).slice(0, labelBudget(scene));
    const first = ordered.filter(([, party]) => matters(scene, party));
    const rest = ordered.filter(([, party]) => !matters(scene, party));
    blockMarks(scene, taken, points, inView.filter((party) => matters(scene, party)));
    const before = drawLabelsOf(surface, scene, points, taken, first);
    blockMarks(scene, taken, points, inView);
    const after = drawLabelsOf(surface, scene, points, taken, rest);
    return before + after + drawRingNames(surface, scene, points, taken);
  }
  function matters(scene, party) {
    const rank = scene.model.page.parties.rank[party];
    const chosen = scene.focus.party.get(party) === 2 || scene.hover.party.get(party) === 2;
    return chosen || scene.found.has(party) || rank !== null && rank <= 10;
  }
  function drawLabelsOf(surface, scene, points, taken, wanted) {
    const { model, frame, palette } = scene;
    let drawn = 0;
    for (const [priority, party] of wanted) {
      const strong = priority >= 8e6;
      const size = strong ? 13 : 11.5;
      const text = shorten(model.page.parties.label[party], strong ? 60 : 28);
      const width = surface.measure(text, size, strong);
      const reach = markRadius(scene, party) + (shapeOf(model, party) === "victim" ? 3 : 1);
      const { x, y } = points[party];
      const box = placeLabel(taken, placesBeside(x, y, reach, width, size + 3), frame.width, frame.height);
      if (!box) continue;
      const person = model.page.parties.type[party] === "person";
      surface.text(text, box.left, (box.top + box.bottom) / 2, {
        colour: person ? palette.ink : palette.quiet,
        size,
        bold: strong,
        italic: !person,
        halo: palette.background
      });
      drawn += 1;
    }
    return drawn;
  }
  function blockMarks(scene, taken, points, inView) {
    for (const party of inView) {
      const radius = markRadius(scene, party);
      const rank = scene.model.page.parties.rank[party];
      const important = scene.focus.party.get(party) === 2 || rank !== null && rank <= 10;
      if (radius < 4 && !important) continue;
      if (scene.focused && partyLevel(scene, party) === 0) continue;
      const reach = radius * 0.85;
      const { x, y } = points[party];
      taken.take({ left: x - reach, top: y - reach, right: x + reach, bottom: y + reach });
      if (rank === null || rank > 10) continue;
      const bx = x + radius * 0.9 + 2;
      const by = y - radius * 0.9 - 2;
      taken.take({ left: bx - 6, top: by - 6, right: bx + 6, bottom: by + 6 });
    }
  }
  function drawRingNames(surface, scene, points, taken) {
    const { frame, palette, model } = scene;
    let drawn = 0;
    if (!hullsAreWide(scene, points)) return 0;
    model.page.rings.forEach((ring, at) => {
      const members = ring.members.filter((party) => scene.visible.party[party] === 1);
      if (members.length < 2) return;
      const text = shorten(ring.name, 24);
      const width = surface.measure(text, 12, true);
      const box = placeLabel(taken, ringNamePlaces(members.map((party) => points[party]), width), frame.width, frame.height);
      if (!box) return;
      surface.text(text, box.left, (box.top + box.bottom) / 2, {
        colour: palette.hullText[at % palette.hullText.length],
        size: 12,
        bold: true,
        halo: palette.background,
        alpha: scene.focused ? 0.45 : 1
      });
      drawn += 1;
    });
    return drawn;
  }
  function hullsAreWide(scene, points) {
    const spans = scene.model.page.rings.map((ring) => {
      const xs = ring.members.map((party) => points[party].x);
      return xs.length ? Math.max(...xs) - Math.min(...xs) : 0;
    });
    return spans.length <= 20 || median(spans) > 58;
  }
  function ringNamePlaces(points, width) {
    const x = median(points.map((point) => point.x));
    const ys = points.map((point) => point.y).sort((a, b) => a - b);
    const top = ys[Math.floor(ys.length * 0.05)] - 18;
    const bottom = ys[Math.floor(ys.length * 0.95)] + 18;
    const at = (left, y) => ({
      left,
      top: y - 8,
      right: left + width,
      bottom: y + 8
    });
    const middle = x - width / 2;
    return [at(middle, top), at(middle, bottom), at(middle - 30, top), at(middle + 30, top), at(middle, top - 16), at(middle, bottom + 16)];
  }
  function middleOf(curve) {
    return isLoop(curve) ? { x: curve.cx, y: curve.cy } : pointOn(curve, 0.5);
  }

  // src/ring-pane.ts
  var RingPane = class {
    constructor(app, tooltip, announce, enlarge) {
      this.app = app;
      this.tooltip = tooltip;
      this.announce = announce;
      this.drawn = { parties: 0, ties: 0, labels: 0, curves: [], inView: [] };
      this.screen = null;
      /** After Esc the next Tab leaves the picture, so that the keyboard is never caught in it. */
      this.mayLeave = false;
      const { x, y } = app.model.page.parties;
      const extent = extentOf(x, y, () => true) || { left: 0, top: 0, right: 1, bottom: 1 };
      const wide = extent.right - extent.left;
      const high = extent.bottom - extent.top;
      this.gap = typicalGap(x, y, Math.max(wide, high, 1e-9));
      this.grid = new Grid(x, y, cellSize(wide, high, x.length));
      this.pane = new Pane({
        name: "ring",
        draw: (surface, frame) => {
          this.screen = frame;
          this.drawn = this.drawOn(surface, frame, app.palette());
        },
        home: (width, height) => this.home(width, height),
        limits: () => this.limits(),
        hover: (px, py, clientX, clientY) => this.hover(px, py, clientX, clientY),
        leave: () => this.leave(),
        click: (px, py, shift) => this.click(px, py, shift),
        comeClose: (px, py) => this.comeClose(px, py),
        key: (event) => this.key(event),
        enlarge
      });
    }
    scene(frame, palette) {
      const { app } = this;
      return {
        model: app.model,
        visible: app.visible,
        frame,
        palette,
        gap: this.gap,
        focus: app.focus,
        hover: app.hover,
        focused: app.focused(),
        found: app.found,
        reserved: this.reserved(frame)
      };
    }
    reserved(frame) {
      return frame === this.screen ? this.pane.reserved() : [];
    }
    drawOn(surface, frame, palette) {
      return drawRing(surface, this.scene(frame, palette));
    }
    /** What is on the screen, in a picture of another size. */
    picture(surface, width, height, palette = LIGHT) {
      return this.drawOn(surface, this.pane.frameFor(width, height), palette);
    }
    home(width, height) {
      const { x, y } = this.app.model.page.parties;
      const { visible } = this.app;
      const extent = extentOf(x, y, (party) => visible.party[party] === 1);
      const wanted = extent || { left: 0, top: 0, right: 1, bottom: 1 };
      return fitCamera(wanted, width, height, 46, 70 / this.gap);
    }
    limits() {
      const least = this.home(400, 300).scale * 0.4;
      return [least, Math.max(220 / this.gap, least * 4)];
    }
    pick(px, py) {
      return this.pickParty(px, py) || this.pickTie(px, py);
    }
    pickParty(px, py) {
      const frame = this.pane.frame();
      const scene = this.scene(frame, LIGHT);
      const world = toWorld(frame, px, py);
      for (const party of this.grid.near(world.x, world.y, 20 / frame.camera.scale)) {
        if (!this.app.visible.party[party]) continue;
        const { x, y } = this.screenAt(party);
        if (Math.hypot(x - px, y - py) <= Math.max(markRadius(scene, party) + 3, 7)) {
          return { kind: "party", party };
        }
      }
      return null;
    }
    pickTie(px, py) {
      let nearest = 5.5;
      let found = null;
      for (const { tie, curve } of this.drawn.curves) {
        if (!mayTouch(curve, px, py, "loop" in curve ? 14 : 6)) continue;
        const away = "loop" in curve ? Math.hypot(curve.cx - px, curve.cy - py) - 6 : distanceTo(curve, px, py);
        if (away >= nearest) continue;
        nearest = away;
        found = { kind: "tie", tie };
      }
      return found;
    }
    screenAt(party) {
      const { x, y } = this.app.model.page.parties;
      return toScreen(this.pane.frame(), x[party], y[party]);
    }
    tieAt(tie) {
      const drawn = this.drawn.curves.find((one) => one.tie === tie);
      return drawn ? middleOf(drawn.curve) : null;
    }
    hover(px, py, clientX, clientY) {
      const target = this.pick(px, py);
      this.app.store.change({ hovered: target });
      this.pane.canvas.classList.toggle("over", target !== null);
      this.tooltip.show(target, clientX, clientY);
    }
    leave() {
      this.app.store.change({ hovered: null });
      this.tooltip.show(null, 0, 0);
    }
    click(px, py, shift) {
      const target = this.pick(px, py);
      if (shift && target && target.kind === "party") this.app.connect(target.party);
      else this.app.select(target);
    }
    comeClose(px, py) {
      const target = this.pickParty(px, py);
      if (target && target.kind === "party") this.focusParty(target.party);
      else this.pane.zoomBy(1.8, px, py);
    }
    /** Shows a party with those it is tied to. */
    focusParty(party) {
      const near = /* @__PURE__ */ new Map([[party, 2]]);
      for (const tie of this.app.model.tiesOf[party]) {
        if (this.app.visible.tie[tie]) near.set(otherEnd(this.app.model, tie, party), 1);
      }
      this.comeCloseTo(near);
    }
    /** Shows what is in focus, with what it touches. */
    comeCloseTo(parties) {
      const { x, y } = this.app.model.page.parties;
      const extent = extentOf(x, y, (party) => parties.has(party));
      const { width, height } = this.pane.frame();
      if (extent) this.pane.look(fitCamera(extent, width, height, 90, 60 / this.gap));
    }
    bringIn(party) {
      const { x, y } = this.app.model.page.parties;
      this.pane.bringIn(x[party], y[party]);
    }
    cursor() {
      const { hovered, selected } = this.app.store.get();
      if (hovered && hovered.kind === "party") return hovered.party;
      if (selected && selected.kind === "party") return selected.party;
      return selected && selected.kind === "path" ? selected.to : null;
    }
    key(event) {
      if (event.key === "Tab") return this.tab(event.shiftKey);
      if (event.key === "Enter" || event.key === " ") return this.enter(event.shiftKey);
      return isWay(event.key) ? this.arrow(event.key) : false;
    }
    tab(back) {
      const shown = this.app.model.order.filter((party) => this.app.visible.party[party] === 1);
      const cursor = this.cursor();
      if (this.mayLeave && cursor === null) {
        this.mayLeave = false;
        return false;
      }
      const next = nextInOrder(shown, cursor, back);
      if (next === null) return false;
      this.walkTo(next);
      return true;
    }
    enter(shift) {
      const cursor = this.cursor();
      if (cursor === null) return false;
      if (shift) this.app.connect(cursor);
      else this.app.select({ kind: "party", party: cursor });
      return true;
    }
    arrow(way) {
      const { model, visible } = this.app;
      const cursor = this.cursor();
      if (cursor === null) return this.tab(false);
      const where = (party) => this.screenAt(party);
      const tied = model.tiesOf[cursor].filter((tie) => visible.tie[tie] === 1).map((tie) => otherEnd(model, tie, cursor));
      const all = model.order.filter((party) => visible.party[party] === 1 && party !== cursor);
      const from = where(cursor);
      const next = nextThatWay(way, from, tied, where);
      const chosen = next === null ? nextThatWay(way, from, all, where) : next;
      if (chosen !== null) this.walkTo(chosen);
      return true;
    }
    walkTo(party) {
      const { app } = this;
      this.mayLeave = false;
      this.bringIn(party);
      app.store.change({ hovered: { kind: "party", party } });
      this.announce(
        app.words.say("announceParty", {
          label: app.model.page.parties.label[party],
          type: app.words.code("party", app.model.page.parties.type[party]),
          roles: app.rolesText(party),
          n: app.model.tiesOf[party].filter((tie) => app.visible.tie[tie] === 1).length
        })
      );
    }
  };

  // src/search.ts
  var LISTED = 40;
  function searchParties(model, query) {
    const words = fold(query).split(/\s+/).filter(Boolean);
    if (words.length === 0) return [];
    const found = [];
    model.order.forEach((party, place) => {
      const score = matchScore(words, model.searchLabel[party], model.searchRest[party]);
      if (score > 0) found.push([score, place, party]);
    });
    return found.sort((a, b) => b[0] - a[0] || a[1] - b[1]).map((one) => one[2]);
  }
  var Search = class {
    constructor(app, go) {
      this.app = app;
      this.go = go;
      this.results = [];
      this.at = -1;
      this.input = element("input", {
        type: "search",
        role: "combobox",
        autocomplete: "off",
        spellcheck: "false",
        "aria-autocomplete": "list",
        "aria-expanded": "false",
        "aria-controls": "search-results",
        oninput: () => this.searched(),
        onfocus: () => this.searched()
      });
      this.list = element("ul", { id: "search-results", class: "results", role: "listbox", hidden: true });
      this.root = element("div", { class: "search", role: "search" }, this.input, this.list);
      this.input.addEventListener("keydown", (event) => this.key(event));
      this.root.addEventListener("focusout", (event) => {
        if (!this.root.contains(event.relatedTarget)) this.close();
      });
      this.nameIt();
    }
    nameIt() {
      this.input.placeholder = this.app.words.say("searchHint");
      this.input.setAttribute("aria-label", this.app.words.say("search"));
      this.list.setAttribute("aria-label", this.app.words.say("search"));
    }
    clear() {
      this.input.value = "";
      this.searched();
    }
    searched() {
      this.results = searchParties(this.app.model, this.input.value);
      this.at = this.results.length ? 0 : -1;
      this.app.store.change({ found: this.results.slice(0, 300) });
      this.draw();
    }
    close() {
      this.list.hidden = true;
      this.input.setAttribute("aria-expanded", "false");
      this.input.removeAttribute("aria-activedescendant");
    }
    draw() {
      const { words } = this.app;
      if (!this.input.value.trim()) {
        this.close();
        return;
      }
      const shown = this.results.slice(0, LISTED).map((party, at) => this.line(party, at));
      const left = this.results.length - LISTED;
      const note = this.results.length ? words.say("searchFound", { n: this.results.length }) : words.say("searchNone");
      replace(
        this.list,
        element("li", { class: "note", role: "presentation" }, note),
        ...shown,
        left > 0 ? element("li", { class: "note", role: "presentation" }, words.say("searchMore", { n: left })) : null
      );
      this.list.hidden = false;
      this.input.setAttribute("aria-expanded", "true");
      this.mark();
    }
    line(party, at) {
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
          element("span", { class: "quiet" }, ` ${app.rolesText(party)} · ${app.model.page.parties.id[party]}`)
        )
      );
      line.addEventListener("mousedown", (event) => {
        event.preventDefault();
        this.choose(at);
      });
      return line;
    }
    mark() {
      this.list.querySelectorAll("[role=option]").forEach((line, at) => {
        line.setAttribute("aria-selected", String(at === this.at));
        if (at === this.at) line.scrollIntoView({ block: "nearest" });
      });
      if (this.at >= 0) this.input.setAttribute("aria-activedescendant", `search-${this.at}`);
      else this.input.removeAttribute("aria-activedescendant");
    }
    choose(at) {
      const party = this.results[at];
      if (party === void 0) return;
      this.close();
      this.go(party);
    }
    key(event) {
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
  };

  // src/tooltip.ts
  var Tooltip = class {
    constructor(app) {
      this.app = app;
      this.root = element("div", { class: "tooltip", "aria-hidden": "true", hidden: true });
    }
    show(target, clientX, clientY) {
      this.root.hidden = target === null;
      if (!target) return;
      const [head, ...rest] = this.lines(target);
      replace(
        this.root,
        element("strong", null, head),
        ...rest.map((line) => element("div", null, line))
      );
      const width = this.root.offsetWidth;
      const height = this.root.offsetHeight;
      const left = clientX + 16 + width > window.innerWidth ? clientX - width - 12 : clientX + 16;
      const top = clientY + 14 + height > window.innerHeight ? clientY - height - 10 : clientY + 14;
      this.root.style.left = `${Math.max(4, left)}px`;
      this.root.style.top = `${Math.max(4, top)}px`;
    }
    lines(target) {
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
          `${words.say("grade")}: ${grade}${doubt}`
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
    legLines(leg) {
      const { legs } = this.app.model.page;
      const { words } = this.app;
      return [
        this.app.legText(leg),
        words.code("stage", legs.stage[leg]),
        `${words.say("date")}: ${sayDate(words, legs.date[leg])}`
      ];
    }
    arrowLines(at) {
      const arrow = this.app.model.arrows[at];
      const shown = arrow.legs.filter((leg) => this.app.visible.leg[leg]);
      const { label } = this.app.model.page.places;
      const values = { n: shown.length, a: label[arrow.from], b: label[arrow.to] };
      return [this.app.words.say("arrowOf", values), this.app.words.code("stage", arrow.stage)];
    }
  };

  // src/page.ts
  var Page = class {
    constructor(app, root) {
      this.app = app;
      this.root = root;
      this.live = element("div", { class: "live", "aria-live": "polite", role: "status" });
      this.head = element("header", { class: "head" });
      this.strip = element("div", { class: "strip" });
      this.panes = element("div", { class: "panes" });
      this.splitter = element("div", {
        class: "splitter",
        role: "separator",
        tabindex: "0",
        "aria-orientation": "vertical",
        "aria-valuemin": "20",
        "aria-valuemax": "80"
      });
      this.side = element("aside", { class: "side" });
      this.tabs = element("div", { class: "tabs" });
      this.body = element("div", { class: "side-body", tabindex: "-1" });
      this.share = 50;
      const announce = (text) => {
        this.live.textContent = text;
      };
      this.tooltip = new Tooltip(app);
      this.ring = new RingPane(app, this.tooltip, announce, () => this.enlarge("ring"));
      this.map = new MapPane(app, this.tooltip, announce, () => this.enlarge("map"));
      this.search = new Search(app, (party) => this.goTo(party));
      this.help = new Help(app);
      this.sheet = new Sheet(app, this.ring, this.map);
      this.list = new ListView(app);
      app.comeClose = () => this.comeClose();
      this.lay();
      this.listen();
      this.drawAll();
    }
    lay() {
      this.panes.append(this.ring.pane.root, this.splitter, this.map.pane.root, this.list.root);
      this.side.append(this.tabs, this.body);
      const work = element("div", { class: "work" }, this.panes, this.side);
      const screen = element("div", { class: "screen" }, this.head, this.strip, work);
      replace(this.root, screen, this.tooltip.root, this.help.root, this.live, this.sheet.root);
      this.setShare(50);
    }
    listen() {
      this.app.store.listen((changed) => this.changed(changed));
      document.addEventListener("keydown", (event) => this.key(event));
      this.splitter.addEventListener("keydown", (event) => {
        if (event.key === "ArrowLeft") this.setShare(this.share - 5);
        else if (event.key === "ArrowRight") this.setShare(this.share + 5);
        else return;
        event.preventDefault();
      });
      this.splitter.addEventListener("pointerdown", (event) => {
        this.splitter.setPointerCapture(event.pointerId);
      });
      this.splitter.addEventListener("pointermove", (event) => {
        if (!this.splitter.hasPointerCapture(event.pointerId)) return;
        const box = this.panes.getBoundingClientRect();
        this.setShare((event.clientX - box.left) / box.width * 100);
      });
      if (typeof matchMedia === "function") {
        const dark = matchMedia("(prefers-color-scheme: dark)");
        const follow = () => this.themed();
        if (dark.addEventListener) dark.addEventListener("change", follow);
        else dark.addListener(follow);
      }
    }
    setShare(share) {
      this.share = Math.max(20, Math.min(80, Math.round(share)));
      this.panes.style.setProperty("--share", `${this.share}fr`);
      this.panes.style.setProperty("--rest", `${100 - this.share}fr`);
      this.splitter.setAttribute("aria-valuenow", String(this.share));
    }
    changed(changed) {
      if (changed.has("language")) {
        this.drawAll();
        return;
      }
      if (changed.has("theme")) this.themed();
      if (changed.has("view")) this.drawView();
      if (changed.has("tab")) this.drawSide();
      else if (changed.has("selected") && this.app.store.get().tab === "details") this.drawSide();
      if (changed.has("selected")) this.selectionChanged();
      if (changed.has("filters")) this.filtersChanged();
      this.redraw();
    }
    selectionChanged() {
      const { selected } = this.app.store.get();
      const { words } = this.app;
      this.live.textContent = selected ? words.say("announceSelected", { label: this.app.nameOf(selected) }) : words.say("announceCleared");
    }
    filtersChanged() {
      const { tab, view } = this.app.store.get();
      this.drawStrip();
      if (tab === "filters") refreshCounter(this.app, this.body);
      else if (tab === "details") this.drawSide();
      if (view === "list") this.list.draw();
      this.namePictures();
    }
    redraw() {
      this.ring.pane.redraw();
      this.map.pane.redraw();
    }
    drawAll() {
      const { language } = this.app.store.get();
      document.documentElement.lang = language;
      document.title = this.app.model.page.title;
      this.search.nameIt();
      this.splitter.setAttribute("aria-label", this.app.words.say("splitter"));
      this.splitter.title = this.app.words.say("splitter");
      this.drawHead();
      this.drawStrip();
      this.drawSide();
      this.drawView();
      this.themed();
    }
    themed() {
      document.documentElement.setAttribute("data-theme", this.app.isDark() ? "dark" : "light");
      this.drawHead();
      this.drawLegends();
      this.drawSide();
      if (this.app.store.get().view === "list") this.list.draw();
      this.namePictures();
      this.redraw();
    }
    drawLegends() {
      const { app } = this;
      const title = app.words.say("legend");
      drawLegend(this.ring.pane.foot, title, ringBlocks(app, app.palette()));
      drawLegend(this.map.pane.foot, title, mapBlocks(app, app.palette()));
      const notes = mapNotes(app).join(" · ");
      this.map.pane.foot.appendChild(element("p", { class: "credit" }, notes));
    }
    namePictures() {
      const { words, visible } = this.app;
      const { ring, map } = this;
      ring.pane.title.textContent = words.say("ringPane");
      map.pane.title.textContent = words.say("routePane");
      const inRing = { n: visible.parties, m: visible.ties };
      const onMap = { n: visible.places, m: visible.legs };
      const help = words.say("canvasHelp");
      ring.pane.canvas.setAttribute("aria-label", `${words.say("ringAria", inRing)}. ${help}`);
      map.pane.canvas.setAttribute("aria-label", `${words.say("mapAria", onMap)}. ${help}`);
      const { view } = this.app.store.get();
      const tools = (alone) => ({
        zoomIn: words.say("zoomIn"),
        zoomOut: words.say("zoomOut"),
        fit: words.say("fit"),
        enlarge: words.say(alone ? "restore" : "enlarge")
      });
      ring.pane.nameTools(tools(view === "ring"));
      map.pane.nameTools(tools(view === "map"));
      const { partyCount, placeCount } = this.app.model;
      this.sayEmpty(ring.pane.canvas, partyCount === 0 ? words.say("noData") : null);
      this.sayEmpty(map.pane.canvas, placeCount === 0 ? words.say("noPlaces") : null);
    }
    /** A picture with nothing in it says so. */
    sayEmpty(canvas, text) {
      const old = canvas.nextElementSibling;
      if (old && old.className === "empty") old.remove();
      if (text) canvas.after(element("p", { class: "empty" }, text));
    }
    // Header
    drawHead() {
      const { words, model } = this.app;
      const { page } = model;
      const focused = document.activeElement && document.activeElement.getAttribute("data-name");
      const searching = document.activeElement === this.search.input;
      const first = page.notices[0];
      replace(
        this.head,
        element(
          "div",
          { class: "title" },
          element("h1", null, page.title),
          first ? element("p", null, words.pick(first)) : null
        ),
        this.search.root,
        element(
          "div",
          { class: "actions" },
          this.viewButtons(),
          this.languageButtons(),
          this.themeButton(),
          this.saveMenu(),
          button(words.say("print"), () => window.print(), { "data-name": "print" }),
          button("?", () => this.help.open(), {
            "data-name": "help",
            title: words.say("help"),
            "aria-label": words.say("help")
          })
        )
      );
      if (searching) this.search.input.focus();
      const again = focused && this.head.querySelector(`[data-name="${focused}"]`);
      if (again) again.focus();
    }
    viewButtons() {
      const { words, store } = this.app;
      const { view } = store.get();
      const choices = [
        ["both", "both", "viewBoth"],
        ["ring", "ring", "viewRing"],
        ["map", "map", "viewMap"],
        ["list", "list", "viewList"]
      ];
      const buttons = choices.map(
        ([name, label, title]) => button(words.say(label), () => store.change({ view: name }), {
          "aria-pressed": String(view === name),
          title: words.say(title),
          "data-name": `view-${name}`
        })
      );
      return element("div", { class: "group", role: "group", "aria-label": words.say("view") }, ...buttons);
    }
    languageButtons() {
      const { words, store } = this.app;
      const choices = [
        ["en", "EN", "English"],
        ["vi", "VI", "Tiếng Việt"]
      ];
      const buttons = choices.map(
        ([name, label2, title]) => button(label2, () => store.change({ language: name }), {
          lang: name,
          title,
          "aria-label": title,
          "aria-pressed": String(words.language === name),
          "data-name": `language-${name}`
        })
      );
      const label = words.say("language");
      return element("div", { class: "group", role: "group", "aria-label": label }, ...buttons);
    }
    themeButton() {
      const { words, store } = this.app;
      const { theme } = store.get();
      const names = { auto: "themeAuto", light: "themeLight", dark: "themeDark" };
      const next = this.app.isDark() ? { auto: "light", light: "dark", dark: "auto" } : { auto: "dark", dark: "light", light: "auto" };
      const signs = { auto: "◐", light: "○", dark: "●" };
      return button(signs[theme], () => store.change({ theme: next[theme] }), {
        title: words.say(names[theme]),
        "aria-label": words.say(names[theme]),
        "data-name": "theme"
      });
    }
    saveMenu() {
      const { words } = this.app;
      const menu = element("details", { class: "menu" });
      const choices = [
        ["ring", "png", "saveRingPng"],
        ["ring", "svg", "saveRingSvg"],
        ["map", "png", "saveMapPng"],
        ["map", "svg", "saveMapSvg"]
      ];
      const buttons = choices.map(
        ([which, form, word]) => button(words.say(word), () => {
          menu.open = false;
          savePicture(this.app, which === "ring" ? this.ring : this.map, which, form);
        })
      );
      menu.append(element("summary", null, words.say("save")), element("div", null, ...buttons));
      menu.addEventListener("focusout", (event) => {
        if (!menu.contains(event.relatedTarget)) menu.open = false;
      });
      return menu;
    }
    drawStrip() {
      const { app } = this;
      const { words } = app;
      const shown = app.model.page.victims_shown;
      const filtered = anyFilter(app.store.get().filters);
      const banner = element(
        "p",
        { class: shown ? "banner loud" : "banner", role: shown ? "alert" : null },
        words.say(shown ? "victimsShown" : "victimsHidden")
      );
      const reset = button(words.say("reset"), () => {
        resetFilters(app);
        this.drawSide();
      });
      replace(
        this.strip,
        banner,
        element("p", { class: filtered ? "shown on" : "shown" }, counterText(app)),
        filtered ? reset : null
      );
    }
    // Side
    drawSide() {
      const { app } = this;
      const { words, store } = app;
      const { tab } = store.get();
      const names = [
        ["details", "details"],
        ["filters", "filters"],
        ["notes", "notes"]
      ];
      const inTabs = this.tabs.contains(document.activeElement);
      replace(
        this.tabs,
        ...names.map(
          ([name, word]) => button(words.say(word), () => store.change({ tab: name }), {
            class: "tab",
            "aria-pressed": String(name === tab)
          })
        )
      );
      if (inTabs) {
        const chosen = this.tabs.querySelector("[aria-pressed=true]");
        if (chosen) chosen.focus();
      }
      this.body.className = `side-body side-${tab}`;
      if (tab === "details") drawDetails(app, this.body);
      else if (tab === "filters") drawFilters(app, this.body);
      else this.drawNotes();
    }
    drawNotes() {
      const { words, model } = this.app;
      const notices = model.page.notices.map((notice) => element("li", null, words.pick(notice)));
      const notes = [words.say("brokersCaution"), words.say("neverProof"), ...mapNotes(this.app)];
      replace(
        this.body,
        element("ul", { class: "notices" }, ...notices, ...notes.map((note) => element("li", null, note)))
      );
    }
    // Views
    enlarge(which) {
      const { view } = this.app.store.get();
      this.app.store.change({ view: view === which ? "both" : which });
    }
    drawView() {
      const { view } = this.app.store.get();
      this.panes.className = `panes view-${view}`;
      if (view === "list") this.list.draw();
      this.drawHead();
      this.namePictures();
      this.ring.pane.resized();
      this.map.pane.resized();
    }
    goTo(party) {
      this.app.select({ kind: "party", party });
      this.ring.bringIn(party);
      const place = this.app.model.placeOf[party];
      if (place >= 0) this.map.bringIn(place);
    }
    comeClose() {
      const { focus } = this.app;
      this.ring.comeCloseTo(focus.party);
      this.map.comeCloseTo(focus.place);
    }
    // Keyboard, everywhere
    key(event) {
      const target = event.target;
      const writing = /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
      if (event.ctrlKey || event.metaKey || event.altKey || this.help.isOpen()) return;
      if (event.key === "Escape") this.escape();
      else if (writing) return;
      else if (event.key === "/") {
        event.preventDefault();
        this.search.input.focus();
        this.search.input.select();
      } else if (event.key === "?") {
        event.preventDefault();
        this.help.open();
      }
    }
    escape() {
      this.tooltip.show(null, 0, 0);
      this.ring.mayLeave = true;
      this.map.mayLeave = true;
      if (this.app.store.get().selected === null) this.search.clear();
      this.app.store.change({ selected: null, hovered: null });
    }
  };

  // src/state.ts
  var Store = class {
    constructor(language, view = "both") {
      this.listeners = [];
      this.state = {
        language,
        theme: "auto",
        view,
        tab: "details",
        selected: null,
        hovered: null,
        found: [],
        filters: noFilters()
      };
    }
    get() {
      return this.state;
    }
    listen(listener) {
      this.listeners.push(listener);
    }
    change(part2) {
      const changed = /* @__PURE__ */ new Set();
      for (const key of Object.keys(part2)) {
        if (!same(part2[key], this.state[key])) changed.add(key);
      }
      if (changed.size === 0) return;
      this.state = { ...this.state, ...part2 };
      for (const listener of this.listeners) listener(changed);
    }
  };
  function same(a, b) {
    if (a === b) return true;
    if (!isTarget(a) || !isTarget(b)) return false;
    return JSON.stringify(a) === JSON.stringify(b);
  }
  function isTarget(value) {
    return typeof value === "object" && value !== null && "kind" in value && !("role" in value);
  }

  // src/main.ts
  function start() {
    const root = document.getElementById("ringmap");
    const block = document.getElementById("ringmap-data");
    if (!root || !block) return;
    let page;
    try {
      page = JSON.parse(block.textContent || "");
      if (page.format !== "ringmap-page") throw new Error("not a ringmap page");
    } catch (error) {
      const words = new Words(document.documentElement.lang === "vi" ? "vi" : "en", emptyWords());
      const reason = error instanceof Error ? error.message : String(error);
      replace(root, element("p", { role: "alert" }, words.say("badData", { reason })));
      return;
    }
    if (root.tagName !== "MAIN") root.setAttribute("role", "main");
    const store = new Store(
      page.language === "vi" ? "vi" : "en",
      page.places.label.length ? "both" : "ring"
      // an empty map takes no room
    );
    const app = new App(buildModel(page), store);
    expose(new Page(app, root));
  }
  function emptyWords() {
    return { words: {} };
  }
  function expose(page) {
    const { app, ring, map } = page;
    const place = (canvas, point) => {
      const box = canvas.getBoundingClientRect();
      return { x: point.x + box.left, y: point.y + box.top };
    };
    const hooks = {
      state: () => ({ ...app.store.get(), visible: app.visible, view: app.store.get().view }),
      drawn: () => ({
        parties: ring.drawn.parties,
        ties: ring.drawn.ties,
        labels: ring.drawn.labels,
        places: map.drawn.places,
        legs: map.drawn.legs,
        arrows: map.drawn.arrows,
        placeLabels: map.drawn.labels
      }),
      select: (party) => page.goTo(party),
      selectTarget: (target) => app.select(target),
      at: (party) => place(ring.pane.canvas, ring.screenAt(party)),
      tieAt: (tie) => {
        const point = ring.tieAt(tie);
        return point && place(ring.pane.canvas, point);
      },
      placeAt: (at) => place(map.pane.canvas, map.screenAt(at)),
      legAt: (leg) => {
        const point = map.legAt(leg);
        return point && place(map.pane.canvas, point);
      },
      filter: (part2) => app.store.change({ filters: { ...app.store.get().filters, ...part2 } }),
      show: (part2) => app.store.change(part2),
      print: () => window.dispatchEvent(new Event("beforeprint"))
    };
    window.ringmap = hooks;
  }
  start();
})();
