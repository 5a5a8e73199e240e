// Whether words that a quotation leaves out may have changed what was said: a negation, a modal verb, a number, a name,
// or an end of a sentence that nobody sees. The rules of the program's own judgement, for English; the tests hold
// one to the other. Loaded before check.js.
globalThis.weighs = (() => {
  const list = (words) => new Set(words.split(" "));
  const NEGATIONS = list("barely cannot except hardly neither never no nobody non none nor not nothing nowhere rarely scarcely seldom unless without");
  const MODALS = list("can could may might must ought shall should will would");
  const NUMBERS = list("billion billions dozen dozens eight eighteen eighty eleven fifteen fifty five forty four fourteen half hundred hundreds million millions nine nineteen ninety once one quarter quarters seven seventeen seventy six sixteen sixty ten third thirds thirteen thirty thousand thousands three trillion twelve twenty twice two");
  const ABBREVIATIONS = list("capt cllr col dr gen hon lt messrs mr mrs ms prof rev rt sgt st v vs");
  const WORD = "[\\p{Alphabetic}\\p{N}](?:[\\p{Alphabetic}\\p{N}]|['’](?=[\\p{Alphabetic}\\p{N}])|(?<=\\p{N})[.,](?=\\p{N}))*";

  // The words that touch a stretch of a text.
  const words = (text, from, to) => {
    const word = new RegExp(WORD, "gu");
    word.lastIndex = text.slice(0, from).replace(/[\p{Alphabetic}\p{N}'’]+$/u, "").length;
    const found = [];
    for (let next; (next = word.exec(text)) && next.index < to;) found.push({ word: next[0], start: next.index, end: word.lastIndex });
    return found;
  };
  const isAbbreviation = (text) => {
    const [word] = /[\p{Alphabetic}\p{N}]*$/u.exec(text);
    return (/^\p{Uppercase}$/u.test(word) && word !== "I") || ABBREVIATIONS.has(word.toLowerCase());
  };
  const startsSentence = (text, at) => {
    if (/^[“‘"'([]*\p{Lowercase}/u.test(text.slice(at))) return false;
    const before = text.slice(0, at).replace(/[“‘"'([]+$/, "");
    const ended = before.trimEnd();
    if (!ended) return true;
    const sentence = ended.replace(/[”’"')\]]+$/, "");
    if (ended.length === before.length) return false;
    return /[!?]$/.test(sentence) || (/\.$/.test(sentence) && !/\.{3}$/.test(sentence) && !isAbbreviation(sentence.replace(/\.+$/, "")));
  };
  const isName = (text, { word, start }) => {
    if (!/^\p{Uppercase}/u.test(word) || /^I(['’]|$)/.test(word)) return false;
    const mayBeCapital = /[:“"‘[(]$/.test(text.slice(0, start).trimEnd()) || startsSentence(text, start);
    return /^.\P{Uppercase}*\p{Uppercase}/u.test(word) || !mayBeCapital;
  };
  const hasWeight = (text, found) => {
    const small = found.word.toLowerCase().replaceAll("’", "'");
    return NEGATIONS.has(small) || MODALS.has(small) || NUMBERS.has(small) || small === "hon"
      || /n't$|'ll$|'d$|\p{N}/u.test(small) || isName(text, found);
  };
  // Of one text, which words from an offset on up to another are left out of.
  const inText = (text, from, to) => words(text, from, to).some((word) => word.end > from && hasWeight(text, word));
  // Whether a sentence ends between two parts, and nobody sees it.
  const joins = (text, [start, from], [to, end]) => {
    const shownEnd = /[.!?]$/.test(text.slice(start, from).replace(/[”’"')]+$/, ""));
    const shownStart = startsSentence(text, to) && words(text, to, end)[0]?.word !== "I";
    if (shownEnd || shownStart || !/[.!?]/.test(text.slice(from, to))) return false;
    return words(text, from, end).some((word) => word.start > from && word.start <= to && startsSentence(text, word.start));
  };
  return { inText, joins };
})();
