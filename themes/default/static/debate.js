// Adds to a debate that reads without it: notes and their words light up together, tools come when wanted.
(() => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const [record, toolbar, switches] = [".record", ".toolbar", ".switches"].map((of) => document.querySelector(of));

  // Plain scripts work in a page opened from a disk.
  const from = document.currentScript.src;
  const loaded = new Set();
  const load = (name, failed) => {
    if (loaded.has(name)) return;
    loaded.add(name);
    const script = document.createElement("script");
    script.src = new URL(name, from);
    script.async = false; // in the order in which they are asked for
    if (failed) script.onerror = failed;
    document.head.append(script);
  };
  const quoting = (name, failed) => { load("divides.js", failed); load(name, failed); };

  // Tools come when they are turned to, or the address has set switches. What was asked before is answered then.
  document.querySelector(".finding").hidden = location.protocol === "file:";
  toolbar.addEventListener("submit", (event) => { event.preventDefault(); event.target.dataset.asked = "yes"; });
  const turn = () => load("tools.js");
  globalThis.tools = { load, quoting };
  for (const on of ["focusin", "toggle"]) toolbar.addEventListener(on, turn, { capture: true, once: true });
  if (switches && (location.search || switches.querySelector("[name=topic]:checked, [name=only]:checked, :is([name=kind], [name=notes]):not(:checked)"))) load("switches.js");

  // A note and its words. Several notes take turns.
  const names = (mark) => mark.dataset.notes.split(" ");
  const marksOf = (note) => all(`mark[data-notes~="${CSS.escape(note.id)}"]`, record);
  let lit = [];
  const light = (elements) => {
    for (const element of lit) element.classList.remove("on");
    for (const element of elements) element.classList.add("on");
    lit = elements;
  };
  const pair = ({ target }) => {
    const at = target.closest("mark, .note");
    if (!at) return light([]);
    if (at.tagName === "MARK") return light([at, ...names(at).map((id) => document.getElementById(id)).filter(Boolean)]);
    light([at, ...marksOf(at)]);
  };
  record.addEventListener("pointerover", pair);
  record.addEventListener("pointerleave", () => light([]));
  record.addEventListener("focusin", pair);
  let last;
  record.addEventListener("click", ({ target }) => {
    const mark = target.closest("mark:not(.off)");
    if (!mark || target.closest("a") || String(getSelection())) return;
    const notes = names(mark).map((id) => document.getElementById(id)).filter((note) => note && !note.hidden);
    if (!notes.length) return;
    const note = notes[(notes.indexOf(last) + 1) % notes.length];
    last = note;
    const details = note.closest("details");
    if (details) details.open = true;
    light([note, ...marksOf(note)]);
    note.scrollIntoView({ block: "nearest" });
  });
  // A note in the address is shown, on phones too; a paragraph can be quoted, as can selected words.
  const named = () => {
    const id = location.hash.slice(1);
    const details = document.getElementById(id)?.closest(".notes details");
    if (details) details.open = true;
    if (/^p\d/.test(id)) quoting("passage.js");
  };
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    if (selection.isCollapsed || !selection.getRangeAt(0).intersectsNode(record)) return;
    load("copy.js");
    quoting("passage.js");
  });
  addEventListener("hashchange", named);
  named();

  // Browsers that keep closed details off paper.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all(":is(.notes, .title) details:not([open])");
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => { for (const details of opened) details.open = false; });
})();
