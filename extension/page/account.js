// What the card says of one mark, and what the reader can do about it there.

(() => {
  const TL = (globalThis.TruthLens ??= /** @type {TruthLensPage} */ ({}));
  if (Object.hasOwn(TL, "account")) return;

  const api = globalThis.browser ?? globalThis.chrome;
  const { element } = TL.look;

  /** @param {string} key @param {...string} values */
  const word = (key, ...values) => api.i18n.getMessage(key, values);

  /** @param {string} words @param {() => void} act @param {boolean} [pressed] */
  function button(words, act, pressed) {
    const made = /** @type {HTMLButtonElement} */ (element("button", "", words));
    made.type = "button";
    if (pressed !== undefined) made.setAttribute("aria-pressed", String(pressed));
    made.addEventListener("click", act);
    return made;
  }

  /** Cut, not rounded: .547 is slight, and 0.55 is where clear begins. @param {number} score 0..1 */
  const shown = (score) => (Math.floor(score * 100 + 1e-6) / 100).toFixed(2);

  /** @param {import("../lib/messages.js").Mark} mark */
  function head({ title, strength, score, colour, selector }) {
    const sure = element("span", "", `${strength} · ${shown(score)}`);
    const name = element("h2", "", element("span", "name", title), sure);
    name.style.setProperty("--c", TL.look.hue(colour));
    return [element("p", "phrase", selector.exact), name];
  }

  /** The span in its sentence, struck out, with what could stand there. @param {import("../lib/messages.js").Mark} mark @param {CardDeeds} deeds */
  function rewording(mark, deeds) {
    const { selector, wording, before, after } = mark;
    if (!wording) return [];
    const parts = [before, element("del", "", selector.exact)];
    if (wording.plainer) parts.push(" ", element("ins", "", wording.plainer));
    const shown = deeds.isPlain(mark);
    const toggle = button(
      word(shown ? "card_in_place_off" : "card_in_place"),
      () => deeds.togglePlain(mark),
      shown,
    );
    toggle.dataset["deed"] = "plain";
    return [element("div", "plain", ...parts, after), element("p", "place", toggle)];
  }

  /** @param {import("../lib/messages.js").Mark} mark */
  function notes({ similar, wording }) {
    const near = similar.slice(0, 3).map((phrase) => word("card_phrase", phrase));
    const said = [];
    if (wording?.lost) said.push(word("card_lost", wording.lost));
    if (near.length > 0) said.push(word("card_similar", near.join(", ")));
    return said.map((note) => element("p", "near", note));
  }

  /** @param {import("../lib/messages.js").Mark} mark @param {CardDeeds} deeds */
  function votes(mark, deeds) {
    const said = deeds.voteOn(mark);
    const made = [true, false].map((agree) => {
      const act = () => deeds.vote(mark, said === agree ? null : agree);
      const one = button(word(agree ? "card_agree" : "card_disagree"), act, said === agree);
      one.dataset["deed"] = agree ? "agree" : "disagree";
      return one;
    });
    return element("span", "votes", ...made);
  }

  /** @param {import("../lib/messages.js").Mark} mark @param {CardDeeds} deeds */
  function switches(mark, deeds) {
    /** @param {import("../lib/messages.js").Deed["what"]} what @param {string} words */
    const off = (what, words) => {
      const made = button(words, () => deeds.switchOff(mark, what));
      made.dataset["deed"] = what;
      return made;
    };
    const here = word(`card_not_here_${mark.indicator}`) || word("card_not_here");
    const summary = element("summary", "", word("card_ignore"));
    summary.dataset["deed"] = "more";
    const more = element(
      "details",
      "",
      summary,
      off("phrase", word("card_ignore_phrase")),
      off("indicator", word("card_ignore_indicator", mark.title)),
      off("site", word("card_ignore_site")),
    );
    return [off("mark", here), more];
  }

  /**
   * @param {import("../lib/messages.js").Mark} mark
   * @param {CardDeeds} deeds
   * @returns {HTMLElement[]}
   */
  TL.account = (mark, deeds) => [
    ...head(mark),
    element("p", "who", mark.whose),
    element("p", "why", mark.message),
    ...rewording(mark, deeds),
    ...notes(mark),
    element("div", "deeds", votes(mark, deeds), ...switches(mark, deeds)),
  ];
})();
