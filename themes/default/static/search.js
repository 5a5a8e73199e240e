// Finds contributions and notes by their words, in files that the build made: docs/search.md has the
// rules and the format. No page and no network of its own: `get(path, fresh)` gives a file's bytes.
const GONE = "\\u00ad\\u061c\\u200b-\\u200f\\u202a-\\u202e\\u2060\\u2066-\\u2069\\ufeff";
const ALONE = "\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const MARKS = "\\u0300-\\u036f\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7\\u064b-\\u065f\\u0670";
const LETTER = `(?![\\u02b9\\u02bb\\u02bc])[\\p{Alphabetic}\\p{N}\\p{M}${GONE}]`;
const WORD = new RegExp(`(?=[${ALONE}])${LETTER}|(?:(?![${ALONE}])${LETTER}|(?<=[0-9])[.,](?=[0-9]))+`, "gu");
const APOSTROPHE = /['\u02b9\u02bb\u02bc\u2018\u2019\u201b\u2032\uff07]/;
const DROPPED = new RegExp(`[,${GONE}${MARKS}]`, "g");
const PLAIN = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ı: "i", ſ: "s", ς: "σ", ﬀ: "ff", ﬁ: "fi", ﬂ: "fl", ﬃ: "ffi", ﬄ: "ffl", ﬅ: "st", ﬆ: "st" };
const SPECIAL = new RegExp(`[${Object.keys(PLAIN).join("")}]`, "g");
const MOST = 32; // words of a query
const COMPLETIONS = 12;
const BLOCK = 32768;
const ROW = 64;

const fold = (run) => [...run.toLowerCase().normalize("NFD").replace(DROPPED, "")
  .replace(SPECIAL, (letter) => PLAIN[letter]).normalize("NFC")].slice(0, 40).join("");

export function words(text) {
  const found = [];
  let end = -2;
  for (const { 0: run, index: start } of text.matchAll(WORD)) {
    const word = fold(run);
    const possessive = word === "s" && start === end + 1 && APOSTROPHE.test(text[end]);
    end = start + run.length;
    if (word && !possessive) found.push({ word, start, end });
  }
  return found;
}

// What somebody typed: words, phrases, filters, days.
export function parse(typed) {
  const query = { terms: [], filters: [], after: 0, before: 0, cut: false };
  const text = typed.replace(/[“”„«»]/g, '"');
  for (const [all, not, field, quoted, bare] of text.matchAll(/(-?)(?:(topic|speaker|kind|house|debate|before|after):)?(?:"([^"]*)"?|([^\s"]+))/giu)) {
    const name = field?.toLowerCase();
    const value = quoted ?? bare;
    const day = name && /^(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?$/.exec(value);
    if (name === "after" || name === "before") {
      const rest = name === "after" ? [1, 1] : [12, 31];
      if (day) query[name] = day[1] * 10000 + (day[2] || rest[0]) * 100 + +(day[3] || rest[1]);
    } else if (name) {
      query.filters.push({ name, value, not: !!not, text: all });
    } else {
      const found = words(value).map(({ word }) => word);
      if (!found.length) continue;
      const open = quoted === undefined && (value.endsWith("*") ? 2 : +text.endsWith(value));
      query.terms.push({ words: found, not: !!not, phrase: quoted !== undefined && found.length > 1, open, text: all });
    }
  }
  let count = 0;
  const fits = query.terms.filter((term) => (count += term.words.length) <= MOST);
  query.cut = fits.length < query.terms.length;
  query.terms = fits;
  return query;
}

class Bytes {
  constructor(bytes) { this.bytes = bytes; this.at = 0; }
  get left() { return this.at < this.bytes.length; }
  number() {
    let [sum, scale, byte] = [0, 1];
    do {
      byte = this.bytes[this.at++];
      sum += (byte & 127) * scale;
      scale *= 128;
    } while (byte > 127);
    return sum;
  }
  take(count) { return this.bytes.subarray(this.at, this.at += count); }
  word(before) {
    const shared = this.number();
    const rest = this.take(this.number());
    const word = new Uint8Array(shared + rest.length);
    word.set(before.subarray(0, shared));
    word.set(rest, shared);
    return word;
  }
}
const UTF8 = new TextDecoder();
const text = (bytes) => UTF8.decode(bytes);
const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const NONE = new Uint8Array();

// `kind`: missing, cut, mixed (files of two builds), version.
export class Trouble extends Error {
  constructor(kind) { super(kind); this.kind = kind; }
}

