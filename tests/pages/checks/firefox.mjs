// The same pages in another engine: Firefox, driven by WebDriver BiDi.
import { existsSync } from "node:fs";
import puppeteer from "puppeteer-core";

export const claim = "in Firefox, too, a debate begins on the first screen, a link to a paragraph leads there with nothing over it, a note and its words light up, and a search finds words and leads to them";

export const FIREFOX = process.env.FIREFOX ?? ["/usr/bin/firefox-esr", "/usr/bin/firefox"].find((path) => existsSync(path));
/** Where the first words stand at most, as in `record`. */
const FIRST = [[1440, 900, 560], [390, 844, 600]];

/** None where there is no Firefox: what that means is said by whoever asks. */
export async function check({ sites }) {
  const failures = [];
  const browser = await puppeteer.launch({ browser: "firefox", executablePath: FIREFOX, headless: true });
  try {
    for (const site of sites) {
      const page = await browser.newPage();
      const report = (words) => failures.push(`${site.name}: ${words}`);
      page.on("pageerror", (error) => report(`an error in a script: ${error.message}`));
      await debate(page, site, report);
      await search(page, site, report);
      await page.close();
    }
  } finally {
    await browser.close();
  }
  return failures;
}

async function debate(page, site, report) {
  const { url } = site.pages.filter(({ kind }) => kind === "debate").sort((a, b) => b.size - a.size)[0];
  for (const [width, height, most] of FIRST) {
    await page.setViewport({ width, height });
    await page.goto(url, { waitUntil: "load" });
    const first = await page.evaluate(() => document.querySelector(".record .text > [id]").getBoundingClientRect().top + scrollY);
    if (first > most) report(`at ${width} px the first words stand at ${Math.round(first)} px`);
  }
  await page.setViewport({ width: 1440, height: 900 });
  const id = await page.evaluate(() => [...document.querySelectorAll(".record .text > p[id]")].at(-3).id);
  // Another address first: of one page only the fragment would change.
  await page.goto("about:blank");
  await page.goto(`${url}#${id}`, { waitUntil: "load" });
  await page.waitForSelector(".tools", { timeout: 10_000 }).catch(() => report(`#${id}: no tools to quote the paragraph come`));
  const over = await page.evaluate((id) => {
    const element = document.getElementById(id);
    const box = element.getBoundingClientRect();
    const found = document.elementFromPoint(box.left + 20, box.top + 12);
    return element.contains(found) ? null : `<${found?.localName} class="${found?.className}">`;
  }, id);
  if (over) report(`#${id}: ${over} lies over its first line`);
  const lit = await page.evaluate(() => {
    const mark = document.querySelector(".record mark");
    mark.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
    return mark.dataset.notes.split(" ").filter((id) => !document.getElementById(id)?.classList.contains("on"));
  });
  if (lit.length) report(`the notes ${lit} do not light up with their words`);
}

async function search(page, site, report) {
  const { url } = site.pages.find(({ kind }) => kind === "search");
  const debates = site.pages.filter(({ kind }) => kind === "debate");
  await page.goto(debates[0].url, { waitUntil: "load" });
  const wanted = await page.evaluate(() => document.querySelector(".record .text > p[id]").textContent.split(/\s+/).slice(1, 6).join(" "));
  await page.goto(url, { waitUntil: "load" });
  await page.type("#q", `"${wanted}"`);
  const found = await page.waitForFunction(() => document.querySelector(".results .card mark"), { timeout: 15_000 }).catch(() => null);
  if (!found) return report(`a search for “${wanted}” finds nothing`);
  const href = await page.evaluate(() => document.querySelector(".results .card a").href);
  await Promise.all([page.waitForNavigation({ waitUntil: "load" }), page.click(".results .card a")]);
  const there = await page.evaluate(() => document.getElementById(location.hash.slice(1))?.textContent ?? "");
  if (!there.includes(wanted.split(" ")[0])) report(`the result leads to ${href}, where the words are not`);
}

const theme = (file, change) => ({ [`theme/${file}`]: change });
export const breakages = [
  { name: "a record that begins below the first screen", page: "debate", change: theme("style.css", "main { padding-top: 40rem !important; }"), reported: /at 1440 px the first words stand at/ },
  { name: "something that covers where a link leads", page: "debate", change: theme("record.css", ".toolbar { min-height: 60vh !important; }"), reported: /lies over its first line/ },
  { name: "notes that do not light up", page: "debate", change: theme("debate.js", (script) => script.replace('element.classList.add("on")', "element")), reported: /do not light up/ },
  { name: "a search that does not work", page: "search", change: theme("search.js", (script) => script.replace("export class Index {", "export class Index { oops( {")), reported: /finds nothing|an error in a script/ },
];
