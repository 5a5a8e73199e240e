// What an editor may have at most: a debate of 1,500 paragraphs with 400 notes, a topic of 3,000 passages.
import { withPage } from "../lib/browser.mjs";
import { LONG, TOPIC } from "../lib/large.mjs";

export const claim = `a debate of ${LONG.paragraphs} paragraphs and ${LONG.notes} notes is drawn before all of it has come, and works; a topic of ${TOPIC.passages} passages is paged, sorted and filtered`;

/** A page is sent in five pieces, so many milliseconds apart. */
const PACE = 300;
/** No page of a topic has more passages than this. */
const PER_PAGE = 100;

export async function check({ browser, server, site, parts = ["debate", "topic"] }) {
  const failures = [];
  const report = (words) => failures.push(`${site.name}: ${words}`);
  if (parts.includes("debate")) await debate(browser, server, site, report);
  if (parts.includes("topic")) await topic(browser, site, report);
  return failures;
}

async function debate(browser, server, site, report) {
  const path = `debates/${LONG.slug}/`;
  const slow = server.mount(`paced-${site.name}`, site.folder, PACE);
  await withPage(browser, {}, async (page) => {
    await page.goto(slow + path, { waitUntil: "load" });
    const { painted, came } = await page.evaluate(() => ({
      painted: performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
      came: performance.getEntriesByType("navigation")[0].responseEnd,
    }));
    if (!(painted < came - PACE)) report(`${path}: the first paint, at ${painted} ms, waits for the page, which has come at ${came} ms`);
  });
  await withPage(browser, { viewport: { width: 1440, height: 900 } }, async (page) => {
    await page.goto(site.base + path, { waitUntil: "load" });
    const has = await page.evaluate(() => ({
      paragraphs: document.querySelectorAll(".record .text > [id^=p]").length,
      notes: document.querySelectorAll(".record .note").length,
      unplaced: [...document.querySelectorAll(".record .note")].filter((note) => !note.closest(".row")?.querySelector(".text > [id^=p]")).length,
    }));
    if (has.paragraphs !== LONG.paragraphs || has.notes !== LONG.notes || has.unplaced) report(`${path}: ${JSON.stringify(has)}`);
    // Places far down are gone to from the contents, from a speaker, and from an address.
    for (const [what, selector] of [["a heading", ".contents a[href^='#h-']"], ["a speaker", ".contents a[href^='#c']"]]) {
      const href = await page.evaluate((selector) => [...document.querySelectorAll(selector)].at(-1)?.getAttribute("href"), selector);
      await landed(page, site.base + path, href, (words) => report(`${path}: ${what}: ${words}`));
    }
    await landed(page, site.base + path, `#p${LONG.paragraphs - 10}`, (words) => report(`${path}: an address: ${words}`));
    // The switches and the box that finds work through all of it.
    await page.goto(site.base + path, { waitUntil: "load" });
    const unfold = (inside) => page.evaluate((inside) => (document.querySelector(inside).closest("details").open = true), inside);
    await unfold(".switches");
    await page.locator(".switches [name=notes]").click();
    await page.waitForFunction(() => [...document.querySelectorAll(".record .note")].every((note) => note.hidden || !note.checkVisibility()), null, { timeout: 5_000 })
      .catch(() => report(`${path}: switching the notes off leaves some`));
    await unfold("#find");
    await page.locator("#find").fill("harbour");
    await page.waitForFunction(() => +document.querySelector(".find output").textContent.split(" ").at(-1).replace(",", "") > 500, null, { timeout: 10_000 })
      .catch(async () => report(`${path}: finding a frequent word says “${await page.locator(".find output").textContent()}”`));
  });
}

/** Goes to a fragment anew, and looks whether it is in sight. */
async function landed(page, address, fragment, report) {
  if (!fragment) return report("there is none");
  await page.goto("about:blank");
  await page.goto(address + fragment, { waitUntil: "load" });
  const isThere = () => page.waitForFunction((id) => {
    const target = document.getElementById(id);
    const { top, bottom } = target.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  }, fragment.slice(1), { timeout: 3_000 });
  await isThere().catch(() => report(`${fragment} is not in sight`));
}

async function topic(browser, site, report) {
  const first = `topics/${TOPIC.slug}/`;
  await withPage(browser, {}, async (page) => {
    const seen = new Set();
    const days = [];
    const pages = [];
    await page.goto(site.base + first, { waitUntil: "load" });
    for (;;) {
      pages.push(page.url());
      const { links, dates, next, last } = await page.evaluate(() => ({
        links: [...document.querySelectorAll(".group .note a.permalink")].map((link) => link.href),
        dates: [...document.querySelectorAll(".group h3 time")].map((time) => time.dateTime),
        next: document.querySelector(".pager a[rel=next]")?.href,
        last: document.querySelector(".pager .steps li:last-child :is(a, span)")?.textContent,
      }));
      if (!links.length || links.length > PER_PAGE) report(`${page.url()}: ${links.length} passages on one page`);
      for (const link of links) seen.add(link);
      days.push(...dates);
      if (Number(last) !== Math.ceil(TOPIC.passages / PER_PAGE)) report(`${page.url()}: its last page is said to be ${last}`);
      if (!next || pages.includes(next)) break;
      await page.goto(next, { waitUntil: "load" });
    }
    if (seen.size !== TOPIC.passages) report(`${first}: ${seen.size} passages on ${pages.length} pages`);
    const unsorted = days.findIndex((day, at) => at && day > days[at - 1]);
    if (unsorted > 0) report(`${first}: ${days[unsorted]} stands after ${days[unsorted - 1]}`);
    // The filter is the search, set to the topic: it finds the notes, and what was said that they are on.
    await page.goto(pages[0], { waitUntil: "load" });
    await page.locator(`a[href$="q=topic:${TOPIC.slug}"]`).first().click();
    const found = async (least, most) => {
      const fits = ([least, most]) => {
        const count = Number(document.querySelector(".results [role=status]")?.textContent.replace(/\D/g, ""));
        return count >= least && count <= most;
      };
      await page.waitForFunction(fits, [least, most], { timeout: 10_000 })
        .catch(async () => report(`${page.url()}: not ${least} but “${await page.locator(".results [role=status]").textContent()}”`));
    };
    await found(TOPIC.passages, 2 * TOPIC.passages);
    await page.locator(".search details summary").click();
    await page.locator("[data-filter=kind]").selectOption("claim");
    await found(TOPIC.passages / 5, TOPIC.passages / 5);
  });
}

const debatePage = `debates/${LONG.slug}/index.html`;
export const breakages = [
  { of: "large", part: "debate", name: "a script that keeps the first paint waiting", change: { [debatePage]: (html) => html.replace("<head>", '<head><script src="../../theme/site.js"></script>') }, reported: /the first paint, at/ },
  { of: "large", part: "debate", name: "a paragraph that is lost and a note without one", change: { [debatePage]: (html) => html.replace('id="p1490"', "").replace('class="row noted"', "") }, reported: [/"paragraphs":1499/, /#p1490 is not in sight/] },
  { of: "large", part: "topic", name: "passages in another order, and one less", change: { [`topics/${TOPIC.slug}/page-2.html`]: (html) => html.replace(/<time datetime="20\d\d/, '<time datetime="2031').replace(/<a class="permalink".*?<\/a>/, "") }, reported: [/2031-.* stands after/, /2999 passages/] },
];
