// The user's own editor.

import { JournalError } from "../base/problem.ts";
import type { Io } from "./io.ts";
import { editorFailed, noEditor } from "./messages.ts";

/** The command that `$VISUAL` or `$EDITOR` names; asked before anything is written. */
export function findEditor(io: Io): string {
  const editor = io.environment["VISUAL"]?.trim() || io.environment["EDITOR"]?.trim();
  if (!editor) throw new JournalError(noEditor());
  return editor;
}

/** Opens a file and waits until it is closed. */
export function openEditor(editor: string, path: string, shown: string, io: Io): void {
  if (io.terminal(editor, [path]) !== 0) io.warn(editorFailed(editor, shown));
}
