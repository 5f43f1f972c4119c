import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { EXTENSION } from "./browser-stub.js";

const { highlightName, sheetFor, slotOf } = await import("../../extension/lib/slots.js");

const mark = (indicator, voice, colour = "loaded") => ({ indicator, voice, colour });

test("a name is made of plain keys only", () => {
  assert.equal(highlightName("loaded_language", "own"), "truthlens-loaded_language-own");
  for (const key of ["Loaded", "a-b", "a){}", "", "1a", "a b", "ä", "__proto__"]) {
    assert.equal(highlightName(key, "own"), "", key);
  }
  for (const voice of ["", "loud", "toString", "own) {"])
    assert.equal(highlightName("fear", voice), "", voice);
});

test("colour comes from the slot, line from the voice", () => {
  const sheet = sheetFor([mark("fear", "quote", "fear"), mark("fear", "headline", "fear")], false);
  assert.match(sheet, /::highlight\(truthlens-fear-quote\) \{ background-color: rgb\(31 102 184 \/ 12%\)/);
  assert.match(sheet, /fear-quote.*underline dotted rgb\(31 102 184\) 2px/);
  assert.match(sheet, /fear-headline.*underline double/);
  assert.match(sheetFor([mark("fear", "attributed", "fear")], true), /underline dashed rgb\(141 180 255\)/);
});

test("the reader chooses how heavy marks are; the line keeps saying whose words they are", () => {
  const light = (style) => sheetFor([mark("fear", "attributed", "fear")], false, style);
  assert.match(light("line"), /\/ 0%\).*underline dashed rgb\(31 102 184\) 2px/);
  assert.match(light("strong"), /\/ 26%\).*underline dashed rgb\(31 102 184\) 3px/);
  assert.equal(light("line_and_tint"), light(undefined));
});

test("unknown slots are “other”, and nothing of the service gets into the sheet", () => {
  assert.equal(slotOf("constructor"), "other");
  const sheet = sheetFor([mark("fear", "own", "red; } body { display: none")], false);
  assert.match(sheet, /rgb\(107 93 77\)/);
  assert.doesNotMatch(sheet, /display/);
  assert.equal(sheetFor([mark("x{}", "own")], false), "");
});

test("panel and page use the same hues", () => {
  const palette = readFileSync(new URL("panel/palette.css", EXTENSION), "utf8");
  const look = readFileSync(new URL("page/look.js", EXTENSION), "utf8");
  for (const slot of ["loaded", "name", "exaggeration", "doubt", "fear", "vague", "other"]) {
    for (const dark of [false, true]) {
      const rgb = /rgb\((\d+) (\d+) (\d+)\)/.exec(sheetFor([mark("x", "own", slot)], dark)).slice(1, 4);
      const hex = `#${rgb.map((part) => Number(part).toString(16).padStart(2, "0")).join("")}`;
      const [light, night] = new RegExp(`--${slot}: light-dark\\((#\\w+), (#\\w+)\\);`)
        .exec(palette)
        .slice(1);
      assert.equal(dark ? night : light, hex, `${slot} in palette.css`);
      assert.ok(look.includes(`--${slot}: ${hex};`), `${slot} ${hex} in look.js`);
    }
  }
});
