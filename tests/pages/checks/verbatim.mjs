// In the browser as in the file: every paragraph's text, also as selected, is the record's to the character.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { withPage } from "../lib/browser.mjs";

export const claim = "every paragraph, table, list of votes and poem in the browser is the record to the character, also when it is selected and copied";

export async function check({ browser, sites, pages }) {
  const failures = [];
  let compared = 0;
  await withPage(browser, {}, async (page) => {
    for (const one of pages.filter((page) => page.kind === "debate")) {
      const { folder } = sites.find((site) => site.name === one.site);
      const record = recordOf(join(folder, dirname(one.path)));
      compared += record.length;
      await page.goto(one.url, { waitUntil: "load" });
      for (const words of await page.evaluate(compare, record)) failures.push(`${one.site}: ${one.path}: ${words}`);
    }
  });
  if (!compared) failures.push("nothing was compared");
  return failures;
}

/** The paragraphs of a debate as its own data file has them; a long debate's stand in several. */
function recordOf(folder) {
  const parts = readdirSync(folder).filter((name) => /^debate(-\d+)?\.json$/.test(name)).map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")));
  parts.sort((a, b) => a.part - b.part);
  if (parts.length !== parts[0]?.parts) throw new Error(`${folder} has ${parts.length} parts of a record of ${parts[0]?.parts}`);
  return parts.flatMap((part) => part.contributions).flatMap((contribution) => contribution.paragraphs ?? []).map(({ id, text }) => ({ id, text }));
}

function compare(record) {
  const shown = [...document.querySelectorAll(".text > [id]:not(.correction)")];
  const found = [];
  const close = (words) => words.replace(/\s+/g, " ").trim();
  // Cells and items are told apart by white space in the data, by elements in the page.
  const bare = (words) => words.replace(/\s+/g, "");
  if (!record.length !== !shown.length || record.length !== shown.length) found.push(`${shown.length} paragraphs are shown, the record has ${record.length}`);
  const selection = getSelection();
  shown.forEach((element, at) => {
    const { id, text } = record[at] ?? {};
    const isPlain = element.localName === "p" && !element.querySelector("br");
    const how = isPlain ? (words) => words : bare;
    if (id !== element.id) found.push(`${element.id} stands where the record has ${id}`);
    if (how(element.textContent) !== how(text ?? "")) found.push(`${element.id} reads “${element.textContent.slice(0, 60)}”, the record “${text?.slice(0, 60)}”`);
    selection.selectAllChildren(element);
    const copied = isPlain ? close(selection.toString()) : bare(selection.toString());
    if (copied !== (isPlain ? close : bare)(element.textContent)) found.push(`${element.id} is copied as “${copied.slice(0, 60)}”`);
  });
  selection.removeAllRanges();
  return found;
}

const debate = "debates/2012-12-20-human-trafficking/index.html";
export const breakages = [
  { name: "a word changed", page: "debate", change: { [debate]: (html) => html.replace(/(<p id="p3"[^>]*>(?:<[^>]*>)*)\w+/, "$1Changed") }, reported: /p3 reads/ },
  { name: "a script that adds to the record", page: "debate", change: { "theme/site.js": '\ndocument.getElementById("p3")?.append(" [1]");\n' }, reported: /p3 reads/ },
  { name: "words that can't be selected", page: "debate", change: { "theme/style.css": "\nmark { user-select: none }\n" }, reported: /is copied as/ },
  { name: "words in capitals", page: "debate", change: { "theme/style.css": "\n.text { text-transform: uppercase }\n" }, reported: /is copied as/ },
  { name: "a paragraph left out", page: "debate", change: { [debate]: (html) => html.replace(/<p id="p4"/, '<p data-was="p4"') }, reported: /paragraphs are shown, the record has/ },
];
