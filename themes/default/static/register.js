// Filters of the register of commitments, kept in the address. They are of the whole register: the first choice
// brings the rows of its other pages.
(() => {
  const form = document.querySelector(".filters");
  if (!form) return;
  const output = form.querySelector("output");
  const pager = document.querySelector(".pager");
  const rowsOf = (page) => [...page.querySelectorAll(".register tbody tr")];
  const own = new Set(rowsOf(document));
  let rows = [...own];
  // What is known of the other pages.
  let others = pager ? "not-asked" : "here";

  const chosen = () => [...form.elements].filter(({ name, value }) => name && value);
  const fits = ({ dataset }, { name, value }) => (name === "topic" ? dataset.topics.split(" ").includes(value) : dataset[name] === value);
  const show = () => {
    const wanted = chosen();
    if (wanted.length && others === "not-asked") bring();
    const isShown = wanted.length ? (row) => wanted.every((control) => fits(row, control)) : (row) => own.has(row);
    for (const row of rows) row.hidden = !isShown(row);
    if (pager) pager.hidden = Boolean(wanted.length) && others === "here";
    const { result, partly, looking } = form.dataset;
    const words = { here: result, asked: looking, failed: partly }[others];
    const shown = rows.filter((row) => !row.hidden).length;
    output.textContent = wanted.length ? words.replace("{n}", shown).replace("{total}", rows.length) : "";
  };

  const bring = async () => {
    others = "asked";
    try {
      rows = await everyRow();
      document.querySelector(".register tbody").append(...rows);
      others = "here";
    } catch {
      // No line, or opened from a disk.
      others = "failed";
    }
    show();
  };
  // From the first page to the last, as each leads to the next.
  const everyRow = async () => {
    const here = Number(pager.querySelector("[aria-current]").textContent);
    const found = [];
    let to = pager.querySelector(".steps a").getAttribute("href");
    for (let number = 1; to; number += 1) {
      const page = number === here ? document : await read(to);
      found.push(...rowsOf(page));
      to = page.querySelector(".pager [rel=next]")?.getAttribute("href");
    }
    return found;
  };
  const read = async (address) => {
    const response = await fetch(address);
    if (!response.ok) throw new Error(address);
    return new DOMParser().parseFromString(await response.text(), "text/html");
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
