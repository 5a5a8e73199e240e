// Answers queries from the files of a built site: `node run.mjs SITE SCRIPT`, one JSON line in and one out.
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [site, script] = process.argv.slice(2);
const { Index, parse, words, excerpt } = await import(pathToFileURL(script));
const files = (path) => readFile(`${site}/${path}`);
let index = new Index(files);
// Every file that was asked for since the index was made.
let loaded = [];

const answer = async ({ query, tokens, names, fresh, level = 2 }) => {
  if (tokens !== undefined) return { words: words(tokens).map(({ word }) => word) };
  if (fresh) [index, loaded] = [new Index((path) => { loaded.push(path); return files(path); }), []];
  if (names) return { names: await index.names() };
  const { parts, cut } = parse(query);
  const result = await index.search({ parts, cut }, level);
  const found = [];
  const marked = [];
  for (let at = 0; at < result.keys.length;) {
    const page = await index.hits(result, at, 10, 100);
    for (const hit of page.hits) {
      found.push(hit.kind === "debate" ? hit.of.slug : `${hit.of.slug}#${hit.id}`);
      if (marked.length < 3) marked.push(excerpt(hit, result.words, result.phrases));
    }
    at = page.at;
  }
  const { lost, missed, total } = result;
  const unknown = result.unknown.map(({ text }) => text);
  return { found, unknown, lost, missed, total, marked, cut, level: result.level, exact: result.exact, loaded: [...new Set(loaded)] };
};

for await (const line of createInterface({ input: process.stdin })) {
  let said;
  try {
    said = await answer(JSON.parse(line));
  } catch (error) {
    said = { error: error.kind || String(error.stack) };
  }
  process.stdout.write(`${JSON.stringify(said)}\n`);
}
