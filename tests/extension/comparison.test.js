import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { api } from "./browser-stub.js";
import "./document-stub.js";

const { comparisonSection } = await import("../../extension/panel/comparison.js");
const { addressAt } = await import("../../extension/panel/elsewhere.js");

/** Answers of the service by method and end of the path; a function gives each time anew. */
let replies = {};
const requests = [];
globalThis.fetch = async (url, { method, body }) => {
  const name = `${method} ${new URL(url).pathname.split("/").at(-1)}`;
  requests.push({ name, body: body && JSON.parse(body) });
  const reply = await (typeof replies[name] === "function" ? replies[name]() : replies[name]);
  if (!reply) throw new TypeError("Failed to fetch");
  return { ok: !reply.error, status: reply.error ? 422 : 200, json: async () => reply };
};

const line = (id, more = {}) => ({
  id,
  url: `https://www.${id}.invalid.example/story`,
  title: `Story of ${id}`,
  outlet: id === "sound" ? "" : `The ${id}`,
  published: "2026-11-21T10:00:00Z",
  saved_at: "2026-11-22T10:00:00Z",
  closeness: 0.71,
  ...more,
});
const place = (other, exact = "The ferry struck the pier.") => ({
  exact,
  prefix: "A day later. ",
  suffix: " Nobody spoke.",
  paragraph: 2,
  start: 0,
  end: 26,
  utf16_start: 0,
  utf16_end: 26,
  note: "",
  other,
});
const cell = (other) => ({ text: `cell ${other}`, evidence: [place(other)] });
const COMPARISON = {
  articles: [
    { id: "a1", title: "Here", url: "https://here.example/", outlet: "Here", published: "" },
    {
      id: "quay",
      title: "Q",
      url: "https://quay.example/ferry",
      outlet: "The Quay of Lindhavn Daily",
      published: "",
    },
    { id: "file", title: "F", url: "javascript:alert(1)", outlet: "Filed", published: "" },
  ],
  sections: [
    {
      key: "facts_in_both",
      title: "In several",
      placement: "report",
      blocks: [
        { kind: "table", columns: ["Here", "Quay", "Filed"], rows: [[cell(""), cell("quay"), cell("file")]] },
      ],
    },
    {
      key: "figures_that_differ",
      title: "Figures",
      placement: "report",
      blocks: [{ kind: "nothing", text: "none" }],
    },
  ],
};

const jumps = [];
const reader = {
  article: { text: "The ferry struck the pier.", title: "" },
  jump: async (evidence) => jumps.push(evidence),
};
let leaving;
let node;
let feedsAsked;
const find = (id) => node.querySelector(`[data-testid="${id}"]`);
const all = (id) => [...node.querySelectorAll(`[data-testid="${id}"]`)];
async function until(condition) {
  for (let turn = 0; turn < 200 && !condition(); turn += 1) await pause(5);
  assert.ok(condition(), `never came true; shown: ${node.textContent}`);
}
async function begun(siblings) {
  replies["GET siblings"] = siblings;
  const section = comparisonSection("Comparison", "a1", reader, leaving.signal, () => (feedsAsked += 1));
  ({ node } = section);
  document.body.replaceChildren(node); // Boxes tell of their change in a document only.
  await section.begin();
}
const found = (...analyses) => ({ analyses, total: analyses.length, notice: "" });
const refusal = (code) => ({ error: { code, message: "It is so.", remedy: "Do that." } });

beforeEach(async () => {
  await api.storage.local.set({ token: "T0" });
  requests.length = 0;
  jumps.length = 0;
  feedsAsked = 0;
  replies = {};
  leaving = new AbortController();
});

test("no saved report of the event: one line that says how there may be one", async () => {
  await begun(found());
  assert.match(node.querySelector(".none").textContent, /read one and it will be listed here/);
  assert.equal(find("compare"), null);
});

