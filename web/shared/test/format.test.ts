// The table of formats: one line a case.

import assert from "node:assert/strict";
import { test } from "node:test";
import { day, money, moved, points, price, short, time, typed } from "../src/format.ts";

test("money has two decimals, groups of three and a sign that is a minus", () => {
  const cases: [string, string][] = [
    ["0.00", "¥0.00"],
    ["1234.56", "¥1,234.56"],
    ["-0.30", "−¥0.30"],
    ["1000000.00", "¥1,000,000.00"],
    ["9007199254740993.01", "¥9,007,199,254,740,993.01"],
  ];
  for (const [text, shown] of cases) assert.equal(money(text), shown);
  assert.deepEqual([moved("1.00"), moved("-1.00"), moved("0.00")], ["+¥1.00", "−¥1.00", "¥0.00"]);
});

test("a card is short in Chinese alone, and cuts digits", () => {
  const cases: [string, string, string][] = [
    ["123456.78", "zh-CN", "¥12.3万"],
    ["199999.99", "zh-CN", "¥19.9万"],
    ["9999.99", "zh-CN", "¥9,999.99"],
    ["123456.78", "en", "¥123,456.78"],
  ];
  for (const [text, language, shown] of cases) assert.equal(short(text, language), shown);
});

test("points and prices keep what they have", () => {
  assert.deepEqual([points("173.281177"), points("1234.500000"), points("0.000000")], ["173.281177", "1,234.50", "0.00"]);
  assert.deepEqual([price("27.0325"), price("1.5")], ["27.0325", "1.5000"]);
});

test("times are those of Shanghai", () => {
  assert.equal(time("2026-01-30T16:00:00Z"), "2026-01-31 00:00:00");
  assert.equal(day("2026-01-30T15:59:59Z"), "2026-01-30");
});

test("what is typed is an amount or nothing", () => {
  for (const [text, sent] of [["12.5", "12.5"], ["￥1,234.50", "1234.50"], [" 3 ", "3"]]) assert.equal(typed(text ?? ""), sent);
  for (const text of ["", "0", "0.00", "-1", "1.234", "1e3", "abc"]) assert.equal(typed(text), undefined);
});
