// The language model on this computer that may reword sentences of the report: off until the reader names one.

import { chooseLanguageModel, languageModel } from "../lib/service.js";
import { word } from "../lib/words.js";
import { el } from "../panel/dom.js";
import { asked, attempt } from "./asked.js";

/** @import { LanguageModel } from "../lib/messages.js" */

/** @param {HTMLElement} place @returns {() => Promise<void>} Asks the service and shows. */
export function languageModelOptions(place) {
  const ask = asked(place, async () => {
    const now = await languageModel();
    const fault = el("div");
    const url = el("input", {
      id: "llm-url",
      type: "url",
      required: true,
      autocomplete: "off",
      placeholder: "http://127.0.0.1:11434/v1",
      "data-testid": "llm_url",
    });
    const model = el("input", {
      id: "llm-model",
      required: true,
      autocomplete: "off",
      maxlength: 200,
      "data-testid": "llm_model",
    });
    url.value = now.url;
    model.value = now.model;
    const use = el("button", { class: "act", "data-testid": "llm_use" }, word("options_llm_use"));
    const off = el(
      "button",
      {
        type: "button",
        class: "act",
        "data-testid": "llm_off",
        onclick: () => void choose(off, { url: "", model: "" }),
      },
      word("options_llm_off"),
    );
    off.hidden = now.url === "";
    const form = el(
      "form",
      { class: "pairs" },
      el("label", { for: "llm-url" }, word("options_llm_url")),
      url,
      el("label", { for: "llm-model" }, word("options_llm_model")),
      model,
      el("div", { class: "row" }, use, off),
    );
    /** @param {HTMLButtonElement} button @param {{url: string, model: string}} wish */
    const choose = (button, wish) =>
      attempt(fault, button, async () => {
        await chooseLanguageModel(wish);
        await ask();
      });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void choose(use, { url: url.value.trim(), model: model.value.trim() });
    });
    return [
      el("p", {}, word("options_llm_text")),
      el("p", { role: "status", "data-testid": "llm_state" }, stateOf(now)),
      form,
      fault,
    ];
  });
  return ask;
}

/** @param {LanguageModel} now */
function stateOf({ model, chosen_in, reachable }) {
  if (!chosen_in) return word("options_llm_none");
  const asked = word(chosen_in === "environment" ? "options_llm_environment" : "options_llm_asked", model);
  return `${asked} ${word(reachable ? "options_llm_there" : "options_llm_gone")}`;
}
