// The text of a file from its model.

import { renderLog } from "../../site/pages/log.tsx";
import type { PageFrame } from "../report/page.ts";
import type { RunPage } from "../report/run-page.ts";
import type { Common, Model, Pages } from "./model.ts";
import { runText } from "./run-text.ts";
import { openSources } from "./source.ts";

const renderers: { readonly [kind in keyof Pages]: (page: Pages[kind]) => string } = { log: renderLog };

/** Nothing where a file is not there at the moment. Throws where the page needs the site after all. */
export function openMaker(common: Common): (model: Model) => string | undefined {
  const sourceOf = openSources(common.root, common);
  return (model) => {
    if (model.kind === "copy") return sourceOf(model.source)?.copy.text;
    const page = framed(model.page, common);
    if (model.kind !== "run") return textOf(model.kind, page as typeof model.page);
    const source = sourceOf(model.source);
    return source === undefined ? undefined : runText(page as RunPage, source, common);
  };
}

/** The very same object for all pages: they know each other's frames by it. */
const framed = <P extends { readonly frame: PageFrame }>(page: P, { assets }: Common): P => ({ ...page, frame: { ...page.frame, assets } });

function textOf<K extends keyof Pages>(kind: K, page: Pages[K]): string {
  return renderers[kind](page);
}

type Later<T> = T | Promise<T>;

/** How such a page is planned. */
export function shown<K extends keyof Pages>(kind: K, page: () => Pages[K]): { make: () => string; model: () => Model };
export function shown<K extends keyof Pages>(
  kind: K,
  page: () => Later<Pages[K]>,
): { make: () => Later<string>; model: () => Later<Model> } {
  const then = <T, U>(value: Later<T>, next: (value: T) => U): Later<U> => (value instanceof Promise ? value.then(next) : next(value));
  return {
    make: () => then(page(), (made) => textOf(kind, made)),
    model: () => then(page(), (made) => ({ kind, page: made })),
  };
}
