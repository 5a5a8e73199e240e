// A debate as its reader meets it: the record on the first screen, nothing over it, nothing broken, and what is
// copied is the record.
import { withPage } from "../lib/browser.mjs";

export const claim = "the record of every debate begins on the first screen, nothing lies over its words, no label is broken letter by letter, a speaker’s portrait takes no room from the words, and what is copied over paragraphs is the record alone";

/** Where the first words stand at most, on a wide screen and on a phone. What a debate says of itself before them
 *  is the editors': long titles and summaries may push them down by as much again as the room they take over ROOM. */
const FIRST = [[1440, 900, 560], [390, 844, 600]];
const ROOM = 230;
/** At these widths nothing is narrow, and nothing covered. */
const WIDTHS = [320, 390, 768, 1024, 1440, 1920];
/** A debate whose speakers have portraits. */
const BESIDE = "debates/2024-06-11-questions-on-works/index.html";
/** So many paragraphs of a debate are looked at. */
const PARAGRAPHS = 25;

export async function check({ browser, pages, widths = WIDTHS }) {
  const failures = [];
  const debates = pages.filter((page) => page.kind === "debate");
  if (!debates.length) return ["no debate was looked at"];
  const queue = [...debates];
  let clipboard = Promise.resolve();
  const look = () => withPage(browser, {}, async (page) => {
    for (let one; (one = queue.shift()); ) {
      const report = (words) => failures.push(`${one.site}: ${one.path}: ${words}`);
      await page.goto(one.url, { waitUntil: "load" });
      for (const [width, height, most] of FIRST) {
        await page.setViewportSize({ width, height });
        const { first, own } = await page.evaluate(measured);
        if (first !== null && first - Math.max(0, own - ROOM) > most) report(`at ${width} px the first words stand at ${first} px, with ${own} px of title, summary and headings`);
      }
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        for (const words of [...(await page.evaluate(narrow)), ...(await page.evaluate(faces))]) report(`at ${width} px ${words}`);
      }
      // As it is opened at a paragraph, with the tools for quoting there.
      const ids = await page.evaluate(numbered, PARAGRAPHS);
      if (!ids.length) continue;
      for (const width of [320, 390, 1440]) {
        await page.setViewportSize({ width, height: 900 });
        await page.goto(`${one.url}#${ids.at(-1)}`, { waitUntil: "load" });
        // A long page takes the script a while.
        const there = page.locator(".tools").waitFor({ state: "visible", timeout: 10_000 });
        if (!(await there.then(() => true, () => false))) report(`at ${width} px the tools for quoting are not there`);
        for (const words of await page.evaluate(covered, ids)) report(`at ${width} px ${words}`);
      }
      // There is one clipboard.
      const turn = clipboard.then(() => copied(page, ids));
      clipboard = turn.catch(() => {});
      for (const words of await turn) report(words);
    }
  });
  await Promise.all([look(), look()]);
  return failures.sort();
}

/** Where the first words stand, and how much of that is the editors' title and summary and the record's headings. */
function measured() {
  const words = document.querySelector(".record .text > [id]");
  if (!words) return { first: null, own: 0 };
  const before = [...document.querySelectorAll(".title > *, .record .within, .record .speaker-line, .record .correction, .contribution > *")]
    .filter((element) => element.compareDocumentPosition(words) & Node.DOCUMENT_POSITION_FOLLOWING && !element.contains(words));
  const own = before.reduce((sum, element) => sum + element.getBoundingClientRect().height, 0);
  return { first: Math.round(words.getBoundingClientRect().top + scrollY), own: Math.round(own) };
}

/** What stands in more than two lines in less than three letters' width. */
function narrow() {
  const found = [];
  for (const element of document.querySelectorAll("main *")) {
    const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!own.length || element.closest("svg, .hidden, .text") || !element.checkVisibility()) continue;
    const range = document.createRange();
    range.setStartBefore(own[0]);
    range.setEndAfter(own.at(-1));
    const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
    const lines = new Set(boxes.map((box) => Math.round(box.top))).size;
    const width = Math.max(...boxes.map((box) => box.right)) - Math.min(...boxes.map((box) => box.left));
    if (lines > 2 && width < 3 * parseFloat(getComputedStyle(element).fontSize)) found.push(`“${own[0].data.trim().slice(0, 30)}” is broken into ${lines} lines`);
  }
  for (const number of document.querySelectorAll(".number")) {
    const digits = document.createRange();
    digits.selectNodeContents(number);
    const box = digits.getBoundingClientRect();
    const text = number.nextElementSibling.getBoundingClientRect();
    if (digits.getClientRects().length > 1) found.push(`the number ${number.textContent} wraps`);
    if (getComputedStyle(number).direction === "ltr" && box.right > text.left + 1 && number.getBoundingClientRect().left < text.left) found.push(`the number ${number.textContent} runs into its words`);
  }
  return found;
}

/** Which portraits of speakers are not whole, or stand in the way of the name. */
function faces() {
  return [...document.querySelectorAll(".speaker > .face")].flatMap((face) => {
    const [box, line] = [face.getBoundingClientRect(), face.parentElement.getBoundingClientRect()];
    const name = face.parentElement.querySelector(".speaker-name");
    const first = name.getClientRects()[0];
    const found = [];
    if (box.width < 16 || Math.abs(box.width - box.height) > 1) found.push(`the portrait of ${name.textContent} is ${Math.round(box.width)} px wide and ${Math.round(box.height)} px high`);
    if (box.top < line.top || box.bottom > line.bottom) found.push(`the portrait of ${name.textContent} is cut off`);
    if (box.left < first.right && box.right > first.left) found.push(`the portrait of ${name.textContent} stands over the name`);
    return found;
  });
}

