import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { api } from "./browser-stub.js";
import { window } from "./document-stub.js";

const { TabView } = await import("../../extension/panel/tab-view.js");
const { readRun, startRun, changeRun, onRunChanged } = await import("../../extension/lib/runs.js");

const result = JSON.parse(readFileSync(new URL("fixtures/result.json", import.meta.url), "utf8"));
const PLACED = {
  placed: [0, 1, 2, 3, 4, 5, 6, 7],
  unplaced: [8],
  dark: false,
  url: result.article.url,
  frames: 0,
  foreign: 0,
};

result.report.sections.push({
  key: "comparison",
  title: "Comparison with other reports",
  placement: "report",
  blocks: [{ kind: "nothing", text: "nothing was compared" }],
});

/** Answers of the service about jobs, in turn; the last one stays. */
let jobs = [];
/** Its other answers, by the end of the address. */
let answers = {};
const asked = [];
globalThis.fetch = async (url) => {
  asked.push(new URL(url).pathname);
  const key = Object.keys(answers).find((end) => url.endsWith(end));
  if (key) return answers[key].error ? json(answers[key], 404) : json(answers[key]);
  const job = jobs.length > 1 ? jobs.shift() : jobs[0];
  if (!job) throw new TypeError("Failed to fetch");
  return job.error && !job.state ? json(job, 404) : json(job);
};
const json = (body, status = 200) => ({ ok: status === 200, status, json: async () => body });

let view;
const said = [];
onRunChanged((_tabId, run) => view?.update(run));
const find = (id) => view.root.querySelector(`[data-testid="${id}"]`);
const all = (id) => [...view.root.querySelectorAll(`[data-testid="${id}"]`)];
async function until(condition) {
  for (let turn = 0; turn < 200 && !condition(); turn += 1) await pause(10);
  assert.ok(condition(), `never came true; shown: ${view.root.textContent}`);
}

beforeEach(async () => {
  view?.dispose();
  api.storage.session.clear();
  await api.storage.local.set({ token: "T0" });
  api.called.length = 0;
  api.sent.length = 0;
  said.length = 0;
  asked.length = 0;
  await api.storage.local.set({ floor: "slight" });
  answers = {
    "/status": { name: "truthlens", api: 1, version: "1", model: { state: "ready" } },
    "/siblings": { analyses: [], total: 0, notice: "" },
    "/revisions": { id: "a1", earlier: [] },
    "/preferences": { keeping: true, retention_days: null },
    "/departures": { since: "2026-11-27T08:00:00Z", hosts: [] },
  };
  api.tabs.answer = ({ kind }) => (kind === "show" ? PLACED : true);
  view = new TabView(7, (words) => said.push(words));
  document.body.replaceChildren(view.root);
  await pause(1);
});

async function shown(changes = {}) {
  jobs = [result];
  const run = await startRun(7, result.article.url, "A");
  await changeRun(run, { phase: "submitted", analysisId: "a1", ...changes });
  await until(() => find("result"));
  await until(() => find("unplaced").textContent === "1 could not be placed");
}

test("nothing read yet: what to press", () => {
  assert.equal(find("face").dataset.code, "idle");
  assert.match(view.root.textContent, /toolbar/);
});

test("while working the stage is named in words, over a frame that stands already", async () => {
  jobs = [{ id: "a1", state: "working", stage: "voice", stage_title: "x", progress: 0.3 }];
  const run = await startRun(7, "https://www.news.invalid/a", "A title");
  await until(() => find("working"));
  assert.equal(find("stage").textContent, "reading the page");
  assert.equal(find("title").textContent, "A title");
  assert.equal(find("outlet").textContent, "news.invalid");
  await changeRun(run, { phase: "submitted", analysisId: "a1" });
  await until(() => find("stage").textContent === "finding who speaks");
  assert.equal(find("progress").value, 0.3);
  find("cancel").click();
  assert.deepEqual(api.sent.at(-1), { kind: "cancel", tabId: 7 });
});

