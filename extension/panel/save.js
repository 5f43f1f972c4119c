// Taking a report along: files of several forms, and Markdown for the clipboard. The service makes all of them.

import { asFailure, exportAnalysis } from "../lib/service.js";
import { word } from "../lib/words.js";
import { el } from "./dom.js";
import { handOver } from "./hand-over.js";

/** @import { ExportForm, Result } from "../lib/messages.js" */

/** Each form with the ending of its file's name. @type {[ExportForm, string][]} */
const FORMS = [
  ["md", "md"],
  ["html", "html"],
  ["csv", "csv"],
  ["json", "json"],
  ["w3c", "jsonld"],
];
const LONGEST = 60; // characters of a file's name

/** @param {Result} result @param {AbortSignal} signal */
export function saveMenu({ id, article: { title } }, signal) {
  const said = el("p", { role: "status", "data-testid": "saved" });
  const choices = el(
    "div",
    { class: "menu", id: "save-menu", role: "group", "aria-label": word("save_menu"), hidden: true },
    choice("save_copy", () => exported("md", copy)),
    ...FORMS.map(([form, ending]) =>
      choice(`save_${form}`, () => exported(form, (content, type) => save(content, type, ending))),
    ),
    said,
  );
  const button = el(
    "button",
    {
      type: "button",
      class: "aside",
      "data-testid": "save_menu",
      "aria-expanded": "false",
      "aria-controls": "save-menu",
      onclick: () => unfold(choices.hidden === true),
    },
    word("save_menu"),
  );
  choices.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    unfold(false);
    button.focus();
  });

  /** @param {boolean} open */
  function unfold(open) {
    choices.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    said.textContent = "";
    if (open) choices.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  /** @param {ExportForm} form @param {(content: string, type: string) => string | Promise<string>} act */
  async function exported(form, act) {
    said.textContent = word("save_working");
    try {
      const { content, mimetype } = await exportAnalysis(id, form, signal);
      said.textContent = await act(content, mimetype);
    } catch (thrown) {
      if (signal.aborted) return;
      const { message, remedy } = asFailure(thrown);
      said.textContent = `${message} ${remedy}`;
    }
  }

  /** @param {string} content @param {string} type @param {string} ending */
  function save(content, type, ending) {
    const name = `${fileName(title)}.${ending}`;
    handOver(new Blob([content], { type }), name);
    return word("save_done", name);
  }

  return { button, choices };
}

/** @param {string} content */
async function copy(content) {
  await navigator.clipboard.writeText(content);
  return word("copied");
}

/** @param {string} key @param {() => void} act */
function choice(key, act) {
  return el("button", { type: "button", class: "aside", "data-testid": key, onclick: act }, word(key));
}

/** The title as every file system can hold it. @param {string} title */
export function fileName(title) {
  const words = title.normalize("NFC").match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  let name = "";
  for (const each of words) {
    if (name.length + each.length >= LONGEST) break;
    name += name ? `-${each}` : each;
  }
  return name.toLowerCase() || "report";
}
