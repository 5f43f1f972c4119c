// What fuzzing of anchoring once broke stays mended, and some more random pages break nothing.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { Anchoring, random } from "./anchoring-cases.js";

const FOUND = new URL("../fuzz/found/anchoring/", import.meta.url);
const PAGES = process.env.TRUTHLENS_TRUST === "1" ? 2000 : 100;
const anchoring = new Anchoring();

for (const name of existsSync(FOUND) ? readdirSync(FOUND) : []) {
  test(`${name} stays mended`, () => anchoring.hold(JSON.parse(readFileSync(new URL(name, FOUND), "utf8"))));
}

test("random pages and quotations keep every promise", () => {
  const seed = Date.now();
  const chance = random(seed);
  for (let page = 0; page < PAGES; page += 1) {
    const input = Array.from({ length: 200 }, () => Math.floor(chance() * 256));
    try {
      anchoring.hold(input);
    } catch (error) {
      throw new Error(`seed ${seed}, page ${page}: ${JSON.stringify(input)}`, { cause: error });
    }
  }
});
