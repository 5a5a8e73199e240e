// What a script adds to a debate that reads without it: notes and their words light up together,
// switches choose which notes are shown, a passage can be quoted.
(() => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const record = document.querySelector(".record");

  const find = document.querySelector(".find");
  const load = () => import("./find.js").catch(() => { find.querySelector("output").textContent = find.dataset.failed; });
  find.addEventListener("focusin", load);
  find.addEventListener("submit", (event) => event.preventDefault());

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
  // A note in the address is shown, on phones too. Ids are plain letters.
  const reveal = () => {
    const details = document.getElementById(location.hash.slice(1))?.closest(".notes details");
    if (details) details.open = true;
  };

  // A passage to quote: the paragraph that the address names, or selected words. Its script comes with it.
  const tools = document.getElementById("passage-tools");
  const quote = () => {
    if (!tools || tools.dataset.loaded) return;
    tools.dataset.loaded = "yes";
    const script = document.createElement("script");
    script.src = tools.dataset.script;
    document.head.append(script);
  };
  const chosen = () => {
    const selection = getSelection();
    if (!selection.isCollapsed && record.contains(selection.anchorNode)) quote();
  };
  document.addEventListener("selectionchange", chosen);
  const named = () => { reveal(); if (/^#p\d/.test(location.hash)) quote(); };
  addEventListener("hashchange", named);
  named();

  // Switches.
  const form = document.querySelector(".switches");
  if (!form) return;
  const notes = all(".note[id]");
  const kinds = all('[name="kind"]', form);
  const topics = all('[name="topic"]', form);
  const values = (boxes) => boxes.filter((box) => box.checked).map((box) => box.value);
  const show = () => {
    const ofKind = values(kinds);
    const onTopic = values(topics);
    for (const note of notes) {
      const its = note.dataset.topics.split(" ");
      note.hidden = !(form.notes.checked && ofKind.includes(note.dataset.kind)
        && (!onTopic.length || onTopic.some((topic) => its.includes(topic))));
    }
    for (const list of all(".notes, .on-debate")) list.hidden = !list.querySelector(".note:not([hidden])");
    for (const mark of all("mark", record)) {
      mark.classList.toggle("off", names(mark).every((id) => document.getElementById(id)?.hidden));
    }
    const shown = notes.filter((note) => !note.hidden).length;
    form.querySelector("output").textContent = form.dataset.result.replace("{n}", shown).replace("{total}", notes.length);
  };
  const asked = new URLSearchParams(location.search);
  if (asked.get("notes") === "off") form.notes.checked = false;
  if (asked.has("kind")) for (const box of kinds) box.checked = asked.getAll("kind").includes(box.value);
  for (const box of topics) box.checked = asked.getAll("topic").includes(box.value);
  form.addEventListener("change", ({ target }) => {
    if (target.name === "open") {
      for (const details of all(".notes details", record)) details.open = target.checked;
      return;
    }
    show();
    const query = new URLSearchParams();
    if (!form.notes.checked) query.set("notes", "off");
    const shown = values(kinds);
    if (!shown.length) query.set("kind", "");
    else if (shown.length < kinds.length) for (const kind of shown) query.append("kind", kind);
    for (const topic of values(topics)) query.append("topic", topic);
    try {
      history.replaceState(null, "", (String(query) ? `?${query}` : location.pathname) + location.hash);
    } catch { /* opened from a disk */ }
  });
  if (form.querySelector("input:not([name=open], [name=topic]):not(:checked), [name=topic]:checked")) show();

  // Browsers that keep closed details off paper.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all(".notes details:not([open])");
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => { for (const details of opened) details.open = false; });
})();
