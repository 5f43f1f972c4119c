import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { EXTENSION, api, catalogue } from "./browser-stub.js";
import "./document-stub.js";

const folder = new URL("_locales/", EXTENSION);
const others = readdirSync(folder).filter((language) => language !== "en");
/** @param {string} language @returns {Record<string, {message: string}>} */
const read = (language) => JSON.parse(readFileSync(new URL(`${language}/messages.json`, folder), "utf8"));
const places = (message) => [...new Set(message.match(/\$\d/g) ?? [])].sort();

test("there is a second language", () => {
  assert.ok(others.length > 0);
});

for (const language of others) {
  test(`${language} says everything that English says, and nothing else`, () => {
    const found = read(language);
    assert.deepEqual(Object.keys(found).sort(), Object.keys(catalogue).sort());
    const wrong = Object.entries(found).filter(
      ([key, { message }]) =>
        !message.trim() || places(message).join() !== places(catalogue[key].message).join(),
    );
    assert.deepEqual(wrong, [], "each has words, with the same places for values");
  });

  test(`${language} is not English under another name`, () => {
    const found = read(language);
    const long = Object.keys(catalogue).filter((key) => catalogue[key].message.split(" ").length > 3);
    const same = long.filter((key) => found[key].message === catalogue[key].message);
    assert.deepEqual(same, []);
  });

  test(`pages speak ${language} where the browser does`, async () => {
    const found = read(language);
    const english = api.i18n.getMessage;
    api.i18n.getMessage = (key, values = []) =>
      (found[key]?.message ?? "").replace(/\$(\d)/g, (_all, digit) => values[Number(digit) - 1] ?? "");
    try {
      const { failure } = await import("../../extension/lib/service.js");
      const { failed } = await import("../../extension/panel/states.js");
      const face = failed(failure("service_down", 8765), () => undefined);
      for (const key of ["title_service_down", "remedy_service_down", "retry", "copy"]) {
        assert.ok(face.textContent.includes(found[key].message), key);
      }
      assert.ok(face.textContent.includes(found["error_service_down"].message.replace("$1", "8765")));
    } finally {
      api.i18n.getMessage = english;
    }
  });
}

test("every wording that a script or a page names exists", () => {
  const names = readdirSync(EXTENSION, { recursive: true }).filter((name) => /\.(js|html)$/.test(name));
  const sources = names.map((name) => readFileSync(new URL(name, EXTENSION), "utf8"));
  const asked = sources.flatMap((source) =>
    [...source.matchAll(/(?:\bword\(\s*|data-word=)"([a-z0-9_A-Z]+)"/g)].map((match) => match[1]),
  );
  const counts = sources.flatMap((source) =>
    [...source.matchAll(/\bcounted\(\s*"([a-z0-9_]+)"/g)].flatMap(([, key]) => [`${key}_one`, `${key}_many`]),
  );
  assert.ok(asked.length > 100);
  assert.deepEqual(
    [...new Set([...asked, ...counts])].filter((key) => !Object.hasOwn(catalogue, key)),
    [],
  );
});
