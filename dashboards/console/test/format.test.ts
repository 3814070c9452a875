// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
import assert from "node:assert/strict";
import { test } from "node:test";
import { bytes, count, decimal, millis, percent, quantity } from "../src/format";

test("bytes are said in the unit that keeps the number short", () => {
  assert.equal(bytes(undefined), "–");
  assert.equal(bytes(0), "0 B");
  assert.equal(bytes(1023), "1023 B");
  assert.equal(bytes(1.9 * 2 ** 30), "1.9 GiB");
  assert.equal(bytes(14.6 * 2 ** 30), "14.6 GiB");
  assert.equal(bytes(300 * 2 ** 20), "300 MiB");
});

test("times grow from milliseconds to hours without a seam", () => {
  assert.equal(millis(999), "999 ms");
  assert.equal(millis(1500), "1.5 s");
  assert.equal(millis(60_000), "1 min 0 s");
  assert.equal(millis(3_599_600), "1 h 0 min");
});

test("small shares are not rounded away", () => {
  assert.equal(percent(0), "0 %");
  assert.equal(percent(0.004), "0.4 %");
  assert.equal(percent(0.87), "87 %");
});

test("counts are grouped by thousands", () => {
  assert.equal(count(1234567), "1\u202f234\u202f567");
  assert.equal(decimal(0.25), "0.25");
});

test("a quantity speaks its unit", () => {
  assert.equal(quantity(2 ** 30, "bytes"), "1 GiB");
  assert.equal(quantity(0.87, "ratio"), "87 %");
  assert.equal(quantity(3.5, "ratio"), "3.5 ×");
  assert.equal(quantity(0.8757, "share"), "88 %");
  assert.equal(quantity(2.5 * 1024 * 3.6e6, "MiB·ms"), "2.5 GiB·h");
  assert.equal(quantity(2, "cores"), "2 cores");
  assert.equal(quantity(120_000, "core·ms"), "120 core·s");
  assert.equal(decimal(0.5), "0.5");
});
