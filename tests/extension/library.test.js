import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { api } from "./browser-stub.js";
import { line, service } from "./library-stub.js";

const { shelf } = await import("../../extension/library/shelf.js");

let saved;
const said = [];
const find = (id) => document.querySelector(`[data-testid="${id}"]`);
const all = (id) => [...document.querySelectorAll(`[data-testid="${id}"]`)];
const titles = () => all("show_report").map((link) => link.textContent);
const lastList = () => service.asked.filter((asked) => asked.startsWith("GET /v1/library?")).at(-1);
async function until(condition) {
  for (let turn = 0; turn < 200 && !condition(); turn += 1) await pause(10);
  assert.ok(condition(), `never came true; shown: ${document.body.textContent}`);
}
function set(field, value, event = "change") {
  field.value = value;
  field.dispatchEvent(new window.Event(event, { bubbles: true }));
}
function tick(box, wanted = true) {
  box.checked = wanted;
  box.dispatchEvent(new window.Event("change"));
}
async function open(lines, changes = {}) {
  Object.assign(service, { lines, ...changes });
  saved = shelf((words) => said.push(words));
  document.body.replaceChildren(saved.root);
  await saved.refresh();
}
const many = (count) => Array.from({ length: count }, (_, k) => line({ id: `n${k}` }));

beforeEach(async () => {
  service.reset();
  said.length = 0;
  await api.storage.local.set({ port: 8765, token: "T0" });
  await pause(1);
  service.reset();
});

test("the list: outlet, day, title, marks, and the article's own address", async () => {
  await open([
    line({ id: "a", title: "Bridge closes" }),
    line({ id: "b", findings: 0, own_findings: 0, url: "https://text.invalid/1", outlet: "", traced: false }),
    line({ id: "c", findings: 1, own_findings: 1 }),
  ]);
  assert.equal(find("total").textContent, "3 saved reports");
  const [a, b, c] = all("entry");
  assert.match(a.textContent, /Harbour Courier · .*2/);
  assert.match(a.textContent, /400 words · 4 of 6 marks in the outlet’s own words · saved/);
  assert.match(b.textContent, /outlet not named.*no marks.*pasted text or file/s);
  assert.match(c.textContent, /1 mark, in the outlet’s own words/);
  const article = a.querySelector("[data-testid=open_article]");
  assert.equal(article.href, "https://www.news.test/a");
  assert.deepEqual([article.target, article.rel], ["_blank", "noopener noreferrer"]);
  assert.equal(b.querySelector("[data-testid=open_article]"), null);
  assert.equal(a.querySelector("[data-testid=show_report]").hash, "#report=a");
  assert.equal(b.querySelector("[data-testid=library_near]"), null);
});

test("what a page calls itself stays text", async () => {
  await open([line({ id: "a", title: "<img src=x onerror=alert(1)>\u202e", url: "javascript:alert(1)" })]);
  assert.equal(titles()[0], "<img src=x onerror=alert(1)>");
  assert.equal(document.querySelector("img"), null);
  assert.equal(find("open_article"), null);
});

test("typing searches once, when the reader pauses", async () => {
  await open([line({ id: "a", title: "Bridge" }), line({ id: "b", title: "Ferry" })]);
  const before = service.asked.length;
  for (const typed of ["F", "Fe", "Ferry "]) set(find("query"), typed, "input");
  await until(() => titles().length === 1);
  assert.deepEqual(titles(), ["Ferry"]);
  assert.equal(service.asked.length, before + 1);
  assert.equal(lastList(), "GET /v1/library?query=Ferry&limit=25&offset=0");
  assert.deepEqual(said, ["1 report found"]);
});

