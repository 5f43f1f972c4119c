import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, beforeEach, test } from "node:test";
import { api } from "./browser-stub.js";
import "./document-stub.js";

const { asFailure, drop, pair, read, status, submit } = await import("../../extension/lib/service.js");

/** What the server got, and what it answers with. */
const got = [];
let answer = { status: 200, body: "{}" };
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (piece) => (body += piece));
  request.on("end", () => {
    got.push({ method: request.method, path: request.url, headers: request.headers, body });
    response.writeHead(answer.status, { "Content-Type": "application/json" });
    response.end(answer.body);
  });
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address();
after(() => server.close());

const says = (status, body) => (answer = { status, body: JSON.stringify(body) });
const code = (promise) =>
  promise.then(
    () => "none",
    (thrown) => asFailure(thrown).code,
  );
const STATUS = { name: "truthlens", version: "0.1.0", api: 1, model: { state: "ready", detail: "" } };

beforeEach(async () => {
  got.length = 0;
  await api.storage.local.set({ port, token: "T0" });
});

test("every request carries token and client header, and JSON when it has a body", async () => {
  says(202, { id: "a1", state: "queued" });
  assert.equal((await submit({ url: "https://x.invalid/", html: "<p>é</p>" })).id, "a1");
  const [{ method, path, headers, body }] = got;
  assert.equal(`${method} ${path}`, "POST /v1/analyses");
  assert.equal(headers.authorization, "Bearer T0");
  assert.equal(headers["x-truthlens-client"], "1");
  assert.equal(headers["content-type"], "application/json");
  assert.deepEqual(JSON.parse(body), { url: "https://x.invalid/", html: "<p>é</p>" });
  await read("a/1");
  await drop("a1");
  assert.deepEqual(
    got.slice(1).map((request) => `${request.method} ${request.path}`),
    ["GET /v1/analyses/a%2F1", "DELETE /v1/analyses/a1"],
  );
  assert.equal(got[1].headers["content-type"], undefined);
});

test("status needs no token and judges name and interface", async () => {
  await api.storage.local.set({ token: "" });
  says(200, STATUS);
  assert.equal((await status()).version, "0.1.0");
  assert.equal(got[0].headers.authorization, undefined);
  says(200, { ...STATUS, api: 2 });
  assert.equal(await code(status()), "wrong_version");
  says(200, { name: "other" });
  assert.equal(await code(status()), "not_truthlens");
  says(404, { detail: "Not Found" });
  assert.equal(await code(status()), "not_truthlens");
  answer = { status: 200, body: "<html>" };
  assert.equal(await code(status()), "not_truthlens");
});

test("nobody listening, and nobody allowed to ask", async () => {
  await api.storage.local.set({ port: 1024 });
  assert.equal(await code(status()), "service_down");
  const { contains } = api.permissions;
  api.permissions.contains = async () => false;
  assert.equal(await code(status()), "address_not_allowed");
  api.permissions.contains = contains;
});

test("without a token nothing is sent", async () => {
  await api.storage.local.set({ token: "" });
  assert.equal(await code(read("a1")), "not_paired");
  assert.equal(got.length, 0);
});

test("the service's refusals keep code, message and remedy", async () => {
  says(401, { error: { code: "wrong_token", message: "Not this one.", remedy: "Pair again." } });
  await assert.rejects(read("a1"), (thrown) => {
    assert.deepEqual(asFailure(thrown), {
      code: "wrong_token",
      message: "Not this one.",
      remedy: "Pair again.",
    });
    return true;
  });
});

test("every failure of ours has message and remedy in words", async () => {
  await api.storage.local.set({ port: 1024 });
  const { message, remedy } = await status().catch(asFailure);
  assert.match(message, /127\.0\.0\.1:1024/);
  assert.match(remedy, /Retry/);
  assert.equal(asFailure(new Error("boom")).message, "Unexpected: boom");
});

test("pairing sends the code as the service writes it, and keeps the token", async () => {
  says(200, { token: "T1", origin: "chrome-extension://x" });
  await pair(" abcd-2345 ");
  assert.equal(JSON.parse(got[0].body).code, "ABCD-2345");
  assert.equal(got[0].headers.authorization, undefined);
  assert.equal((await api.storage.local.get("token")).token, "T1");
  says(403, { error: { code: "wrong_code", message: "No.", remedy: "Look again." } });
  assert.equal(await code(pair("X")), "wrong_code");
  assert.equal((await api.storage.local.get("token")).token, "T1");
});

test("while the terminal asks, pairing goes on by itself", async () => {
  says(202, { state: "asking", origin: "chrome-extension://x" });
  let asked = 0;
  await pair("ABCD-2345", () => {
    asked += 1;
    if (asked === 2) says(200, { token: "T2", origin: "chrome-extension://x" });
  });
  assert.equal(asked, 2);
  assert.deepEqual(
    got.map(({ path, body }) => [path, JSON.parse(body).code]),
    Array(3).fill(["/v1/pair", "ABCD-2345"]),
  );
  assert.equal((await api.storage.local.get("token")).token, "T2");
  says(202, { state: "asking", origin: "chrome-extension://x" });
  const declined = pair("ABCD-2345", () =>
    says(403, { error: { code: "pairing_declined", message: "No.", remedy: "Again." } }),
  );
  assert.equal(await code(declined), "pairing_declined");
  assert.equal((await api.storage.local.get("token")).token, "T2");
});

test("a reader's cancel is passed on as such", async () => {
  const controller = new AbortController();
  controller.abort(new Error("left"));
  await assert.rejects(read("a1", controller.signal), /left/);
});
