import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { api } from "./browser-stub.js";

const { DEFAULTS, guardSettings, isPort, readSettings, saveSettings } =
  await import("../../extension/lib/settings.js");

beforeEach(() => api.storage.local.clear());

const UNSET = {
  floor: "slight",
  hoverMs: 350,
  markStyle: "line_and_tint",
  theme: "system",
  density: "comfortable",
};

test("without anything stored the defaults hold", async () => {
  assert.deepEqual(await readSettings(), { port: 8765, token: "", ...UNSET });
});

test("what is saved is read again, and what is unusable is not", async () => {
  await saveSettings({ port: 9000, token: "T" });
  assert.deepEqual(await readSettings(), { port: 9000, token: "T", ...UNSET });
  await api.storage.local.set({ port: "80; evil", token: 7, floor: "loud", hoverMs: -1 });
  await api.storage.local.set({ theme: "pink", density: 3, markStyle: "toString" });
  assert.deepEqual(await readSettings(), DEFAULTS);
});

test("what the reader wants marked is kept", async () => {
  await saveSettings({ floor: "strong", hoverMs: 0 });
  const { floor, hoverMs } = await readSettings();
  assert.deepEqual({ floor, hoverMs }, { floor: "strong", hoverMs: 0 });
});

test("ports are whole numbers in range", () => {
  for (const port of [1024, 8765, 65535]) assert.ok(isPort(port));
  for (const port of [0, 80, 1023, 65536, 1.5, "8765", NaN, null]) assert.ok(!isPort(port), String(port));
});

test("content scripts are kept from the token where the browser can do it", async () => {
  await guardSettings();
  assert.equal(api.storage.local.accessLevel, "TRUSTED_CONTEXTS");
  const { setAccessLevel } = api.storage.local;
  api.storage.local.setAccessLevel = undefined;
  await guardSettings();
  api.storage.local.setAccessLevel = setAccessLevel;
});