test("outlet and days narrow the list; the last day is included", async () => {
  await open([line({ id: "a" }), line({ id: "b", outlet: "Tide" })]);
  assert.deepEqual(
    [...find("outlet_filter").options].map(({ value }) => value),
    ["", "Harbour Courier", "Tide"],
  );
  set(find("outlet_filter"), "Tide");
  await until(() => titles().length === 1);
  set(find("after"), "2026-11-01");
  set(find("before"), "2026-11-30");
  await until(() => lastList().includes("before"));
  assert.equal(
    lastList(),
    "GET /v1/library?outlet=Tide&after=2026-11-01&before=2026-12-01&limit=25&offset=0",
  );
  find("clear").click();
  await until(() => titles().length === 2);
  assert.equal(find("after").value, "");
  assert.equal(find("clear").disabled, true);
});

test("pages of the list", async () => {
  await open(many(60));
  assert.equal(all("entry").length, 25);
  assert.match(find("pager").textContent, /1–25 of 60/);
  assert.equal(find("library_previous").disabled, true);
  find("library_next").click();
  await until(() => /26–50 of 60/.test(find("pager").textContent));
  find("library_next").click();
  await until(() => /51–60 of 60/.test(find("pager").textContent));
  assert.equal(find("library_next").disabled, true);
  assert.equal(document.activeElement.textContent, "Title n50");
});

test("a comparison takes two to five reports, over pages, the first as its base", async () => {
  await open(many(30));
  assert.equal(find("chosen").closest(".choice").hidden, true);
  tick(all("tick")[3]);
  assert.match(find("chosen").textContent, /^1 chosen\. Choose another/);
  assert.equal(find("compare").hidden, true);
  find("library_next").click();
  await until(() => titles().length === 5);
  tick(all("tick")[0]);
  assert.equal(find("compare").hash, "#compare=n3%2Cn25");
  assert.match(find("chosen").textContent, /set against “Title n3”/);
  for (const k of [1, 2, 3]) tick(all("tick")[k]);
  assert.match(find("chosen").textContent, /^5 chosen, the most/);
  assert.deepEqual(
    all("tick").map(({ disabled }) => disabled),
    [false, false, false, false, true],
  );
  find("library_choose_none").click();
  assert.equal(
    all("tick").some(({ checked, disabled }) => checked || disabled),
    false,
  );
});

test("nearest stories of one, and back", async () => {
  await open([line({ id: "a", title: "Bridge" }), line({ id: "b", title: "Ferry" })]);
  find("library_near").click();
  await until(() => find("near"));
  assert.match(lastList(), /like=a/);
  assert.deepEqual(titles(), ["Ferry"]);
  assert.match(find("counts").textContent, /closeness 0\.83/);
  find("library_near_end").click();
  await until(() => titles().length === 2);
  assert.equal(find("near"), null);
});

test("forgetting one asks first, and moves on to the next", async () => {
  await open([line({ id: "a" }), line({ id: "b" })]);
  tick(all("tick")[0]);
  find("library_forget").click();
  assert.equal(document.activeElement.dataset.testid, "ask_no");
  find("ask_no").click();
  assert.equal(document.activeElement.dataset.testid, "library_forget");
  find("library_forget").click();
  find("ask").dispatchEvent(new window.KeyboardEvent("keydown", { key: "Escape" }));
  assert.equal(find("ask"), null);
  assert.equal(service.lines.length, 2);
  find("library_forget").click();
  find("ask_yes").click();
  await until(() => titles().length === 1);
  assert.deepEqual(
    service.asked.filter((asked) => asked.startsWith("DELETE")),
    ["DELETE /v1/analyses/a"],
  );
  assert.deepEqual(said, ["1 report forgotten."]);
  assert.equal(document.activeElement.textContent, "Title b");
  assert.equal(find("chosen").closest(".choice").hidden, true);
});

test("forgetting all says how many, and leaves an empty library", async () => {
  await open(many(3));
  find("library_forget_all").click();
  assert.match(find("ask").textContent, /all 3 saved reports/);
  find("ask_yes").click();
  await until(() => find("face"));
  assert.equal(find("face").dataset.code, "empty");
  assert.match(find("face").textContent, /press the TruthLens button/);
  assert.equal(find("plots"), null);
  assert.equal(find("library_export").disabled, true);
});

