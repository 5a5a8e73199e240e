// The changes that matter most to readers, each in one picture: a page as it was, and the same as it is.
//
//   node before-and-after.mjs BEFORE AFTER
//
// Both are folders with two built sites in them: `demo`, the demonstration, and `example`, the invented assembly.
// Those of BEFORE are built by an earlier program, so that nobody can make the pictures without it: see
// docs/before-and-after.md. What it measures of each it says.
import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { launch, withPage } from "./lib/browser.mjs";
import { assembled, visit } from "./lib/pictures.mjs";
import { serve } from "./lib/server.mjs";
import { REPOSITORY } from "./lib/sites.mjs";

const HUMAN = "demo/debates/2012-12-20-human-trafficking/";
const BRIDGE = "example/debates/2024-01-16-the-narrows-bridge/";
const QUOTED = "The cases that were referred to the national referral mechanism in 2011 are just the tip of the icebergs.";
const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
/** The picture, how large its window is, where it looks before and after, what is done there first, and what is
 *  measured of it. Where a page is not the same before and after, both are named. */
const PICTURES = [
  { name: "record-wide", view: WIDE, at: HUMAN, measure: firstWords },
  { name: "record-phone", view: PHONE, at: HUMAN, measure: firstWords },
  { name: "notes", view: WIDE, at: HUMAN, scroll: "#p3", measure: lengthOfPage },
  { name: "tools", view: PHONE, at: `${HUMAN}#p3`, measure: coveredLines },
  { name: "speakers", view: WIDE, at: BRIDGE, scroll: ".contribution:nth-of-type(3)", measure: lengthOfPage },
  { name: "topic", view: WIDE, at: "demo/topics/prosecution-guidance/", measure: lengthOfPage },
  { name: "person", view: WIDE, at: "example/people/ada-thornquill/", measure: lengthOfPage },
  { name: "commitments", view: WIDE, at: "example/commitments/", measure: accusations },
  { name: "fact-check", view: WIDE, at: "example/annotations/fact-check/2024-01-16-the-narrows-bridge/counted-at-the-harbour/", measure: verdictOfCheck },
  { name: "home", view: WIDE, at: "demo/", measure: lengthOfPage },
  { name: "search", view: WIDE, at: "demo/search/?q=Harper", wait: "main", measure: results },
  { name: "check", view: WIDE, at: HUMAN, after: "demo/check/", prepare: checking, measure: verdict },
];
/** Wide pictures are so much smaller, and all of them together at most so heavy, in bytes. */
const SCALE = { 1440: 0.38, 390: 0.75 };
const LIMIT = 1_000_000;

const [before, after] = process.argv.slice(2, 4);
if (!after) throw new Error("say where the sites of before and of after are: node before-and-after.mjs BEFORE AFTER");
const only = process.argv.slice(4);
const server = await serve();
const browser = await launch();
const target = join(REPOSITORY, "docs/before-and-after");
try {
  if (!only.length) rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const sites = { before: server.mount("before", resolve(before)), after: server.mount("after", resolve(after)) };
  let total = 0;
  for (const picture of PICTURES.filter(({ name }) => !only.length || only.includes(name))) {
    const pictures = [];
    const figures = [];
    for (const [when, base] of Object.entries(sites)) {
      const { png, figure } = await taken(base + ((when === "after" && picture.after) || picture.at), picture);
      pictures.push({ caption: when, width: picture.view.width, png });
      figures.push(figure);
    }
    const file = join(target, `${picture.name}.webp`);
    writeFileSync(file, await assembled(browser, [{ name: "", pictures }], SCALE[picture.view.width], 60));
    total += statSync(file).size;
    console.log(`${picture.name}.webp: ${figures.join(" → ")}; ${statSync(file).size} bytes`);
  }
  if (total > LIMIT) throw new Error(`${total} bytes are more than ${LIMIT}`);
} finally {
  await browser.close();
  await server.close();
}

/** A page as its window shows it, and what is measured of it. */
async function taken(url, { view, scroll, prepare, measure }) {
  return withPage(browser, { viewport: view, reducedMotion: "reduce" }, async (page) => {
    await visit(page, url);
    if (prepare) await prepare(page);
    if (scroll) await page.locator(scroll).evaluate((element) => element.scrollIntoView());
    await page.waitForTimeout(300);
    return { png: await page.screenshot(), figure: await page.evaluate(measure) };
  });
}

function firstWords() {
  return `first words at ${Math.round(document.querySelector("#p1").getBoundingClientRect().top + scrollY)} px`;
}

function lengthOfPage() {
  return `${document.documentElement.scrollHeight} px long`;
}

/** How many commitments are called past due though they have an outcome. */
function accusations() {
  const rows = [...document.querySelectorAll("main tr")].filter((row) => /Kept|Broken|Overtaken/.test(row.textContent));
  return `called past due with an outcome: ${rows.filter((row) => /past due|date passed/.test(row.textContent)).length} of ${rows.length}`;
}

function verdictOfCheck() {
  const verdict = [...document.querySelectorAll("main *")].find((element) => !element.children.length && element.textContent.trim() === "Misleading");
  return `the verdict at ${Math.round(verdict.getBoundingClientRect().top)} px in ${getComputedStyle(verdict).fontSize}`;
}

/** How many lines of words on the screen have the tools over them. */
function coveredLines() {
  const is = [...document.querySelectorAll(".record .text > [id]")].map((paragraph) => {
    const range = document.createRange();
    range.selectNodeContents(paragraph);
    return [...range.getClientRects()].filter((box) => {
      const [x, y] = [box.left + Math.min(5, box.width / 2), box.top + box.height / 2];
      return document.elementFromPoint(x, y)?.closest(".tools");
    }).length;
  });
  return `lines of the record under the tools: ${is.reduce((sum, lines) => sum + lines, 0)}`;
}

function results() {
  return document.querySelector("main").innerText.split("\n").slice(0, 200).find((line) => /Harper/i.test(line)) ?? "nothing";
}

/** Pastes words that nobody said, and has them checked. */
async function checking(page) {
  const box = page.locator(".checking").first();
  if (await box.count()) await box.evaluate((element) => { element.open = true; });
  await page.locator(".check textarea").first().fill(QUOTED);
  await page.locator(".check button").first().click();
  await page.waitForTimeout(1500);
}

function verdict() {
  const said = [...document.querySelectorAll(".check output, .check [role=status], output")].find((element) => element.textContent.trim().length > 20);
  if (!said) return "no verdict";
  return `the verdict at ${Math.round(said.getBoundingClientRect().top + scrollY)} px of the page`;
}
