// What is kept and for how long, a copy of all of it, and forgetting all of it.

import { exportLibrary, forgetAll, prefer } from "../lib/service.js";
import { counted, word } from "../lib/words.js";
import { el } from "../panel/dom.js";
import { handOver } from "../panel/hand-over.js";
import { trouble } from "../panel/trouble.js";
import { ask } from "./ask.js";
import { button } from "./faces.js";

/** @import { LibraryLine, Preferences } from "../lib/messages.js" */

/** Days that are offered; "" keeps until forgotten. */
const DAYS = ["", "7", "30", "90", "365"];
const DAY_MS = 86_400_000;

/**
 * @typedef {object} Shelf
 * @property {Preferences} chosen
 * @property {LibraryLine[]} lines
 * @property {number} total
 * @property {() => void} changed What is kept is other than before.
 * @property {(words: string) => void} announce
 */

/** @param {Shelf} shelf */
export function keeping({ chosen, lines, total, changed, announce }) {
  const fault = el("div", {});
  const keep = el("input", {
    id: "keep",
    type: "checkbox",
    "data-testid": "keep",
    onchange: () => void set({ keeping: keep.checked }),
  });
  keep.checked = chosen.keeping;
  const current = String(chosen.retention_days ?? "");
  const days = el(
    "select",
    {
      id: "days",
      "data-testid": "days",
      onchange: () => shorten(days.value === "" ? null : Number(days.value)),
    },
    ...(DAYS.includes(current) ? DAYS : [...DAYS, current]).map((value) =>
      el("option", { value }, value ? word("library_days", value) : word("library_days_all")),
    ),
  );
  days.value = current;

  /** @param {Partial<Preferences>} wish */
  async function set(wish) {
    await attempt(async () => {
      await prefer({ ...chosen, ...wish });
      announce(word("library_kept_choice"));
      changed();
    });
    keep.checked = chosen.keeping;
    days.value = current;
  }

  /** Asks first where something would be deleted. @param {number | null} wish */
  function shorten(wish) {
    const gone =
      wish === null
        ? 0
        : lines.filter((line) => Date.parse(line.saved_at) < Date.now() - wish * DAY_MS).length;
    if (wish === null || (gone === 0 && lines.length === total)) return void set({ retention_days: wish });
    const question =
      lines.length === total ? counted("library_shorten", gone) : word("library_shorten_some", wish);
    // The list stands on the old choice until the answer is yes.
    days.value = current;
    return ask(days, question, word("library_forget"), () => void set({ retention_days: wish }));
  }

  const forget = button("library_forget_all", () =>
    ask(
      forget,
      counted("library_forget_all_ask", total),
      word("library_forget"),
      () =>
        void attempt(async () => {
          const { forgotten } = await forgetAll();
          announce(counted("library_forgotten", forgotten));
          changed();
        }),
    ),
  );
  const copy = button(
    "library_export",
    () =>
      void attempt(async () => {
        copy.disabled = true;
        try {
          save(await exportLibrary());
        } finally {
          copy.disabled = false;
        }
      }),
  );
  forget.disabled = total === 0;
  copy.disabled = total === 0;

  /** @param {() => Promise<void>} deed */
  async function attempt(deed) {
    fault.replaceChildren();
    try {
      await deed();
    } catch (thrown) {
      fault.replaceChildren(trouble(thrown, () => void attempt(deed)));
    }
  }

  return el(
    "section",
    { class: "keeping", "aria-labelledby": "keeping-title", "data-testid": "keeping" },
    el("h2", { id: "keeping-title" }, word("library_keeping")),
    el("p", { class: "choice-line" }, keep, el("label", { for: "keep" }, word("library_keep"))),
    el("p", { class: "field" }, el("label", { for: "days" }, word("library_keep_for")), days),
    el("div", { class: "acts" }, copy, forget),
    fault,
    el("p", { class: "note" }, word("library_where")),
  );
}

/** @param {Blob} file */
function save(file) {
  handOver(file, `truthlens-library-${new Date().toISOString().slice(0, 10)}.json`);
}