function opened(bytes) {
  const head = new DataView(bytes.buffer, bytes.byteOffset);
  if (bytes.length < 12 || head.getUint32(0) >>> 8 !== 0x727073) throw new Trouble("cut");
  if (bytes[3] !== 1) throw new Trouble("version");
  const payload = bytes.subarray(12);
  let sum = 0x811c9dc5;
  for (const byte of payload) sum = Math.imul(sum ^ byte, 0x01000193);
  if (head.getUint32(4, true) !== payload.length || head.getUint32(8, true) !== sum >>> 0) throw new Trouble("cut");
  return new Bytes(payload);
}

const READ = {
  // A word → the keys of its groups, each with how common it is.
  words(file) {
    const found = new Map();
    for (let word = NONE; file.left;) {
      word = file.word(word);
      const groups = [];
      for (let left = file.number(); left--;) groups.push([text(file.word(word)), file.take(1)[0]]);
      found.set(text(word), groups);
    }
    return found;
  },
  // A key → the words of the group, and its list or the parts of it.
  lists(file) {
    const found = new Map();
    for (let key = NONE; file.left;) {
      key = file.word(key);
      const term = { words: [], bare: key[0] === 32 };
      for (let left = file.number(), word = key; left--;) term.words.push(text(word = file.word(word)));
      term.units = file.number();
      const size = file.number();
      if (size & 1) {
        term.parts = [];
        for (let left = (size >> 1) + !term.bare; left--;) term.parts.push({ at: file.number(), count: file.number(), hash: hex(file.take(6)) });
        if (!term.bare) term.best = term.parts.shift();
      } else term.list = file.take(size >> 1);
      found.set(text(key), term);
    }
    return found;
  },
  debates(file, row) {
    const found = [];
    for (let slug = NONE; file.left;) {
      slug = file.word(slug);
      const debate = { slug: text(slug), mark: hex(file.take(4)), day: file.number(), row, rows: file.number(), said: file.number(), starts: [0], notes: new Map() };
      const parts = file.number();
      for (let left = parts - 1; left-- > 0;) debate.starts.push(file.number());
      if (parts > 1) for (let left = file.number(); left--;) debate.notes.set(file.number(), file.number());
      row += debate.rows;
      found.push(debate);
    }
    return found;
  },
};

function decode(bytes, count, bare) {
  const file = new Bytes(bytes);
  const units = new Uint32Array(count);
  const impacts = new Uint8Array(count);
  for (let at = 0, unit = 0; at < count; at++) units[at] = unit += file.number();
  if (!bare) for (let at = 0; at < count; at++) impacts[at] = (bytes[file.at + (at >> 1)] >> (at & 1) * 4) & 15;
  return { units, impacts };
}

// Order of UTF-8, which is that of the files.
function isAfter(a, b) {
  const [x, y] = [[...a], [...b]];
  const at = x.findIndex((char, at) => char !== y[at]);
  return at >= 0 && (y[at] === undefined || x[at].codePointAt() > y[at].codePointAt());
}
const lastAt = (list, fits) => {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(list[middle])) low = middle + 1; else high = middle;
  }
  return low - 1;
};

// How far two words are apart, a swap of neighbours being one step.
function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [older, before] = [[], Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let x = 1; x <= a.length; x++) {
    const row = [x];
    for (let y = 1; y <= b.length; y++) {
      const same = a[x - 1] === b[y - 1];
      row[y] = Math.min(before[y] + 1, row[y - 1] + 1, before[y - 1] + !same);
      if (x > 1 && y > 1 && a[x - 1] === b[y - 2] && a[x - 2] === b[y - 1]) row[y] = Math.min(row[y], older[y - 2] + 1);
    }
    [older, before] = [before, row];
  }
  return before[b.length];
}

export class Index {
  constructor(get) { this.get = get; this.files = new Map(); }

  once(path, read) {
    if (!this.files.has(path)) {
      const file = read();
      this.files.set(path, file);
      file.catch(() => this.files.delete(path));
    }
    return this.files.get(path);
  }

  root() {
    return this.once("", async () => {
      this.listing = text(await this.get("search/index.json", true));
      const root = JSON.parse(this.listing);
      if (root.version !== 1) throw new Trouble("version");
      return root;
    });
  }

  // A file by its hash. One that is not there belongs to another build, if the root is another by now.
  file(hash, read = (file) => file, unpack = opened) {
    return this.once(hash, async () => {
      return read(unpack(await this.bytes(`search/${hash}.txt`)));
    });
  }

  async bytes(path, fresh) {
    try {
      return await this.get(path, fresh);
    } catch {
      throw new Trouble(text(await this.get("search/index.json", true)) === this.listing ? "missing" : "mixed");
    }
  }

