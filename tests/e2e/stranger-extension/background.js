// Does nothing by itself: tests speak through it and through page.html.
globalThis.stranger = true;
