import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { bend, bendThrough, convexHull, distanceTo, laneOffset, pointOn, project, trim } =
  await load("geometry.ts");

test("parallel ties never share a lane", () => {
  for (const count of [2, 3, 5, 9]) {
    const lanes = Array.from({ length: count }, (_, lane) => laneOffset(lane, count, 120));

    assert.equal(new Set(lanes.map((offset) => offset.toFixed(3))).size, count);
    assert.ok(Math.abs(lanes.reduce((sum, offset) => sum + offset, 0)) < 1e-9);
  }
});

test("a tie alone is straight", () => {
  const curve = bend(0, 0, 10, 0, laneOffset(0, 1, 10));

  assert.deepEqual(pointOn(curve, 0.5), { x: 5, y: 0 });
});

test("a curve bulges by its offset, to the other side when it runs back", () => {
  const there = pointOn(bend(0, 0, 10, 0, 4), 0.5);
  const back = pointOn(bend(10, 0, 0, 0, -4), 0.5);

  assert.deepEqual(there, { x: 5, y: 4 });
  assert.deepEqual(back, { x: 5, y: 4 });
});

test("a leg passes through its gate", () => {
  const curve = bendThrough({ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 3, y: 4 });

  assert.ok(distanceTo(curve, 3, 4, 200) < 0.05);
});

test("a trimmed curve starts and ends off its parties", () => {
  const curve = trim(bend(0, 0, 100, 0, 0), 8, 10);

  assert.equal(curve.ax, 8);
  assert.equal(curve.bx, 90);
});

test("Mercator keeps degrees of longitude, grows down, and puts the equator at nought", () => {
  // y(45°) = ln(tan(67.5°)) · 180/π = 50.4988…
  assert.ok(Math.abs(project(0, 105).y) < 1e-9);
  assert.equal(project(0, 105).x, 105);
  assert.ok(Math.abs(project(45, 0).y + 50.4989) < 1e-3);
  assert.ok(Number.isFinite(project(90, 0).y));
});

test("a hull holds the corners and leaves out what lies inside", () => {
  const hull = convexHull([[0, 0], [4, 0], [4, 4], [0, 4], [2, 2]].map(([x, y]) => ({ x, y })));

  assert.equal(hull.length, 4);
});
