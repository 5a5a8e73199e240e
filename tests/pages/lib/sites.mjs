// The sites that are looked at: the demonstration, the demonstration as opened from the disk, a corpus of
// imported debates, and the edge cases. All are built by the program that `cargo test` made.
import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as sources from "./large.mjs";

export const REPOSITORY = fileURLToPath(new URL("../../..", import.meta.url)).replace(/\/$/, "");
const TARGET = resolve(process.env.CARGO_TARGET_DIR ?? join(REPOSITORY, "target"));
/** Where sites and what is derived from them are put. */
export const WORK = join(TARGET, "pages");
const PROGRAM = join(TARGET, "debug", "rapporteur");

/** Runs the program; what it says is thrown if it fails. */
export function rapporteur(...args) {
  return run(args);
}

/** As `rapporteur`, but a site with an error that it publishes all the same, and no other, may be meant. */
export function run(args, allowed) {
  try {
    return execFileSync(PROGRAM, args, { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    if (error.code === "ENOENT") throw new Error("the program is not built: run `cargo build` first");
    const said = [...`${error.stdout}${error.stderr}`.matchAll(/^error\[([\w-]+)\]/gm)].map((found) => found[1]);
    if (allowed && said.length && said.every((code) => code === allowed)) return error.stdout;
    throw new Error(`rapporteur ${args.join(" ")}\n${error.stdout}${error.stderr}`);
  }
}

/** What `check-quotes` answers for each block quotation of a document: an object for each. */
export function checkQuotes(root, document) {
  let said;
  try {
    said = execFileSync(PROGRAM, ["check-quotes", "--root", root, "--format", "json", document], { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    // One that is wrong is an answer, too.
    if (error.status !== 1) throw error;
    said = error.stdout;
  }
  return said.trim().split("\n").map((line) => JSON.parse(line)).filter(({ verdict }) => verdict);
}

/** Every page of a built site: its path, its address, its kind as the theme names it, its size. */
export function pagesOf(name, folder, base) {
  const pages = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".html"))
    .map((entry) => {
      const path = relative(folder, join(entry.parentPath ?? entry.path, entry.name));
      const html = readFileSync(join(folder, path), "utf8");
      const kind = /<body class="page-([\w-]+)/.exec(html)?.[1] ?? "other";
      return { site: name, path, url: base + path.replace(/(^|\/)index\.html$/, "$1"), kind, size: html.length };
    });
  return pages.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Of each kind the largest page and, if `spread`, the smallest: where something is too much or missing. */
export function sample(pages, spread = false) {
  return [...groups(pages).values()].flatMap((those) => {
    const bySize = [...those].sort((a, b) => b.size - a.size || (a.path < b.path ? -1 : 1));
    return spread && bySize.length > 1 ? [bySize[0], bySize.at(-1)] : [bySize[0]];
  });
}

/** So many pages have each thing that one of them has, if so many do. */
const OF_EACH = 2;

/** Of many pages of a site those that differ in kind: each element, class, sort of id, language and direction, and
 *  each two elements that follow one another, stand in two of the pages of their kind that are kept, if two have
 *  them; and the longest titles, headings, names, words, cells and pages are kept. What only repeats these is left out. */
export function differing({ folder, pages }) {
  const features = new Map(pages.map((page) => [page, featuresOf(page, readFileSync(join(folder, page.path), "utf8"))]));
  for (const kind of groups(pages).values()) {
    for (const what of Object.keys(EXTREMES)) {
      const most = Math.max(...kind.map((page) => features.get(page).measures[what]));
      kind.find((page) => features.get(page).measures[what] === most).isExtreme = true;
    }
  }
  const counts = new Map();
  const kept = new Set();
  // The largest have most, so that few are enough.
  for (const page of [...pages].sort((a, b) => b.size - a.size || (a.path < b.path ? -1 : 1))) {
    const isNew = [...features.get(page).words].some((word) => (counts.get(word) ?? 0) < OF_EACH);
    if (!isNew && !page.isExtreme) continue;
    kept.add(page);
    for (const word of features.get(page).words) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return pages.filter((page) => kept.has(page));
}

const EXTREMES = {
  title: /<h1[^>]*>([^]*?)<\/h1>/g,
  heading: /<h[2-6] class="within"[^>]*>([^]*?)<\/h/g,
  speaker: /<h\d class="speaker"[^>]*>([^]*?)<\/h/g,
  word: /[>\s]([^<>\s]+)/g,
  cell: /<t[dh][^>]*>([^]*?)<\/t/g,
  size: /^([^]*)$/g,
};

function featuresOf(page, html) {
  const main = html.slice(html.indexOf("<main"));
  const words = new Set();
  let before = "";
  for (const [, element, attributes] of main.matchAll(/<([a-z][a-z0-9]*)([^>]*)>/g)) {
    const classes = /class="([^"]*)"/.exec(attributes)?.[1].split(" ") ?? [];
    for (const name of ["", ...classes]) words.add(`${page.kind} ${element}.${name}`);
    const id = /id="([a-z]+)/.exec(attributes)?.[1];
    if (id) words.add(`${page.kind} ${element}#${id}`);
    words.add(`${page.kind} ${before} ${(before = `${element}.${classes[0] ?? ""}`)}`);
    for (const [said] of attributes.matchAll(/(?:lang|dir)="[^"]*"/g)) words.add(`${page.kind} ${said}`);
  }
  const measures = Object.fromEntries(Object.entries(EXTREMES).map(([what, pattern]) =>
    [what, [...main.matchAll(pattern)].reduce((most, [, found]) => Math.max(most, found.length), 0)]));
  return { words, measures };
}

function groups(pages) {
  const found = new Map();
  for (const page of pages) found.set(page.kind, [...(found.get(page.kind) ?? []), page]);
  return found;
}

function site(name, root, server, mount = name, allowed) {
  const folder = join(WORK, name);
  rmSync(folder, { recursive: true, force: true });
  const base = server.mount(mount, folder);
  const said = run(["build", "--root", root, "--output", folder, "--base-url", base, ...(allowed ? ["--keep-going"] : [])], allowed);
  return { name, root, folder, base, said: said.trim().split("\n"), pages: pagesOf(name, folder, base) };
}

/** The demonstration, published below a path. */
export const demo = (server) => site("demo", REPOSITORY, server, "briefings");

/** The example that the program lays out: four sittings of an assembly that does not exist. */
export function example(server) {
  const root = join(WORK, "example-source");
  rmSync(root, { recursive: true, force: true });
  rapporteur("init", root, "--example");
  return site("example", root, server);
}

/** The demonstration as it is built for review. */
export function drafts(server) {
  const folder = join(WORK, "drafts");
  rmSync(folder, { recursive: true, force: true });
  const base = server.mount("drafts", folder);
  rapporteur("build", "--drafts", "--root", REPOSITORY, "--output", folder, "--base-url", base);
  return { name: "drafts", root: REPOSITORY, folder, base, pages: pagesOf("drafts", folder, base) };
}

/** The edge cases of our own making. A revision took away the words of one approved note: that is meant. */
export const edge = (server) => site("edge", EDGE, server, "edge", TAKEN_AWAY);
export const EDGE = join(REPOSITORY, "tests/pages/edge");
/** The error that the edge cases have, and the only one. */
export const TAKEN_AWAY = "quotation-changed";

/** The site with the longest debate and the fullest topic. */
export function large(server) {
  const root = join(WORK, "large-source");
  rmSync(root, { recursive: true, force: true });
  sources.write(root);
  return site("large", root, server);
}

/** The kinds of pages there can be, as the program names them. */
export function kinds() {
  const folder = join(REPOSITORY, "src/pages/kinds");
  const sources = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
  const found = sources.flatMap((source) => /const NAME: &'static str = "([\w-]+)"/.exec(source)?.[1] ?? []);
  if (found.length < 10) throw new Error("src/pages/kinds does not say which pages there are");
  return found;
}

/** Of each kind that none of `pages` is of, what it is called. */
export function unseen(pages) {
  return kinds().filter((kind) => !pages.some((page) => page.kind === kind));
}

/** The demonstration without an address: opened from the disk. */
export function disk() {
  const folder = join(WORK, "disk");
  rmSync(folder, { recursive: true, force: true });
  rapporteur("build", "--root", REPOSITORY, "--output", folder);
  return { name: "disk", folder, pages: pagesOf("disk", folder, `file://${folder}/`).map(
    (page) => ({ ...page, url: `file://${folder}/${page.path}` }),
  ) };
}

// Several formats, Houses, centuries and languages; small files, so that the whole corpus is built in seconds.
const IMPORTED = {
  "trafficking": /\.xml$/,
  "parlparse": /^westminster/,
  "parlparse-modern": /^debates2021-03-12/,
  // One of them holds headings and no words, which an import refuses.
  "historic-hansard": /^(house(?!commons_two_debates)|westminster)/,
  "parlamint": /AT_|ES_2021-03-18/,
  "akoma-ntoso": /^(cl_|ke_|2018-03-09|2020-12-21)/,
  "markdown": /^(2017-01|2018-09-04)/,
};
/** So many debates at least stand in the corpus. */
const DEBATES = 50;
/** So many paragraphs of each debate get a note. */
const NOTES = 12;
const KINDS = ["claim", "context", "question", "note", "commitment"];

/** Debates imported from the corpora, with notes on their first paragraphs so that every list has items. */
export function corpus(server) {
  const corpora = process.env.RAPPORTEUR_CORPORA;
  if (!corpora) return null;
  const root = join(WORK, "corpus-source");
  rmSync(root, { recursive: true, force: true });
  mkdirSync(join(root, "content/topics"), { recursive: true });
  writeFileSync(join(root, "rapporteur.yaml"),
    "title: Imported debates\ndescription: Debates of several parliaments, as imported.\nlanguage: en-GB\nas_of: 2024-01-01\n");
  for (const topic of ["first", "second"]) {
    writeFileSync(join(root, `content/topics/${topic}.md`),
      `---\ntitle: The ${topic} topic\nsummary: Passages from every debate.\n---\n\nAn overview of the ${topic} topic.\n`);
  }
  const files = Object.entries(IMPORTED).flatMap(([folder, names]) =>
    readdirSync(join(corpora, folder)).filter((name) => names.test(name)).sort().map((name) => join(corpora, folder, name)));
  for (const file of files) rapporteur("import", "--root", root, file);
  const debates = readdirSync(join(root, "content/debates")).sort();
  if (debates.length < DEBATES) throw new Error(`only ${debates.length} debates were imported`);
  for (const debate of debates) annotate(join(root, "content/debates", debate), debate);
  return { ...site("corpus", root, server), debates: debates.length };
}

function annotate(folder, debate) {
  const lock = readFileSync(join(folder, "debate.lock"), "utf8");
  const paragraphs = [...lock.matchAll(/^- id: (p\S+)$/gm)].map((found) => found[1]);
  const notes = paragraphs.slice(0, NOTES).map((paragraph, at) => [
    `  on-${paragraph}:`,
    `    at: ${paragraph}`,
    `    kind: ${KINDS[at % KINDS.length]}`,
    `    title: On paragraph ${at + 1}`,
    `    topics: [${at % 3 ? "first" : "first, second"}]`,
    ...(KINDS[at % KINDS.length] === "commitment" ? ["    owed_by: whoever spoke"] : []),
    "    body: |",
    "      A note that stands here so that a page has one.",
    "",
  ]);
  if (!notes.length) return;
  writeFileSync(join(folder, "pages.notes.yaml"),
    [`debate: ${debate}`, "defaults: { author: Test desk, status: in-review, date: 2024-01-01 }", "annotations:", ...notes.flat()].join("\n"));
}

/** A copy of a built site with one thing broken in it. */
export function broken(of, name, server, breakage) {
  const folder = join(WORK, "broken", name);
  rmSync(folder, { recursive: true, force: true });
  cpSync(of.folder, folder, { recursive: true });
  const base = server.mount(`broken-${name}`, folder);
  for (const [file, change] of Object.entries(breakage)) {
    const path = join(folder, file);
    if (typeof change === "string") {
      appendFileSync(path, change);
      continue;
    }
    const before = existsSync(path) ? readFileSync(path, "utf8") : "";
    const after = change(before, base);
    if (after === before) throw new Error(`${name}: the breakage changed nothing in ${file}`);
    writeFileSync(path, after);
  }
  return { ...of, name, folder, base, pages: pagesOf(name, folder, base) };
}
