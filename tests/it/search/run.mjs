// Answers queries from the files of a built site: `node run.mjs SITE SCRIPT`, one JSON line in and one out.
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [site, script] = process.argv.slice(2);
const { Index, parse, words, excerpt } = await import(pathToFileURL(script));
let index = new Index((path) => readFile(`${site}/${path}`));

const answer = async ({ query, tokens, fresh }) => {
  if (tokens !== undefined) return { words: words(tokens).map(({ word }) => word) };
  if (fresh) index = new Index((path) => readFile(`${site}/${path}`));
  const result = await index.search(parse(query), 2);
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
  const { unknown, lost, total } = result;
  return { found, unknown, lost, total, marked };
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
