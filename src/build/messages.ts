// What the builder has to say; strings in, a Problem out.

import type { Problem } from "../base/problem.ts";

const error = (code: string, message: string, hint: string): Problem => ({ code, severity: "error", message, hint });

export const reservedFolder = (folder: string, what: string): Problem =>
  error(
    "build/reserved-folder",
    `\`${folder}\` is ${what}, so no site is written there`,
    "choose a folder of its own: `journal build -o _site`",
  );

export const foreignFolder = (folder: string): Problem =>
  error(
    "build/foreign-folder",
    `\`${folder}\` holds files that no build of this program wrote, so none is replaced`,
    "choose an empty folder, or empty this one first",
  );

export const unreadable = (reason: string): Problem =>
  error(
    "build/unreadable",
    `the journal could not be read: ${reason}`,
    "look at the file or folder that is named; `journal check` reads all of them",
  );

export const internal = (reason: string): Problem =>
  error(
    "build/internal",
    `this page could not be made: ${reason}`,
    "this is a mistake of the program: please report it with the run that the page shows",
  );
