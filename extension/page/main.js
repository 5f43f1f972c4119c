// The page's side of the conversation: hands over the HTML, places marks, and shows those that the reader wants.

(() => {
  const TL = (globalThis.TruthLens ??= /** @type {TruthLensPage} */ ({}));
  if (TL.main) return;
  TL.main = true;

  const api = globalThis.browser ?? globalThis.chrome;

  /** @type {import("../lib/messages.js").Mark[]} */
  let marks = [];
  /** @type {PlacedMark[]} */
  let items = [];
  /** @type {ShadowRoot[]} */
  let roots = [];
  /** Frames that were read, and frames that could not be. */
  let frames = 0;
  let foreign = 0;
  /** @type {import("../lib/messages.js").Hidden} */
  let hidden = { indicators: [], voices: [] };
  /** @type {import("../lib/messages.js").Standing} */
  let standing = { withheld: [], votes: [], hoverMs: 0 };
  /** Documents of frames in which we listen. @type {Set<Document>} */
  const attended = new Set();
  let visible = true;
  let dark = false;
  let asked = 0;

  const isDark = () => TL.ground.isDark(items[0]?.range);

  /** @param {PlacedMark} item */
  function isLost({ range, words }) {
    const { isConnected, ownerDocument } = range.startContainer;
    return !isConnected || !ownerDocument?.defaultView || range.toString() !== words;
  }

  /** @returns {"whole" | "lost" | "missing"} */
  function state() {
    if (items.some(isLost)) return "lost";
    return items.length < marks.length ? "missing" : "whole";
  }

  /** Anchors every mark; one that stands where it stood stays the same to the card. */
  function place() {
    const index = TL.text.index(document.body);
    const ranges = TL.anchor.place(
      index,
      marks.map((mark) => mark.selector),
    );
    const known = new Map(items.filter((item) => !isLost(item)).map((item) => [item.mark.number, item]));
    items = marks.flatMap((mark, k) => {
      const range = ranges[k];
      if (!range) return [];
      const before = known.get(mark.number);
      return [before && isSame(before.range, range) ? before : { mark, range, words: range.toString() }];
    });
    ({ roots, foreign } = index);
    frames = index.documents.length;
    for (const inner of index.documents.filter((one) => !attended.has(one))) {
      attended.add(inner);
      TL.pointer.attend(inner);
      TL.keys.attend(inner);
    }
    TL.watch.include([...roots, ...index.documents]);
    draw();
  }

  /** @param {Range} one @param {Range} other */
  function isSame(one, other) {
    return (
      one.startContainer === other.startContainer &&
      one.startOffset === other.startOffset &&
      one.endContainer === other.endContainer &&
      one.endOffset === other.endOffset
    );
  }

  /** Placing anew after a change of the page. @returns {boolean} Whether more marks stand than before. */
  function replace() {
    const before = items;
    const framed = frames;
    const open = new Set(TL.card.numbers());
    place();
    const kept = items.filter((item) => open.has(item.mark.number) && before.includes(item));
    if (kept.length < open.size) TL.pointer.close();
    const isOther = before.length !== items.length || before.some((item, k) => item !== items[k]);
    if (isOther || framed !== frames) report();
    return items.length > before.length;
  }

  /** @param {PlacedMark} item */
  function isWanted({ mark }) {
    return (
      !hidden.indicators.includes(mark.indicator) &&
      !hidden.voices.includes(mark.voice) &&
      !standing.withheld.includes(mark.number)
    );
  }

  function draw() {
    const shown = visible ? items.filter(isWanted) : [];
    dark = isDark();
    TL.layer.ground(dark);
    TL.paint.draw(shown, roots);
    TL.plain.draw(shown);
    TL.keys.draw();
  }

  /** The page's theme may be another now. */
  function regard() {
    if (marks.length === 0) return;
    const before = dark;
    draw();
    if (dark !== before) report();
  }

  /** @returns {import("../lib/messages.js").Placed} */
  function placed() {
    const numbers = new Set(items.map(({ mark }) => mark.number));
    return {
      placed: [...numbers],
      unplaced: marks.map((mark) => mark.number).filter((number) => !numbers.has(number)),
      withheld: standing.withheld,
      dark,
      url: location.href,
      frames,
      foreign,
    };
  }

  function report() {
    void tell({ kind: "placed", visible, ...placed() });
  }

  /** @param {object} message @returns {Promise<any>} undefined when nobody answers. */
  async function tell(message) {
    // Rejects when nobody listens, throws when the extension was updated under the page: neither is the page's concern.
    try {
      return await api.runtime.sendMessage(message);
    } catch {
      return undefined;
    }
  }

  /** @param {import("../lib/messages.js").Mark} mark */
  function judged({ number, indicator, voice, score, selector: { exact, prefix } }) {
    return { number, indicator, voice, score, selector: { exact, prefix } };
  }

  /** Has the background carry out a deed and say which marks are wanted now. @param {import("../lib/messages.js").Deed} [deed] */
  async function judge(deed) {
    asked += 1;
    const turn = asked;
    const answer = await tell({ kind: "judge", url: location.href, marks: marks.map(judged), deed });
    if (!answer || turn !== asked) return;
    standing = answer;
    draw();
    report();
    TL.card.renew();
  }

  /** @type {CardDeeds} */
  const deeds = {
    isPlain: (mark) => TL.plain.has(mark),
    togglePlain(mark) {
      TL.plain.toggle(mark);
      draw();
      TL.card.renew();
    },
    voteOn: ({ number }) => standing.votes.find(([voted]) => voted === number)?.[1] ?? null,
    vote(mark, agree) {
      void judge({ ...deedOn(mark, "vote", agree === null), ...(agree === null ? {} : { agree }) });
    },
    async switchOff(mark, what) {
      TL.card.tell(api.i18n.getMessage(`card_off_${what}`), () => {
        void judge(deedOn(mark, what, true));
        TL.pointer.close();
      });
      await judge(deedOn(mark, what, false));
    },
  };

  /**
   * @param {import("../lib/messages.js").Mark} mark
   * @param {import("../lib/messages.js").Deed["what"]} what
   * @param {boolean} undo
   */
  function deedOn(mark, what, undo) {
    return { what, undo, url: location.href, title: mark.title, mark: judged(mark) };
  }

  /** Ends what an earlier check has left: its marks say nothing about what is read next. */
  function reset() {
    TL.watch.end();
    TL.pointer.close();
    TL.keys.forget();
    TL.plain.clear();
    TL.paint.clear();
    marks = [];
    items = [];
  }

  /** @type {Record<string, (message: any) => unknown>} */
  const answers = {
    ping: () => true,
    collect({ selection }) {
      if (marks.length > 0) {
        reset();
        report();
      }
      return TL.collect(selection === true);
    },
    show(message) {
      reset();
      ({ marks, hidden, visible } = message);
      standing = message.standing ?? { withheld: [], votes: [], hoverMs: 0 };
      TL.card.begin(deeds);
      TL.pointer.listen({
        dark: isDark,
        hoverMs: () => standing.hoverMs,
        chosen: (number) => void tell({ kind: "mark_chosen", number }),
      });
      TL.keys.listen();
      TL.ground.watch(regard);
      place();
      TL.watch.begin({ state, place: replace });
      TL.watch.include([...roots, ...attended]);
      report();
      return placed();
    },
    visible(message) {
      ({ visible } = message);
      TL.pointer.close();
      draw();
      report();
      return placed();
    },
    filter(message) {
      ({ hidden } = message);
      TL.pointer.close();
      draw();
      return true;
    },
    refresh() {
      if (marks.length > 0) void judge();
      return true;
    },
    step({ by }) {
      const number = TL.keys.step(by);
      if (number !== null) void tell({ kind: "mark_chosen", number });
      return number;
    },
    flash({ number, selector }) {
      const range = selector ? find(selector) : items.find(({ mark }) => mark.number === number)?.range;
      if (!range || range.collapsed) return false;
      TL.paint.flash(range);
      return true;
    },
  };

  /** @param {import("../lib/messages.js").Selector} selector */
  function find(selector) {
    // The marks come along because they tell where, among equals, the article stands.
    const selectors = [selector, ...marks.map((mark) => mark.selector)];
    return TL.anchor.place(TL.text.index(document.body), selectors)[0] ?? null;
  }

  api.runtime.onMessage.addListener((message, _sender, respond) => {
    if (Object.hasOwn(answers, message.kind)) respond(answers[message.kind]?.(message));
    return undefined;
  });

  // A page kept for the back button would come back painted, with nobody knowing of it.
  addEventListener("pagehide", reset);
})();
