// The box that checks a quotation, and the tools that copy one: right to the character, or not at all.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withPage } from "../lib/browser.mjs";
import { WORK, checkQuotes } from "../lib/sites.mjs";

export const claim = "a pasted quotation is verbatim where the record has it to the character and nowhere else, on the page for the whole site as `check-quotes` answers; what is copied is whole words, with whose they are and where";

export async function check({ browser, pages, example }) {
  const failures = [];
  let tried = 0;
  for (const one of pages.filter((page) => page.kind === "debate")) {
    const report = (words) => failures.push(`${one.site}: ${one.path}: ${words}`);
    await withPage(browser, {}, async (page) => {
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      await page.goto(one.url, { waitUntil: "load" });
      await page.locator(".checking summary").click();
      await page.locator("#quotation").focus();
      await page.waitForLoadState("networkidle");
      tried += await page.evaluate(helpers);
      for (const words of await page.evaluate(pasted)) report(words);
      for (const words of await copied(page)) report(words);
    });
  }
  if (example) tried += await overSite(browser, example, (words) => failures.push(`${example.name}: ${words}`));
  if (!tried) failures.push("no quotation was tried");
  return failures;
}

/** The page that checks against the whole site, held to what `check-quotes` answers for the same words: what one
 *  takes for right the other does, at the same place; of what is misquoted the page shows the words of the record. */
async function overSite(browser, site, report) {
  const cases = quotations(site);
  const document = join(WORK, "quotations.md");
  writeFileSync(document, cases.map(({ words }) => `> ${words}\n`).join("\n- - -\n\n"));
  const answers = checkQuotes(site.root, document);
  if (answers.length !== cases.length) report(`${cases.length} quotations, and ${answers.length} answers of check-quotes`);
  await withPage(browser, {}, async (page) => {
    await page.goto(site.pages.find(({ kind }) => kind === "check").url, { waitUntil: "load" });
    for (const [at, { verdict, quote, places }] of answers.entries()) {
      const told = `${cases[at].what}, “${quote.slice(0, 80)}”: check-quotes says ${verdict}`;
      if (quote !== cases[at].words) report(`${told} of it, and it was “${cases[at].words}”`);
      const { says, text, links } = await page.evaluate(onSite, quote);
      const wanted = { verbatim: /verbatim|parts/, "several-places": /verbatim|parts/, misquoted: /nearest|weighs/, "not-found": /none|nearest/ }[verdict];
      if (!wanted?.test(says)) report(`${told}, the page “${text.slice(0, 100)}”`);
      const known = places.flatMap(({ debate, paragraphs }) => paragraphs.map((id) => `${debate.slug}/#${id}`));
      const isThere = links.some((link) => known.some((place) => link.replace("index.html", "").endsWith(place)));
      if (known.length && !isThere) report(`${told} at ${known}, the page at ${links}`);
    }
  });
  return answers.length;
}

/** Of every paragraph of a site a run of words as it stands, and what may have become of it; and words of nobody's. */
function quotations({ folder }) {
  const of = (name) => JSON.parse(readFileSync(join(folder, "debates", name, "debate.json"), "utf8"));
  const debates = readdirSync(join(folder, "debates"), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => of(name));
  const texts = debates.flatMap(({ contributions }) => contributions.flatMap(({ paragraphs }) => paragraphs.map(({ text }) => text)));
  const cases = texts.flatMap((text) => {
    const places = [...text.matchAll(/\S+/g)];
    if (places.length < 14) return [];
    const cut = (from, to) => text.slice(places[from].index, places[to].index + places[to][0].length);
    return [
      { what: "as it stands", words: cut(1, 11) },
      { what: "in another typography", words: cut(1, 11).replace(/[’‘]/g, "'").replace(/[–—]/g, "-") },
      { what: "with another word", words: `${cut(1, 5)} zebra ${cut(7, 11)}` },
      { what: "with a word left out", words: `${cut(1, 5)} ${cut(7, 11)}` },
      { what: "with words left out and that said", words: `${cut(1, 4)} [...] ${cut(8, 12)}` },
    ];
  });
  if (cases.length < 100) throw new Error(`only ${cases.length} quotations to try`);
  return [...cases, { what: "nobody's words", words: "zebra quagga okapi bongo kudu eland" }];
}

