// Values that should not be committed. A simple look at well-known shapes; the capture room redacts before it writes.

const shapes: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ["an AWS access key", /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ["a GitHub token", /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22})/],
  ["a GitLab token", /\bglpat-[A-Za-z0-9_-]{20}/],
  ["a Hugging Face token", /\bhf_[A-Za-z0-9]{30}/],
  ["a Slack token", /\bxox[abprs]-[A-Za-z0-9-]{10}/],
  ["a Google key", /\bAIza[0-9A-Za-z_-]{35}/],
  ["a private key", /-----BEGIN [A-Z ]{0,30}PRIVATE KEY/],
  ["a password in an address", /:\/\/[^\s/:@]{1,100}:[^\s/:@]{1,100}@/],
];

/** Keys of several services; names of packages and projects may begin so too. */
export const dashedKey: RegExp = /\bsk-[A-Za-z0-9_-]{20,200}/g;

/** A key is drawn by lot: a long piece without a dash that goes back and forth between digits and letters as no word does. */
export const isDashedKey = (text: string): boolean =>
  text.split(/[-_]/).some((piece) => piece.length >= 12 && (piece.match(/[A-Za-z](?=\d)|[a-z](?=[A-Z])/g)?.length ?? 0) >= 4);

const secretName =
  /(?:^|[._-])(?:password|passwd|secret|credentials?|api[_-]?key|access[_-]?key|private[_-]?key|auth[_-]?token|access[_-]?token|api[_-]?token)$/i;

/** All of them in one look: nearly no value is any. */
const anyShape = new RegExp([...shapes.map(([, pattern]) => pattern), dashedKey].map(({ source }) => source).join("|"));

/** What the value looks like, by its shape or because the key is named so. */
export function secretIn(value: string, key: string): string | undefined {
  if (value.length < 8) return undefined;
  const start = value.slice(0, 4000);
  if (anyShape.test(start)) {
    const shape = shapes.find(([, pattern]) => pattern.test(start));
    if (shape !== undefined) return shape[0];
    if (start.match(dashedKey)?.some(isDashedKey)) return "an API key";
  }
  return secretName.test(key.slice(-100)) && !/^[<$*[{]|\s/.test(start) ? "a secret" : undefined;
}
