import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, test } from "node:test";
import { api } from "./browser-stub.js";
import "./document-stub.js";

const { pairingForm } = await import("../../extension/panel/pairing.js");

/** Answers in turn; the last one again and again. */
let answers = [];
const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => {
    const [status, body] = answers.length > 1 ? answers.shift() : answers[0];
    response.writeHead(status, { "Content-Type": "application/json" });
    response.end(JSON.stringify(body));
  });
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
after(() => server.close());
await api.storage.local.set({ port: server.address().port, token: "" });

const ASKING = [202, { state: "asking", origin: "chrome-extension://x" }];
const DECLINED = [403, { error: { code: "pairing_declined", message: "Declined.", remedy: "Again." } }];

/** A form with a code sent; resolves once it is done or has failed. */
async function sent(...replies) {
  answers = replies;
  const form = pairingForm();
  document.body.replaceChildren(form);
  const find = (/** @type {string} */ name) => form.querySelector(`[data-testid="${name}"]`);
  const hints = [];
  new window.MutationObserver(() => hints.push(find("pair_hint").textContent)).observe(form, {
    childList: true,
    subtree: true,
  });
  find("pair_code").value = "ABCD-2345";
  form.dispatchEvent(new window.Event("submit", { cancelable: true }));
  assert.ok(find("pair").disabled);
  while (find("pair").disabled) await new Promise((resolve) => setTimeout(resolve, 10));
  return { find, hints: [...new Set(hints)] };
}

test("the form tells that the terminal asks, once, and then that it is done", async () => {
  const { find, hints } = await sent(ASKING, ASKING, [200, { token: "T1", origin: "chrome-extension://x" }]);
  const seen = hints.filter((hint) => /terminal/.test(hint));
  assert.deepEqual([seen.length, /y/.test(seen[0])], [1, true]);
  assert.match(find("pair_hint").textContent, /Paired/);
  assert.equal(find("pair_hint").getAttribute("role"), "status");
  assert.equal(find("pair_error").textContent, "");
  assert.equal((await api.storage.local.get("token")).token, "T1");
});

test("a no in the terminal is told with what to do, and another code may be typed", async () => {
  const { find } = await sent(ASKING, DECLINED);
  assert.equal(find("pair_error").textContent, "Declined. Again.");
  assert.match(find("pair_hint").textContent, /ABCD-2345/);
  assert.equal(find("pair_code").value, "ABCD-2345");
});
