// Filters of the register of commitments, kept in the address.
(() => {
  const form = document.querySelector(".filters");
  if (!form) return;
  const rows = [...document.querySelectorAll(".register tbody tr")];
  const chosen = () => [...form.elements].filter(({ name, value }) => name && value);
  const fits = ({ dataset }, { name, value }) => (name === "topic" ? dataset.topics.split(" ").includes(value) : dataset[name] === value);
  const show = () => {
    const wanted = chosen();
    for (const row of rows) row.hidden = !wanted.every((control) => fits(row, control));
    const shown = rows.filter((row) => !row.hidden).length;
    form.querySelector("output").textContent = wanted.length ? form.dataset.result.replace("{n}", shown).replace("{total}", rows.length) : "";
  };
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", () => {
    show();
    const query = new URLSearchParams(chosen().map(({ name, value }) => [name, value]));
    try {
      history.replaceState(null, "", (String(query) ? `?${query}` : location.pathname) + location.hash);
    } catch { /* opened from a disk */ }
  });
  for (const [name, value] of new URLSearchParams(location.search)) {
    const control = form.elements[name];
    // What is no choice filters nothing.
    if ([...control?.options ?? []].some((option) => option.value === value)) control.value = value;
  }
  show();
})();
