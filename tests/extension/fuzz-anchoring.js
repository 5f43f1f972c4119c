// Coverage-guided fuzzing of how quotations are placed on a page: `node tests/extension/fuzz-anchoring.js SECONDS`.
//
// An input is a list of numbers that choose pieces of a page and quotations from it. Inputs that reach new blocks of
// page/text.js and page/anchor.js (V8's precise coverage) are kept and mutated further. What breaks a promise is
// written to build/fuzz; a copy in found/anchoring is replayed by the extension's tests.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { pathToFileURL } from "node:url";
import { Anchoring, random } from "./anchoring-cases.js";

const LONGEST = 400; // numbers of an input
const FOUND = new URL("../fuzz/found/anchoring/", import.meta.url);
const WORK = new URL("../../build/fuzz/", import.meta.url);

/** Which blocks of the two scripts have ever run. */
class Coverage {
  #session = new Session();
  /** The two scripts, known by functions of theirs: jsdom runs them without an address. @type {Set<string>} */
  #scripts = new Set();
  /** @type {Set<string>} */
  seen = new Set();

  /** Before the scripts run for the first time. */
  async start() {
    this.#session.connect();
    await this.#session.post("Profiler.enable");
    await this.#session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  }

  /** After they have run once. */
  async findScripts() {
    const { result } = await this.#session.post("Profiler.takePreciseCoverage");
    for (const { scriptId, functions } of result) {
      const names = functions.map(({ functionName }) => functionName);
      if (names.includes("agreement") || names.includes("stretch")) this.#scripts.add(scriptId);
    }
    if (this.#scripts.size !== 2) throw new Error("page/text.js or page/anchor.js was not found");
  }

  /** How many blocks ran that never ran before, or so much more often than before. */
  async fresh() {
    const { result } = await this.#session.post("Profiler.takePreciseCoverage");
    const before = this.seen.size;
    for (const { scriptId, functions } of result) {
      if (!this.#scripts.has(scriptId)) continue;
      for (const { ranges } of functions) {
        for (const { startOffset, endOffset, count } of ranges) {
          // How often, in powers of four: loops that run longer count as new.
          const often = Math.floor(Math.log2(count) / 2);
          if (count > 0) this.seen.add(`${scriptId}:${startOffset}:${endOffset}:${often}`);
        }
      }
    }
    return this.seen.size - before;
  }
}

/** @param {number[]} input @param {number[][]} corpus @param {() => number} chance */
function mutated(input, corpus, chance) {
  const at = () => Math.floor(chance() * (result.length + 1));
  let result = [...input];
  for (let rounds = 1 + Math.floor(chance() * 4); rounds > 0; rounds -= 1) {
    const kind = Math.floor(chance() * 5);
    const [from, to] = [at(), at()].sort((one, other) => one - other);
    if (kind === 0) result[Math.min(from, result.length - 1)] = Math.floor(chance() * 256);
    else if (kind === 1) result.splice(from, 0, Math.floor(chance() * 256));
    else if (kind === 2) result.splice(from, Math.min(to - from, 8));
    else if (kind === 3) result.splice(to, 0, ...result.slice(from, to));
    else {
      const other = corpus[Math.floor(chance() * corpus.length)] ?? [];
      result = [...result.slice(0, from), ...other.slice(Math.floor(chance() * other.length))];
    }
  }
  return result.slice(0, LONGEST);
}

async function main() {
  const seconds = Number(process.argv[2] ?? 60);
  const chance = random(Number(process.argv[3] ?? Date.now()));
  const coverage = new Coverage();
  await coverage.start();
  const anchoring = new Anchoring();
  anchoring.hold([]);
  await coverage.findScripts();
  const corpus = Array.from({ length: 40 }, () =>
    Array.from({ length: 60 }, () => Math.floor(chance() * 256)),
  );
  mkdirSync(WORK, { recursive: true });
  for (const name of existsSync(FOUND) ? readdirSync(FOUND) : [])
    corpus.push(JSON.parse(readFileSync(new URL(name, FOUND), "utf8")));
  const until = Date.now() + seconds * 1000;
  let inputs = 0;
  let broken = 0;
  while (Date.now() < until && broken < 5) {
    const input = inputs < corpus.length ? corpus[inputs] : mutated(pick(corpus, chance), corpus, chance);
    inputs += 1;
    try {
      anchoring.hold(input);
      if ((await coverage.fresh()) > 0 && inputs > corpus.length) corpus.push(input);
    } catch (error) {
      broken += 1;
      const file = new URL(`anchoring-${inputs}.json`, WORK);
      writeFileSync(file, JSON.stringify(input));
      process.stdout.write(`${error instanceof Error ? error.stack : error}\nwritten to ${file.pathname}\n`);
    }
  }
  process.stdout.write(`${inputs} inputs, cov: ${coverage.seen.size}, corpus ${corpus.length}\n`);
  process.exit(broken > 0 ? 1 : 0);
}

/** @template T @param {T[]} items @param {() => number} chance @returns {T} */
function pick(items, chance) {
  return /** @type {T} */ (items[Math.floor(chance() * items.length)]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main();