test("saved reports are named with outlet, day and closeness, the nearest four ticked", async () => {
  await begun(
    found(
      line("quay", { closeness: 0.9 }),
      line("sound"),
      line("c"),
      line("d"),
      line("e", { closeness: 0.63 }),
    ),
  );
  const rows = [...node.querySelectorAll("li")].map((row) => row.querySelector(".meta").textContent);
  assert.match(rows[0], /^The quay · .*21.* · very close$/);
  assert.match(rows[1], /^sound\.invalid\.example · .* · close$/);
  assert.match(rows[4], /fairly close$/);
  assert.deepEqual(
    all("sibling").map((tick) => [tick.checked, tick.disabled]),
    [...Array(4).fill([true, false]), [false, true]],
  );
  assert.equal(find("siblings_count").textContent, "5 saved");
});

test("only what is ticked is compared, and a fifth cannot be", async () => {
  await begun(found(line("b"), line("c"), line("d"), line("e"), line("f")));
  all("sibling")[0].click();
  assert.equal(all("sibling")[4].disabled, false);
  for (const tick of all("sibling").slice(1, 4)) tick.click();
  assert.equal(find("compare").disabled, true, "nothing is left to compare with");
  all("sibling")[4].click();
  replies["POST comparisons"] = COMPARISON;
  find("compare").click();
  await until(() => find("section_facts_in_both"));
  assert.deepEqual(requests.at(-1), { name: "POST comparisons", body: { ids: ["a1", "f"] } });
});

test("while it compares it says so and takes no second press; then the sections stand below", async () => {
  await begun(found(line("quay"), line("file")));
  let answer;
  replies["POST comparisons"] = new Promise((resolve) => (answer = resolve));
  find("compare").click();
  await until(() => requests.at(-1).name === "POST comparisons");
  assert.equal(find("comparing").textContent, "Reading 2 reports beside this one …");
  assert.ok(find("compare").disabled && all("sibling").every((tick) => tick.disabled));
  answer(COMPARISON);
  await until(() => find("section_facts_in_both"));
  assert.equal(find("comparing").textContent, "Compared with 2 reports.");
  assert.equal(find("section_facts_in_both").open, true);
  assert.equal(find("section_figures_that_differ").tagName, "P");
  assert.equal(find("compare").disabled, false);
});

test("a place in another report previews its words and opens that report; one here jumps", async () => {
  await begun(found(line("quay"), line("file")));
  replies["POST comparisons"] = COMPARISON;
  find("compare").click();
  await until(() => all("evidence").length === 3);
  const [here, there, filed] = all("evidence");
  here.click();
  assert.equal(jumps.length, 1);
  assert.equal(there.tagName, "A");
  assert.match(there.textContent, /^The Quay of…/);
  assert.match(there.title, /^The Quay of Lindhavn Daily: .*The ferry struck the pier\./);
  assert.equal(there.href, "https://quay.example/ferry#:~:text=The%20ferry%20struck%20the%20pier.");
  assert.deepEqual([there.target, there.rel], ["_blank", "noopener noreferrer"]);
  assert.equal(filed.tagName, "SPAN", "what has no web address opens nothing");
  assert.match(filed.title, /struck the pier/);
});

test("a comparison that fails gives reason, remedy and another try", async () => {
  await begun(found(line("quay")));
  replies["POST comparisons"] = refusal("queue_full");
  find("compare").click();
  await until(() => find("trouble"));
  assert.equal(find("trouble").dataset.code, "queue_full");
  assert.match(find("trouble").textContent, /It is so\. Do that\./);
  assert.equal(find("compare").disabled, false);
  replies["POST comparisons"] = COMPARISON;
  find("trouble_again").click();
  await until(() => find("section_facts_in_both"));
  assert.equal(find("trouble"), null);
});

