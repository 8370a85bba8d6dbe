// Data for a page as a classic script, which also loads from a disk: one assignment, nothing in it can end the script or be taken for code.

/** `target` is code of ours. */
export function assignment(target: string, value: unknown): string {
  return `${target} = ${scriptJson(value)};\n`;
}

/** JSON that is the same in a script, in a script of HTML, and by itself. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
