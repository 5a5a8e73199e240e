// The row of tools over a debate: what one opens has the keyboard, Escape or a link that is followed closes it,
// the contents say where one is, and each tool's own script comes when it is turned to. Loaded by debate.js.
(() => {
  const { load, quoting } = globalThis.tools;
  const toolbar = document.querySelector(".toolbar");
  const lost = (form) => () => { form.querySelector("output").textContent = form.dataset.lost; };
  const wake = ({ target }) => {
    const form = target.closest("form");
    if (form?.matches(".check")) {
      load("weighs.js", lost(form));
      quoting("check.js", lost(form));
    }
    if (form?.matches(".switches")) load("switches.js", lost(form));
    // Finding is a module, for it shares the search's words: browsers load none from a disk.
    if (form?.matches(".find")) import("./find.js").catch(lost(form));
  };
  // The last heading above where a reader looks.
  const place = (contents) => {
    let here;
    for (const link of contents.querySelectorAll("ol a")) {
      link.removeAttribute("aria-current");
      if (document.getElementById(decodeURIComponent(link.hash.slice(1)))?.getBoundingClientRect().top < 150) here = link;
    }
    here?.setAttribute("aria-current", "location");
  };
  const opened = ({ target }) => {
    if (!target.open) return;
    const field = target.querySelector("[type=search], textarea");
    if (field) field.focus();
    if (target.querySelector(".contents")) place(target);
  };
  const shut = (event) => {
    const tool = event.target.closest("details[open]");
    if (!tool || (event.key ? event.key !== "Escape" : !event.target.closest("a"))) return;
    tool.open = false;
    if (event.key) tool.firstElementChild.focus();
  };
  toolbar.addEventListener("focusin", wake);
  toolbar.addEventListener("toggle", opened, true);
  toolbar.addEventListener("click", shut);
  toolbar.addEventListener("keydown", shut);
  // What was turned to before this was there.
  if (toolbar.contains(document.activeElement)) wake({ target: document.activeElement });
  for (const target of toolbar.querySelectorAll("details[open]")) opened({ target });
})();