test("what is found early is shown before the report, and gone when none follows", async () => {
  const asks = () => api.called.filter(([name]) => name === "tabs.sendMessage").map(([, message]) => message);
  const shows = () => asks().filter(({ kind }) => kind === "show");
  const job = { id: "a1", state: "working", stage: "encode", progress: 0.4 };
  jobs = [
    { ...job, annotations: [] },
    { ...job, annotations: result.annotations.slice(0, 2) },
  ];
  const run = await startRun(7, result.article.url, "A");
  await changeRun(run, { phase: "submitted", analysisId: "a1" });
  await until(() => shows().length === 1);
  assert.equal(shows()[0].marks.length, 2);
  assert.ok(find("working"));
  jobs = [result];
  await until(() => find("result"));
  await until(() => shows().length === 2);
  assert.equal(shows()[1].marks.length, 9);

  jobs = [{ ...job, annotations: result.annotations.slice(0, 1) }];
  const other = await startRun(7, result.article.url, "A");
  await changeRun(other, { phase: "submitted", analysisId: "a1" });
  await until(() => shows().length === 3);
  await changeRun(other, { phase: "cancelled" });
  await until(() => asks().at(-1).kind === "visible");
  assert.equal(asks().at(-1).visible, false);
});

test("the finished report: header, strip, marks, sections, limits, footer", async () => {
  await shown();
  assert.equal(find("title").textContent, result.article.title);
  assert.match(find("outlet").textContent, /^Harbour Courier · /);
  assert.equal(find("genre").textContent, "News report");
  assert.match(find("meta").textContent, /words · 1 min · read from this page/);
  assert.equal(all("part_sourcing").length, 1);
  assert.equal(find("marks_count").textContent, "9");
  assert.equal(all("finding").length, 9);
  assert.match(find("section_limits").textContent, /Not checked/);
  assert.match(find("problem").textContent, /one indicator/);
  assert.match(find("footer").textContent, /On this computer · 0\.2 s/);
  assert.equal((await readRun(7)).phase, "done");
});

test("findings stand in the order of the article and say whose words they are", async () => {
  await shown();
  const what = all("finding").map((finding) => {
    const words = finding.querySelector(".what").cloneNode(true);
    words.querySelector(".lost").remove();
    return words.textContent;
  });
  assert.equal(what[0], "Loaded language · headline · strong · plainer: “rise”");
  assert.equal(what[1], "Loaded language · the outlet’s own · strong · plainer: leave it out");
  assert.equal(what[2], "Loaded language · quoted from Tom Okafor · strong");
  assert.equal(what[5], "Loaded language · reported, the report · slight");
  assert.equal(all("finding")[0].querySelector(".where").textContent, "headline");
  assert.equal(
    all("finding")[1].querySelector("q").textContent,
    "The decision follows a stunning series of failures.",
  );
});

test("the marks' sheet is put into the page, from the extension's own table", async () => {
  await shown();
  const [, { css }] = api.called.find(([name]) => name === "insertCSS");
  assert.match(css, /::highlight\(truthlens-loaded_language-own\)/);
});

test("a finding shows its mark on the page; a mark shows its finding here", async () => {
  await shown();
  all("finding")[2].click();
  assert.deepEqual(api.called.at(-1), ["tabs.sendMessage", { kind: "flash", number: 2 }]);
  view.chosen(5);
  assert.equal(view.root.querySelector("[aria-current]").dataset.number, "5");
});

test("filters hide in the list and on the page", async () => {
  await shown();
  find("filter_loaded_language").click();
  assert.equal(find("filter_loaded_language").getAttribute("aria-pressed"), "false");
  assert.equal(all("finding").filter((finding) => !finding.closest("li").hidden).length, 3);
  const [, { hidden }] = api.called.findLast(([, message]) => message.kind === "filter");
  assert.deepEqual(hidden, { indicators: ["loaded_language"], voices: [] });
  find("filter_own").click();
  find("filter_quote").click();
  assert.equal(find("marks_none").hidden, false);
  assert.equal(said.at(-1), "0 marks shown");
});

const listed = () => all("finding").filter((finding) => !finding.closest("li").hidden);

test("a step of strength leaves the weaker ones out, says so and is kept", async () => {
  await shown();
  assert.equal(find("strength").value, "2");
  assert.equal(find("marks_withheld").hidden, true);
  const slide = (value) => {
    find("strength").value = value;
    find("strength").dispatchEvent(new window.Event("input"));
  };
  slide("0");
  assert.equal(find("strength").getAttribute("aria-valuetext"), "strong only");
  view.judge(); // As the panel does when the setting is stored.
  await until(() => listed().length === 4);
  assert.equal(find("marks_withheld").textContent, "5 weaker marks not shown");
  assert.equal((await api.storage.local.get("floor")).floor, "strong");
  slide("1");
  view.judge();
  await until(() => listed().length === 8);
  assert.equal(find("marks_withheld").textContent, "1 weaker mark not shown");
});

test("the step that was chosen before holds from the start", async () => {
  await api.storage.local.set({ floor: "clear" });
  await shown();
  assert.equal(find("strength_said").textContent, "strong and clear");
  assert.equal(listed().length, 8);
});

