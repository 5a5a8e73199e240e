// What a script adds to a page that reads without it: notes and their words light up together,
// switches choose which notes are shown, and a citation can be copied.
(() => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const canonical = document.querySelector('link[rel="canonical"]');
  const address = canonical ? canonical.href : location.href.split(/[?#]/)[0];

  const copy = async (button, text, done, failed) => {
    const label = button.textContent;
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = done;
    } catch {
      button.textContent = failed;
    }
    setTimeout(() => { button.textContent = label; }, 3000);
  };
  for (const button of all("button[data-copy]")) {
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", () => {
      const text = document.getElementById(button.dataset.copy).textContent.trim();
      copy(button, text, button.dataset.copied, button.dataset.failed);
    });
  }

  const record = document.querySelector(".record");
  if (!record) return;

  // A note and its words.
  const names = (mark) => mark.dataset.notes.split(" ");
  const marksOf = (note) => all(`mark[data-notes~="${CSS.escape(note.id)}"]`, record);
  let lit = [];
  const light = (elements) => {
    for (const element of lit) element.classList.remove("on");
    for (const element of elements) element.classList.add("on");
    lit = elements;
  };
  const pair = (event) => {
    const at = event.target.closest("mark, .note");
    if (!at) return light([]);
    if (at.tagName === "MARK") {
      const notes = names(at).map((id) => document.getElementById(id)).filter(Boolean);
      return light([at, ...notes]);
    }
    light([at, ...marksOf(at)]);
  };
  record.addEventListener("pointerover", pair);
  record.addEventListener("pointerleave", () => light([]));
  record.addEventListener("focusin", pair);
  record.addEventListener("click", (event) => {
    const mark = event.target.closest("mark:not(.off)");
    if (!mark || event.target.closest("a") || String(getSelection())) return;
    const note = document.getElementById(names(mark)[0]);
    if (!note) return;
    const details = note.closest("details");
    if (details) details.open = true;
    note.scrollIntoView({ block: "nearest" });
  });

  // The paragraph that the address names can be copied with its citation.
  const passage = document.createElement("button");
  passage.type = "button";
  passage.setAttribute("aria-live", "polite");
  const offer = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const words = id && document.getElementById(id);
    const row = words && words.parentElement.matches(".text") && words.closest(".row");
    if (!row) return passage.remove();
    const number = row.querySelector(".number").textContent;
    passage.textContent = record.dataset.copy.replace("{n}", number);
    row.querySelector(".text").after(passage);
    passage.onclick = () => {
      const name = row.closest(".contribution").querySelector(".speaker");
      const place = `${record.dataset.citation}, ${record.dataset.paragraph.replace("{n}", number)}`;
      const by = name ? `${name.textContent.trim()}, ` : "";
      copy(passage, `“${words.textContent}”\n— ${by}${place}\n${address}#${id}`, record.dataset.copied, record.dataset.failed);
    };
  };
  addEventListener("hashchange", offer);
  offer();

  // Switches.
  const form = document.querySelector(".switches");
  if (!form) return;
  const notes = all(".note[id]");
  const kinds = all('[name="kind"]', form);
  const topics = all('[name="topic"]', form);
  const chosen = (boxes) => boxes.filter((box) => box.checked).map((box) => box.value);
  const show = () => {
    const ofKind = chosen(kinds);
    const onTopic = chosen(topics);
    for (const note of notes) {
      const its = note.dataset.topics.split(" ");
      note.hidden = !(form.notes.checked && ofKind.includes(note.dataset.kind)
        && (!onTopic.length || onTopic.some((topic) => its.includes(topic))));
    }
    for (const list of all(".notes", record)) list.hidden = !list.querySelector(".note:not([hidden])");
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
  form.addEventListener("change", (event) => {
    if (event.target.name === "open") {
      for (const details of all(".notes details", record)) details.open = event.target.checked;
      return;
    }
    show();
    const query = new URLSearchParams();
    if (!form.notes.checked) query.set("notes", "off");
    if (kinds.some((box) => !box.checked)) for (const kind of chosen(kinds)) query.append("kind", kind);
    for (const topic of chosen(topics)) query.append("topic", topic);
    try {
      history.replaceState(null, "", (String(query) ? `?${query}` : location.pathname) + location.hash);
    } catch { /* opened from a disk */ }
  });
  form.hidden = false;
  show();

  // Browsers that keep closed details off paper.
  const closed = () => all(".notes details:not([open])", record);
  let opened = [];
  addEventListener("beforeprint", () => { opened = closed(); for (const details of opened) details.open = true; });
  addEventListener("afterprint", () => { for (const details of opened) details.open = false; });
})();
