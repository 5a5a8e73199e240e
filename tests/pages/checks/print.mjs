// On paper a debate and a topic are briefings: everything that belongs there, and no navigation.
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { withPage } from "../lib/browser.mjs";
import { WORK } from "../lib/sites.mjs";

export const claim = "a debate, a topic and a briefing print whole: title, source and address on every sheet, DRAFT on a draft's, paragraph numbers, every note, nothing past the edge, no navigation";

export async function check({ browser, pages }) {
  const failures = [];
  const folder = join(WORK, "print");
  mkdirSync(folder, { recursive: true });
  await withPage(browser, {}, async (page) => {
    for (const one of pages.filter((page) => /^(debate|topic|briefing)$/.test(page.kind))) {
      const report = (words) => failures.push(`${one.site}: ${one.path}: ${words}`);
      await page.goto(one.url, { waitUntil: "load" });
      const wanted = await page.evaluate(belongs);
      const path = join(folder, `${one.site}-${one.path.split("/").at(-2)}.pdf`);
      await page.emulateMedia({ media: "print" });
      const running = await page.evaluate(() => document.querySelector(".running")?.textContent);
      await page.pdf({ path, preferCSSPageSize: true, format: "A4", printBackground: false });
      for (const words of atTheEdges(path, running, one)) report(words);
      // What stands up the edge of every sheet would stand among the words as they are read back, and so would
      // the numbers of notes, which are style.
      await page.evaluate(() => {
        document.querySelector(".running")?.remove();
        const without = new CSSStyleSheet();
        without.replaceSync("mark::after { content: none !important }");
        document.adoptedStyleSheets.push(without);
      });
      await page.pdf({ path, preferCSSPageSize: true, format: "A4", printBackground: false });
      const read = execFileSync("pdftotext", ["-raw", path, "-"], { encoding: "utf8", maxBuffer: 1 << 27 });
      const text = read.split("\f").map((sheet) => squeeze(sheet.replace(/^\d+ \/ \d+\n/, ""))).join("");
      for (const [what, words] of wanted) {
        if (!holds(text, squeeze(words))) report(`${what} is not on paper: “${words.slice(0, 60)}”`);
      }
      const navigation = await page.evaluate(shown);
      for (const words of navigation) report(`on paper there is ${words}`);
      if (one.kind === "debate") for (const words of await page.evaluate(numbered)) report(words);
      await page.emulateMedia({ media: null });
    }
  });
  return failures;
}

/** So many characters fit up the edge of a sheet. */
const FITS = 270;