  async shard(of, key) {
    const list = (await this.root())[of];
    const at = lastAt(list, (entry) => !isAfter(entry[0], key));
    return at < 0 ? new Map() : this.file(list[at][1], READ[of]);
  }

  async debates(at) {
    const [row, , hash] = (await this.root()).debates[at];
    return this.file(hash, (file) => READ.debates(file, row));
  }

  names() {
    return this.root().then((root) => this.file(root.names, (bytes) => JSON.parse(text(bytes)), (bytes) => bytes));
  }

  // The lists of a word: its groups; of one that begins so, those of the commonest that do.
  async lists(word, open) {
    const dictionary = await this.shard("words", word);
    let keys = open < 2 ? dictionary.get(word) : undefined;
    if (!keys && open && word.length > 1) {
      // Words that begin so may go on in the next files.
      const { words: all } = await this.root();
      const begun = [];
      for (let at = Math.max(0, lastAt(all, (entry) => !isAfter(entry[0], word))); at < all.length; at++) {
        if (isAfter(all[at][0], word) && !all[at][0].startsWith(word)) break;
        for (const [other, groups] of await this.file(all[at][1], READ.words)) {
          if (other.startsWith(word)) for (const [key, common] of groups) begun.push([key, common]);
        }
      }
      const common = new Map(begun);
      keys = [...common].sort((a, b) => b[1] - a[1] || (isAfter(a[0], b[0]) ? 1 : -1)).slice(0, COMPLETIONS);
    }
    return Promise.all((keys || []).map(async ([key]) => (await this.shard("lists", key)).get(key)));
  }

  // The lists of a filter: of every value whose name has the words.
  async filter({ name, value }) {
    const wanted = words(value).map(({ word }) => word);
    let keys = [value];
    if (name !== "kind") {
      const values = (await this.names())[name];
      const exact = values.filter(([key]) => key === value);
      const has = ([, name]) => wanted.length && wanted.every((word) => words(name).some((of) => of.word.startsWith(word)));
      keys = (exact.length ? exact : values.filter(has)).map(([key]) => key);
    }
    const lists = keys.map(async (key) => (await this.shard("lists", ` ${name}:${key}`)).get(` ${name}:${key}`));
    return (await Promise.all(lists)).filter(Boolean);
  }

  // The first row of the debates of a day or later.
  async rowOf(day) {
    const { debates } = await this.root();
    const at = lastAt(debates, (entry) => entry[1] < day);
    const found = at < 0 ? undefined : (await this.debates(at)).find((debate) => debate.day >= day);
    return found?.row ?? debates[at + 1]?.[0] ?? Infinity;
  }

  async debateOf(slug) {
    const head = /^[a-z0-9-]+$/.test(slug) && await this.part({ slug }, 0).catch(() => undefined);
    if (!head) return undefined;
    const day = +head.debate.date.replaceAll("-", "");
    const { debates } = await this.root();
    for (let at = Math.max(0, lastAt(debates, (entry) => entry[1] < day)); at < debates.length && debates[at][1] <= day; at++) {
      const found = (await this.debates(at)).find((debate) => debate.slug === slug);
      if (found) return found;
    }
    return undefined;
  }

  // What stands in the parts of a list that are wanted.
  async postings(term, wanted) {
    if (term.list) return [decode(term.list, term.units, term.bare)];
    const part = ({ hash, count, at }) => this.file(hash).then(({ bytes }) => {
      const file = new Bytes(bytes);
      file.number();
      const isBest = term.best?.hash === hash;
      const list = decode(bytes.subarray(file.at), count, !isBest);
      if (!isBest && term.best) list.impacts.fill(term.best.at);
      return list;
    });
    const next = (at) => term.parts[at + 1]?.at ?? Infinity;
    const some = wanted === "best" ? [] : term.parts.filter((part, at) => wanted(part.at, next(at)));
    return Promise.all([...(term.best?.count ? [term.best] : []), ...some].map(part));
  }