test("a shorter time asks before anything is deleted; a longer one does not", async () => {
  const now = new Date().toISOString();
  await open([line({ id: "a", saved_at: "2020-01-01T00:00:00Z" }), line({ id: "b", saved_at: now })]);
  set(find("days"), "30");
  assert.match(find("ask").textContent, /1 report is older/);
  find("ask_no").click();
  assert.equal(find("days").value, "");
  assert.equal(service.bodies.length, 0);
  set(find("days"), "30");
  find("ask_yes").click();
  await until(() => service.bodies.length === 1);
  assert.deepEqual(service.bodies[0], { keeping: true, retention_days: 30 });
  await until(() => find("days").value === "30");
  set(find("days"), "");
  await until(() => service.bodies.length === 2);
  assert.deepEqual(service.bodies[1], { keeping: true, retention_days: null });
});

test("keeping off is said, with the way back", async () => {
  await open([line({ id: "a" })], { rules: { keeping: false, retention_days: 12 } });
  assert.match(find("keeping_off").textContent, /new reports are not saved/);
  assert.equal(find("keep").checked, false);
  assert.equal(find("days").value, "12");
  find("library_keep_again").click();
  await until(() => !find("keeping_off"));
  assert.deepEqual(service.rules, { keeping: true, retention_days: 12 });
  assert.equal(find("keep").checked, true);
  find("keep").focus();
  tick(find("keep"), false);
  await until(() => find("keeping_off"));
  assert.equal(document.activeElement.id, "keep");
});

test("nothing saved while keeping is off", async () => {
  await open([], { rules: { keeping: false, retention_days: null } });
  assert.equal(find("face").dataset.code, "keeping_off");
  find("library_keep_again").click();
  await until(() => find("face").dataset.code === "empty");
});

test("no match: how to see everything again", async () => {
  await open([line({ id: "a" })]);
  set(find("query"), "nowhere", "input");
  await until(() => find("face")?.dataset.code === "no_match");
  find("library_clear").click();
  await until(() => titles().length === 1);
});

test("the service's notice is shown", async () => {
  await open([line({ id: "a" })], { notice: "The index is being built." });
  assert.equal(find("notice").textContent, "The index is being built.");
});

test("service down, then up", async () => {
  await open([], { down: true });
  assert.equal(find("face").dataset.code, "service_down");
  assert.equal(find("command").textContent, "make run");
  Object.assign(service, { down: false, lines: [line({ id: "a" })] });
  find("retry").click();
  await until(() => titles().length === 1);
});

test("not paired: the form is there, and pairing brings the list", async () => {
  await api.storage.local.set({ token: "" });
  await open([line({ id: "a" })]);
  assert.equal(find("face").dataset.code, "not_paired");
  assert.ok(find("pairing"));
  await api.storage.local.set({ token: "T1" });
  await until(() => titles().length === 1);
});

test("a refusal is shown with the service's own remedy", async () => {
  await open([line({ id: "a" })], {
    refuse: { code: "library_unreadable", message: "The folder cannot be used.", remedy: "Free some space." },
  });
  assert.equal(find("face").dataset.code, "library_unreadable");
  assert.equal(find("remedy").textContent, "Free some space.");
  service.refuse = null;
  find("library_retry").click();
  await until(() => titles().length === 1);
});

test("what fails beside the list is said there, and the list stays", async () => {
  await open([line({ id: "a" })]);
  service.refuse = { code: "internal", message: "It failed.", remedy: "Try again." };
  find("library_forget").click();
  find("ask_yes").click();
  await until(() => find("trouble"));
  assert.match(find("trouble").textContent, /It failed\. Try again\./);
  assert.equal(titles().length, 1);
  service.refuse = null;
  find("trouble_again").click();
  await until(() => find("face")?.dataset.code === "empty");
});