/** In the page: what it answers for some words. */
async function onSite(words) {
  const form = document.querySelector(".check");
  const output = form.querySelector("output");
  output.textContent = "";
  form.elements.quotation.value = words;
  form.requestSubmit();
  const means = (name) => form.dataset[name].split("{place}")[0];
  const names = ["verbatim", "parts", "weighs", "nearest", "none", "empty", "failed"];
  const says = () => names.find((name) => output.textContent.startsWith(means(name)));
  for (let left = 200; left && !says(); left -= 1) await new Promise((done) => setTimeout(done, 25));
  return { says: says(), text: output.textContent, links: [...output.querySelectorAll("a")].map((link) => link.getAttribute("href")) };
}

/** Put into the page: paragraphs with enough words, and what the box says of some. */
function helpers() {
  const form = document.querySelector(".check");
  const means = (name) => form.dataset[name].split("{place}")[0];
  globalThis.paragraphs = [...document.querySelectorAll(".record .text > p[id]")]
    .map((element) => ({ id: element.id, text: element.textContent }))
    .filter(({ text }) => text.split(/\s+/).length > 14);
  globalThis.said = (words) => {
    form.elements.quotation.value = words;
    form.requestSubmit();
    const output = form.querySelector("output");
    const text = output.textContent;
    const [says] = ["verbatim", "parts", "weighs", "nearest", "none", "empty"].filter((name) => text.startsWith(means(name)));
    return { says, text, links: [...output.querySelectorAll("a")].map((link) => link.getAttribute("href").slice(1)) };
  };
  return globalThis.paragraphs.length;
}

/** Of every paragraph a run of words, and what an editor may do to it. */
function pasted() {
  const found = [];
  const expect = (what, words, wanted, { says, text, links }, id) => {
    if (says !== wanted) found.push(`${what}, “${words.slice(0, 60)}”: not “${wanted}” but “${text.slice(0, 80)}”`);
    else if (id && !links.includes(id)) found.push(`${what}, “${words.slice(0, 60)}”: found at ${links} instead of ${id}`);
  };
  for (const { id, text } of globalThis.paragraphs) {
    const places = [...text.matchAll(/\S+/g)];
    const cut = (from, to) => text.slice(places[from].index, places[to].index + places[to][0].length);
    const words = cut(2, 12);
    const isOnce = [...document.querySelectorAll(".record .text > [id]")].filter((element) => element.textContent.includes(words)).length === 1;
    expect("as it stands", words, "verbatim", globalThis.said(words), isOnce && id);
    const typed = `"${words.replace(/[’‘]/g, "'").replace(/[“”]/g, '"').replace(/[–—]/g, "-").replace(/ /g, "  ")}"`;
    expect("in another typography", typed, "verbatim", globalThis.said(typed), isOnce && id);
    const middle = places[7][0];
    const without = `${cut(2, 6)} ${cut(8, 12)}`;
    const { says, text: told } = globalThis.said(without);
    if (says === "verbatim") found.push(`with a word left out, “${without}”: verbatim`);
    if (says === "nearest" && !told.includes(middle)) found.push(`with “${middle}” left out, “${without}”: that word is not told`);
    const other = `${cut(2, 6)} zebra ${cut(8, 12)}`;
    const changed = globalThis.said(other);
    expect("with another word", other, "nearest", changed);
    if (!changed.text.includes("zebra")) found.push(`with another word, “${other}”: the word is not told`);
    const last = places[12][0];
    if (/^\p{L}{4,}$/u.test(last)) {
      const short = words.slice(0, -1);
      if (globalThis.said(short).says === "verbatim") found.push(`cut within a word, “${short}”: verbatim`);
    }
    const parts = `${cut(2, 5)} [...] ${cut(8, 12)}`;
    const elided = globalThis.said(parts);
    if (elided.says !== "weighs") expect("with words left out and that said", parts, "parts", elided, isOnce && id);
    if (isOnce && !elided.text.includes(cut(6, 7))) found.push(`with words left out and that said, “${parts}”: they are not told`);
  }
  expect("nothing", "", "empty", globalThis.said("  "));
  expect("other words", "zebra", "none", globalThis.said("zebra quagga okapi bongo kudu eland"));
  return found;
}

