// Whatever a page, a model or a library hands over is shown as text: seventy payloads and more, in every place.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { api } from "./browser-stub.js";
import { hostileResult, PAYLOADS, poisoned, skeleton } from "./hostile-result.js";
import { line, service } from "./library-stub.js";
import { pageOf } from "./page-stub.js";

const { plain } = await import("../../extension/lib/plain.js");
const { marksOf } = await import("../../extension/lib/marks.js");
const { render } = await import("../../extension/panel/blocks.js");
const { findings } = await import("../../extension/panel/findings.js");
const { articleHeader, tabHeader } = await import("../../extension/panel/header.js");
const { problems, report } = await import("../../extension/panel/report.js");
const { failed } = await import("../../extension/panel/states.js");
const { strip } = await import("../../extension/panel/strip.js");
const { ServiceFailure } = await import("../../extension/lib/service.js");
const { trouble } = await import("../../extension/panel/trouble.js");
const { entry } = await import("../../extension/library/entry.js");
const { reportView } = await import("../../extension/library/report-view.js");
const { comparisonView } = await import("../../extension/library/comparison.js");

/** Every so many of them; `make trust` takes all. */
const every = (step) =>
  PAYLOADS.filter((_, number) => process.env.TRUTHLENS_TRUST === "1" || number % step === 0);
const MANY = every(3);
/** For whole views. */
const SOME = every(8);
const NEVER =
  "script, iframe, object, embed, link, meta, base, style, img, image, video, audio, math, form, frame";
const HARMLESS = "zebra";
const nothing = () => undefined;
const deeds = { choose: nothing, near: nothing, forget: nothing, announce: nothing, forgotten: nothing };

/** Everything that builds elements from a result, by what it shows. */
const BUILDERS = {
  header: ({ article }) => articleHeader(article),
  "a tab's address and title": ({ article }) => tabHeader(article.url, article.title, article.byline),
  blocks: (result, reader) =>
    result.report.sections.flatMap(({ blocks }) => blocks.map((block) => render(block, reader))),
  strip: (result, reader) =>
    strip(
      result.report.sections.filter(({ placement }) => placement === "strip"),
      reader,
    ),
  report: (result, reader) =>
    report(
      result.report.sections.filter(({ placement }) => placement === "report"),
      reader,
    ),
  problems: (result) => problems(result),
  marks: ({ annotations, article }) => findings(marksOf(annotations), annotations, article, nothing).node,
  "an error": (_result, _reader, payload) =>
    failed({ code: "no_article", message: payload, remedy: payload }, nothing),
  "an unknown error": (_result, _reader, payload) =>
    failed({ code: payload, message: payload, remedy: payload }, nothing),
  trouble: (_result, _reader, payload) =>
    trouble(new ServiceFailure({ code: "x", message: payload, remedy: payload }), nothing),
  "an error of no kind": (_result, _reader, payload) => trouble(new Error(payload), nothing),
  "a saved report": (_result, _reader, payload) =>
    entry(line({ id: "a", title: payload, outlet: payload, excerpt: payload, url: payload }), false, deeds)
      .node,
};

/** @param {string} name @param {string} payload */
function built(name, payload) {
  const result = hostileResult(payload);
  const root = document.createElement("div");
  const reader = { article: result.article, jump: async () => true };
  const made = BUILDERS[name](result, reader, payload);
  root.append(...[made].flat().filter((node) => node instanceof window.Node));
  document.body.replaceChildren(root);
  return root;
}

