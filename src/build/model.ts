// A file of the site as plain data: to make its text takes nothing of the site any more, and can be done on another thread.

import type { Settings } from "../record/settings.ts";
import type { LogPage } from "../report/log-page.ts";
import type { PageFrame } from "../report/page.ts";
import type { RunPage } from "../report/run-page.ts";

/** Kinds of pages, and what each is made from. Any page can be among them. */
export interface Pages {
  readonly log: LogPage;
}

/** `source`: of a run, from the journal's root. */
export type Model =
  | { readonly [kind in keyof Pages]: { readonly kind: kind; readonly page: Pages[kind] } }[keyof Pages]
  | { readonly kind: "run"; readonly page: RunPage; readonly source: string }
  | { readonly kind: "copy"; readonly source: string };

/** What is the same for all pages of a site. */
export interface Common {
  /** Of the journal. */
  readonly root: string;
  readonly assets: PageFrame["assets"];
  readonly lanes: boolean;
  readonly site: Pick<Settings["site"], "private">;
}
