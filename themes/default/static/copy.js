// What is copied from a debate is its record: over whatever a selection runs, the clipboard gets the words of the
// record and who spoke them, without numbers, notes or tools. Within one paragraph, or one note, the browser's own
// copy is that already. Loaded by debate.js when something is selected.
document.addEventListener("copy", (event) => {
  const selection = getSelection();
  if (selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const common = range.commonAncestorContainer;
  const inside = common.nodeType === Node.ELEMENT_NODE ? common : common.parentElement;
  if (inside.closest(".text > *, .note, input, textarea, .title, .citing")) return;
  const parts = [...document.querySelectorAll(".record :is(.within, .speaker, .text > [id])")]
    .filter((part) => range.intersectsNode(part))
    .map((part) => {
      const own = document.createRange();
      own.selectNodeContents(part);
      if (range.compareBoundaryPoints(Range.START_TO_START, own) > 0) own.setStart(range.startContainer, range.startOffset);
      if (range.compareBoundaryPoints(Range.END_TO_END, own) < 0) own.setEnd(range.endContainer, range.endOffset);
      const box = document.createElement(part.matches(".speaker, .within") ? "h3" : part.localName);
      box.append(own.cloneContents());
      for (const role of box.querySelectorAll(".role, .face")) role.remove();
      // What ties words to notes is the page's, not the record's.
      for (const mark of box.querySelectorAll("mark, span, bdi, a[href^='..']")) mark.replaceWith(...mark.childNodes);
      return box;
    })
    .filter((box) => box.textContent.trim());
  if (!parts.length) return;
  event.clipboardData.setData("text/plain", parts.map((box) => (box.localName === "h3" ? box.textContent.replace(/\s+/g, " ") : box.textContent).trim()).join("\n\n"));
  event.clipboardData.setData("text/html", parts.map((box) => box.outerHTML).join("\n"));
  event.preventDefault();
});
