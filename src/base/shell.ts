// Commands in hints are pasted into a shell, and what they name was written by strangers.

/** One word of a POSIX shell that means this text and nothing else; plain names stay as they are. */
export function shellWord(text: string): string {
  return /^[\p{L}\p{N}_./@+:,][\p{L}\p{N}_./@%+=:,-]*$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
