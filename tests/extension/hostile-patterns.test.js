// No regular expression of the extension grows faster than the text it is given, which a page or the service chose.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";
import { Linter } from "eslint";
import { EXTENSION } from "./browser-stub.js";

const CHARACTERS = 50_000; // of a text; a linear pattern takes some milliseconds, a quadratic one a second and more
const PATIENCE_MS = 600; // a bound far above the one and below the other
/** Characters that the patterns of a file see at most, where that is fewer. */
const BOUNDS = { "lib/context.js": 64 }; // the context of a quotation has 32
/** Where the pattern is one that the reader wrote, for the reader's own use. */
const READERS = ["lib/sites.js"];
const SAMPLES = [..."aAß0 \n\u00a0.,:;'’\"“-–/&<([{_\u0301\u200b😀"];

/** Where a pattern stands and what it says. @returns {{place: string, source: string, flags: string}[]} */
function patterns() {
  const found = [];
  const files = readdirSync(EXTENSION, { recursive: true }).filter((name) => name.endsWith(".js"));
  for (const file of files) {
    /** Collects instead of judging; the parser is the linter's. */
    const collect = {
      create: () => ({
        "Literal[regex]": ({ regex, loc }) =>
          found.push({ place: `${file}:${loc.start.line}`, source: regex.pattern, flags: regex.flags }),
        "NewExpression[callee.name='RegExp'], CallExpression[callee.name='RegExp']": ({
          loc,
          arguments: given,
        }) => {
          const [pattern, flags] = given;
          // What is put in counts as one letter or digit: numbers of ours, words of the reader.
          const source =
            pattern.type === "TemplateLiteral"
              ? pattern.quasis.map(({ value }) => value.cooked).join("8")
              : null;
          if (source !== null || !READERS.includes(file))
            found.push({ place: `${file}:${loc.start.line}`, source, flags: flags?.value ?? "" });
        },
      }),
    };
    const said = new Linter().verify(readFileSync(new URL(file, EXTENSION), "utf8"), {
      files: ["**/*.js"],
      languageOptions: { ecmaVersion: 2024, sourceType: "module" },
      linterOptions: { reportUnusedDisableDirectives: "off" },
      plugins: { own: { rules: { collect } } },
      rules: { "own/collect": "error" },
    });
    assert.deepEqual(
      said.filter(({ fatal }) => fatal),
      [],
      file,
    );
  }
  return found;
}

/** Texts that would hurt: each character that the pattern names, and pairs of them, over and over. */
function texts(source, characters) {
  const letters = source.replace(/\\[pP]\{[^}]*\}|\\u\{?[0-9a-fA-F]+\}?|\\./g, (piece) =>
    /^\\[^\w]/.test(piece) ? piece.slice(1) : "",
  );
  const words = letters.split(/[()[\]{}|*+?.^$]+/).filter((word) => word.length > 1);
  const pumps = new Set([...SAMPLES, ...letters, ...words]);
  const some = process.env.TRUTHLENS_TRUST === "1" ? 16 : 3;
  const pairs = [...pumps].slice(-some).flatMap((one) => [...pumps].map((other) => one + other));
  return [...pumps, ...pairs].map((pump) => `${pump.repeat(Math.ceil(characters / pump.length))}\u0000`);
}

/** The beginning of the first text over which it takes too long; undefined when there is none. */
function slowOn(source, flags, characters = CHARACTERS) {
  const all = texts(source, characters);
  const context = vm.createContext({ all, at: 0 });
  const global = flags.replace("y", "").includes("g") ? flags : `${flags}g`;
  const run = new vm.Script(
    `{ const pattern = new RegExp(${JSON.stringify(source)}, ${JSON.stringify(global)});
       let found; pattern.lastIndex = 0;
       while ((found = pattern.exec(all[at])) !== null) if (found[0] === "") pattern.lastIndex += 1; }`,
  );
  for (const [k, text] of all.entries()) {
    context.at = k;
    try {
      run.runInContext(context, { timeout: PATIENCE_MS });
    } catch (error) {
      if (error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return text.slice(0, 40);
      throw error;
    }
  }
  return undefined;
}

test("no pattern grows faster than its text", () => {
  const found = patterns();
  assert.ok(found.length > 20, `${found.length} patterns were found`);
  assert.deepEqual(
    found.filter(({ source }) => source === null),
    [],
    "patterns are written out, so that they can be tried",
  );
  const tried = new Set();
  for (const { place, source, flags } of found) {
    if (tried.has(source)) continue;
    tried.add(source);
    const text = slowOn(source, flags, BOUNDS[place.split(":")[0]]);
    assert.equal(text, undefined, `${place}: /${source}/ is slow on ${JSON.stringify(text)}`);
  }
});

// Longer texts here: the mildest of these takes half a second over the others on a fast machine.
for (const source of ["(a+)+$", "\\s+$", "(\\w+\\s?)+:", "<!--.*?-->", "a*a*b"]) {
  test(`the search finds /${source}/`, () => assert.notEqual(slowOn(source, "", 4 * CHARACTERS), undefined));
}
