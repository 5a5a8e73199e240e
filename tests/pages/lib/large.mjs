// The sources of a site at the edge of what an editor may have: one debate of 1,500 paragraphs with 400 notes,
// and with 65 shorter ones a topic of 3,000 passages. Nobody in it exists; the same each time.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const LONG = { slug: "2024-02-01-long", paragraphs: 1500, notes: 400 };
export const TOPIC = { slug: "harbours", passages: 3000 };
const SHORT = { debates: 65, paragraphs: 40, notes: 40 };
const SPEAKERS = 30;
const KINDS = ["claim", "context", "question", "note", "commitment"];
const WORDS = ("harbour quay crane ferry pilot tide wharf lock buoy anchor customs pier dredging vessel cargo berth mooring channel " +
  "the the the the of of of and and to to a in in that for on with by this will not what from which were was").split(" ");

/** Writes the site's sources below `root`. */
export function write(root) {
  let state = 7;
  const below = (limit) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * limit);
  };
  const sentence = () => {
    const words = Array.from({ length: 8 + below(18) }, () => WORDS[below(WORDS.length)]).join(" ");
    return `${words[0].toUpperCase()}${words.slice(1)}.`;
  };
  const debate = (slug, title, date, paragraphs, notes) => {
    const folder = join(root, "content/debates", slug);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "debate.yaml"), `title: ${title}\ndate: ${date}\nhouse: Lower House\n`);
    const said = [`# ${title}`];
    for (let at = 0; at < paragraphs; at += 1) {
      if (at % 100 === 0 && paragraphs > 100) said.push(`## Part ${at / 100 + 1}`);
      if (at % 4 === 0) said.push(`### Member ${1 + below(SPEAKERS)}:`);
      said.push(Array.from({ length: 2 + below(4) }, sentence).join(" "));
    }
    writeFileSync(join(folder, "transcript.md"), `${said.join("\n\n")}\n`);
    const entries = Array.from({ length: notes }, (_, at) => `  n${at + 1}:
    at: p${1 + Math.floor((at * paragraphs) / notes)}
    kind: ${KINDS[at % KINDS.length]}
    topics: [${TOPIC.slug}${at % 3 ? "" : ", tides"}]${KINDS[at % KINDS.length] === "commitment" ? "\n    owed_by: whoever spoke" : ""}
    title: On paragraph ${1 + Math.floor((at * paragraphs) / notes)}
    body: |
      ${sentence()} ${sentence()}
`);
    writeFileSync(join(folder, "desk.notes.yaml"),
      `debate: ${slug}\ndefaults: { author: Test desk, status: in-review, date: 2024-03-01 }\nannotations:\n${entries.join("\n")}`);
  };
  mkdirSync(join(root, "content/topics"), { recursive: true });
  writeFileSync(join(root, "rapporteur.yaml"), "title: A large site\ndescription: What an editor may have at most.\nlanguage: en-GB\nas_of: 2024-06-01\n");
  for (const [slug, title] of [[TOPIC.slug, "Harbours"], ["tides", "Tides"]]) {
    writeFileSync(join(root, `content/topics/${slug}.md`), `---\ntitle: ${title}\nsummary: Passages from every debate.\n---\n\nAn overview.\n`);
  }
  debate(LONG.slug, "A long debate", "2024-02-01", LONG.paragraphs, LONG.notes);
  for (let at = 0; at < SHORT.debates; at += 1) {
    const date = new Date(Date.UTC(2019, at, 3)).toISOString().slice(0, 10);
    debate(`${date}-harbours`, `Harbours, sitting ${at + 1}`, date, SHORT.paragraphs, SHORT.notes);
  }
}