test("what the reader switched off is not listed, and counted", async () => {
  await shown();
  const { exact } = result.annotations[0].target.selector[0];
  await api.storage.local.set({ ignored: { phrases: [exact], indicators: [], sites: [], marks: [] } });
  view.judge();
  await until(() => listed().length === 8);
  assert.equal(find("marks_withheld").textContent, "1 switched off by you");
  await api.storage.local.remove("ignored");
});

test("once the report is shown, it is asked what is on the same event and what changed", async () => {
  jobs = [{ id: "a1", state: "working", stage: "voice", progress: 0.3 }];
  const run = await startRun(7, result.article.url, "A");
  await changeRun(run, { phase: "submitted", analysisId: "a1" });
  await until(() => find("progress")?.value === 0.3);
  assert.ok(!asked.some((path) => /siblings|revisions|coverage/.test(path)));
  jobs = [result];
  await until(() => find("section_comparison")?.textContent.includes("no other saved report"));
  assert.equal(find("history").hidden, true);
  assert.ok(!asked.some((path) => path.endsWith("/coverage")), "feeds are asked at a press only");
});

test("the foot says nothing of keeping when the report is kept", async () => {
  await shown();
  await until(() => asked.some((path) => path.endsWith("/preferences")));
  assert.equal(find("footer_kept").hidden, true);
  await until(() => !find("footer_sent").hidden);
  assert.match(find("footer").textContent, /0 bytes left it/);
});

test("the foot names what the service asked, for this page or any other", async () => {
  answers["/departures"].hosts = [
    { host: "feeds.test", requests: 2 },
    { host: "", requests: 3 },
  ];
  await shown();
  await until(() => !find("footer_sent").hidden);
  assert.equal(
    find("footer_sent").textContent,
    "since it started, the service asked feeds.test ×2, others ×3",
  );
});

test("the foot promises nothing when the service does not say what left", async () => {
  answers["/departures"] = { error: { code: "unknown_route", message: "m", remedy: "r" } };
  await shown();
  await until(() => asked.some((path) => path.endsWith("/departures")));
  await pause(20);
  assert.equal(find("footer_sent").hidden, true);
  assert.doesNotMatch(find("footer").textContent, /bytes/);
});

test("a private window is said not to be kept", async () => {
  answers["/siblings"] = { error: { code: "unknown_analysis", message: "m", remedy: "r" } };
  await shown({ keep: false });
  assert.equal(find("footer_kept").textContent, "not kept: private window");
  await until(() => find("section_comparison").textContent.includes("cannot be compared"));
  assert.equal(find("look_in_feeds"), null);
});

test("keeping that is switched off is said", async () => {
  answers["/preferences"] = { keeping: false, retention_days: null };
  await shown();
  await until(() => !find("footer_kept").hidden);
  assert.equal(find("footer_kept").textContent, "not kept: keeping is switched off");
});

test("frames of other sites are told of, where there are any", async () => {
  await shown();
  assert.equal(find("footer_foreign").hidden, true);
  view.placed({ ...PLACED, foreign: 2 });
  assert.match(find("footer_foreign").textContent, /^2 frames of other sites not read/);
  assert.equal(find("footer_foreign").hidden, false);
});

test("what could not be placed is listed, and can be listed alone", async () => {
  await shown();
  assert.ok(all("finding")[8].classList.contains("unplaced"));
  find("unplaced").click();
  const left = all("finding").filter((finding) => !finding.closest("li").hidden);
  assert.deepEqual(
    left.map((finding) => finding.dataset.number),
    ["8"],
  );
  view.placed({ ...PLACED, placed: [...PLACED.placed, 8], unplaced: [] });
  assert.equal(find("unplaced").textContent, "0 could not be placed");
  assert.equal(all("finding").filter((finding) => !finding.closest("li").hidden).length, 9);
});

test("the list is one stop of the Tab key; J, K and the arrows move within", async () => {
  await shown();
  const stops = () =>
    all("finding")
      .filter((finding) => finding.tabIndex === 0)
      .map(({ dataset }) => dataset.number);
  const key = (name) =>
    document.activeElement.dispatchEvent(new window.KeyboardEvent("keydown", { key: name, bubbles: true }));
  assert.deepEqual(stops(), ["0"]);
  view.enter();
  key("j");
  key("ArrowDown");
  assert.equal(document.activeElement.dataset.number, "2");
  key("k");
  assert.deepEqual(stops(), ["1"]);
  key("End");
  assert.equal(document.activeElement.dataset.number, "8");
});

