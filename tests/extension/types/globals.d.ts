// What the checker cannot know by itself: Firefox's names, and the one object that page scripts share.

declare var browser: (typeof chrome & { sidebarAction?: { open(): Promise<void> } }) | undefined;

interface HighlightRegistry {
  highlightsFromPoint?(
    x: number,
    y: number,
    options?: { shadowRoots?: ShadowRoot[] },
  ): { highlight: Highlight; ranges: Range[] }[];
}

interface Element {
  /** Firefox's, for extensions alone; Chromium has chrome.dom for it. */
  readonly openOrClosedShadowRoot?: ShadowRoot | null;
}

/** Folded text of a page; `nodes[k]`, `starts[k]`, `ends[k]` say where its UTF-16 unit k stands. */
interface TextIndex {
  text: string;
  nodes: (Text | null)[];
  starts: number[];
  ends: number[];
  /** The shadow roots that were passed, closed ones too. */
  roots: ShadowRoot[];
  /** Those of frames that were passed. */
  documents: Document[];
  /** Frames of other sites that nobody can read for us. */
  foreign: number;
}

/** What a window must have to carry highlights. */
interface Registering {
  CSS: typeof CSS;
  Highlight: typeof Highlight;
}

/** A mark with its place on the page, and the words that stood there. */
interface PlacedMark {
  mark: import("../../../extension/lib/messages.js").Mark;
  range: Range;
  words: string;
}

/** What the card tells the page and asks of it. */
interface CardDeeds {
  isPlain(mark: import("../../../extension/lib/messages.js").Mark): boolean;
  togglePlain(mark: import("../../../extension/lib/messages.js").Mark): void;
  voteOn(mark: import("../../../extension/lib/messages.js").Mark): boolean | null;
  vote(mark: import("../../../extension/lib/messages.js").Mark, agree: boolean | null): void;
  switchOff(
    mark: import("../../../extension/lib/messages.js").Mark,
    what: import("../../../extension/lib/messages.js").Deed["what"],
  ): void;
}

/** What the pointer asks and tells. */
interface PageHandlers {
  dark(): boolean;
  hoverMs(): number;
  chosen(number: number): void;
}

/** What is to be kept placed; `place` says whether more stand than before. */
interface Watched {
  state(): "whole" | "lost" | "missing";
  place(): boolean;
}

interface TruthLensPage {
  text: {
    index(root: Element): TextIndex;
    fold(string: string): string;
    each(element: Element, pass: (child: Node) => void, root?: ShadowRoot | null): void;
    rootOf(element: Element): ShadowRoot | null;
    documentIn(element: Element): Document | null;
  };
  anchor: {
    place(
      index: TextIndex,
      selectors: import("../../../extension/lib/messages.js").Selector[],
    ): (Range | null)[];
    elementOf(node: Node): Element | null;
    offsetOf(node: Node): { x: number; y: number };
    documentOf(event: Event): Document;
    linesOf(range: Range): DOMRect[];
    boxOf(range: Range): DOMRect;
  };
  look: {
    ui: string;
    read: string;
    hue(slot: string): string;
    enclose(host: HTMLElement, style: string): ShadowRoot;
    element(name: string, kind?: string, ...children: (Node | string)[]): HTMLElement;
  };
  layer: {
    set(name: string, ranges: Range[], look?: { kind?: string; slot?: string; label?: string }): void;
    delete(name: string): void;
    ground(isDark: boolean): void;
    renew(): void;
    is(node: Node): boolean;
  };
  paint: {
    draw(items: PlacedMark[], roots: ShadowRoot[]): void;
    clear(): void;
    shown(): PlacedMark[];
    at(x: number, y: number, page?: Document): PlacedMark[];
    overlapping(item: PlacedMark): PlacedMark[];
    current(range: Range | null): void;
    strike(ranges: Range[]): void;
    flash(range: Range): void;
  };
  plain: {
    has(mark: import("../../../extension/lib/messages.js").Mark): boolean;
    toggle(mark: import("../../../extension/lib/messages.js").Mark): void;
    draw(items: PlacedMark[]): void;
    clear(): void;
  };
  account(mark: import("../../../extension/lib/messages.js").Mark, deeds: CardDeeds): HTMLElement[];
  card: {
    begin(handlers: CardDeeds): void;
    show(items: PlacedMark[], y: number, dark: boolean, focus?: boolean): void;
    hide(): void;
    renew(): void;
    tell(words: string, undo: () => void): void;
    follow(): boolean;
    numbers(): number[];
    holds(target: EventTarget | null): boolean;
    is(node: Node): boolean;
  };
  pointer: {
    listen(handlers: PageHandlers): void;
    attend(where: Document): void;
    enter(item: PlacedMark): void;
    close(): void;
  };
  keys: {
    listen(): void;
    attend(page: Document): void;
    step(by: number): number | null;
    draw(): void;
    forget(): void;
  };
  ground: {
    isDark(range: Range | undefined): boolean;
    watch(callback: () => void): void;
  };
  watch: {
    begin(watched: Watched): void;
    include(roots: Node[]): void;
    end(): void;
  };
  collect(selection?: boolean): import("../../../extension/lib/messages.js").Page;
  main: boolean;
}

declare var TruthLens: TruthLensPage | undefined;
