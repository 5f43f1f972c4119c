import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { api } from "./browser-stub.js";
import { line, service } from "./library-stub.js";

const { comparisonView } = await import("../../extension/library/comparison.js");
const { reportView } = await import("../../extension/library/report-view.js");

const result = JSON.parse(readFileSync(new URL("fixtures/result.json", import.meta.url), "utf8"));
const TIDE =
  "Harbour bridge to shut\nThe council closes the bridge in March, a spokesperson said.\nFerries run daily.";
const tide = {
  ...result,
  id: "t1",
  article: { ...result.article, title: "Harbour bridge to shut", outlet: "Evening Tide", text: TIDE },
  annotations: [],
};

let view;
const said = [];
const forgotten = [];
const deeds = {
  announce: (words) => said.push(words),
  forgotten: () => forgotten.push(true),
  lineOf: (id) => line({ id }),
};
const find = (id) => document.querySelector(`[data-testid="${id}"]`);
const all = (id) => [...document.querySelectorAll(`[data-testid="${id}"]`)];
const here = () => [...document.querySelectorAll(".text .here")].map((node) => node.textContent).join("");
async function until(condition) {
  for (let turn = 0; turn < 200 && !condition(); turn += 1) await pause(10);
  assert.ok(condition(), `never came true; shown: ${document.body.textContent}`);
}
async function show(made) {
  view = made;
  document.body.replaceChildren(view.root);
  await until(() => find("result") ?? find("comparison") ?? find("face"));
}
const place = (text, exact, other = "") => ({
  exact,
  prefix: "",
  suffix: "",
  paragraph: text.slice(0, text.indexOf(exact)).split("\n").length - 1,
  start: text.indexOf(exact),
  end: text.indexOf(exact) + exact.length,
  utf16_start: text.indexOf(exact),
  utf16_end: text.indexOf(exact) + exact.length,
  note: "",
  other,
});

beforeEach(async () => {
  view?.dispose();
  service.reset();
  said.length = 0;
  forgotten.length = 0;
  service.results = { a1: result, t1: tide };
  await api.storage.local.set({ port: 8765, token: "T0", floor: "slight" });
});

test("a stored report stands beside its text, with its marks", async () => {
  await show(reportView("a1", deeds));
  assert.equal(find("title").textContent, result.article.title);
  assert.match(find("outlet").textContent, /^Harbour Courier · /);
  assert.ok(find("strip") && find("report") && find("marks"));
  assert.ok(document.title.startsWith(result.article.title));
  await until(() => document.querySelectorAll(".text mark").length >= result.annotations.length);
  const stunning = [...document.querySelectorAll(".text mark")].find((one) => one.textContent === "stunning");
  assert.deepEqual([stunning.className, stunning.dataset.slot], ["own", "loaded"]);
  const lines = [...document.querySelectorAll(".text p")];
  const words = (node) => node.textContent.replace(/^¶\d+/, "");
  assert.equal(lines.map(words).join("\n"), result.article.text);
  assert.equal(lines[2].firstElementChild.textContent, "¶2");
});

test("a chip shows its passage in the text, and the sheet can be closed", async () => {
  await show(reportView("a1", deeds));
  const chip = document.querySelector("[data-testid=report] [data-testid=evidence]");
  chip.click();
  await until(() => here() !== "");
  assert.ok(result.article.text.includes(here()));
  assert.ok(find("texts").classList.contains("open"));
  assert.equal(chip.classList.contains("lost"), false);
  find("close_text").click();
  assert.equal(find("texts").classList.contains("open"), false);
});

test("a finding shows its mark, and a click on the mark finds it in the list", async () => {
  await show(reportView("a1", deeds));
  await until(() => document.querySelector(".text mark"));
  all("finding")[1].click();
  assert.equal(here(), result.annotations.find(({ body }) => body.utf16_start > 42).target.selector[0].exact);
  document.querySelector(".text mark").click();
  assert.equal(all("finding")[0].getAttribute("aria-current"), "true");
});

test("filters and the switch of the marks hold for the text", async () => {
  await show(reportView("a1", deeds));
  await until(() => document.querySelector(".text mark.own"));
  find("filter_own").click();
  assert.equal(document.querySelector(".text mark.own"), null);
  assert.ok(document.querySelector(".text mark.quote"));
  find("toggle_marks").click();
  assert.ok(find("texts").classList.contains("off"));
  find("toggle_marks").click();
  assert.equal(find("texts").classList.contains("off"), false);
});

test("what the reader's settings withhold is not marked in the text either", async () => {
  await show(reportView("a1", deeds));
  await until(() => document.querySelectorAll(".text mark").length > 0);
  const before = document.querySelectorAll(".text mark").length;
  await api.storage.local.set({ floor: "strong" });
  await until(() => document.querySelectorAll(".text mark").length < before);
});

test("forgetting a report asks, and goes back to the list", async () => {
  await show(reportView("a1", deeds));
  find("library_forget_report").click();
  find("ask_yes").click();
  await until(() => forgotten.length === 1);
  assert.ok(service.asked.includes("DELETE /v1/analyses/a1"));
});

test("a report that is gone: why, and the way back", async () => {
  await show(reportView("gone", deeds));
  assert.equal(find("face").dataset.code, "unknown_analysis");
  assert.equal(find("remedy").textContent, "Read the page again.");
  assert.equal(find("back").getAttribute("href"), "#");
});

test("side by side: every chip names its outlet and opens that text", async () => {
  const own = place(result.article.text, "in March 2027");
  const other = place(TIDE, "in March", "t1");
  service.comparison = {
    articles: [
      { id: "a1", title: result.article.title, url: "", outlet: "Harbour Courier", published: "2026-11-20" },
      { id: "t1", title: "Harbour bridge to shut", url: "", outlet: "Evening Tide", published: "" },
    ],
    sections: [
      {
        key: "facts_in_both",
        title: "In both",
        placement: "report",
        blocks: [
          {
            kind: "table",
            columns: ["Harbour Courier", "Evening Tide"],
            rows: [
              [
                { text: "in March 2027", evidence: [own] },
                { text: "in March", evidence: [other] },
              ],
            ],
          },
        ],
      },
      {
        key: "only_in_0",
        title: "Only here",
        placement: "report",
        blocks: [{ kind: "nothing", text: "none" }],
      },
    ],
  };
  await show(comparisonView(["a1", "t1"], deeds.announce));
  assert.deepEqual(service.bodies, [{ ids: ["a1", "t1"] }]);
  assert.match(all("compared")[1].textContent, /Evening Tide.*Harbour bridge to shut/);
  const [first, second] = all("evidence");
  assert.match(first.textContent, /^Harbour Courier ¶1: .*in March 2027/);
  assert.match(second.textContent, /^Evening Tide ¶1: The council closes/);
  second.click();
  await until(() => here() === "in March");
  assert.deepEqual(
    all("text_tab").map((tab) => [tab.textContent, tab.getAttribute("aria-pressed")]),
    [
      ["Harbour Courier", "false"],
      ["Evening Tide", "true"],
    ],
  );
  first.click();
  await until(() => here() === "in March 2027");
  assert.deepEqual(said, ["Comparison ready"]);
});

test("a comparison that is refused says why and can be tried again", async () => {
  service.refuse = { code: "queue_full", message: "Another comparison is under way.", remedy: "Try again." };
  await show(comparisonView(["a1", "t1"], deeds.announce));
  assert.equal(find("face").dataset.code, "queue_full");
  service.refuse = null;
  service.comparison = { articles: [], sections: [] };
  find("library_retry").click();
  await until(() => find("comparison"));
});
