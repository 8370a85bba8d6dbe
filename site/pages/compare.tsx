import type { VNode } from "preact";
import type { ComparePage } from "../../src/report/compare-page.ts";
import { Layout } from "./layout.tsx";
import { Comparison } from "./parts/comparison.tsx";
import { renderPage } from "./render.tsx";

/** `chosen` says which runs these are, for want of a choice. */
export function renderCompare(page: ComparePage, chosen: string): string {
  return renderPage(<Compare page={page} chosen={chosen} />);
}

function Compare({ page, chosen }: { readonly page: ComparePage; readonly chosen: string }): VNode {
  return (
    <Layout frame={page.frame}>
      <h1>Compare</h1>
      <div data-island="compare">
        {page.heads.length === 0 ? (
          <p class="muted">No run to compare yet.</p>
        ) : (
          <>
            <p class="lead">Choosing runs needs scripts; here are {chosen}.</p>
            <Comparison page={page} />
          </>
        )}
      </div>
    </Layout>
  );
}
