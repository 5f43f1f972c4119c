// The list of what is saved, with its search, its pictures and its rules, in every state it can be in.

import { api } from "../lib/browser.js";
import { drop, figures, listLibrary, prefer, preferences, status } from "../lib/service.js";
import { counted, word } from "../lib/words.js";
import { el } from "../panel/dom.js";
import { trouble } from "../panel/trouble.js";
import { choice } from "./choice.js";
import { entry } from "./entry.js";
import { button, face, failing, waiting } from "./faces.js";
import { keeping } from "./keeping.js";
import { PAGE, pager } from "./pager.js";
import { plots } from "./plots.js";
import { searchForm } from "./search.js";

/** @import { Figures, LibraryLine, LibraryPage, Preferences } from "../lib/messages.js" */

/** The service's bound for one answer, and how many of these are asked for. */
const LINES = 200;
const ANSWERS = 5;

/** @param {(words: string) => void} announce */
export function shelf(announce) {
  const form = searchForm(() => turn(0));
  const chosen = choice(() => {
    for (const { id, tick } of rows) {
      tick.checked = chosen.has(id);
      tick.disabled = chosen.isFull() && !tick.checked;
    }
  });
  const meta = el("p", { class: "meta", "data-testid": "total" });
  const list = el("div", { class: "list", "data-testid": "list" });
  const aside = el("aside", { class: "beside" });
  const notes = el("div", { class: "notes" });
  const body = el("div", {}, waiting(word("library_asking")));
  const root = el(
    "div",
    { class: "shelf" },
    el(
      "header",
      {},
      el("p", { class: "kicker" }, word("library_here")),
      el("h1", {}, word("library_title")),
      meta,
    ),
    body,
  );
  const frame = el(
    "div",
    { class: "columns" },
    el("div", { class: "found" }, form.node, notes, list, chosen.node),
    aside,
  );

  /** @type {ReturnType<typeof entry>[]} */
  let rows = [];
  /** Everything that is saved, as far as it was asked for. @type {LibraryLine[]} */
  let lines = [];
  let total = 0;
  /** @type {Preferences} */
  let rules = { keeping: true, retention_days: null };
  /** The report whose neighbours are listed. @type {LibraryLine | null} */
  let near = null;
  let offset = 0;
  /** Themes and sources of what is saved. @type {Figures[]} */
  let told = [];
  /** What the pictures show. */
  let measure = "";
  /** The outlet that the pictures were drawn for. @type {string | null} */
  let drawnFor = null;
  const pictures = el("div", {});
  const rulesOf = el("div", {});
  aside.append(pictures, rulesOf);
  /** @type {AbortController | null} */
  let asking = null;

  /** Asks for everything anew. The rules are made anew with it, and so the focus is put back where it was. */
  async function refresh() {
    const focused = rulesOf.contains(document.activeElement) ? document.activeElement?.id : "";
    await askAndShow();
    if (focused) document.getElementById(focused)?.focus();
  }

  async function askAndShow() {
    try {
      await status(); // for its wording when another program or another version answers
      rules = await preferences();
      await askForLines();
    } catch (thrown) {
      body.replaceChildren(failing(thrown, word("library_failed"), () => void refresh()));
      return;
    }
    if (lines.length === total) chosen.keepOnly(lines);
    if (near && !lines.some(({ id }) => id === near?.id)) near = null;
    meta.textContent = counted("library_total", total);
    form.offer(outlets());
    drawnFor = null;
    draw();
    showRules();
    if (total === 0) {
      body.replaceChildren(
        el("div", { class: "columns" }, el("div", { class: "found" }, nothingSaved()), aside),
      );
      return;
    }
    void askForFigures();
    await turn(Math.min(offset, Math.floor((total - 1) / PAGE) * PAGE));
    if (body.firstElementChild !== frame || frame.lastElementChild !== aside) {
      frame.append(aside);
      body.replaceChildren(frame);
    }
  }

  /** The list is worth showing without them, and reading two hundred reports takes a while. */
  async function askForFigures() {
    const asked = lines;
    const page = await figures().catch(() => ({ figures: [] }));
    if (asked !== lines) return;
    told = page.figures;
    drawnFor = null;
    draw();
  }

  async function askForLines() {
    /** @type {LibraryLine[]} */
    const found = [];
    for (let answer = 0; answer < ANSWERS; answer += 1) {
      const page = await listLibrary({ limit: LINES, offset: found.length });
      found.push(...page.analyses);
      total = page.total;
      if (found.length >= total || page.analyses.length === 0) break;
    }
    lines = found;
  }

  /** Asks for a part of what matches. @param {number} to */
  async function turn(to) {
    asking?.abort();
    const mine = new AbortController();
    asking = mine;
    offset = to;
    list.setAttribute("aria-busy", "true");
    draw();
    try {
      const wish = { ...form.wish(), like: near?.id ?? "", limit: PAGE, offset };
      const page = await listLibrary(wish, mine.signal);
      if (offset > 0 && page.analyses.length === 0 && page.total > 0) {
        await turn(Math.floor((page.total - 1) / PAGE) * PAGE);
        return;
      }
      show(page);
    } catch (thrown) {
      if (mine.signal.aborted) return;
      rows = [];
      near = null; // what Retry asks for must not fail again
      notes.replaceChildren();
      list.replaceChildren(failing(thrown, word("library_failed"), () => void refresh()));
    }
    list.removeAttribute("aria-busy");
  }

  /** @param {LibraryPage} page */
  function show(page) {
    notes.replaceChildren(...notesOf(page));
    rows = page.analyses.map((line) =>
      entry(line, chosen.has(line.id), { choose: chosen.set, near: lookNear, forget }),
    );
    for (const { tick } of rows) tick.disabled = chosen.isFull() && !tick.checked;
    const found = counted("library_found", page.total);
    if (isSearch()) announce(found);
    if (rows.length === 0) list.replaceChildren(nothingFound());
    else
      list.replaceChildren(
        el("p", { class: "spoken", "data-testid": "found" }, found),
        el("ol", { class: "entries", "aria-label": word("library_title") }, ...rows.map(({ node }) => node)),
        pager(offset, page.total, (next) => {
          void turn(next).then(() => rows[0]?.node.querySelector("a")?.focus());
        }),
      );
  }

  /** What the reader should know of this list. @param {LibraryPage} page */
  function notesOf(page) {
    return [
      !rules.keeping && keepingOff(),
      near &&
        el(
          "p",
          { class: "quiet", "data-testid": "near" },
          word("library_nearest", near.title),
          " ",
          button("library_near_end", () => lookNear(null), "aside"),
        ),
      page.notice && el("p", { class: "quiet", "data-testid": "notice" }, page.notice),
    ].filter((node) => node instanceof Node);
  }

  function keepingOff() {
    const note = el(
      "p",
      { class: "quiet", "data-testid": "keeping_off" },
      word("library_off"),
      " ",
      button("library_keep_again", () => void keepAgain(note), "aside"),
    );
    return note;
  }

  /** @param {HTMLElement} note */
  async function keepAgain(note) {
    try {
      await prefer({ ...rules, keeping: true });
      await refresh();
      announce(word("library_kept_choice"));
    } catch (thrown) {
      const again = () => {
        failed.remove();
        void keepAgain(note);
      };
      const failed = trouble(thrown, again);
      note.after(failed);
    }
  }

  function nothingSaved() {
    if (!rules.keeping) {
      const acts = el("div", { class: "acts" });
      acts.append(button("library_keep_again", () => void keepAgain(acts), "act main"));
      return face("keeping_off", word("library_off_title"), el("p", {}, word("library_off_text")), acts);
    }
    return face(
      "empty",
      word("library_empty_title"),
      el("p", { class: "remedy" }, word("library_empty_text")),
    );
  }

  function nothingFound() {
    const clear = () => {
      near = null;
      form.empty();
    };
    return face(
      "no_match",
      word(near && !isSearch() ? "library_none_near" : "library_none_title"),
      el("p", { class: "remedy" }, word("library_none_text")),
      el("div", { class: "acts" }, button("library_clear", clear)),
    );
  }

  function isSearch() {
    return Object.values(form.wish()).some(Boolean);
  }

  /** The pictures, where they would be other than they are: tables that were opened stay open. */
  function draw() {
    const { outlet } = form.wish();
    if (drawnFor === outlet) return;
    drawnFor = outlet;
    pictures.replaceChildren(
      ...(total > 0 ? [plots(lines, total, outlet, told, measure, chooseMeasure)] : []),
    );
  }

  /** @param {string} key */
  function chooseMeasure(key) {
    measure = key;
    drawnFor = null;
    draw();
    document.getElementById("measure")?.focus();
  }

  function showRules() {
    rulesOf.replaceChildren(
      keeping({ chosen: rules, lines, total, announce, changed: () => void refresh() }),
    );
  }

  /** @param {LibraryLine | null} line */
  function lookNear(line) {
    near = line;
    void turn(0).then(() => scrollTo(0, 0));
  }

  /** @param {LibraryLine} line */
  async function forget(line) {
    const at = rows.findIndex(({ id }) => id === line.id);
    try {
      await drop(line.id);
    } catch (thrown) {
      const failed = trouble(thrown, () => {
        failed.remove();
        void forget(line);
      });
      rows[at]?.node.append(failed);
      return;
    }
    announce(counted("library_forgotten", 1));
    await refresh();
    const next = rows[Math.min(at, rows.length - 1)]?.node.querySelector("a");
    (next ?? form.node.querySelector("input"))?.focus();
  }

  function outlets() {
    const names = new Set(lines.map(({ outlet }) => outlet).filter(Boolean));
    return [...names].sort((one, other) => one.localeCompare(other));
  }

  api.storage.onChanged.addListener((changes, area) => {
    if (area === "local" && (changes["token"] || changes["port"])) void refresh();
  });

  return {
    root,
    refresh,
    dispose: () => asking?.abort(),
    /** The line of a saved report, if it was asked for. @param {string} id */
    lineOf: (id) => lines.find((line) => line.id === id),
  };
}
