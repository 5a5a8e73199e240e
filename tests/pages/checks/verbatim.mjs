// In the browser as in the file: every paragraph's text, also as selected, is the record's to the character.
import { withPage } from "../lib/browser.mjs";
import { rapporteur } from "../lib/sites.mjs";

export const claim = "every paragraph in the browser is the record to the character, also when it is selected and copied";

export async function check({ browser, sites, pages }) {
  const failures = [];
  await withPage(browser, {}, async (page) => {
    for (const one of pages.filter((page) => page.kind === "debate")) {
      const { root } = sites.find((site) => site.name === one.site);
      const record = rapporteur("export", "--root", root, one.path.split("/")[1]);
      await page.goto(one.url, { waitUntil: "load" });
      for (const words of await page.evaluate(compare, record)) failures.push(`${one.site}: ${one.path}: ${words}`);
    }
  });
  return failures;
}

function compare(record) {
  const told = new DOMParser().parseFromString(record, "application/xml");
  // Paragraphs of plain words; the standard puts tables and lists of names into elements of its own.
  const spoken = [...told.querySelectorAll("speech > p, question > p, answer > p, other > p")].map((element) => element.textContent);
  const shown = [...document.querySelectorAll(".text > p[id]:not(.aside)")];
  const found = [];
  if (!spoken.length) found.push("the record has no paragraphs");
  if (spoken.length !== shown.length) found.push(`${shown.length} paragraphs are shown, the record has ${spoken.length}`);
  const selection = getSelection();
  shown.forEach((element, at) => {
    if (element.textContent !== spoken[at]) found.push(`${element.id} reads “${element.textContent.slice(0, 60)}”, the record “${spoken[at]?.slice(0, 60)}”`);
    selection.selectAllChildren(element);
    const copied = selection.toString().replace(/\s+/g, " ").trim();
    if (copied !== element.textContent.replace(/\s+/g, " ").trim()) found.push(`${element.id} is copied as “${copied.slice(0, 60)}”`);
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
];
