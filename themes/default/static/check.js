// Checks a pasted quotation against the record of a debate. Verbatim means that every character agrees, but
// for what the editors' own quotations are allowed: the shape of quotation marks and dashes, white space,
// invisible characters, ligatures; [sic] and a letter in brackets; the stop that ends the sentence round a
// quotation, and its first capital, which are said. The tests hold it to the program's own comparison. Loaded by debate.js when somebody turns to the box.
(() => {
  const form = document.querySelector(".check");
  const box = form.elements.quotation;
  const out = form.querySelector("output");
  const { verbatim, parts, weighs, nearest, none, empty, missing, added, instead, left, paragraph, more, stop, capital } = form.dataset;
  const LONGEST = 500; // words that are compared one by one
  const DIFFERENCES = 8;
  const LIGATURES = { ﬀ: "ff", ﬁ: "fi", ﬂ: "fl", ﬃ: "ffi", ﬄ: "ffl", ﬅ: "ſt", ﬆ: "st", "…": "..." };

  // The folded text, and where in the composed text each of its characters stands.
  const fold = (text) => {
    const whole = text.normalize("NFC");
    let folded = "";
    const at = [];
    for (const { 0: found, index } of whole.matchAll(/\s+|[^\s]/gu)) {
      let mark = found;
      if (/^\s/.test(found)) mark = " ";
      else if (/[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/.test(found)) mark = "";
      else if (/[\p{Pd}\u2212]/u.test(found)) mark = "-";
      else if (/['\u2018-\u201b\u2032\u02b9\u02bb\u02bc\u2039\u203a\uff07]/.test(found)) mark = "'";
      else if (/["\u201c-\u201f\u2033\u00ab\u00bb\uff02]/.test(found)) mark = '"';
      else mark = LIGATURES[found] ?? found;
      if (mark === " " && folded.endsWith(" ")) continue;
      for (const _ of mark.split("")) at.push(index);
      folded += mark;
    }
    at.push(whole.length);
    return { whole, folded, at };
  };

  // Each contribution is one text: words that go on over the end of a paragraph are still one speaker's.
  let record;
  const onPage = () => [...document.querySelectorAll(".record .contribution")].map((contribution) => ({
    who: [...contribution.querySelectorAll(".speaker :is(.speaker-name, .office)")].map((part) => part.textContent).join("").replace(/\s+/g, " "),
    href: "",
    paragraphs: [...contribution.querySelectorAll(".text > [id]")].map(({ id, textContent: text }) => ({ id, text })),
  }));
  const read = (contributions) => contributions.map(({ who, where, href, paragraphs: all }) => {
    const paragraphs = all.filter(({ id }) => /^p\d/.test(id));
    let text = "";
    const starts = paragraphs.map((paragraph) => {
      const start = text.length;
      text += `${paragraph.text.normalize("NFC").trim()} `;
      return start;
    });
    return { ...fold(text.trimEnd()), ids: paragraphs.map(({ id }) => id), starts, who, where, href };
  }).filter(({ ids }) => ids.length);

  // Where some words stand to the character, from an offset on.
  const stands = (piece, words, from = 0) => {
    for (let at = piece.folded.indexOf(words, from); at >= 0; at = piece.folded.indexOf(words, at + 1)) {
      const [start, end] = [piece.at[at], piece.at[at + words.length]];
      if (!divides(piece.whole, start) && !divides(piece.whole, end)) return { start: at, end: at + words.length };
    }
    return null;
  };
  const inOrder = (piece, wanted) => {
    const found = [];
    for (const words of wanted) {
      const next = stands(piece, words, found.at(-1)?.end);
      if (!next) return null;
      found.push(next);
    }
    return found;
  };
  // Whether what stands between two parts weighs: asked of each paragraph by itself.
  const changes = (piece, before, after) => {
    const [start, from, to, end] = [before.start, before.end, after.start, after.end].map((folded) => piece.at[folded]);
    return piece.starts.some((first, at) => {
      const text = piece.whole.slice(first, (piece.starts[at + 1] ?? piece.whole.length + 1) - 1);
      const [low, high] = [Math.max(0, from - first), Math.min(text.length, to - first)];
      if (low > text.length || high < 0 || high < low) return false;
      const isOne = from >= first && to - first <= text.length;
      return globalThis.weighs.inText(text, low, high) || (isOne && globalThis.weighs.joins(text, [Math.max(0, start - first), low], [high, Math.min(text.length, end - first)]));
    });
  };
  const idAt = (piece, folded) => piece.ids[piece.starts.findLastIndex((start) => start <= piece.at[folded])];

  const element = (name, text, more = {}) => Object.assign(document.createElement(name), { textContent: text }, more);
  // What is said of a place, with links to its first and last paragraph.
  const say = (words, piece, start, end) => {
    const line = element("p", "");
    const [first, last] = [idAt(piece, start), idAt(piece, end - 1)];
    const link = (id) => element("a", paragraph.replace("{n}", id.slice(1)), { href: `${piece.href}#${id}` });
    const [before, after] = words.split("{place}");
    // The verdict is said first, and stands out.
    const [verdict] = /^[^,.]*/.exec(before);
    line.append(element("strong", verdict), before.slice(verdict.length), link(first), ...(first === last ? [] : ["–", link(last)]), after);
    const whose = [piece.who, piece.where].filter(Boolean).join(", ");
    if (whose) line.append(" ", element("span", `— ${whose}`, { className: "quiet", dir: "auto" }));
    return line;
  };

  // The stretch of a text that is nearest to some words: fewest words changed, put in or left out.
  const bare = (word) => word.toLowerCase().replace(/[^\p{L}\p{N}\p{M}]/gu, "");
  const tokens = ({ folded }) => [...folded.matchAll(/[^ ]+/g)].map(({ 0: word, index }) => ({ word, bare: bare(word), start: index, end: index + word.length }));
  const cost = (a, b) => (a.word === b.word ? 0 : a.bare === b.bare ? 0.5 : 1);
  const near = (wanted, has) => {
    let row = wanted.map((_, at) => [at + 1, 0]);
    let best = [Infinity, 0, 0];
    has.forEach((word, at) => {
      let [corner, above] = [[0, at], [0, at + 1]];
      row = row.map((old, of) => {
        const options = [[corner[0] + cost(wanted[of], word), corner[1]], [old[0] + 1, old[1]], [above[0] + 1, above[1]]];
        corner = old;
        return (above = options.reduce((a, b) => (b[0] < a[0] ? b : a)));
      });
      if (above[0] < best[0]) best = [above[0], above[1], at + 1];
    });
    return best;
  };
  // The differences between two runs of words, in the order of the record.
  const differences = (wanted, has) => {
    const far = Array.from({ length: wanted.length + 1 }, (_, a) => Array.from({ length: has.length + 1 }, (_, b) => (a && b ? 0 : a + b)));
    for (let a = 1; a <= wanted.length; a += 1) {
      for (let b = 1; b <= has.length; b += 1) {
        far[a][b] = Math.min(far[a - 1][b - 1] + cost(wanted[a - 1], has[b - 1]), far[a - 1][b] + 1, far[a][b - 1] + 1);
      }
    }
    const runs = [];
    let open = false;
    const note = (side, word) => {
      if (!open) runs.unshift({ pasted: [], record: [] });
      runs[0][side].unshift(word);
      open = true;
    };
    for (let [a, b] = [wanted.length, has.length]; a || b;) {
      const step = a && b ? cost(wanted[a - 1], has[b - 1]) : Infinity;
      if (far[a][b] === (far[a - 1]?.[b - 1] ?? Infinity) + step) {
        a -= 1;
        b -= 1;
        if (step) { note("record", has[b].word); note("pasted", wanted[a].word); } else open = false;
      } else if (a && far[a][b] === far[a - 1][b] + 1) note("pasted", wanted[a -= 1].word);
      else note("record", has[b -= 1].word);
    }
    return runs.map(({ pasted, record }) => (!pasted.length ? missing : !record.length ? added : instead)
      .replace("{record}", () => record.join(" ")).replace("{pasted}", () => pasted.join(" ")));
  };

  // The ways to read a quotation, the strictest first, and what is said of each.
  const readings = (text) => {
    const letter = /\[(\p{L})\]/u;
    const either = (way) => (letter.test(way) ? ["toLowerCase", "toUpperCase"].map((to) => way.replace(letter, (_, it) => it[to]())) : [way]);
    let lettered = [text];
    for (let at = 0; at < 3; at += 1) lettered = lettered.flatMap(either);
    let ways = [text, ...lettered];
    ways = ways.flatMap((way) => [...new Set([way, way.replace(/\s*\[[ .!]*sic[ .!]*\]/gi, "")])]);
    const recased = (way) => way.replace(/^([^\p{L}\p{N}[]*)(\p{L})/u, (_, before, it) => before + (it === it.toUpperCase() ? it.toLowerCase() : it.toUpperCase()));
    const stopless = (way) => way.replace(/([^.])[.,]$/, "$1");
    const changes = [[(way) => way, []], [stopless, [stop]], [recased, [capital]], [(way) => recased(stopless(way)), [capital, stop]]];
    return changes.flatMap(([change, said]) => ways.map((way) => ({ words: change(way), said })));
  };

  const check = () => {
    const text = box.value.trim().replace(/^["“„«'‘]([^]*)["”“»'’]$/, "$1").trim();
    if (!text) return [element("p", empty)];
    // What was left out is told; where it may have changed what was said, that is said first.
    const cut = (words) => words.split(/\s*\[\s*(?:\.{3}|…)\s*\]\s*/).map((part) => fold(part.trim()).folded).filter(Boolean);
    const wanted = cut(text);
    if (!wanted.length) return [element("p", empty)];
    for (const { words, said } of readings(text)) {
      const parted = cut(words);
      for (const piece of parted.length ? record : []) {
        const found = inOrder(piece, parted);
        if (!found) continue;
        const [start, end] = [found[0].start, found.at(-1).end];
        const notes = said.map((words) => element("p", words));
        if (found.length === 1) return [say(verbatim, piece, start, end), ...notes];
        const isMaterial = found.slice(1).some((next, at) => changes(piece, found[at], next));
        const gaps = found.slice(1).map((next, at) => piece.whole.slice(piece.at[found[at].end], piece.at[next.start]).trim());
        return [say(isMaterial ? weighs : parts, piece, start, end), ...notes, ...gaps.map((gap) => element("p", left.replace("{words}", () => gap)))];
      }
    }
    const mine = tokens({ folded: wanted.join(" ") });
    let best = { far: Infinity };
    if (mine.length <= LONGEST) {
      for (const piece of record) {
        piece.tokens ??= tokens(piece);
        const [far, from, to] = near(mine, piece.tokens);
        if (far < best.far) best = { far, from, to, piece };
      }
    }
    if (best.far > mine.length * 0.6 || best.from === best.to) return [element("p", none)];
    const has = best.piece.tokens.slice(best.from, best.to);
    const [start, end] = [has[0].start, has.at(-1).end];
    const words = best.piece.whole.slice(best.piece.at[start], best.piece.at[end]);
    const told = differences(mine, has);
    const list = element("ul", "");
    list.append(...told.slice(0, DIFFERENCES).map((words) => element("li", words)));
    if (told.length > DIFFERENCES) list.append(element("li", more.replace("{n}", told.length - DIFFERENCES)));
    return [say(nearest, best.piece, start, end), element("blockquote", words, { className: "words", dir: "auto" }), list];
  };

  // The page for the whole site brings the contributions to look in; a debate's page has its own.
  globalThis.checkAgainst = (contributions) => {
    record = read(contributions);
    out.replaceChildren(...check());
  };
  if (form.dataset.root !== undefined) return;
  record = read(onPage());
  form.addEventListener("submit", () => out.replaceChildren(...check()));
  if (box.value && form.dataset.asked) out.replaceChildren(...check());
})();