/** What is wrong at the edges of the sheets: each says up its own what it is of, and nothing goes past one. */
function atTheEdges(path, running, one) {
  const found = [];
  const read = execFileSync("pdftotext", ["-bbox", path, "-"], { encoding: "utf8", maxBuffer: 1 << 28 });
  // The strip lies within the margin of 16 mm and the 9 mm that the words leave free, on either side.
  const [margin, free] = [16, 25].map((mm) => (mm / 25.4) * 72);
  // The strip has two lines. What is longer than they are is cut at its end, and no more than that.
  const parts = (running ?? "(nothing)").slice(0, FITS).split(" · ");
  read.split("<page ").slice(1).forEach((sheet, at) => {
    const width = Number(/width="([\d.]+)"/.exec(sheet)[1]);
    const words = [...sheet.matchAll(/<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">([^<]*)/g)]
      .map(([, left, top, right, bottom, text]) => ({ left: +left, top: +top, right: +right, bottom: +bottom, text: unescaped(text) }));
    const past = words.find(({ left, right }) => left < margin - 3 || right > width - margin + 3);
    if (past) found.push(`sheet ${at + 1}: “${past.text}” goes past the edge`);
    const strip = words.filter(({ left, right }) => right < free + 1 || left > width - free - 1).sort((a, b) => Math.round((a.left - b.left) / 4) || b.bottom - a.bottom);
    const said = letters(strip.map(({ text }) => text).join(""));
    for (const part of parts) {
      // Letters that join are other signs in a file for printing.
      if (/[\u0590-\u08ff]/.test(part) || said.includes(letters(part))) continue;
      found.push(`sheet ${at + 1} of ${one.kind} does not say “${part.slice(0, 60)}” up its edge`);
    }
  });
  return found;
}

// Capitals are of the style; upright marks among turned letters are read back out of order.
const letters = (words) => words.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

const unescaped = (words) => words.replace(/&(lt|gt|quot|amp);/g, (_, name) => ({ lt: "<", gt: ">", quot: '"', amp: "&" })[name]);

// Lines are broken on paper, with hyphens and spaces that are not in the page; ligatures are one sign.
const squeeze = (words) => words.normalize("NFKC").replace(/[\s\u00ad\u2010-]+/g, "");

/** Whether words stand in a text, whole or in two pieces with the turn of a sheet between them. */
function holds(text, words) {
  let [found, cut] = [0, words.length + 1];
  while (cut - found > 1) {
    const middle = (found + cut) >> 1;
    if (text.includes(words.slice(0, middle))) found = middle;
    else cut = middle;
  }
  return text.includes(words.slice(found));
}

function belongs() {
  const there = [];
  const add = (what, elements) => { for (const element of elements) there.push([what, element.textContent.trim()]); };
  add("the title", [document.querySelector("h1")]);
  add("the citation", document.querySelectorAll(".citation"));
  add("where a passage is from", document.querySelectorAll(".evidence figcaption .at"));
  add("a paragraph", document.querySelectorAll(".text > [id]:not(.correction)"));
  add("a cell of a table", document.querySelectorAll(".prose :is(td, th)"));
  add("a note", document.querySelectorAll(".note-body > p"));
  add("the title of a note", document.querySelectorAll(".note-title"));
  if (document.body.classList.contains("page-debate") && !document.querySelector(".citation")) there.push(["the citation", "(none in the page)"]);
  // Letters that join are other signs in a file for printing: they are looked at with the eye.
  return there.filter(([, words]) => words && !/[\u0590-\u08ff]/.test(words));
}

function shown() {
  const wanted = "nav, .site-nav, .breadcrumbs, .skip, button, input, select, form, .pager, .notes summary";
  return [...document.querySelectorAll(wanted)]
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height > 1)
    .map((element) => `<${element.localName} class="${element.className}"> “${element.textContent.trim().slice(0, 40)}”`);
}

function numbered() {
  return [...document.querySelectorAll(".row")]
    .filter((row) => !row.querySelector(".number")?.checkVisibility() || !row.querySelector(".number").textContent.trim())
    .map((row) => `a paragraph has no number: “${row.textContent.trim().slice(0, 40)}”`);
}

export const breakages = [
  { name: "notes that stay closed", page: "debate", change: { "theme/style.css": "\n@media print { .notes { display: none } }\n" }, reported: /a note is not on paper/ },
  { name: "navigation on paper", page: "topic", change: { "theme/style.css": (style) => `${style.replace(".scripted, .site-nav,", ".scripted,").replace(".feed), .permalink, .rest > summary, .menu {", ".feed), .permalink, .rest > summary {")}\n@media print { .menu, .site-nav { display: block } .menu::details-content { content-visibility: visible } }\n` }, reported: /on paper there is <nav class="site-nav"/ },
  { name: "no numbers on paper", page: "debate", change: { "theme/record.css": "\n@media print { .number { display: none } }\n" }, reported: /a paragraph has no number/ },
  { name: "no citation up the edge", page: "topic", change: { "theme/style.css": "\n@media print { .running { display: none !important } }\n" }, reported: /sheet 2 of topic does not say/ },
  { name: "a citation on the first sheet alone", page: "debate", change: { "theme/style.css": "\n@media print { .running { position: absolute !important } }\n" }, reported: /sheet 2 of debate does not say/ },
  { name: "a table that goes past the edge", page: "briefing", change: { "briefings/human-trafficking-after-the-debate/index.html": (html) => html.replace("</main>", `<div class="prose"><table><tr>${Array.from({ length: 90 }, (_, at) => `<td>${99_990_000 + at}</td>`).join("")}</tr></table></div></main>`), "theme/style.css": "\n@media print { td { white-space: nowrap; overflow-wrap: normal !important } }\n" }, reported: /goes past the edge|a cell of a table is not on paper/ },
  { name: "no citation on paper", page: "debate", change: { "theme/style.css": "\n@media print { .citation { display: none } }\n" }, reported: /the citation is not on paper/ },
];
