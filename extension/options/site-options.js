// On which sites pages are read by themselves, and on which never.

import {
  PRESET_NAMES,
  allowSite,
  disallowSite,
  hostIn,
  neverOn,
  notNever,
  readSites,
  setPreset,
} from "../lib/sites.js";
import { plain } from "../lib/plain.js";
import { word } from "../lib/words.js";
import { el } from "../panel/dom.js";
import { entry } from "./entry.js";

/** @import { Sites } from "../lib/sites.js" */

/**
 * @param {HTMLElement} place
 * @param {HTMLElement} title Gets the focus when the button that had it is gone.
 * @returns {() => Promise<void>} Shows what is set.
 */
export function siteOptions(place, title) {
  /** @type {Sites | undefined} */
  let shown;
  const allowed = el("ul", { class: "off", "data-testid": "sites_allowed" });
  const never = el("ul", { class: "off", "data-testid": "sites_never" });
  const answer = el("p", { role: "status", "data-testid": "sites_answer" });
  const boxes = PRESET_NAMES.map((name) => {
    const box = el("input", { type: "checkbox", "data-testid": `preset_${name}` });
    box.addEventListener("change", () => void setPreset(name, box.checked));
    return { name, box, label: el("label", { class: "check" }, box, " ", word(`options_preset_${name}`)) };
  });
  const say = (/** @type {string} */ words) => (answer.textContent = words);

  place.replaceChildren(
    el("p", {}, word("options_sites_text")),
    // The site is asked for within the press, which is when browsers let it be asked for.
    adding("allow", "options_sites_add", (typed) => {
      const site = hostIn(typed);
      if (!site) return say(word("options_sites_wrong"));
      return void allowSite(site).then((agreed) =>
        say(word(agreed ? "options_sites_on" : "options_sites_no")),
      );
    }),
    allowed,
    el("h3", {}, word("options_never")),
    el("p", {}, word("options_never_text")),
    ...boxes.map(({ label }) => label),
    adding("never", "options_never_add", (typed) => {
      void neverOn(typed).then((kept) => say(kept ? "" : word("options_never_wrong")));
    }),
    never,
    answer,
  );

  return async function show() {
    const sites = await readSites();
    if (JSON.stringify(sites) === JSON.stringify(shown)) return;
    const hadFocus = document.activeElement?.matches("button") && place.contains(document.activeElement);
    shown = sites;
    for (const { name, box } of boxes) box.checked = sites.presets.includes(name);
    allowed.replaceChildren(...listOf("allowed", sites.allowed, disallowSite));
    never.replaceChildren(...listOf("never", sites.never, notNever));
    if (hadFocus && !place.contains(document.activeElement)) title.focus();
  };
}

/** @param {string} name @param {string} words @param {(typed: string) => void} add */
function adding(name, words, add) {
  const field = el("input", {
    id: `sites-${name}`,
    autocomplete: "off",
    "data-testid": `sites_${name}_field`,
  });
  const form = el(
    "form",
    {},
    el("label", { for: field.id }, word(words)),
    el(
      "div",
      { class: "row" },
      field,
      el("button", { class: "act", "data-testid": `sites_${name}_add` }, word("options_add")),
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    add(field.value);
    field.value = "";
  });
  return form;
}

/** @param {string} kind @param {string[]} entries @param {(one: string) => Promise<void>} takeOff */
function listOf(kind, entries, takeOff) {
  return entries.toReversed().map((one) => {
    const said = plain(one, 200);
    const label = word("options_take_off_what", said);
    const face = { testid: `take_off_${kind}`, words: word("options_take_off"), label };
    return entry([said], face, () => void takeOff(one));
  });
}
