// What the extension may do and why, in the words of a table. The manifest says what it may; here stands why.

import { api } from "../lib/browser.js";
import { word } from "../lib/words.js";
import { el } from "../panel/dom.js";

/** Permissions by their names in the manifest, and the key of the reason. */
const REASONS = /** @type {Readonly<Record<string, string>>} */ (
  Object.freeze({
    activeTab: "permission_activeTab",
    scripting: "permission_scripting",
    sidePanel: "permission_sidePanel",
    storage: "permission_storage",
    contextMenus: "permission_contextMenus",
    "http://127.0.0.1/*": "permission_service",
    "*://*/*": "permission_sites",
  })
);

/** A table of all that the manifest asks for. */
export function permissionTable() {
  const manifest = /** @type {Record<string, string[] | undefined>} */ (
    /** @type {unknown} */ (api.runtime.getManifest())
  );
  const { permissions = [], host_permissions = [], optional_host_permissions = [] } = manifest;
  const rows = [...permissions, ...host_permissions].map((name) => row(name, ""));
  const optional = optional_host_permissions.map((name) => row(name, word("welcome_asked_later")));
  return el(
    "table",
    {},
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        el("th", { scope: "col" }, word("welcome_permission")),
        el("th", { scope: "col" }, word("welcome_reason")),
      ),
    ),
    el("tbody", {}, ...rows, ...optional),
  );
}

/** @param {string} name @param {string} when */
function row(name, when) {
  const reason = word(REASONS[name] ?? name);
  return el(
    "tr",
    {},
    el("td", {}, el("code", {}, name)),
    el("td", {}, [reason, when].filter(Boolean).join(" ")),
  );
}
