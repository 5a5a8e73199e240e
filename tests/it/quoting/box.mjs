// Runs the script of the box that checks a quotation, on a page made of just what it looks at. Standard input
// is JSON: the scripts' sources, the paragraphs of each contribution, the quotations. Prints a JSON list: for
// each quotation the outcome, and what is said of it beside.
import { readFileSync } from "node:fs";

const { scripts, contributions, quotations } = JSON.parse(readFileSync(0, "utf8"));
const made = (name) => ({ name, textContent: "", children: [], append(...more) { this.children.push(...more); } });
const words = ["verbatim", "parts", "weighs", "nearest", "none", "empty", "left", "stop", "capital", "missing", "added", "instead", "more"];
let submit;
let shown = [];
const box = { value: "" };
const form = {
  elements: { quotation: box },
  dataset: { ...Object.fromEntries(words.map((word) => [word, `<${word}>{place}`])), paragraph: "{n}" },
  querySelector: () => ({ replaceChildren: (...children) => { shown = children; } }),
  addEventListener: (_, call) => { submit = call; },
};
let next = 0;
const record = contributions.map((paragraphs) => ({
  querySelectorAll: () => paragraphs.map((textContent) => ({ id: `p${next += 1}`, textContent })),
}));
globalThis.document = {
  querySelector: () => form,
  querySelectorAll: () => record,
  createElement: made,
};
for (const script of scripts) (0, eval)(script);
const text = (one) => (typeof one === "string" ? one : one.textContent + one.children.map(text).join(""));
console.log(JSON.stringify(quotations.map((quotation) => {
  box.value = quotation;
  submit();
  return shown.map(text).flatMap((line) => [...line.matchAll(/<([a-z]+)>/g)].map(([, word]) => word));
})));
