import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";
import { ring } from "./ring.mjs";

const { buildModel } = await load("model.ts");
const { yearSpan } = await load("dates.ts");
const { computeVisible, noFilters } = await load("filters.ts");
const { shortestWay } = await load("paths.ts");
const { nextInOrder, nextThatWay } = await load("walk.ts");

test("ties of one pair share lanes whichever way they run", () => {
  const model = buildModel(ring("A>B B>A A-B B>C"));

  assert.deepEqual([...model.lanes], [3, 3, 3, 1]);
  assert.deepEqual([...model.lane], [0, 1, 2, 0]);
});

test("a tie to itself counts once", () => {
  const model = buildModel(ring("A>A A>B"));

  assert.deepEqual(model.tiesOf[0], [0, 1]);
});

test("hiding weak evidence hides what is graded low or not at all", () => {
  const model = buildModel(ring("A>B B>C C>D", { grades: { "B>C": "B5", "C>D": null } }));
  const visible = computeVisible(model, { ...noFilters(), hideWeak: true });

  assert.deepEqual([...visible.tie], [1, 0, 0]);
  assert.equal(visible.parties, 4);
});

test("a least strength and a span of years leave the unknown in", () => {
  const page = ring("A>B B>C C>D", {
    weights: { "A>B": 1, "B>C": 5 },
    dates: { "A>B": "2019-05", "B>C": "2022" },
  });
  const model = buildModel(page);
  const strong = computeVisible(model, { ...noFilters(), strength: 3 });
  const late = computeVisible(model, { ...noFilters(), fromYear: 2020 });

  assert.deepEqual([...strong.tie], [0, 1, 1]);
  assert.deepEqual([...late.tie], [0, 1, 1]);
});

test("a party switched off takes its ties along", () => {
  const page = ring("A>B B>C");
  page.parties.type[0] = "place";
  const visible = computeVisible(buildModel(page), { ...noFilters(), type: new Set(["place"]) });

  assert.deepEqual([...visible.party], [0, 1, 1]);
  assert.deepEqual([...visible.tie], [0, 1]);
});

test("the way between two parties is the shortest, with every tie of each step", () => {
  const model = buildModel(ring("A>B B>C C>D A>D D>A"));
  const all = new Uint8Array(5).fill(1);

  assert.deepEqual(shortestWay(model, all, 0, 2), { parties: [0, 1, 2], steps: [[0], [1]] });
  assert.deepEqual(shortestWay(model, all, 0, 3).steps, [[3, 4]]);
  assert.equal(shortestWay(model, new Uint8Array(5), 0, 2), null);
});

test("an arrow key goes to the nearest that way, and nowhere when none is", () => {
  const points = [{ x: 0, y: 0 }, { x: 10, y: 1 }, { x: 5, y: 5 }, { x: -3, y: 0 }];
  const where = (item) => points[item];

  assert.equal(nextThatWay("ArrowRight", points[0], [1, 2, 3], where), 1);
  assert.equal(nextThatWay("ArrowLeft", points[0], [1, 2, 3], where), 3);
  assert.equal(nextThatWay("ArrowUp", points[0], [1, 2, 3], where), null);
});

test("Tab runs through the order and leaves at its end", () => {
  assert.equal(nextInOrder([4, 2], null, false), 4);
  assert.equal(nextInOrder([4, 2], 4, false), 2);
  assert.equal(nextInOrder([4, 2], 2, false), null);
  assert.equal(nextInOrder([4, 2], null, true), 2);
});

test("a year is read from a date of any precision", () => {
  assert.deepEqual(yearSpan("2019", "2021-05-03"), [2019, 2021]);
  assert.deepEqual(yearSpan(null, "2021"), [2021, 2021]);
  assert.equal(yearSpan(null, null), null);
});
