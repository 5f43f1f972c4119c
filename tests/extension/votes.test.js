import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { api } from "./browser-stub.js";
import "./document-stub.js";

const { ENOUGH, countsOf, floorOf, forgetVotes, readVotes, vote, voteOn } =
  await import("../../extension/lib/votes.js");

const ballot = (score, exact = "stunning") => ({ indicator: "loaded", exact, voice: "own", score });
const cast = (score, agree) => ({ ...ballot(score), agree, at: "2026-11-26T00:00:00.000Z" });
const NOW = new Date("2026-11-26T12:00:00Z");

beforeEach(() => {
  api.storage.local.clear();
  api.storage.session.clear();
});

test("a vote is kept, changed and taken back, one per mark", async () => {
  await vote(ballot(0.8), true, false, NOW);
  await vote(ballot(0.6), true, false, NOW);
  await vote(ballot(0.8), false, false, NOW);
  assert.deepEqual(await readVotes(), [
    { ...ballot(0.6), agree: true, at: NOW.toISOString() },
    { ...ballot(0.8), agree: false, at: NOW.toISOString() },
  ]);
  assert.equal(voteOn(ballot(0.8), await readVotes()), false);
  await vote(ballot(0.8), null);
  assert.equal(voteOn(ballot(0.8), await readVotes()), null);
  await forgetVotes();
  assert.deepEqual(await readVotes(), []);
});

test("votes of a private window are never written down", async () => {
  await vote(ballot(0.8), true, true);
  assert.deepEqual(await readVotes(), []);
  assert.equal((await readVotes(true)).length, 1);
  assert.deepEqual(await api.storage.local.get("votes"), {});
});

test("what is unusable in the store is left out", async () => {
  await api.storage.local.set({ votes: [cast(0.7, true), { ...cast(0.7, true), score: "high" }, null, 7] });
  assert.deepEqual(await readVotes(), [cast(0.7, true)]);
  await api.storage.local.set({ votes: "none" });
  assert.deepEqual(await readVotes(), []);
});

test("counts go by indicator, whatever its name", () => {
  const votes = [cast(0.7, true), cast(0.8, false), { ...cast(0.9, true), indicator: "constructor" }];
  assert.deepEqual(
    { ...countsOf(votes) },
    {
      loaded: { agree: 1, disagree: 1 },
      constructor: { agree: 1, disagree: 0 },
    },
  );
});

test("fewer than eight votes move nothing", () => {
  const few = Array.from({ length: ENOUGH - 1 }, (_, k) => cast(0.9 - k / 100, false));
  assert.equal(ENOUGH, 8);
  assert.equal(floorOf("loaded", few, 0.55), 0.55);
});

test("the floor is the lowest score at or above which the reader agreed with half", () => {
  const scores = [0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6];
  const votes = (said) => scores.map((score, k) => cast(score, said[k] === "y"));
  assert.equal(floorOf("loaded", votes("yyyyyyyy"), 0.55), 0.6);
  assert.equal(floorOf("loaded", votes("yyyynnnn"), 0.55), 0.6, "four of eight are half");
  assert.equal(floorOf("loaded", votes("yyynnnnn"), 0.55), 0.7, "three of six are half");
  assert.equal(floorOf("loaded", votes("ynnnnnnn"), 0.55), 0.9);
  assert.equal(floorOf("loaded", votes("nynnnnnn"), 0.55), 0.9, "one of two at or above it");
  assert.equal(floorOf("loaded", votes("nnnnnnnn"), 0.55), 0.55, "no score fulfils it");
  assert.equal(floorOf("other", votes("ynnnnnnn"), 0.55), 0.55);
});

test("the order of the votes does not matter, and equal scores are judged together", () => {
  const votes = [cast(0.7, false), cast(0.9, true), ...Array.from({ length: 6 }, () => cast(0.7, false))];
  assert.equal(floorOf("loaded", votes), 0.9);
  assert.equal(floorOf("loaded", [...votes].reverse()), 0.9);
});
