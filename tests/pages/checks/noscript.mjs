// Without JavaScript everything is there to read, opens and leads on; what needs a script is not shown.
import { withPage } from "../lib/browser.mjs";

export const claim = "without JavaScript every page reads and leads on, notes open, and nothing is shown that needs a script";

export async function check({ browser, pages }) {
  const failures = new Set();
  const queue = [...pages];
  const links = new Map();
  const look = () => withPage(browser, {}, (scripted) => withPage(browser, { javaScriptEnabled: false }, async (page) => {
    for (let one; (one = queue.shift()); ) {
      await scripted.goto(one.url, { waitUntil: "load" });
      for (const width of WIDTHS) {
        const report = (fault) => failures.add(`${one.site}: ${one.path}: ${width} px: ${fault}`);
        // What the page says with scripts, to compare.
        await scripted.setViewportSize({ width, height: 900 });
        const { lines } = await scripted.evaluate(reading);
        await page.setViewportSize({ width, height: 900 });
        await page.goto(one.url, { waitUntil: "load" });
        const without = await page.evaluate(reading);
        if (!without.heading) report("no heading is seen");
        const there = new Set(without.lines);
        const lost = lines.filter((line) => !there.has(line));
        if (lost.length) report(`${lost.length} lines are lost, first “${lost[0].slice(0, 60)}”`);
        for (const control of await page.evaluate(controls)) report(`${control} is shown and does nothing`);
        if (width === WIDTHS[0]) links.set(one, await page.evaluate(leading));
        if (one.kind === "debate") await opened(page, report);
      }
    }
  }));
  await Promise.all([look(), look()]);
  await withPage(browser, {}, (page) => landed(page, pages.map((one) => [one, links.get(one)]), (one, fault) => failures.add(`${one.site}: ${one.path}: ${fault}`)));
  return [...failures].sort();
}

const WIDTHS = [1440, 320];

/** What is read: the lines of the record and of the notes that are seen, and whether there is a heading. */
function reading() {
  const visible = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const lines = [...document.querySelectorAll("main :is(p, li, dd, td, th, blockquote, h1, h2, h3)")]
    // Words inside what a script adds need not be there without it.
    .filter((element) => visible(element) && !element.closest("form, button, .results") && !element.querySelector("button, form"))
    .map((element) => element.textContent.trim());
  const heading = document.querySelector("h1");
  return { heading: Boolean(heading && visible(heading) && heading.textContent.trim()), lines };
}

/** Controls that are seen and that no browser works by itself. A form that leads somewhere is worked. */
function controls() {
  return [...document.querySelectorAll("button, input, select, textarea, [role=button]")]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest("form[action]"))
    .map((element) => `<${element.localName}> “${(element.textContent || element.name || element.type).trim()}”`);
}

/** A note is seen at once, after a tap on the paragraph's count, or by its address. */
async function opened(page, report) {
  const summaries = page.locator(".record .notes summary:visible");
  if (await summaries.count()) {
    await summaries.first().click();
    const seen = await page.evaluate(() => document.querySelector(".record .notes .note").checkVisibility());
    if (!seen) report("a tap on the count of notes does not open them");
  }
  const ids = await page.evaluate(() => [...document.querySelectorAll(".note[id]")].map((note) => note.id));
  for (const id of new Set([ids[0], ids[ids.length >> 1], ids.at(-1)].filter(Boolean))) {
    // As a link from elsewhere leads there.
    const address = `${page.url().split("#")[0]}#${id}`;
    await page.goto("about:blank");
    await page.goto(address, { waitUntil: "load" });
    const seen = await page.evaluate((id) => {
      const note = document.getElementById(id);
      const box = note.getBoundingClientRect();
      return note.checkVisibility() && box.height > 0 && box.top < innerHeight && box.bottom > 0;
    }, id);
    if (!seen) report(`the address #${id} does not show the note`);
  }
}

function leading() {
  return [...document.querySelectorAll("nav a[href], .card a[href], .site-title a[href]")].map((link) => link.href);
}

/** Every link in the headers, trails, contents and pagers lands on a page with a heading, or in the page. */
async function landed(page, links, report) {
  const from = new Map();
  for (const [one, hrefs] of links) {
    for (const href of hrefs) {
      const [address] = href.split("#");
      if (!from.has(href) && new URL(address).host === new URL(one.url).host) from.set(href, one);
    }
  }
  const looked = new Set();
  for (const [href, one] of from) {
    const [address, id] = href.split("#");
    // One page of a kind is enough where a list has hundreds: every link of every page is held elsewhere.
    if (looked.size > 80 && !id) continue;
    if (looked.has(address) && !id) continue;
    looked.add(address);
    const response = await page.request.get(address);
    if (!response.ok()) report(one, `${href} answers ${response.status()}`);
    else if (id) {
      const html = await response.text();
      if (!html.includes(`id="${decodeURIComponent(id)}"`)) report(one, `${href} leads to no such place`);
    }
  }
}

const debate = "debates/2012-12-20-human-trafficking/index.html";
export const breakages = [
  { name: "words that a script puts in", page: "debate", change: { [debate]: (html) => html.replace("</main>", '<p id="late"></p></main>'), "theme/site.js": '\n{ const late = document.getElementById("late"); if (late) late.textContent = "Only with a script."; }\n' }, reported: /1 lines are lost, first “Only with/ },
  { name: "a button without a script", page: "debate", change: { [debate]: (html) => html.replace("</main>", "<button>Copy</button></main>") }, reported: /<button> “Copy” is shown/ },
  { name: "notes that a script opens", page: "debate", change: { "theme/style.css": "\n.notes-list { display: none !important }\n" }, reported: /does not (open|show)/ },
  { name: "a link that leads nowhere", page: "debate", change: { [debate]: (html) => html.replace("</main>", '<nav aria-label="x"><a href="../nowhere/">x</a></nav></main>') }, reported: /nowhere\/ answers 404/ },
];
