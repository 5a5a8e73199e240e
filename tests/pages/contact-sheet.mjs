// The theme's contact sheet: every kind of page at three widths, light and dark, and on paper, in a few
// pictures under docs/contact-sheet/. Run it after a change of looks, and look at what it wrote.
//
//   node contact-sheet.mjs              every sheet, and the pictures of the README
//   node contact-sheet.mjs SHEET…       these sheets alone
//   node contact-sheet.mjs --pictures   the pictures of the README alone
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { launch, withPage } from "./lib/browser.mjs";
import { assembled, visit } from "./lib/pictures.mjs";
import { serve } from "./lib/server.mjs";
import { LONG } from "./lib/large.mjs";
import { EDGE, REPOSITORY, TAKEN_AWAY, WORK, corpus, kinds, large, pagesOf, rapporteur, run, sample } from "./lib/sites.mjs";

/** Which kinds of the demonstration's pages stand on which sheet, and which edge cases. */
const SHEETS = {
  reading: ["home", "debate", "topic", "person", "briefing"],
  finding: ["search", "check", "debates", "topics", "people", "briefings", "annotations", "kind"],
  keeping: ["commitments", "fact-check", "glossary", "corrections", "unplaced", "page", "404"],
  edges: ["arabic", "arabic-inside", "welsh", "forty-notes", "wide-table", "long-title", "long-word"],
};
/** The invented assembly, which has what the demonstration has not: outcomes, a fact-check, corrections, portraits. */
const EXAMPLE = ["home", "debate", "person", "commitments", "fact-check", "corrections"];
/** The pictures of the README, of the invented assembly: which page, at which place, how wide and high. */
const PICTURES = {
  "debate.webp": ["debates/2024-01-16-the-narrows-bridge/", 1280, 900],
  "commitments.webp": ["commitments/", 1280, 800],
  "phone.webp": ["debates/2025-03-11-motion-of-regret/#p4", 390, 800],
};
/** All of them together are at most so heavy, in bytes. */
const LIGHT = 250_000;
/** Imported debates on a sheet of their own, where the corpora can be had: columns and times, long headings, a
 *  debate of 1,500 paragraphs as it is linked to. */
const IMPORTED = ["2009-10-27-swindon-to-kemble-railway", "2021-03-18-sesion-plenaria-num-85-2021-03-18", "2021-03-12-prisons-substance-testing-bill/#p30"];
const asked = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const isWanted = (sheet) => !asked.length || asked.includes(sheet);
const VIEWS = [1440, 768, 320].flatMap((width) => ["light", "dark"].map((scheme) => ({ width, scheme })));
/** So much of a page is shown, in its own pixels; and so much smaller. */
const HEIGHT = 1700;
const SCALE = 0.38;
/** All sheets together are at most so heavy, in bytes. */
const LIMIT = 3_000_000;
// Addresses stand on pages: they are the same on every machine.
const HOST = "https://example.org/";

const server = await serve();
const browser = await launch();
const target = join(REPOSITORY, "docs/contact-sheet");
try {
  await pictures();
  if (!process.argv.includes("--pictures")) await sheets();
} finally {
  await browser.close();
  await server.close();
}