test("pictures say how little they stand on, and have a table", async () => {
  const lines = ["a", "b", "c", "d"].map((id, k) => line({ id, outlet: k < 3 ? "Tide" : "Post" }));
  await open(lines);
  const figures = document.querySelectorAll("figure");
  assert.equal(figures.length, 2);
  for (const figure of figures) {
    assert.equal(figure.querySelectorAll("circle").length, 4);
    assert.match(figure.querySelector("svg").getAttribute("aria-label"), /Rests on 4 articles/);
    assert.equal(
      figure.querySelector("[data-testid=rests_on]").textContent,
      "Rests on 4 articles; 1 outlet has fewer than 3",
    );
  }
  assert.equal(document.querySelectorAll("line.median").length, 1);
  assert.match(figures[1].querySelector("table").textContent, /Tide31\.0Post1fewer than 3/);
  assert.match(find("plots").textContent, /sources are left out/);
  assert.equal(find("measure"), null);
  set(find("outlet_filter"), "Post");
  await until(() => titles().length === 1);
  assert.equal(document.querySelectorAll("circle.pale").length, 3);
  document.querySelector("circle").dispatchEvent(new window.Event("click"));
  assert.equal(location.hash, "#report=a");
});

test("the reader chooses what the pictures show", async () => {
  service.figures = ["a", "b"].map((id, k) => ({
    id,
    sentences: 10,
    themes: k === 0 ? [{ label: "Economy", own: 1, all: 4 }] : [],
    named: 2 + k,
    unnamed: 1,
  }));
  await open([line({ id: "a" }), line({ id: "b" }), line({ id: "c" })]);
  assert.deepEqual(
    [...find("measure").options].map(({ value }) => value),
    ["loading", "named", "unnamed", "theme:Economy"],
  );
  assert.doesNotMatch(find("plots").textContent, /left out/);
  set(find("measure"), "theme:Economy");
  assert.match(find("plots_unit").textContent, /“Economy”/);
  assert.match(find("rests_on").textContent, /Rests on 2 articles/);
  assert.equal(find("measure").value, "theme:Economy");
  assert.equal(document.activeElement, find("measure"));
});

test("the list does not wait for the pictures of themes and sources", async () => {
  let give = () => undefined;
  const asked = new Promise((resolve) => (give = resolve));
  const answer = globalThis.fetch;
  globalThis.fetch = async (url, wish) => {
    if (String(url).includes("/figures")) await asked;
    return answer(url, wish);
  };
  try {
    service.figures = [{ id: "a", sentences: 10, themes: [], named: 2, unnamed: 1 }];
    await open([line({ id: "a" }), line({ id: "b" })]);
    assert.equal(titles().length, 2);
    assert.equal(find("measure"), null);
    give();
    await until(() => find("measure"));
  } finally {
    globalThis.fetch = answer;
  }
});

test("one article is no picture", async () => {
  await open([line({ id: "a" })]);
  assert.ok(find("plots_few"));
  assert.equal(document.querySelector("svg"), null);
});

test("a large library is asked for in few answers, and the pictures say so", async () => {
  await open(many(1300));
  assert.equal(service.asked.filter((asked) => asked.includes("limit=200")).length, 5);
  assert.match(find("plots").textContent, /From the 1000 reports saved last, of 1300/);
  set(find("days"), "7");
  assert.match(find("ask").textContent, /more than 7 days ago/);
});

test("a copy of everything is downloaded", async () => {
  await open([line({ id: "a" })]);
  const files = [];
  URL.createObjectURL = (blob) => (files.push(blob), "blob:x");
  const clicked = [];
  window.HTMLAnchorElement.prototype.click = function () {
    clicked.push(this.download);
  };
  find("library_export").click();
  await until(() => clicked.length === 1);
  assert.match(clicked[0], /^truthlens-library-\d{4}-\d\d-\d\d\.json$/);
  assert.equal(JSON.parse(await files[0].text()).analyses[0].id, "a");
  assert.equal(find("library_export").disabled, false);
});
