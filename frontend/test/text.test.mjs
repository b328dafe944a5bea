import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { fold, matchScore } = await load("fold.ts");
const { overlap, placeLabel, placesBeside, shorten, Taken, withoutTurns } = await load("labels.ts");
const { isWeak, readGrade } = await load("grades.ts");
const { EN } = await load("words-en.ts");
const { VI } = await load("words-vi.ts");

test("search text has neither diacritics nor đ nor case", () => {
  assert.equal(fold("Đặng Thị Hạnh"), "dang thi hanh");
  assert.equal(fold("NGUYỄN"), fold("nguyen"));
  assert.equal(fold("Ðạt".normalize("NFC").replace("Ð", "Đ")), "dat");
});

test("a name that begins with the words comes before one that only holds them", () => {
  const begins = matchScore(["hanh"], "hanh dang", "");
  const holds = matchScore(["hanh"], "dang thi hanh", "");
  const elsewhere = matchScore(["hanh"], "dang", "dang chi hanh");

  assert.ok(begins > holds && holds > elsewhere && elsewhere > 0);
  assert.equal(matchScore(["hanh", "xuan"], "hanh", "hanh"), 0);
});

test("labels never collide", () => {
  const taken = new Taken();
  const placed = [];
  for (let at = 0; at < 300; at += 1) {
    const x = (at * 37) % 400;
    const y = (at * 53) % 300;
    const box = placeLabel(taken, placesBeside(x, y, 5, 60, 14), 400, 300);
    if (box) placed.push(box);
  }

  assert.ok(placed.length > 20);
  for (const a of placed) for (const b of placed) assert.ok(a === b || !overlap(a, b));
  for (const box of placed) assert.ok(box.left >= 0 && box.right <= 400 && box.bottom <= 300);
});

test("a long label is cut between letters, not inside one", () => {
  assert.equal(shorten("abcdef", 4), "abc…");
  assert.equal(shorten("𝒜𝒜𝒜", 3), "𝒜𝒜𝒜");
});

test("signs that turn writing round do not reach a label", () => {
  assert.equal(withoutTurns("\u202Egnp.exe"), "gnp.exe");
});

test("weak is D–F, 4–6, half a grade, or none", () => {
  const weak = ["D1", "A4", "F6", "B", "3", "", null];
  const firm = ["A1", "C3", "b2"];

  for (const grade of weak) assert.equal(isWeak(readGrade(grade)), true, String(grade));
  for (const grade of firm) assert.equal(isWeak(readGrade(grade)), false, grade);
});

test("every string is there in both languages with the same blanks to fill", () => {
  const blanks = (text) => (text.match(/\{\w+\}/g) || []).sort().join();

  assert.deepEqual(Object.keys(VI).sort(), Object.keys(EN).sort());
  for (const key of Object.keys(EN)) {
    assert.equal(blanks(VI[key]), blanks(EN[key]), key);
    assert.ok(VI[key].trim() && EN[key].trim(), key);
  }
});
