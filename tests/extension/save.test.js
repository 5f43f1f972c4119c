import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { api } from "./browser-stub.js";
import { window } from "./document-stub.js";

const { fileName, saveMenu } = await import("../../extension/panel/save.js");

const asked = [];
let reply;
globalThis.fetch = async (url) => {
  asked.push(new URL(url).pathname + new URL(url).search);
  return { ok: !reply.error, status: reply.error ? 409 : 200, json: async () => reply };
};
/** What would have been saved: name, type, text. */
const saved = [];
const blobs = new Map();
let made = 0; // not the size of the map: an address that was let go must not come back
URL.createObjectURL = (blob) => {
  made += 1;
  blobs.set(`blob:${made}`, blob);
  return `blob:${made}`;
};
URL.revokeObjectURL = (address) => blobs.delete(address);
window.HTMLAnchorElement.prototype.click = function () {
  saved.push({ name: this.download, blob: blobs.get(this.getAttribute("href")) });
};
/** No test waits until what was saved is let go. */
const { setTimeout: later } = globalThis;
globalThis.setTimeout = (act, wait) => later(act, Math.min(wait, 1));
const copied = [];
Object.defineProperty(window.navigator, "clipboard", {
  value: { writeText: async (text) => copied.push(text) },
  configurable: true,
});

const result = { id: "a/1", article: { title: "Costs: 14% “up”, says mayor" } };
let menu;
const find = (id) => menu.choices.querySelector(`[data-testid="${id}"]`);
async function pressed(id) {
  find(id).click();
  for (let turn = 0; turn < 2000 && /Asking/.test(find("saved").textContent || "Asking"); turn += 1)
    await new Promise((resolve) => later(resolve, 1));
  return find("saved").textContent;
}

beforeEach(async () => {
  await api.storage.local.set({ token: "T0" });
  asked.length = saved.length = copied.length = 0;
  menu = saveMenu(result, new AbortController().signal);
  document.body.replaceChildren(menu.button, menu.choices);
});

test("the menu opens at a press, and Escape closes it and gives the focus back", () => {
  assert.equal(menu.choices.hidden, true);
  menu.button.click();
  assert.equal(menu.choices.hidden, false);
  assert.equal(menu.button.getAttribute("aria-expanded"), "true");
  find("save_copy").focus();
  find("save_copy").dispatchEvent(new window.KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  assert.equal(menu.choices.hidden, true);
  assert.equal(document.activeElement, menu.button);
});

test("every choice is in words", () => {
  for (const button of menu.choices.querySelectorAll("button")) {
    assert.notEqual(button.textContent, button.dataset.testid);
  }
});

for (const [form, ending, mimetype] of [
  ["md", "md", "text/markdown"],
  ["html", "html", "text/html"],
  ["csv", "csv", "text/csv"],
  ["json", "json", "application/json"],
  ["w3c", "jsonld", "application/ld+json"],
]) {
  test(`${form} is made by the service and saved under the title`, async () => {
    reply = { form, mimetype, content: `the ${form}` };
    const said = await pressed(`save_${form}`);
    assert.deepEqual(asked, [`/v1/analyses/a%2F1/export?format=${form}`]);
    assert.equal(said, `Saved as costs-14-up-says-mayor.${ending}`);
    assert.equal(saved[0].name, `costs-14-up-says-mayor.${ending}`);
    assert.equal(saved[0].blob.type, mimetype);
    assert.equal(await saved[0].blob.text(), `the ${form}`);
  });
}

test("Markdown goes to the clipboard too", async () => {
  reply = { form: "md", mimetype: "text/markdown", content: "# It" };
  assert.equal(await pressed("save_copy"), "Copied");
  assert.deepEqual(copied, ["# It"]);
  assert.equal(saved.length, 0);
});

test("a file that cannot be made: reason and remedy", async () => {
  reply = { error: { code: "unknown_analysis", message: "Gone.", remedy: "Read it again." } };
  assert.equal(await pressed("save_md"), "Gone. Read it again.");
  assert.equal(saved.length, 0);
});

test("file names are letters and digits of the title, whole words of it, and never empty", () => {
  assert.equal(fileName("../../etc/passwd\u202e.exe"), "etc-passwd-exe");
  assert.equal(fileName("Žluťoučký kůň 東京"), "žluťoučký-kůň-東京");
  assert.equal(fileName("??? — !"), "report");
  const long = fileName("word ".repeat(40));
  assert.ok(long.length <= 60 && long.endsWith("word"));
  assert.equal(fileName("x".repeat(200)), "report");
});
