// A page with everything in it open and drawn, as its reader may have it.

/** Opens whatever can be opened, and draws what waits to be drawn: closed or undrawn parts have no size,
 *  and nothing in them would be looked at. */
export function open(page) {
  return page.evaluate(() => {
    for (const details of document.querySelectorAll("details:not([open])")) {
      // Of those of one name only one can be open.
      details.removeAttribute("name");
      details.open = true;
    }
    if (globalThis.isDrawn) return;
    globalThis.isDrawn = true;
    const drawn = new CSSStyleSheet();
    drawn.replaceSync("* { content-visibility: visible !important }");
    document.adoptedStyleSheets.push(drawn);
  });
}
