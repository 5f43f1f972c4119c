// Twenty-four odd texts on a page: a quotation is found where it stands, and reads there as it does in the article.
// tests/test_hostile_texts.py counts places in the same texts, in both languages.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { pageOf, quote } from "./page-stub.js";

const { texts } = JSON.parse(readFileSync(new URL("fixtures/odd-texts.json", import.meta.url), "utf8"));

test("there are as many texts as were promised", () => assert.ok(texts.length >= 24));

for (const { name, text: once, times = 1 } of texts) {
  test(`${name}: quotations are placed where they stand`, () => {
    const odd = times > 1 ? "long" : once;
    const first = `Jane Roe said the ${once.repeat(times)} was new.`;
    const lines = ["The odd page", first, `Nobody ${odd} agreed.`];
    const text = lines.join("\n");
    const { TL, window } = pageOf("");
    for (const line of lines) {
      const paragraph = window.document.createElement("p");
      paragraph.textContent = line; // not parsed: a parser would alter what is odd
      window.document.body.append(paragraph);
    }
    const sought = [
      ["Roe said the", text.indexOf("Roe")],
      [odd, text.indexOf("Nobody ") + "Nobody ".length],
      ["was new.", text.indexOf("was new.")],
      [`${odd} agreed`, text.lastIndexOf(`${odd} agreed`)],
    ];
    const ranges = TL.anchor.place(
      TL.text.index(window.document.body),
      sought.map(([exact, start]) => quote(text, start, start + exact.length)),
    );
    const dense = (string) => TL.text.fold(string).replaceAll(" ", "");
    for (const [k, range] of ranges.entries()) {
      assert.ok(range, `not placed: ${JSON.stringify(sought[k][0])}`);
      assert.equal(dense(String(range)), dense(sought[k][0]));
    }
    // The range begins in the very paragraph where the words stand.
    assert.equal(ranges[0].startContainer.parentElement, window.document.querySelectorAll("p")[1]);
    assert.equal(ranges[1].startContainer.parentElement, window.document.querySelectorAll("p")[2]);
    assert.equal(String(ranges[3]).trim().endsWith("agreed"), true);
  });
}