async function sheets() {
  const demo = build("briefings", REPOSITORY);
  const edge = build("edge", EDGE, TAKEN_AWAY);
  const shown = new Set(Object.values(SHEETS).flat());
  // A former address leads away before it can be seen.
  const missing = kinds().filter((kind) => !shown.has(kind) && kind !== "moved");
  if (missing.length) throw new Error(`on no sheet: ${missing.join(", ")}`);
  if (!asked.length) rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  let total = 0;
  for (const [sheet, names] of Object.entries(SHEETS).filter(([sheet]) => isWanted(sheet))) {
    const pages = names.map((name) => {
      const page = sheet === "edges"
        ? edge.find((page) => page.kind === "debate" && page.path.includes(`-${name}/`))
        : [...sample(demo), ...sample(edge)].find((page) => page.kind === name);
      if (!page) throw new Error(`there is no page to show as ${name}`);
      return { name, ...page };
    });
    const rows = [];
    for (const page of pages) rows.push(await row(page));
    const file = join(target, `${sheet}.webp`);
    writeFileSync(file, await assembled(browser, rows, SCALE));
    total += statSync(file).size;
    console.log(`${sheet}.webp: ${pages.length} pages, ${statSync(file).size} bytes`);
  }
  if (isWanted("example")) {
    const invented = sample(example());
    const rows = [];
    for (const kind of EXAMPLE) rows.push(await row({ name: kind, ...invented.find((page) => page.kind === kind) }));
    const file = join(target, "example.webp");
    writeFileSync(file, await assembled(browser, rows, SCALE));
    total += statSync(file).size;
    console.log(`example.webp: ${rows.length} pages, ${statSync(file).size} bytes`);
  }
  if (isWanted("imported") && corpus(server)) {
    large(server);
    const imported = build("corpus", join(WORK, "corpus-source"));
    const long = build("large", join(WORK, "large-source")).find(({ path }) => path.includes(LONG.slug));
    const rows = [];
    for (const name of IMPORTED) {
      const [path, fragment = ""] = name.split("/");
      const page = imported.find((page) => page.kind === "debate" && page.path.includes(`/${path}/`));
      rows.push(await row({ ...page, name, url: page.url + fragment }));
    }
    rows.push(await row({ ...long, name: `${LONG.slug}/#p1467`, url: `${long.url}#p1467` }));
    const file = join(target, "imported.webp");
    writeFileSync(file, await assembled(browser, rows, SCALE));
    total += statSync(file).size;
    console.log(`imported.webp: ${rows.length} pages, ${statSync(file).size} bytes`);
  }
  if (total > LIMIT) throw new Error(`${total} bytes are more than ${LIMIT}`);
}

/** The invented assembly's pages. */
function example() {
  const root = join(WORK, "sheet-example-source");
  rmSync(root, { recursive: true, force: true });
  rapporteur("init", root, "--example");
  return build("example", root);
}

/** What the README shows. */
async function pictures() {
  const folder = join(REPOSITORY, "docs/pictures");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const pages = example();
  let total = 0;
  for (const [name, [path, width, height]] of Object.entries(PICTURES)) {
    const [address, fragment = ""] = path.split("#");
    const found = pages.find((page) => page.path === `${address}index.html`);
    if (!found) throw new Error(`there is no page to show as ${name}`);
    await withPage(browser, { viewport: { width, height }, reducedMotion: "reduce" }, async (page) => {
      await visit(page, `${found.url}${fragment && `#${fragment}`}`);
      const steering = await page.context().newCDPSession(page);
      const { data } = await steering.send("Page.captureScreenshot", { format: "webp", quality: 70 });
      writeFileSync(join(folder, name), Buffer.from(data, "base64"));
    });
    total += statSync(join(folder, name)).size;
  }
  console.log(`docs/pictures: ${Object.keys(PICTURES).length} pictures, ${total} bytes`);
  if (total > LIGHT) throw new Error(`the pictures of the README: ${total} bytes are more than ${LIGHT}`);
}

function build(name, root, allowed) {
  const folder = join(WORK, `sheet-${name}`);
  rmSync(folder, { recursive: true, force: true });
  run(["build", "--root", root, "--output", folder, "--base-url", `${HOST}${name}/`, ...(allowed ? ["--keep-going"] : [])], allowed);
  // Below the path of the address: the page for addresses that don't exist asks for its style there.
  return pagesOf(name, folder, server.mount(name, folder));
}

/** The views of one page: its name, and pictures with their captions. */
async function row({ name, url }) {
  const pictures = [];
  for (const { width, scheme } of VIEWS) {
    const settings = { viewport: { width, height: 900 }, colorScheme: scheme, reducedMotion: "reduce" };
    await withPage(browser, settings, async (page) => {
      await visit(page, url);
      const height = Math.min(HEIGHT, await page.evaluate(() => document.documentElement.scrollHeight));
      const clip = { x: 0, y: 0, width, height };
      // A page that is opened at a place is shown as it stands there.
      pictures.push({ caption: `${width} px, ${scheme}`, width, png: await page.screenshot(url.includes("#") ? {} : { clip, fullPage: true }) });
    });
  }
  await withPage(browser, {}, async (page) => {
    await visit(page, url);
    const pdf = join(WORK, "sheet.pdf");
    await page.pdf({ path: pdf, preferCSSPageSize: true, format: "A4" });
    execFileSync("pdftoppm", ["-png", "-r", "96", "-f", "1", "-l", "1", "-singlefile", pdf, pdf.replace(/\.pdf$/, "")]);
    pictures.push({ caption: "paper, first sheet", width: 794, png: readFileSync(pdf.replace(/pdf$/, "png")) });
  });
  return { name, pictures };
}