  // Every unit that a query finds, the best last, as score and unit in one number.
  // Where all its words are very common, `level` 0 looks only at the best units of each, 1 at those of
  // the rarest word, 2 at all; it goes on by itself where that finds little.
  async search(query, level = 0) {
    const { units: all, rows } = await this.root();
    const result = { query, unknown: [], lost: [], needs: [], words: new Set(), phrases: [], level: 2, exact: true };
    const wants = async (text, not, load, name, marked = !not) => {
      try {
        const terms = await load();
        const count = terms.reduce((sum, term) => sum + term.units, 0);
        if (!count && !not) result.unknown.push(name);
        result.needs.push({ text, not, terms, count });
        if (marked) for (const { words } of terms) for (const word of words) result.words.add(word);
      } catch (trouble) {
        if (!["missing", "cut"].includes(trouble.kind)) throw trouble;
        result.lost.push(text);
      }
    };
    const jobs = [];
    for (const term of query.terms) {
      if (term.phrase) result.phrases.push(term);
      // A phrase that must not stand there is looked for in the text itself.
      if (term.phrase && term.not) continue;
      term.words.forEach((word, at) => jobs.push(wants(term.text, term.not, () => this.lists(word, at === term.words.length - 1 ? term.open : 0), word, !term.not && !term.phrase)));
    }
    let [from, to, when] = [0, Infinity, query.after || query.before];
    const out = [];
    for (const filter of query.filters) {
      if (filter.name !== "debate") jobs.push(wants(filter.text, filter.not, () => this.filter(filter), filter.text));
      else {
        const debate = await this.debateOf(filter.value);
        const rows = debate && [debate.row, debate.row + debate.rows];
        if (filter.not) out.push(rows || [0, 0]);
        else if (rows) [from, to, when] = [Math.max(from, rows[0]), Math.min(to, rows[1]), true];
        else result.unknown.push(filter.text);
      }
    }
    await Promise.all(jobs);
    if (query.after) from = Math.max(from, await this.rowOf(query.after));
    if (query.before) to = Math.min(to, await this.rowOf(query.before + 1));
    [from, to] = [from * ROW, to * ROW];
    const needs = result.needs.filter((need) => !need.not).sort((a, b) => a.count - b.count);
    if (!needs.length && when && !result.unknown.length) {
      needs.push({ terms: await this.filter({ name: "kind", value: "debate" }) });
    }
    result.keys = new Float64Array();
    result.total = 0;
    if (result.unknown.length || !needs.length) return result;
    const common = needs.every(({ terms }) => terms.length === 1 && terms[0].best?.count);
    if (common && needs.length === result.needs.length && !when && !out.length) result.level = needs.length > 1 ? level : Math.max(level, 1);
    const isBest = (need) => result.level === 0 || (result.level === 1 && need === needs[0]);
    // The score of each unit, by its number; below zero where it is not found.
    let found;
    for (const need of [...needs, ...result.needs.filter((need) => need.not)]) {
      const next = new Float64Array(rows * ROW).fill(-1);
      const blocks = new Set();
      if (found) found.forEach((score, unit) => { if (score >= 0) blocks.add(Math.floor(unit / BLOCK)); });
      const wanted = (first, next) => (found
        ? [...blocks].some((block) => block >= first && block < next)
        : next * BLOCK > from && first * BLOCK < to);
      for (const term of need.terms) {
        const weight = term.bare ? 0 : Math.log(1 + (all - term.units + .5) / (term.units + .5));
        for (const { units, impacts } of await this.postings(term, isBest(need) ? "best" : wanted)) {
          units.forEach((unit, at) => {
            const score = found ? found[unit] : unit >= from && unit < to ? 0 : -1;
            if (score >= 0) next[unit] = Math.max(next[unit], score + weight * (1 + impacts[at]));
          });
        }
      }
      if (need.not) next.forEach((score, unit) => { if (score >= 0) found[unit] = -1; });
      else found = next;
    }
    const keys = [];
    for (const rows of out) found.fill(-1, rows[0] * ROW, rows[1] * ROW);
    found.forEach((score, unit) => { if (score >= 0) keys.push(Math.round(score * 64) * 2 ** 31 + unit); });
    result.keys = Float64Array.from(keys).sort();
    if (result.level < 2 && needs.length > 1 && keys.length < 10) return this.search(query, result.level + 1);
    result.exact = result.level === 2 || needs.length === 1;
    result.total = result.level < 2 && result.exact ? needs[0].count : keys.length;
    return result;
  }

  part(debate, at) {
    const path = `debates/${debate.slug}/debate${at ? `-${at + 1}` : ""}.json`;
    const read = async (fresh) => {
      try {
        return JSON.parse(text(await this.bytes(path, fresh)));
      } catch (trouble) {
        throw trouble.kind ? trouble : new Trouble("cut");
      }
    };
    return this.once(path, async () => {
      let part = await read(false);
      if (debate.mark && part.mark !== debate.mark) part = await read(true);
      if (debate.mark && part.mark !== debate.mark) throw new Trouble("mixed");
      return part;
    });
  }