/** Nothing in it runs or loads; its links lead to the web. @param {Element} root @param {string} said */
function harmless(root, said) {
  assert.equal(root.querySelector(NEVER)?.outerHTML, undefined, said);
  for (const element of root.querySelectorAll("*")) {
    for (const name of element.getAttributeNames()) {
      assert.ok(
        !/^on|^(src|srcset|srcdoc|ping|data|action|formaction|xlink:href|poster|background)$/.test(name),
        said,
      );
    }
    const address = element.getAttribute("href");
    if (address !== null)
      assert.match(address, /^(https?:\/\/|#|library\.html|\?|\.\.?\/|\/|chrome-extension:)/, said);
  }
}

beforeEach(async () => {
  service.reset();
  await api.storage.local.set({ port: 8765, token: "T0", floor: "slight" });
});

test("there are as many payloads as were promised", () => {
  assert.ok(new Set(PAYLOADS).size >= 70);
});

for (const name of Object.keys(BUILDERS)) {
  test(`${name}: payloads are text, and the elements those of any other text`, () => {
    const usual = skeleton(built(name, HARMLESS));
    for (const payload of MANY) {
      const root = built(name, payload);
      harmless(root, `${name}: ${payload}`);
      // Some addresses become links, as they should; all else stands as it would for any word.
      const without = (shape) => shape.replace(/^(a|span)\[.*$/gm, "*");
      assert.equal(without(skeleton(root)), without(usual), payload);
      assert.ok(seen(root).includes(shown(payload)), `${name}: ${payload} in ${root.textContent}`);
    }
  });
}

/** Text and attributes that are read out or shown. @param {Element} root */
function seen(root) {
  const spoken = [...root.querySelectorAll("[aria-label], [title]")].flatMap((element) => [
    element.getAttribute("aria-label"),
    element.getAttribute("title"),
  ]);
  return squeezed([root.textContent, ...spoken].join("\n"));
}
const squeezed = (text) => text.replace(/\s+/g, " ");
const shown = (payload) => squeezed(plain(payload)).trim();

test("the card beside a mark shows payloads as text", () => {
  for (const payload of SOME) {
    const marks = marksOf(hostileResult(payload).annotations).filter(({ wording }) => wording);
    const { TL, window } = pageOf("");
    const root = window.document.createElement("div");
    for (const mark of marks) {
      root.append(
        ...TL.account(mark, {
          isPlain: () => false,
          voteOn: () => null,
          togglePlain: nothing,
          vote: nothing,
        }),
      );
    }
    window.document.body.append(root);
    harmless(root, payload);
    assert.equal(root.querySelector(".phrase").textContent, plain(payload.replaceAll("\n", " ")));
    assert.equal(root.querySelector(".why").textContent, plain(payload));
    assert.equal(root.querySelector("ins").textContent, plain(payload));
    window.close();
  }
});

/** @param {() => unknown} condition */
async function until(condition) {
  for (let turn = 0; turn < 400 && !condition(); turn += 1) await pause(5);
  assert.ok(condition(), document.body.textContent.slice(0, 500));
}

test("a saved report and its text show payloads as text", async () => {
  for (const payload of SOME) {
    service.results = { a1: { ...hostileResult(payload), id: "a1" } };
    const view = reportView("a1", { ...deeds, lineOf: () => line({ id: "a1" }) });
    document.body.replaceChildren(view.root);
    await until(() => document.querySelector('[data-testid="result"]'));
    harmless(document.body, payload);
    const lines = [...document.querySelectorAll(".text p")].map((node) => squeezed(node.textContent));
    assert.ok(lines[1]?.includes(`Line 0 says ${shown(payload)}`), `${payload} in ${lines[1]}`);
    view.dispose();
  }
});

test("a comparison shows payloads as text", async () => {
  for (const payload of SOME) {
    const results = ["a1", "b1"].map((id) => ({ ...hostileResult(payload), id }));
    service.results = Object.fromEntries(results.map((result) => [result.id, result]));
    const sections = results[0].report.sections.filter(({ placement }) => placement === "report");
    const articles = results.map(({ id, article }) => ({ id, ...poisoned(article, payload) }));
    service.comparison = { articles, sections };
    const view = comparisonView(["a1", "b1"], nothing);
    document.body.replaceChildren(view.root);
    await until(() => document.querySelector('[data-testid="comparison"]'));
    harmless(document.body, payload);
    assert.ok(seen(document.body).includes(shown(payload)), payload);
    view.dispose();
  }
});