/** Words selected from within one to within another. */
async function copied(page) {
  const found = [];
  const wanted = await page.evaluate(() => {
    const { id, text } = globalThis.paragraphs[0];
    const places = [...text.matchAll(/\p{L}{4,}/gu)].slice(0, 4);
    const [from, to] = [places[0], places[3]];
    const element = document.getElementById(id);
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const at = (offset) => {
      walker.currentNode = element;
      let node = walker.nextNode();
      for (; offset > node.data.length; node = walker.nextNode()) offset -= node.data.length;
      return [node, offset];
    };
    getSelection().setBaseAndExtent(...at(from.index + 1), ...at(to.index + to[0].length - 1));
    const speaker = element.closest(".contribution").querySelector(".speaker-name")?.textContent.trim() ?? "";
    return { id, words: text.slice(from.index, to.index + to[0].length), speaker };
  });
  const button = page.locator(".tools [data-copy=words]");
  await button.waitFor({ timeout: 5_000 }).catch(() => found.push("selecting words offers no tools"));
  if (found.length) return found;
  const copy = async (what) => {
    await page.evaluate(() => navigator.clipboard.writeText("nothing yet"));
    await page.locator(`.tools [data-copy=${what}]`).click();
    await page.waitForFunction(async () => (await navigator.clipboard.readText()) !== "nothing yet", null, { timeout: 5_000 }).catch(() => {});
    return page.evaluate(() => navigator.clipboard.readText());
  };
  const words = await copy("words");
  const [first] = words.split("\n");
  if (first.slice(1, -1) !== wanted.words) found.push(`copied is “${first}” instead of “${wanted.words}”`);
  if (!words.includes(wanted.speaker)) found.push(`“${words}” does not say that ${wanted.speaker} spoke`);
  if (!words.includes(`#${wanted.id}:~:text=`)) found.push(`“${words}” has no link to the words`);
  const embed = await copy("embed");
  if (!/^<figure>\n<blockquote cite="[^"]*" lang="[^"]*"/.test(embed) || !embed.includes(`>${wanted.words.replace(/&/g, "&amp;")}</blockquote>`)) found.push(`to embed there is “${embed.slice(0, 120)}”`);
  return found;
}

const without = (words) => ({ "theme/divides.js": (script) => script.replace(/at > 0 && [^]*$/, words) });
export const breakages = [
  { of: "example", name: "a page that takes for right what check-quotes refuses", page: "debate", change: { "theme/weighs.js": (script) => script.replace("return { inText, joins };", "return { inText: () => false, joins: () => false };") }, reported: /check-quotes says misquoted, the page “Verbatim in parts/ },
  { of: "example", name: "a page that does not find what check-quotes finds", page: "debate", change: { "theme/check-page.js": (script) => script.replace("const ENOUGH = 12", "const ENOUGH = 0") }, reported: /check-quotes says verbatim, the page/ },
  { name: "words cut anywhere", page: "debate", change: without("false;\n"), reported: [/cut within a word, .*: verbatim/, /copied is “/] },
  { name: "a check that takes words for other words", page: "debate", change: { "theme/check.js": (script) => script.replace("mark = LIGATURES[found] ?? found;", 'mark = /\\p{L}/u.test(found) ? "x" : found;') }, reported: /with another word|left out/ },
  { name: "a page without debates", page: "home", change: { "theme/style.css": "\n" }, reported: /no quotation was tried/ },
];
