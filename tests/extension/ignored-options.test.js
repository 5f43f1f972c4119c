import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { api } from "./browser-stub.js";
import { window } from "./document-stub.js";

const { ignore, readIgnored } = await import("../../extension/lib/ignored.js");
const { readVotes, vote } = await import("../../extension/lib/votes.js");
const { switchedOff } = await import("../../extension/options/switched-off.js");
const { voteOptions } = await import("../../extension/options/vote-options.js");

const { document } = window;
const made = () => {
  const [place, title] = [document.createElement("div"), document.createElement("h2")];
  title.tabIndex = -1;
  document.body.replaceChildren(title, place);
  return { place, title };
};

beforeEach(() => api.storage.local.clear());

test("everything that was switched off is listed and can be taken back", async () => {
  await ignore("phrases", "so-called");
  await ignore("indicators", { key: "doubt", title: "Doubt" });
  await ignore("sites", "news.invalid");
  await ignore("marks", { url: "https://a.invalid/story?x=1", exact: "stunning", prefix: "a" });
  const { place, title } = made();
  const show = switchedOff(place, title);
  await show();
  assert.deepEqual(
    [...place.querySelectorAll("li span")].map((item) => item.textContent),
    ["news.invalid", "Doubt", "“so-called”", "“stunning” on a.invalid/story"],
  );
  for (const kind of ["sites", "indicators", "phrases", "marks"]) {
    const back = place.querySelector(`[data-testid="back_${kind}"]`);
    assert.match(back.getAttribute("aria-label"), /^Mark again: ./);
    back.focus();
    back.click();
    await pause(5);
    await show();
    assert.equal(document.activeElement, title, "the focus is not lost with its button");
  }
  assert.deepEqual(Object.values(await readIgnored()).flat(), []);
  assert.match(place.textContent, /^Nothing\./);
});

test("votes are counted by indicator, exported as JSON and forgotten", async () => {
  for (let k = 0; k < 9; k += 1) {
    const ballot = { indicator: "loaded_language", exact: "stunning", voice: "own", score: 0.9 - k / 100 };
    await vote(ballot, k < 2);
  }
  await vote({ indicator: "doubt", exact: "so-called", voice: "own", score: 0.7 }, true);
  const { place, title } = made();
  const show = voteOptions(place, title);
  await show();
  assert.deepEqual(
    [...place.querySelectorAll("li")].map((item) => item.textContent),
    ["loaded language: agreed 2, disagreed 7; marked from 0.87 on", "doubt: agreed 1, disagreed 0"],
  );
  let file;
  URL.createObjectURL = (blob) => {
    file = blob;
    return "blob:votes";
  };
  URL.revokeObjectURL = () => undefined;
  window.HTMLAnchorElement.prototype.click = () => undefined;
  place.querySelector('[data-testid="options_votes_export"]').click();
  assert.deepEqual(JSON.parse(await file.text()).votes, await readVotes());
  place.querySelector('[data-testid="options_votes_forget"]').click();
  await pause(5);
  await show();
  assert.deepEqual(await readVotes(), []);
  assert.match(place.textContent, /not agreed or disagreed/);
});
