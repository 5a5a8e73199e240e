// Checks a quotation against every debate: the search says where its words stand together, and check.js compares
// what is said there to the character, as on a debate's own page.
import { Index, parse, words } from "./search.js";

const form = document.querySelector(".check");
const [box, out] = [form.elements.quotation, form.querySelector("output")];
const { root, looking, failed } = form.dataset;
const ENOUGH = 12; // contributions to look in
const get = async (path, fresh) => {
  const answer = await fetch(root + path, fresh ? { cache: "no-cache" } : {});
  if (!answer.ok) throw new Error(path);
  return new Uint8Array(await answer.arrayBuffer());
};
const index = new Index(get);

async function found(query, most) {
  let result = await index.search(parse(query), 2);
  const units = [];
  for (let at = 0; at < result.keys.length && at < most && units.length < ENOUGH;) {
    const page = await index.hits(result, at, ENOUGH);
    at = page.at;
    units.push(...page.hits.filter(({ texts }) => /^p\d/.test(texts[0]?.id)));
  }
  return { units, unknown: result.unknown };
}

// First where the words stand in a row; else where most of the longest stand together.
async function candidates(quotation) {
  const runs = quotation.split(/\[[^\]]*\]/).map((run) => words(run).map(({ word }) => word)).filter((run) => run.length);
  const longest = runs.reduce((a, b) => (b.length > a.length ? b : a), []);
  if (!longest.length) return [];
  for (const row of [longest.slice(0, 30), longest.slice(1, -1).slice(0, 30)]) {
    if (!row.length) continue;
    const { units } = await found(`"${row.join(" ")}"`, 2000);
    if (units.length) return units;
  }
  let wanted = [...new Set(runs.flat())].sort((a, b) => b.length - a.length).slice(0, 8);
  const all = new Map();
  while (wanted.length && all.size < ENOUGH) {
    const { units, unknown } = await found(wanted.join(" "), 40);
    for (const unit of units) all.set(`${unit.of.slug} ${unit.id}`, unit);
    const gone = new Set(unknown.map(({ text }) => text));
    wanted = gone.size ? wanted.filter((word) => !gone.has(word)) : wanted.slice(0, -1);
  }
  return [...all.values()];
}

const days = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" });
let turn = 0;
async function look() {
  const mine = ++turn;
  out.textContent = box.value.trim() ? looking : "";
  try {
    const units = await candidates(box.value);
    if (mine !== turn) return;
    globalThis.checkAgainst(units.map(({ of, speaker, office, texts }) => ({
      who: [speaker, office].filter(Boolean).join(", "),
      where: [of.title, days.format(new Date(of.date))].join(", "),
      href: `${root}debates/${of.slug}/`,
      paragraphs: texts,
    })));
    out.scrollIntoView({ block: "nearest" });
  } catch {
    if (mine === turn) out.textContent = failed;
  }
}
form.addEventListener("submit", (event) => { event.preventDefault(); look(); });
box.value ||= new URLSearchParams(location.search).get("quotation") ?? "";
if (box.value) look();
