// Marks the words of a query in a text. Only text nodes are made: whatever the text contains stays text.

const WORD = /[\p{L}\p{N}]+/gu;
const COMMON = new Set(
  "a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was will with how what when where which who why do does can we our you your i me my us".split(" "),
);

/** The beginnings that words of the query share with their inflected forms. */
export function stems(query) {
  const words = query.toLowerCase().match(WORD) ?? [];
  const kept = words.filter((word) => !COMMON.has(word));
  return [...new Set((kept.length > 0 ? kept : words).map(stem))];
}

function stem(word) {
  const cut = word.replace(/(ations?|ings?|ments?|edly|ed|es|ies|ly|s)$/u, "");
  return cut.length >= 4 ? cut : word;
}

function matches(word, allStems) {
  const lower = word.toLowerCase();
  // A short stem matches whole words only: "ant" is not in "anticipate".
  return allStems.some((s) => (s.length >= 4 ? lower.startsWith(s) && lower.length <= s.length + 6 : lower === s));
}

/** Appends the text to the parent, with every matching word in a mark. */
export function append(parent, text, allStems) {
  let end = 0;
  for (const match of text.matchAll(WORD)) {
    if (!matches(match[0], allStems)) continue;
    parent.append(text.slice(end, match.index));
    const mark = document.createElement("mark");
    mark.textContent = match[0];
    parent.append(mark);
    end = match.index + match[0].length;
  }
  parent.append(text.slice(end));
}

/** Markdown without the signs that only mean something when rendered. */
export function readable(text) {
  return text
    .replace(/^\s{0,3}#{1,6}\s+/gm, "")
    .replace(/!?\[([^\]\n]{1,300})\]\([^)\s]{0,1000}\)/g, "$1")
    .replace(/(\*\*|__)(\S[^*_\n]{0,300}?)\1/g, "$2")
    .replace(/\s*\n\s*\n\s*/g, "\n")
    .trim();
}
