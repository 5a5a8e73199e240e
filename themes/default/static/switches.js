// Switches that choose which notes of a debate are shown, kept in the address. Loaded by debate.js when
// somebody turns to them, or when the address has set some.
(() => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const record = document.querySelector(".record");
  const form = document.querySelector(".switches");
  const notes = all(".note[id]");
  const lists = all(".notes").map((list) => {
    const summary = list.querySelector("summary");
    return { list, summary, whole: summary.textContent, notes: all(".note", list), section: list.closest(".on-debate") };
  });
  const kinds = all('[name="kind"]', form);
  const topics = all('[name="topic"]', form);
  const values = (boxes) => boxes.filter((box) => box.checked).map((box) => box.value);
  const of = (shown, total) => form.dataset.result.replace("{n}", shown).replace("{total}", total);
  const show = () => {
    const ofKind = values(kinds);
    const onTopic = values(topics);
    for (const note of notes) {
      const its = note.dataset.topics.split(" ");
      note.hidden = !(form.notes.checked && ofKind.includes(note.dataset.kind)
        && (!onTopic.length || onTopic.some((topic) => its.includes(topic))));
    }
    for (const { list, summary, whole, notes, section } of lists) {
      const shown = notes.filter((note) => !note.hidden).length;
      list.hidden = !shown;
      if (section) section.hidden = !shown;
      summary.textContent = shown === notes.length ? whole : of(shown, notes.length);
    }
    for (const mark of all("mark", record)) {
      mark.classList.toggle("off", mark.dataset.notes.split(" ").every((id) => document.getElementById(id)?.hidden));
    }
    record.classList.toggle("only", form.only.checked);
    form.querySelector("output").textContent = of(notes.filter((note) => !note.hidden).length, notes.length);
  };
  const asked = new URLSearchParams(location.search);
  if (asked.get("notes") === "off") form.notes.checked = false;
  if (asked.get("only") === "on") form.only.checked = true;
  if (asked.has("kind")) for (const box of kinds) box.checked = asked.getAll("kind").includes(box.value);
  if (asked.has("topic")) for (const box of topics) box.checked = asked.getAll("topic").includes(box.value);
  const open = () => { for (const details of all(".notes details")) details.open = form.open.checked; };
  const keep = () => {
    show();
    const query = new URLSearchParams();
    if (!form.notes.checked) query.set("notes", "off");
    if (form.only.checked) query.set("only", "on");
    // No kind at all is said as well: one without a name.
    if (kinds.some((box) => !box.checked)) for (const kind of kinds.some((box) => box.checked) ? values(kinds) : [""]) query.append("kind", kind);
    for (const topic of values(topics)) query.append("topic", topic);
    try {
      history.replaceState(null, "", (String(query) ? `?${query}` : location.pathname) + location.hash);
    } catch { /* opened from a disk */ }
  };
  form.addEventListener("change", ({ target }) => target.name === "open" ? open() : keep());
  // What was switched before this came counts as well.
  if (form.open.checked) open();
  if (form.querySelector("[name=only]:checked, [name=notes]:not(:checked), [name=kind]:not(:checked), [name=topic]:checked")) keep();
  // Where the address leads has moved with what is hidden now.
  if (location.search && location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
})();