/** Some paragraphs, from the first to the last. */
function numbered(most) {
  const all = [...document.querySelectorAll(".record .text > p[id]")].filter(({ textContent }) => textContent.trim()).map(({ id }) => id);
  return all.filter((_, at) => at % Math.ceil(all.length / most) === 0);
}

/** Which paragraphs have something over their first line when one is led to them. */
async function covered(ids) {
  const found = [];
  for (const id of ids) {
    const element = document.getElementById(id);
    element.scrollIntoView();
    await new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); });
    const range = document.createRange();
    range.selectNodeContents(element);
    const line = [...range.getClientRects()].find((box) => box.width > 1);
    const top = document.elementFromPoint(line.left + Math.min(5, line.width / 2), line.top + line.height / 2);
    if (!element.contains(top)) found.push(`<${top?.localName} class="${top?.className}"> lies over the first line of ${id}`);
  }
  return found;
}

/** Copies from the middle of a paragraph to the middle of the next but one, over whatever stands between. */
async function copied(page, ids) {
  if (ids.length < 2) return [];
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.bringToFront();
  const wanted = await page.evaluate(() => {
    const all = [...document.querySelectorAll(".record .text > p[id]")].filter(({ textContent }) => textContent.trim());
    const [from, to] = [all[0], all[Math.min(2, all.length - 1)]];
    const texts = (element) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      const nodes = [];
      while (walker.nextNode()) nodes.push(walker.currentNode);
      return nodes;
    };
    const [start, end] = [texts(from)[0], texts(to).at(-1)];
    getSelection().setBaseAndExtent(start, Math.min(3, start.length), end, Math.max(0, end.length - 1));
    // The record's words and speakers between, in their order.
    const parts = [...document.querySelectorAll(".record :is(.within, .speaker, .text > [id])")]
      .filter((part) => getSelection().containsNode(part, true));
    return parts.map((part) => {
      let text = part.textContent;
      for (const role of part.querySelectorAll?.(".role") ?? []) text = text.replace(role.textContent, "");
      if (part === from) text = text.slice(Math.min(3, start.length));
      if (part === to) text = text.slice(0, text.length - 1);
      return text.replace(/\s+/g, " ").trim();
    }).filter(Boolean).join(" ");
  });
  await page.waitForFunction(() => document.querySelector('script[src*="copy.js"]'), null, { timeout: 5_000 }).catch(() => {});
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(100);
  await page.keyboard.press("ControlOrMeta+c");
  await page.waitForTimeout(50);
  const { plain, html, pictures } = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const of = async (type) => (item.types.includes(type) ? (await item.getType(type)).text() : "");
    const box = new DOMParser().parseFromString(await of("text/html"), "text/html").body;
    return { plain: (await of("text/plain")).replace(/\s+/g, " ").trim(), html: box.textContent.replace(/\s+/g, " ").trim(), pictures: box.querySelectorAll("img").length };
  });
  if (pictures) return [`what is copied as HTML has pictures in it: ${pictures}`];
  return [["as text", plain], ["as HTML", html]].filter(([, is]) => is !== wanted)
    .map(([as, is]) => {
      const at = [...wanted].findIndex((letter, at) => letter !== is[at]);
      return `what is copied ${as} is not the record: “${is.slice(Math.max(0, at - 20), at + 40)}” instead of “${wanted.slice(Math.max(0, at - 20), at + 40)}”`;
    });
}

export const breakages = [
  { name: "a record below the first screen", page: "debate", change: { "theme/record.css": "\n.toolbar { margin-bottom: 300px }\n" }, reported: /at 1440 px the first words stand at \d+ px/ },
  { name: "labels broken letter by letter", page: "debate", change: { "theme/record.css": "\n.said-at > * { width: 1ch; white-space: normal !important; overflow-wrap: anywhere }\n" }, reported: /is broken into \d+ lines/ },
  { name: "numbers that run into the words", page: "debate", change: { "theme/record.css": "\n.number { padding-inline-start: 3rem !important }\n" }, reported: /runs into its words/ },
  { name: "tools over the words", page: "debate", change: { "theme/record.css": "\n.toolbar { min-height: 9rem !important }\n" }, reported: /lies over the first line of p\d/ },
  { name: "a clipboard with notes in it", page: "debate", change: { "theme/copy.js": () => "\n" }, reported: /what is copied as text is not the record/ },
  { name: "portraits in the clipboard", of: "example", page: BESIDE, change: { "theme/copy.js": (script) => script.replace(".role, .face", ".role") }, reported: /what is copied as HTML has pictures in it: \d/ },
  { name: "portraits over names", of: "example", page: BESIDE, change: { "theme/record.css": "\n.face { margin-inline-start: 3rem }\n" }, reported: /the portrait of Mirela Castellane stands over the name/ },
  { name: "portraits that are cut off", of: "example", page: BESIDE, change: { "theme/record.css": "\n.face { top: -1rem !important }\n" }, reported: /the portrait of Mirela Castellane is cut off/ },
  { name: "a site without a debate", page: "none such", change: { "theme/style.css": "\n" }, reported: /no debate was looked at/ },
];
