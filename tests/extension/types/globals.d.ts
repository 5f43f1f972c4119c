// What the checker cannot know by itself: Firefox's names, and the one object that page scripts share.

declare var browser: (typeof chrome & { sidebarAction?: { open(): Promise<void> } }) | undefined;

interface HighlightRegistry {
  highlightsFromPoint?(x: number, y: number): { highlight: Highlight; ranges: Range[] }[];
}

/** Folded text of a page; `nodes[k]`, `starts[k]`, `ends[k]` say where its UTF-16 unit k stands. */
interface TextIndex {
  text: string;
  nodes: (Text | null)[];
  starts: number[];
  ends: number[];
}

/** A mark with its place on the page, and the words that stood there. */
interface PlacedMark {
  mark: import("../../../extension/lib/messages.js").Mark;
  range: Range;
  words: string;
}

interface TruthLensPage {
  text: { index(root: Element): TextIndex; fold(string: string): string };
  anchor: {
    place(
      index: TextIndex,
      selectors: import("../../../extension/lib/messages.js").Selector[],
    ): (Range | null)[];
  };
  paint: {
    draw(items: PlacedMark[], hidden: import("../../../extension/lib/messages.js").Hidden): void;
    clear(): void;
    at(x: number, y: number): PlacedMark[];
    flash(range: Range): void;
  };
  card: {
    show(items: PlacedMark[], y: number, dark: boolean): void;
    hide(): void;
    numbers(): number[];
    holds(target: EventTarget | null): boolean;
    is(node: Node): boolean;
  };
  pointer: {
    listen(handlers: { dark: () => boolean; chosen: (number: number) => void }): void;
    close(): void;
  };
  main: boolean;
}

declare var TruthLens: TruthLensPage | undefined;
