// A browser for tests: the extension API in memory, with the words of _locales. Imported before anything of the
// extension, which takes the API when it is loaded.

import { readFileSync } from "node:fs";

export const EXTENSION = new URL("../../extension/", import.meta.url);

/** @type {Record<string, {message: string}>} */
export const catalogue = JSON.parse(readFileSync(new URL("_locales/en/messages.json", EXTENSION), "utf8"));

function getMessage(key, values = []) {
  const found = Object.hasOwn(catalogue, key) ? catalogue[key].message : "";
  return found.replace(/\$(\d)/g, (_all, digit) => [values].flat()[Number(digit) - 1] ?? "");
}

function event() {
  const listeners = new Set();
  return {
    addListener: (listener) => listeners.add(listener),
    removeListener: (listener) => listeners.delete(listener),
    hasListeners: () => listeners.size > 0,
    emit: (...values) => [...listeners].map((listener) => listener(...values)),
  };
}

function area(name, onChanged) {
  let stored = {};
  return {
    onChanged: event(),
    async get(query) {
      if (typeof query === "string")
        return query in stored ? { [query]: structuredClone(stored[query]) } : {};
      return { ...query, ...structuredClone(stored) };
    },
    async set(values) {
      const changes = {};
      for (const [key, value] of Object.entries(structuredClone(values))) {
        changes[key] = { oldValue: stored[key], newValue: value };
        stored[key] = value;
      }
      onChanged.emit(changes, name);
    },
    async remove(key) {
      const changes = { [key]: { oldValue: stored[key] } };
      delete stored[key];
      onChanged.emit(changes, name);
    },
    async setAccessLevel({ accessLevel }) {
      this.accessLevel = accessLevel;
    },
    clear: () => (stored = {}),
  };
}

/** A fresh API. `sent` and `called` record what the extension did with it. */
export function fakeApi() {
  const onChanged = event();
  const called = [];
  const sent = [];
  const record =
    (name, answer) =>
    async (...values) => {
      called.push([name, ...values]);
      return answer;
    };
  return {
    called,
    sent,
    i18n: { getMessage },
    storage: { local: area("local", onChanged), session: area("session", onChanged), onChanged },
    runtime: {
      onMessage: event(),
      onInstalled: event(),
      sendMessage: async (message) => void sent.push(structuredClone(message)),
      openOptionsPage: record("openOptionsPage"),
    },
    permissions: {
      contains: async () => true,
      request: record("permissions.request", true),
      remove: record("permissions.remove", true),
    },
    contextMenus: {
      onClicked: event(),
      removeAll: record("contextMenus.removeAll"),
      create: record("contextMenus.create"),
    },
    scripting: {
      executeScript: record("executeScript", [{ frameId: 0 }]),
      insertCSS: record("insertCSS"),
      removeCSS: record("removeCSS"),
    },
    action: {
      onClicked: event(),
      setBadgeText: record("setBadgeText"),
      setBadgeTextColor: record("setBadgeTextColor"),
      setBadgeBackgroundColor: record("setBadgeBackgroundColor"),
    },
    sidePanel: { open: record("sidePanel.open") },
    commands: { onCommand: event() },
    tabs: {
      onUpdated: event(),
      onRemoved: event(),
      onActivated: event(),
      query: async () => [{ id: 7 }],
      get: async (id) => ({ id, incognito: false }),
      create: record("tabs.create"),
      /** Tests put the page's answers here. */
      answer: (_message) => true,
      async sendMessage(_tabId, message) {
        called.push(["tabs.sendMessage", message]);
        return this.answer(message);
      },
    },
    windows: { getCurrent: async () => ({ id: 1 }) },
  };
}

export const api = fakeApi();
globalThis.chrome = api;
