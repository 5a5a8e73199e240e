// The register of commitments: what it is filtered by is chosen of all of it, on whichever of its pages.
import { withPage } from "../lib/browser.mjs";

export const claim = "a filter of the register of commitments finds, from each of its pages, as many of the whole register as it says there are, keeps them in the address, and is undone";

export async function check({ browser, pages, patience = 5_000 }) {
  const failures = [];
  let chosen = 0;
  for (const one of pages.filter(({ kind }) => kind === "commitments")) {
    const report = (words) => failures.push(`${one.site}: ${one.path}: ${words}`);
    await withPage(browser, {}, async (page) => {
      await page.goto(one.url, { waitUntil: "load" });
      const asItWas = await page.evaluate(seen);
      for (const [name, value, count] of await page.evaluate(choices)) {
        chosen += 1;
        const what = `${name}=${value}`;
        await page.locator(`.filters [name=${name}]`).selectOption(value);
        await shows(page, count, what, report, patience);
        if (!page.url().includes(`?${new URLSearchParams({ [name]: value })}`)) report(`${what} is not in the address`);
        const wrong = await page.evaluate(([name, value]) => {
          const is = ({ dataset }) => (name === "topic" ? dataset.topics.split(" ").includes(value) : dataset[name] === value);
          return [...document.querySelectorAll(".register tbody tr")].filter((row) => row.checkVisibility() && !is(row)).length;
        }, [name, value]);
        if (wrong) report(`${what} shows ${wrong} rows that it is not said of`);
        // As somebody opens it who was sent the address.
        await page.reload({ waitUntil: "load" });
        await shows(page, count, `${what}, opened by its address,`, report, patience);
        await page.locator(`.filters [name=${name}]`).selectOption("");
        const now = await page.evaluate(seen);
        if (now !== asItWas) report(`after ${what} the page is not as it was: ${now} instead of ${asItWas}`);
      }
    });
  }
  if (!chosen) failures.push("no filter was tried");
  return failures;
}

/** Some choices of each filter, with how many commitments each says that there are. */
function choices() {
  return [...document.querySelectorAll(".filters select")].flatMap(({ name, options }) =>
    [...options].slice(1, 4).map(({ value, textContent }) => [name, value, Number(/\((\d+)\)$/.exec(textContent)[1])]));
}

function seen() {
  const rows = [...document.querySelectorAll(".register tbody tr")].filter((row) => row.checkVisibility());
  const pager = document.querySelector(".pager");
  return `${rows.length} rows, ${pager?.checkVisibility() ? "and" : "not"} the way to others, “${document.querySelector(".filters output").textContent}”`;
}

async function shows(page, count, what, report, timeout) {
  const is = (count) => {
    const rows = [...document.querySelectorAll(".register tbody tr")].filter((row) => row.checkVisibility());
    return rows.length === count && document.querySelector(".filters output").textContent.startsWith(`${count} `);
  };
  await page.waitForFunction(is, count, { timeout })
    .catch(async () => report(`${what} is said of ${count}, and there are ${await page.evaluate(seen)}`));
}

const page2 = "commitments/page-2.html";
export const breakages = [
  { of: "large", page: "commitments/index.html", name: "a filter of one page alone", change: { "theme/register.js": (script) => script.replace('others === "not-asked"', "false").replace('let others = pager ? "not-asked" : "here"', 'let others = "here"') }, reported: /topic=tides is said of \d+, and there are/ },
  { of: "large", page: page2, name: "rows that are lost on the way", change: { "commitments/page-3.html": (html) => html.replace(/<tr data-state[^]*?<\/tr>/, "") }, reported: /is said of \d+, and there are/ },
  { of: "large", page: page2, name: "a filter that is not undone", change: { "theme/register.js": (script) => script.replace("(row) => own.has(row)", "() => true") }, reported: /the page is not as it was/ },
  { page: "none such", name: "no register", change: { "theme/style.css": "\n" }, reported: /no filter was tried/ },
];
