// The Nu Html Checker on every page, style sheet and picture file, in one go.
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { WORK } from "../lib/sites.mjs";

export const claim = "the Nu Html Checker finds no error in any page, style sheet or picture";

const CHECKER = join(dirname(createRequire(import.meta.url).resolve("vnu-jar/package.json")), "build/dist/vnu.jar");

/** What the checker says beyond errors, and why it may stay. */
const ACCEPTED = [
  // A note without a title begins with its kind. Headings of forty notes would bury those of the record.
  /^Article lacks heading/,
  // The checker reads files, of which nothing is `'self'`, and takes a block of data for a script: what the
  // policy refuses is for the check `policy`, in a browser.
  /violates Content Security Policy \(meta tag\)/,
  // Tables of the record are shown as printed: lists of names in one, two or three columns.
  /^A table row was \d+ columns wide/,
];

/** What it takes for an error and is none. */
const UNKNOWN = [
  // A pseudo-element of the CSS Custom Highlight API, which the checker's reader of CSS can't parse.
  { message: /^CSS: Parse Error/, extract: /:?highlight\([a-z]+\)/ },
];

/** Looks at all that is in `folders`, and at `documents`. */
export async function check({ folders, documents = [] }) {
  const messages = await run([...folders.flatMap(files), ...documents]);
  const failures = messages
    .filter((message) => {
      if (UNKNOWN.some((known) => known.message.test(message.message) && known.extract.test(message.extract))) return false;
      return /error/.test(message.type) || !ACCEPTED.some((words) => words.test(message.message));
    })
    .map((message) => {
      const where = relative(WORK, decodeURIComponent(new URL(message.url ?? "file:///").pathname));
      const extract = (message.extract ?? "").replace(/\s+/g, " ").trim();
      return `${where}:${message.lastLine ?? ""}: ${message.subType ?? message.type}: ${message.message} [${extract}]`;
    });
  return failures;
}

function files(folder) {
  const found = readdirSync(folder, { recursive: true }).filter((path) => /\.(html|css|svg)$/.test(path));
  return found.sort().map((path) => join(folder, path));
}

function run(documents) {
  // Pages hold several languages, record and notes: what it guesses of them as a whole says nothing.
  const how = ["--format", "json", "--stdout", "--exit-zero-always", "--no-langdetect", "--also-check-css", "--also-check-svg"];
  const command = ["-Xmx1g", "-Xss4m", "-jar", CHECKER, ...how, ...documents];
  return new Promise((done, failed) => {
    execFile("java", command, { maxBuffer: 1 << 28 }, (error, stdout) => {
      if (error) return failed(error);
      done(JSON.parse(stdout).messages);
    });
  });
}

// The checker takes seconds to start: its breakages are made in one go.
export const breakages = [
  {
    name: "a picture without its words, an id given twice, an unclosed element, a property that doesn't exist",
    change: {
      "about/index.html": (html) => html.replace("</main>", '<img src="x.png"><p id="a"></p><p id="a"></p><section><h2>x</h2></main>'),
      "theme/style.css": "\np { colour: red }\n",
    },
    reported: [/about.*alt/, /Duplicate ID/, /open elements/, /style\.css.*colour/],
  },
];
