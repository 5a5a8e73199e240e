// axe-core on pages of every kind, light and dark, narrow and wide.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { withPage } from "../lib/browser.mjs";
import { open } from "../lib/open.mjs";

export const claim = "axe-core finds no violation on pages of every kind, all notes and pictures open, light and dark, at 320 and 1440 px";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** What is another in the dark: all else is as it was in the light. */
const OF_COLOUR = { type: "rule", values: ["color-contrast", "link-in-text-block"] };
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export async function check({ browser, pages }) {
  const failures = new Set();
  const queue = [...pages];
  const visit = () => withPage(browser, { reducedMotion: "reduce" }, async (page) => {
    for (let one; (one = queue.shift()); ) {
      for (const width of [1440, 320]) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme: "light" });
        // Anew, also where only the fragment is another.
        if (one.prepare) await page.goto("about:blank");
        await page.goto(one.url, { waitUntil: "load" });
        await one.prepare?.(page);
        await page.evaluate(AXE);
        // What is closed is not looked into; parts that wait to be drawn would lie over one another.
        await open(page);
        for (const colorScheme of ["light", "dark"]) {
          await page.emulateMedia({ colorScheme });
          const found = await page.evaluate((runOnly) => axe.run(document, {
            runOnly, resultTypes: ["violations"], ...(Array.isArray(runOnly) && { rules: { "target-size": { enabled: true } } }),
          }), colorScheme === "light" ? RULES : OF_COLOUR);
          for (const { id, help, nodes } of found.violations) {
            const first = nodes[0];
            failures.add(`${one.site}: ${one.path}: ${width} px, ${colorScheme}: ${id}: ${help} (${nodes.length}): ${first.target.join(" ")} [${first.html.slice(0, 120)}] ${(first.any[0] ?? first.all[0] ?? first.none[0])?.message ?? ""}`);
          }
        }
      }
    }
  });
  await Promise.all([visit(), visit()]);
  return [...failures].sort();
}

const debate = "debates/2012-12-20-human-trafficking/index.html";
const inAbout = (words) => ({ "about/index.html": (html) => html.replace("</main>", `${words}</main>`) });
export const breakages = [
  { name: "a field without a label", change: inAbout("<p><input></p>"), reported: /about.*label/ },
  { name: "a heading that skips a level", change: inAbout("<h5>x</h5>"), reported: /about.*heading-order/ },
  { name: "faint words in the light", change: { "theme/style.css": "\n:root { --quiet: #b0b0a8 }\n" }, page: "commitments/index.html", reported: /light: color-contrast/ },
  { name: "faint words in the dark", change: { "theme/style.css": "\n@media (prefers-color-scheme: dark) { :root { --ink: #444 } }\n" }, reported: /dark: color-contrast/ },
  { name: "a field without a label in a closed note", page: "debate", change: { [debate]: (html) => html.replace('<div class="note-body prose">', '<div class="note-body prose"><p><input></p>') }, reported: /human-trafficking.*320 px.*label/ },
  { name: "no language", change: { "about/index.html": (html) => html.replace(/<html lang="[^"]*"/, "<html") }, reported: /html-has-lang/ },
];