  // A unit: whose words, where, and its texts.
  async unit(number) {
    const { debates } = await this.root();
    const row = Math.floor(number / ROW);
    const listed = await this.debates(lastAt(debates, (entry) => entry[0] <= row));
    const debate = listed[lastAt(listed, (entry) => entry.row <= row)];
    const slot = number - debate.row * ROW;
    const { starts, said } = debate;
    const ends = (at) => starts[at + 1] ?? Infinity;
    const parts = starts.map((_, at) => at).filter((at) => slot > said
      ? at === (debate.notes.get(slot) ?? 0)
      : starts[at] <= Math.max(0, slot - 1) && ends(at) >= slot - 1);
    const held = await Promise.all(parts.map((at) => this.part(debate, at)));
    const of = held[0].debate;
    if (!slot) return { of, kind: "debate", id: "", texts: [of.title, held[0].opening.summary, ...held[0].opening.headings || []].filter(Boolean).map((text) => ({ id: "", text })) };
    if (slot > said) {
      const note = held[0].notes.find(({ unit }) => unit === slot);
      const id = `n-${note.id}`;
      const texts = [note.title, note.term, note.text, note.sic, ...note.sources || []].filter(Boolean);
      return { ...note, of, id, texts: texts.map((text) => ({ id, text })) };
    }
    const pieces = held.flatMap((part) => part.contributions).filter(({ id }) => id === `c${slot}`);
    return { ...pieces[0], of, texts: pieces.flatMap(({ paragraphs }) => paragraphs) };
  }

  // The next units of a result that hold its phrases: from `at`, `count` of them, looking at no more than `most`.
  async hits(result, at = 0, count = 10, most = 40) {
    const { keys, phrases } = result;
    const stands = ({ words: wanted }, found) => found.some((words) => words.some((_, at) => wanted.every((word, of) => words[at + of]?.word === word)));
    const hits = [];
    const end = Math.min(keys.length, at + Math.max(most, count));
    while (hits.length < count && at < end) {
      const some = [...keys.subarray(Math.max(0, keys.length - Math.min(end, at + count - hits.length)), keys.length - at)].reverse();
      const units = await Promise.all(some.map((key) => this.unit(key % 2 ** 31).catch((trouble) => {
        if (!["missing", "cut"].includes(trouble.kind)) throw trouble;
        if (!result.lost.includes("…")) result.lost.push("…");
      })));
      for (const unit of units.filter(Boolean)) {
        const found = unit.texts.map(({ text }) => words(text));
        if (phrases.every((phrase) => stands(phrase, found) !== phrase.not)) hits.push({ ...unit, found });
      }
      at += some.length;
    }
    return { hits, at };
  }

  // The words of the dictionary nearest to one that it hasn't got.
  async nearest(word) {
    const most = word.length > 4 ? 2 : 1;
    const { words: all } = await this.root();
    const swapped = word[1] + word[0] + word.slice(2);
    const dictionaries = all.length < 5
      ? await Promise.all(all.map(([, hash]) => this.file(hash, READ.words)))
      : [await this.shard("words", word), await this.shard("words", swapped)];
    const near = [];
    for (const dictionary of new Set(dictionaries)) {
      for (const [other, groups] of dictionary) {
        const far = distance(word, other, most);
        if (far <= most) near.push([far, -groups[0][1], other]);
      }
    }
    return near.sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, 3).map((entry) => entry[2]);
  }
}

// The text of a unit that has most of the words, cut to what stands round them: pieces, marked or not.
export function excerpt({ texts, found }, wanted, phrases) {
  const starts = (words, at) => phrases.find(({ words: of, not }) => !not && of.every((word, next) => words[at + next]?.word === word));
  let best = { at: 0, rank: -1, marks: [] };
  found.forEach((words, at) => {
    let upto = 0;
    let first;
    const marks = words.filter((mark, from) => {
      const phrase = starts(words, from);
      if (phrase) upto = from + phrase.words.length;
      first ??= phrase && mark;
      return from < upto || wanted.has(mark.word);
    });
    const rank = new Set(marks.map(({ word }) => word)).size + (first ? 100 : 0);
    if (rank > best.rank) best = { at, rank, marks, first };
  });
  const { id, text } = texts[best.at] || { id: "", text: "" };
  const from = Math.max(0, (best.first || best.marks[0] || { start: 0 }).start - 90);
  const start = from && text.indexOf(" ", from) + 1;
  const to = text.length - start < 340 ? text.length : text.lastIndexOf(" ", start + 300);
  const pieces = [];
  let at = start;
  for (const mark of best.marks.filter((mark) => mark.start >= start && mark.end <= to)) {
    pieces.push([text.slice(at, mark.start), false], [text.slice(mark.start, mark.end), true]);
    at = mark.end;
  }
  pieces.push([text.slice(at, to), false]);
  return { id, pieces, before: start > 0, after: to < text.length };
}
