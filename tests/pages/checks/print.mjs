// On paper a debate and a topic are briefings: everything that belongs there, and no navigation.
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { withPage } from "../lib/browser.mjs";
import { WORK } from "../lib/sites.mjs";

export const claim = "a debate and a topic print whole: title, citation, paragraph numbers, every note, no navigation";

export async function check({ browser, pages }) {
  const failures = [];
  const folder = join(WORK, "print");
  mkdirSync(folder, { recursive: true });
  await withPage(browser, {}, async (page) => {
    for (const one of pages.filter((page) => /^(debate|topic)$/.test(page.kind))) {
      const report = (words) => failures.push(`${one.site}: ${one.path}: ${words}`);
      await page.goto(one.url, { waitUntil: "load" });
      const wanted = await page.evaluate(belongs);
      const path = join(folder, `${one.site}-${one.path.split("/").at(-2)}.pdf`);
      await page.emulateMedia({ media: "print" });
      // The citation up the edge of every sheet would stand among the words as they are read back.
      const isOnEverySheet = await page.evaluate(() => {
        const running = document.querySelector(".running");
        const isShown = running.checkVisibility() && getComputedStyle(running).position === "fixed";
        running.remove();
        return isShown;
      });
      if (!isOnEverySheet) report("the citation is not on every sheet");
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
  add("a paragraph", document.querySelectorAll(".text > [id]"));
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
  { name: "navigation on paper", page: "topic", change: { "theme/style.css": "\n@media print { .site-nav { display: block !important } }\n" }, reported: /on paper there is <nav class="site-nav"/ },
  { name: "no numbers on paper", page: "debate", change: { "theme/record.css": "\n@media print { .number { display: none } }\n" }, reported: /a paragraph has no number/ },
  { name: "no citation up the edge", page: "topic", change: { "theme/style.css": "\n@media print { .running { display: none !important } }\n" }, reported: /not on every sheet/ },
  { name: "no citation on paper", page: "debate", change: { "theme/style.css": "\n@media print { .citation { display: none } }\n" }, reported: /the citation is not on paper/ },
];
