// The kinds of messages between panel, background and page, and the types of the wire. No behaviour.

/** Sent to a page; main.js repeats these words, since a classic script cannot import them. */
export const TO_PAGE = Object.freeze({
  collect: "collect",
  show: "show",
  visible: "visible",
  filter: "filter",
  flash: "flash",
  ping: "ping",
  step: "step",
  refresh: "refresh",
});

/** Sent by a page. */
export const FROM_PAGE = Object.freeze({ placed: "placed", chosen: "mark_chosen", judge: "judge" });

/** Sent by the panel to the background. */
export const TO_BACKGROUND = Object.freeze({ run: "run", cancel: "cancel", toggle: "toggle" });

/** Asked by the background: panels answer for their window with the moment at which they were opened. */
export const TO_PANEL = Object.freeze({ present: "present" });

/**
 * @typedef {{code: string, message: string, remedy: string, detail?: string}} Failure `detail`: the browser's words.
 *
 * @typedef {"own" | "quote" | "attributed" | "headline"} Voice
 *
 * @typedef {object} Evidence A place in the article. Offsets count code points, `utf16_*` UTF-16 units.
 * @property {string} exact
 * @property {string} prefix
 * @property {string} suffix
 * @property {number} paragraph
 * @property {number} start
 * @property {number} end
 * @property {number} utf16_start
 * @property {number} utf16_end
 * @property {string} note
 * @property {string} other The id of a saved analysis when the place is in another article, "" for this one.
 *
 * @typedef {{text: string, evidence: Evidence[]}} Statement
 * @typedef {{text: string, url: string}} Link
 *
 * @typedef {object} Meter
 * @property {"meter"} kind
 * @property {string} key
 * @property {string} title
 * @property {number | null} grade Filled steps, 0..4.
 * @property {boolean} unsure
 * @property {string} line
 * @property {string} formula
 * @property {[string, string][]} inputs
 * @property {Evidence[]} evidence
 *
 * @typedef {{kind: "text", statement: Statement}} TextBlock
 * @typedef {{kind: "list", statements: Statement[]}} ListBlock
 * @typedef {{kind: "table", columns: string[], rows: Statement[][]}} TableBlock
 * @typedef {{kind: "links", links: Link[]}} LinksBlock
 * @typedef {{kind: "quote", text: string, evidence: Evidence[]}} QuoteBlock
 * @typedef {{kind: "note", text: string}} NoteBlock
 * @typedef {{kind: "nothing", text: string}} NothingBlock
 * @typedef {{label: string, amounts: [Voice, number][], evidence: Evidence[]}} Bar
 * @typedef {{kind: "bars", unit: string, whole: number, bars: Bar[]}} BarsBlock `whole` 0: no share of anything.
 * @typedef {{source: string, target: string, label: string, evidence: Evidence[]}} Edge
 * @typedef {{kind: "graph", nodes: string[], edges: Edge[]}} GraphBlock
 * @typedef {TextBlock | ListBlock | Meter | TableBlock | LinksBlock | QuoteBlock | NoteBlock | NothingBlock | BarsBlock | GraphBlock} Block
 *
 * @typedef {{key: string, title: string, placement: "strip" | "report", blocks: Block[]}} Section
 *
 * @typedef {object} AnnotationBody
 * @property {string} indicator
 * @property {string} indicator_title
 * @property {string} colour
 * @property {Voice} voice
 * @property {string} speaker
 * @property {string} verb
 * @property {number} score 0..1
 * @property {string} strength
 * @property {string} message
 * @property {number} paragraph
 * @property {number} sentence
 * @property {number} utf16_start
 * @property {number} utf16_end
 * @property {{plainer: string, lost: string} | null} wording `plainer` "" leaves the span out.
 * @property {{phrase: string, closeness: number}[]} similar
 *
 * @typedef {{type: "TextQuoteSelector", exact: string, prefix: string, suffix: string}} QuoteSelector
 * @typedef {{type: "TextPositionSelector", start: number, end: number}} PositionSelector
 *
 * @typedef {object} Annotation
 * @property {string} id
 * @property {{source: string, selector: (QuoteSelector | PositionSelector)[]}} target
 * @property {AnnotationBody} body
 *
 * @typedef {object} Article
 * @property {string} title
 * @property {string} url
 * @property {string} canonical_url
 * @property {string} byline
 * @property {string} published
 * @property {string} modified
 * @property {string} outlet
 * @property {string} language
 * @property {string} extracted_by
 * @property {string} text
 * @property {number} words
 * @property {number} paragraphs
 * @property {Link[]} links
 * @property {string[]} labels
 *
 * @typedef {object} Result
 * @property {string} id
 * @property {"done"} state
 * @property {Article} article
 * @property {Annotation[]} annotations
 * @property {{counts: Record<string, unknown>, sections: Section[], problems: {code: string, message: string}[]}} report
 * @property {Record<string, string>} versions
 * @property {Record<string, number>} timings_ms
 *
 * @typedef {object} Job
 * @property {string} id
 * @property {"queued" | "working" | "done" | "failed" | "cancelled"} state
 * @property {string} [stage]
 * @property {string} [stage_title]
 * @property {number} [progress] 0..1
 * @property {Annotation[]} [annotations] What has been found so far.
 * @property {Failure} [error]
 *
 * @typedef {object} LibraryLine One saved analysis.
 * @property {string} id
 * @property {string} url
 * @property {string} canonical_url
 * @property {string} title
 * @property {string} outlet
 * @property {string} published
 * @property {string} language
 * @property {string} saved_at ISO 8601 in UTC.
 * @property {number} words
 * @property {number} findings
 * @property {number} own_findings Those in the outlet's own words, its headline among them.
 * @property {boolean} traced Whether stories near it can be looked for.
 * @property {string} excerpt Round the words that were looked for, else "".
 * @property {number | null} closeness null where nothing was compared.
 *
 * @typedef {{analyses: LibraryLine[], total: number, notice: string}} LibraryPage
 *
 * @typedef {object} LibraryQuery
 * @property {string} query
 * @property {string} outlet The whole name.
 * @property {string} after A day, ISO 8601; this and all later ones.
 * @property {string} before A day; only earlier ones.
 * @property {string} like The id of an analysis: the stories nearest to it come first.
 * @property {number} limit At most 200.
 * @property {number} offset
 *
 * @typedef {{since: string, hosts: {host: string, requests: number}[]}} Departures Sites that the service asked since it began.
 * @typedef {{keeping: boolean, retention_days: number | null}} Preferences `retention_days` null: until forgotten.
 * @typedef {{id: string, title: string, url: string, outlet: string, published: string}} ComparedArticle
 * @typedef {{articles: ComparedArticle[], sections: Section[]}} Comparison
 * @typedef {{title: string, url: string, outlet: string, published: string, closeness: number}} CoveringItem
 * @typedef {{url: string, code: string, message: string}} UnreadFeed
 * @typedef {{feeds: number, items: CoveringItem[], unread: UnreadFeed[]}} Coverage `feeds`: how many there are to ask.
 * @typedef {"html" | "md" | "json" | "csv" | "w3c"} ExportForm
 * @typedef {{form: ExportForm, mimetype: string, content: string}} ExportedFile
 * @typedef {{id: string, saved_at: string, title: string, blocks: Block[]}} Revision
 * @typedef {{id: string, earlier: Revision[]}} Revisions
 *
 * @typedef {{url: string, title: string, added_at: string}} ReadersFeed
 * @typedef {{feeds: ReadersFeed[], most: number}} Feeds
 * @typedef {object} LanguageModel The one on this computer that may reword reports.
 * @property {string} url "" when none is asked.
 * @property {string} model
 * @property {"options" | "environment" | ""} chosen_in
 * @property {boolean | null} reachable
 *
 * @typedef {{indicators: {key: string, title: string, describes: string, colour: string}[]}} Catalogue
 * @typedef {{truthlens: string, parts: Record<string, string>}} Versions
 * @typedef {{label: string, own: number, all: number}} Theme Sentences of a theme, and those in the outlet's own words.
 * @typedef {{id: string, sentences: number, themes: Theme[], named: number | null, unnamed: number | null}} Figures
 * @typedef {{figures: Figures[], total: number}} FiguresPage
 *
 * @typedef {object} Status
 * @property {string} name
 * @property {string} version
 * @property {number} api
 * @property {{state: "loading" | "ready" | "failed", detail: string}} model
 * @property {boolean} pairing_open
 * @property {string} [notice] What befell the library, for the reader.
 *
 * @typedef {object} Page What a page says of itself.
 * @property {string} url
 * @property {string} title
 * @property {string} type Its content type.
 * @property {string} html "" when only the selected words were asked for.
 * @property {string} selected Those words; "" otherwise, and where the page does not tell them.
 *
 * @typedef {object} Selector What the page needs to find a place; `hint` counts UTF-16 units of the article's text.
 * @property {string} exact
 * @property {string} prefix
 * @property {string} suffix
 * @property {number} hint
 *
 * @typedef {object} Mark A finding as the page draws it. `number` is its place in the service's list.
 * @property {number} number
 * @property {string} name Of its CSS highlight; "" for one that is not painted.
 * @property {string} indicator
 * @property {string} title
 * @property {string} colour
 * @property {Voice} voice
 * @property {string} whose The voice in words, with the speaker.
 * @property {number} score
 * @property {string} strength In words.
 * @property {string} message
 * @property {{plainer: string, lost: string} | null} wording
 * @property {string[]} similar
 * @property {string} before A few words of the same sentence.
 * @property {string} after
 * @property {Selector} selector
 *
 * @typedef {{indicators: string[], voices: string[]}} Hidden What the reader has filtered away.
 *
 * @typedef {object} Standing What the reader's settings, switches and votes say of a page's marks.
 * @property {number[]} withheld Numbers of the marks that are not painted.
 * @property {[number, boolean][]} votes Whether the reader agreed, by number of the mark.
 * @property {number} hoverMs
 *
 * @typedef {object} Deed What the reader did in a card.
 * @property {"mark" | "phrase" | "indicator" | "site" | "vote"} what Switched off, or voted on.
 * @property {boolean} undo Takes it back.
 * @property {boolean} [agree] Of a vote.
 * @property {string} url Of the page.
 * @property {string} title Of the mark's indicator.
 * @property {import("./marks.js").Judged} mark
 *
 * @typedef {object} Placed
 * @property {number[]} placed Numbers of the marks that stand on the page.
 * @property {number[]} unplaced
 * @property {number[]} [withheld] Those that the reader's settings and switches keep from being painted.
 * @property {boolean} dark Whether the article's ground is dark.
 * @property {string} url
 * @property {number} frames Frames of the page's own that were read and can be painted in.
 * @property {number} foreign Frames of other sites, which are not read.
 */
