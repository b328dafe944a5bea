import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";
import { ring } from "./ring.mjs";

const { allYears, isVague, sayDate, yearSpan } = await load("dates.ts");
const { buildModel } = await load("model.ts");
const { computeVisible, noFilters } = await load("filters.ts");
const { Words } = await load("words.ts");
const english = new Words("en", ring("A>B"));
const vietnamese = new Words("vi", ring("A>B"));

const SAID = [
  ["2019-05~", "about May 2019", "khoảng tháng 5 năm 2019"],
  ["2019~", "about 2019", "khoảng năm 2019"],
  ["2019-05-03~", "about 3 May 2019", "khoảng ngày 3 tháng 5 năm 2019"],
  ["2019-04/2019-06", "between April 2019 and June 2019", "từ tháng 4 năm 2019 đến tháng 6 năm 2019"],
  ["2019-01/2019-04~", "between January 2019 and about April 2019",
    "từ tháng 1 năm 2019 đến khoảng tháng 4 năm 2019"],
  ["1990/1999", "between 1990 and 1999", "từ năm 1990 đến năm 1999"],
  ["../2018", "until 2018", "đến năm 2018"],
  ["2019-05/..", "since May 2019", "từ tháng 5 năm 2019"],
];

test("a vague date is told in the words of the page's language", () => {
  for (const [date, en, vi] of SAID) {
    assert.equal(sayDate(english, date), en);
    assert.equal(sayDate(vietnamese, date), vi);
    assert.ok(isVague(date));
  }
});

test("an exact date stays as it is, and none is told as such", () => {
  for (const date of ["2019", "2019-05", "2019-05-03"]) {
    assert.equal(sayDate(english, date), date);
    assert.ok(!isVague(date));
  }
  assert.equal(sayDate(english, null), "not recorded");
  assert.ok(!isVague(null));
});

test("an interval counts in each year it may be in", () => {
  assert.deepEqual(yearSpan("2019-11/2021-02", null), [2019, 2021]);
  assert.deepEqual(yearSpan("2019~", "2020-03/2022~"), [2019, 2022]);
  assert.deepEqual(yearSpan("../2018", null), [-Infinity, 2018]);
  assert.deepEqual(yearSpan("2019/..", "2019/.."), [2019, Infinity]);
  assert.deepEqual(yearSpan("2020", "2018"), [2018, 2020]);
  assert.equal(yearSpan(null, null), null);
  assert.deepEqual(allYears([[2019, Infinity], [-Infinity, 2018], null, [2017, 2017]]), [2017, 2019]);
  assert.equal(allYears([null]), null);
});

test("the filter of years keeps what may lie in them", () => {
  const page = ring("A>B B>C C>D D>E", {
    dates: { "A>B": "2018/2020", "B>C": "../2018", "C>D": "2019/..", "D>E": "2017~" },
  });
  const model = buildModel(page);
  const shown = (fromYear, toYear) =>
    [...computeVisible(model, { ...noFilters(), fromYear, toYear }).tie];

  assert.deepEqual(model.years, [2017, 2020]);
  assert.equal(model.vague, 4);
  assert.deepEqual(shown(2019, 2019), [1, 0, 1, 0]);
  assert.deepEqual(shown(2020, null), [1, 0, 1, 0]);
  assert.deepEqual(shown(null, 2017), [0, 1, 0, 1]);
});