test("the switch of the marks follows the run", async () => {
  await shown();
  find("toggle_marks").click();
  assert.deepEqual(api.sent.at(-1), { kind: "toggle", tabId: 7 });
  await changeRun(await readRun(7), { visible: false });
  assert.equal(find("toggle_marks").textContent, "Show marks");
  assert.equal(said.at(-1), "Marks hidden");
});

test("another address under the same document is said", async () => {
  await shown();
  assert.equal(find("moved").hidden, true);
  view.placed({ ...PLACED, url: `${PLACED.url}#part` });
  assert.equal(find("moved").hidden, true);
  view.placed({ ...PLACED, url: "http://news.test/other" });
  assert.equal(find("moved").hidden, false);
  view.moved(PLACED.url);
  assert.equal(find("moved").hidden, true);
  view.moved("http://news.test/other");
  assert.equal(find("moved").hidden, false, "also when the page itself says nothing");
});

for (const [code, expected] of [
  ["service_down", { command: "make run", retry: true }],
  ["service_stopped", { command: "make run", retry: true }],
  ["not_paired", { command: "make pair", pairing: true }],
  ["wrong_token", { command: "make pair", pairing: true }],
  ["wrong_version", { retry: true }],
  ["model_failed", { retry: true }],
  ["too_short", { retry: true }],
  ["not_english", { retry: true }],
  ["no_article", { retry: true }],
  ["page_not_supported", {}],
  ["permission_missing", {}],
  ["something_new", { retry: true }],
]) {
  test(`the face of ${code}`, async () => {
    const run = await startRun(7, "", "");
    await changeRun(run, { phase: "failed", error: { code, message: "Found this.", remedy: "Do that." } });
    assert.equal(find("face").dataset.code, code);
    assert.equal(find("message").textContent, "Found this.");
    assert.equal(find("remedy").textContent, "Do that.");
    assert.equal(find("command")?.textContent, expected.command);
    assert.equal(find("pairing") !== null, expected.pairing ?? false);
    assert.equal(find("retry") !== null, expected.retry ?? false);
    find("retry")?.click();
    if (expected.retry) assert.deepEqual(api.sent.at(-1), { kind: "run", tabId: 7 });
  });
}

test("a face shows what the browser itself said, and nothing where it said nothing", async () => {
  const error = { code: "page_not_supported", message: "m", remedy: "r" };
  const run = await startRun(7, "", "");
  await changeRun(run, { phase: "failed", error });
  assert.equal(find("detail"), null);
  await changeRun(run, { phase: "failed", error: { ...error, detail: "The frame was removed." } });
  assert.match(find("detail").textContent, /The frame was removed\./);
});

test("a failed job keeps the service's words", async () => {
  jobs = [
    {
      id: "a1",
      state: "failed",
      error: { code: "too_short", message: "40 words.", remedy: "Open all of it." },
    },
  ];
  const run = await startRun(7, "", "");
  await changeRun(run, { phase: "submitted", analysisId: "a1" });
  await until(() => find("face")?.dataset.code === "too_short");
  assert.equal(find("remedy").textContent, "Open all of it.");
});

test("a report that the service no longer has", async () => {
  jobs = [{ error: { code: "unknown_analysis", message: "Unknown.", remedy: "Again." } }];
  const run = await startRun(7, "", "");
  await changeRun(run, { phase: "submitted", analysisId: "a1" });
  await until(() => find("face")?.dataset.code === "unknown_analysis");
});

test("a service that dies half-way is told from one that never ran", async () => {
  jobs = [{ id: "a1", state: "working", stage: "encode", progress: 0.5 }, undefined];
  const run = await startRun(7, "", "");
  await changeRun(run, { phase: "submitted", analysisId: "a1" });
  await until(() => find("face")?.dataset.code === "service_stopped");
});

test("pairing elsewhere starts again what waited for it", async () => {
  const run = await startRun(7, "", "");
  await changeRun(run, { phase: "failed", error: { code: "not_paired", message: "m", remedy: "r" } });
  view.paired();
  assert.deepEqual(api.sent, [{ kind: "run", tabId: 7 }]);
});

test("a page that is gone takes its report with it", async () => {
  api.tabs.answer = () => Promise.reject(new Error("gone"));
  jobs = [result];
  const run = await startRun(7, "", "");
  await changeRun(run, { phase: "submitted", analysisId: "a1" });
  await until(() => find("face")?.dataset.code === "idle");
});
