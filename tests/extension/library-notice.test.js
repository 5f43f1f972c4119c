import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, test } from "node:test";
import { api } from "./browser-stub.js";
import "./document-stub.js";

const { failed } = await import("../../extension/panel/states.js");
const { failure } = await import("../../extension/lib/service.js");

let notice = "";
let down = false;
const server = createServer((request, response) => {
  if (down) return request.destroy();
  response.writeHead(200, { "Content-Type": "application/json" });
  response.end(
    JSON.stringify({ name: "truthlens", version: "1", api: 1, pairing_open: false, notice, model: {} }),
  );
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
after(() => server.close());
await api.storage.local.set({ port: server.address().port, token: "" });

/** The notice in the face that asks for a pairing code, a moment after it was drawn. */
async function shown() {
  const face = failed(failure("not_paired").toJSON(), () => {});
  await new Promise((resolve) => setTimeout(resolve, 100));
  return face.querySelector('[data-testid="library_notice"]');
}

test("who has to pair again is told that the library was damaged", async () => {
  notice = "The library was damaged <b>and</b> set aside.";
  const node = await shown();
  assert.deepEqual([node.hidden, node.textContent, node.children.length], [false, notice, 0]);
});

test("where nothing befell it, nothing is said", async () => {
  notice = "";
  assert.equal((await shown()).hidden, true);
});

test("a service that does not answer is the matter of the face itself", async () => {
  down = true;
  assert.equal((await shown()).hidden, true);
});
