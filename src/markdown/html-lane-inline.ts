// Text inside a block, the short way: words, code spans, plain bold and italics, plain links. Nothing as soon as a character could mean
// something else.

export interface Inline {
  readonly html: string;
  /** Without marks, for the name of a heading. */
  readonly text: string;
}

/** Code span; bold; italics; link to a plain relative or https address. Each only where it cannot be read in another way. */
const pieces =
  /`([^`\n]+)`(?!`)|\*\*([A-Za-z0-9](?:[A-Za-z0-9 ,.:;=%/()-]*[A-Za-z0-9%)])?)\*\*(?![A-Za-z0-9*])|\*([A-Za-z0-9](?:[A-Za-z0-9 ,.:;=%/()-]*[A-Za-z0-9%)])?)\*(?![A-Za-z0-9*])|\[([A-Za-z0-9](?:[A-Za-z0-9 ,.:;=%-]*[A-Za-z0-9])?)\]\(((?:https?:\/\/)?[A-Za-z0-9][A-Za-z0-9_./-]*(?:#[A-Za-z0-9_-]+)?)\)/g;

/** A piece that follows one of these could be read together with it. */
const glued = /[A-Za-z0-9*_`![\]\\]$/;

/** Everything a plain stretch must not hold, as it could be markup, an address or an entity. */
const doubtful =
  /[\\`*~]|\]\(|\]\[|\]:|!\[|<(?![ \d=])|&(?=[#A-Za-z])|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|www\.|:\/\/|@|[^\S \n]| {2}\n|[ ]\n|\n[ ]/i;

export function laneInline(source: string): Inline | undefined {
  let html = "";
  let text = "";
  let at = 0;
  pieces.lastIndex = 0;
  for (let match = pieces.exec(source); match !== null; match = pieces.exec(source)) {
    const before = source.slice(at, match.index);
    const [whole, code, bold, italic, words, address] = match;
    const wide = code === undefined;
    if (doubtful.test(before) || (wide ? glued.test(before) : /[`\\]$/.test(before)) || !fits(code, address)) return undefined;
    html += escapeText(before);
    text += before;
    if (code !== undefined) html += `<code>${escapeText(code)}</code>`;
    else if (bold !== undefined) html += `<strong>${bold}</strong>`;
    else if (italic !== undefined) html += `<em>${italic}</em>`;
    else html += `<a href="${address}">${words}</a>`;
    text += code ?? bold ?? italic ?? words ?? "";
    at = match.index + whole.length;
  }
  const rest = source.slice(at);
  if (doubtful.test(rest)) return undefined;
  return { html: html + escapeText(rest), text: text + rest };
}

/** A code span with a blank at an end loses it; an address with a word and a colon could be of any kind. */
function fits(code: string | undefined, address: string | undefined): boolean {
  if (code !== undefined) return !code.startsWith(" ") && !code.endsWith(" ");
  return address === undefined || !/^(?!https?:\/\/)[^/#]*:/.test(address);
}

function escapeText(text: string): string {
  return text.replace(/&/g, "&#x26;").replace(/</g, "&#x3C;");
}
