// Whether a cut in a text would divide a word, a number or what a reader sees as one letter: £20 is no
// quotation of £200. For the scripts that quote and check quotations, which debate.js loads after this one.
globalThis.divides = (text, at) => at > 0 && at < text.length
  && (/[\p{L}\p{N}\p{M}\p{Sc}][\p{L}\p{N}\p{M}%]|.[\p{M}\u200d]|\u200d./u.test(text.slice(at - 1, at + 1))
    || [2, 1].some((back) => /[\p{L}\p{N}]['’-][\p{L}\p{N}]|\d[.,]\d/u.test(text.slice(Math.max(0, at - back), at - back + 3)))
    || /[-−]\d/.test(text.slice(at - 1, at + 1)));
