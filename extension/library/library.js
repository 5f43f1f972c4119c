// The library's page: the shelf of saved reports, and over it one report or a comparison, as the address says.

import { keepAppearance } from "../lib/appearance.js";
import { fillWords, word } from "../lib/words.js";
import { comparisonView } from "./comparison.js";
import { reportView } from "./report-view.js";
import { placeOf } from "./routes.js";
import { shelf } from "./shelf.js";

const page = /** @type {HTMLElement} */ (document.getElementById("library"));
const live = /** @type {HTMLElement} */ (document.getElementById("live"));

/** @param {string} words */
function announce(words) {
  live.textContent = words;
}

const saved = shelf(announce);
/** @type {{root: HTMLElement, dispose: () => void} | null} */
let over = null;
/** Where the reader was on the shelf. */
let height = 0;

function look() {
  const place = placeOf(location.hash);
  if (!over) height = scrollY;
  over?.dispose();
  const forgotten = () => {
    location.hash = "";
    void saved.refresh();
  };
  if (place.view === "report") over = reportView(place.id, { announce, forgotten, lineOf: saved.lineOf });
  else if (place.view === "compare") over = comparisonView(place.ids, announce);
  else over = null;
  page.replaceChildren(over ? over.root : saved.root);
  document.title = word("library_page_title");
  if (over) {
    scrollTo(0, 0);
    over.root.focus();
  } else scrollTo(0, height);
}

fillWords(document);
void keepAppearance();
addEventListener("hashchange", look);
look();
await saved.refresh();
