// What befell the library, where it may be why the reader has to pair again: it was damaged and set aside.

import { status } from "../lib/service.js";
import { el } from "./dom.js";

/** Hidden unless the service has something to tell. */
export function libraryNotice() {
  const node = el("p", { class: "remedy", "data-testid": "library_notice", hidden: true });
  status()
    .then(({ notice }) => {
      node.textContent = notice ?? "";
      node.hidden = !notice;
    })
    .catch(() => {}); // the face around it says what is the matter with the service
  return node;
}