for (const [code, expected] of [
  ["unknown_analysis", /not kept, so it cannot be compared/],
  ["not_traced", /It is so\./],
]) {
  test(`siblings refused with ${code}: one line, nothing to press`, async () => {
    await begun(refusal(code));
    assert.match(node.textContent, expected);
    assert.equal(node.querySelector("button"), null);
  });
}

test("siblings that cannot be asked for can be asked for again", async () => {
  await begun(undefined);
  assert.equal(find("trouble").dataset.code, "service_down");
  replies["GET siblings"] = found(line("quay"));
  find("trouble_again").click();
  await until(() => find("compare"));
});

test("a report that has gone says nothing more", async () => {
  replies["GET siblings"] = undefined;
  const section = comparisonSection("Comparison", "a1", reader, leaving.signal, () => undefined);
  leaving.abort();
  ({ node } = section);
  await section.begin();
  assert.equal(find("trouble"), null);
});

const coverage = (more) => ({ feeds: 2, items: [], unread: [], ...more });

test("feeds are asked at a press, and what they name are links", async () => {
  await begun(found());
  assert.ok(!requests.some(({ name }) => name === "GET coverage"));
  replies["GET coverage"] = coverage({
    items: [
      {
        title: "Pier struck",
        url: "https://wire.example/1",
        outlet: "Wire",
        published: "2026-11-21",
        closeness: 0.9,
      },
      { title: "Bad one", url: "javascript:alert(1)", outlet: "", published: "", closeness: 0.6 },
    ],
    unread: [{ url: "https://dead.example/feed", code: "no_answer", message: "It did not answer." }],
  });
  find("look_in_feeds").click();
  await until(() => find("unread"));
  const links = [...find("coverage").querySelectorAll("a")];
  assert.deepEqual(
    links.map((link) => [link.href, link.target, link.rel]),
    [["https://wire.example/1", "_blank", "noopener noreferrer"]],
  );
  assert.match(find("coverage").textContent, /Pier struck Wire · .*very close.*Bad one/);
  assert.equal(find("unread").textContent, "Not read: https://dead.example/feed. It did not answer.");
  assert.equal(feedsAsked, 1);
});

for (const [name, reply, expected, asked] of [
  ["none was added", coverage({ feeds: 0 }), /You have added no feed/, 0],
  ["one names nothing", coverage({ feeds: 1 }), /Your feed names nothing/, 1],
  ["several name nothing", coverage({}), /None of your 2 feeds/, 1],
  ["the question fails", refusal("internal"), /It is so\. Do that\./, 0],
]) {
  test(`feeds: ${name}`, async () => {
    await begun(found(line("quay")));
    replies["GET coverage"] = reply;
    find("look_in_feeds").click();
    await until(() => !find("look_in_feeds").disabled);
    assert.match(find("coverage").textContent, expected);
    assert.equal(feedsAsked, asked);
  });
}

test("text of other reports is never markup", async () => {
  const evil = "<img src=x onerror=alert(1)>";
  await begun(found(line("quay", { title: evil, outlet: evil })));
  const articles = COMPARISON.articles.map((article) => ({ ...article, outlet: evil }));
  replies["POST comparisons"] = { ...COMPARISON, articles };
  find("compare").click();
  await until(() => find("section_facts_in_both"));
  assert.equal(node.querySelector("img"), null);
  assert.ok(node.textContent.includes(evil));
});

test("addresses get a text fragment, after one of their own, and dashes are no range", () => {
  assert.equal(
    addressAt("https://a.example/x#top", "Well-known, yes"),
    "https://a.example/x#top:~:text=Well%2Dknown%2C%20yes",
  );
  assert.equal(
    addressAt("https://a.example/", "one two three four five six seven eight nine"),
    "https://a.example/#:~:text=one%20two%20three%20four,six%20seven%20eight%20nine",
  );
  assert.equal(addressAt("https://a.example/", " "), "https://a.example/");
  assert.equal(addressAt("data:text/html,x", "words"), "");
});
