// From one page of a long list to the next.

import type { VNode } from "preact";
import { wayFrom } from "../../../src/base/address.ts";
import type { Pager as PagerModel } from "../../../src/report/paging.ts";

export function Pager({ pager, path }: { readonly pager: PagerModel | undefined; readonly path: string }): VNode | null {
  if (pager === undefined) return null;
  const { number, pages, previous, next } = pager;
  return (
    <nav class="pager" aria-label="More of this list">
      {previous !== undefined && (
        <a rel="prev" href={wayFrom(path, previous)}>
          ← Previous
        </a>
      )}
      <span>
        Page {number} of {pages}
      </span>
      {next !== undefined && (
        <a rel="next" href={wayFrom(path, next)}>
          Next →
        </a>
      )}
    </nav>
  );
}
