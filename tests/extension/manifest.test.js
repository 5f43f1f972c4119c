import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { EXTENSION, catalogue } from "./browser-stub.js";

const manifest = JSON.parse(readFileSync(new URL("manifest.json", EXTENSION), "utf8"));
const files = readdirSync(EXTENSION, { recursive: true }).filter((name) => /\.(js|html|css)$/.test(name));
const source = (name) => readFileSync(new URL(name, EXTENSION), "utf8");

test("least permission", () => {
  assert.deepEqual(manifest.permissions, ["activeTab", "contextMenus", "scripting", "sidePanel", "storage"]);
  assert.deepEqual(manifest.host_permissions, ["http://127.0.0.1/*"]);
  // None of these is held before the reader has named a site and agreed in the browser's own question.
  assert.deepEqual(manifest.optional_host_permissions, ["*://*/*"]);
  const keys = Object.values(manifest.commands).filter((command) => command.suggested_key);
  assert.ok(keys.length <= 4, "Chromium refuses a manifest that suggests more");
  for (const key of [
    "content_scripts",
    "web_accessible_resources",
    "externally_connectable",
    "optional_permissions",
  ]) {
    assert.equal(manifest[key], undefined, key);
  }
});

test("the policy lets nothing in but our own files, and nothing out but to loopback", () => {
  const policy = manifest.content_security_policy.extension_pages.split("; ");
  assert.deepEqual(policy.sort(), [
    "base-uri 'none'",
    "connect-src http://127.0.0.1:*",
    "default-src 'none'",
    "font-src 'self'",
    "form-action 'none'",
    "frame-src 'none'",
    "img-src 'self'",
    "object-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
  ]);
});

test("files that are named exist", () => {
  const {
    background,
    side_panel: panel,
    sidebar_action: sidebar,
    options_ui: options,
    icons,
    action,
  } = manifest;
  const named = [background.service_worker, ...background.scripts, panel.default_path, sidebar.default_panel];
  for (const name of [
    ...named,
    options.page,
    ...Object.values(icons),
    ...Object.values(action.default_icon),
  ]) {
    assert.ok(readFileSync(new URL(name, EXTENSION)).length > 0, name);
  }
  for (const [, name] of source("lib/tab-page.js").matchAll(/"(page\/[^"]+)"/g))
    assert.ok(files.includes(name), name);
});

test("every wording that is asked for exists", () => {
  const asked = new Set();
  for (const name of files) {
    for (const [, key] of source(name).matchAll(/\bword\(\s*"([a-z0-9_]+)"/g)) asked.add(key);
    for (const [, key] of source(name).matchAll(/data-word="([a-z0-9_]+)"/g)) asked.add(key);
    for (const [, key] of source(name).matchAll(/\bcounted\(\s*"([a-z0-9_]+)"/g))
      asked.add(`${key}_one`).add(`${key}_many`);
    for (const [, key] of source(name).matchAll(/\bfailure\(\s*"([a-z0-9_]+)"/g))
      asked.add(`error_${key}`).add(`remedy_${key}`);
    for (const [, key] of source(name).matchAll(/\baction\(\s*"([a-z0-9_]+)"/g)) asked.add(key);
  }
  for (const [, key] of JSON.stringify(manifest).matchAll(/__MSG_([a-z_]+)__/g)) asked.add(key);
  assert.deepEqual(
    [...asked].filter((key) => !(key in catalogue)),
    ["error_cancelled", "remedy_cancelled"],
  );
});

test("the words are those of a copy desk", () => {
  const banned = /bias|\btruth\b|fake|manipulat|AI-powered|objective|lie\b|propaganda/i;
  for (const [key, { message }] of Object.entries(catalogue)) {
    assert.doesNotMatch(message.replaceAll("TruthLens", ""), banned, key);
    // A bare $ would be taken for a placeholder.
    assert.doesNotMatch(message, /\$(?![1-9])/, key);
  }
});

test("one place fetches, and none writes markup or evaluates text", () => {
  for (const name of files.filter((file) => file.endsWith(".js"))) {
    if (name !== "lib/service.js")
      assert.doesNotMatch(source(name), /\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon/, name);
    assert.doesNotMatch(
      source(name),
      /\.innerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/,
      name,
    );
  }
  for (const name of files.filter((file) => file.endsWith(".html"))) {
    assert.doesNotMatch(source(name), /<script(?! type="module" src=)|\son\w+=|style=/, name);
  }
});
