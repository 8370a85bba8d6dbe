import type { VNode } from "preact";
import { wayFrom } from "../../src/base/address.ts";
import type { ViewPage } from "../../src/report/view-page.ts";
import { Layout } from "./layout.tsx";
import { Wrong } from "./live-block.tsx";
import { Table } from "./parts/table.tsx";
import { renderPage } from "./render.tsx";

export function renderView(page: ViewPage): string {
  return renderPage(<View page={page} />);
}

function View({ page }: { readonly page: ViewPage }): VNode {
  const { frame, name, where, sort, problems, table, count, log } = page;
  return (
    <Layout frame={frame}>
      <h1>{name}</h1>
      <p class="meta">
        {[
          count === undefined ? undefined : <span key="count">{count}</span>,
          where === undefined ? undefined : <code key="where">{where}</code>,
          sort === undefined ? undefined : (
            <span key="sort">
              sorted by <code>{sort}</code>
            </span>
          ),
          <a key="log" href={wayFrom(frame.path, log)}>
            Open in the log
          </a>,
        ]
          .filter((part) => part !== undefined)
          .flatMap((part, index) => (index === 0 ? [part] : [" · ", part]))}
      </p>
      {problems.map((problem) => (
        <Wrong key={problem.text} problem={problem} />
      ))}
      {table !== undefined && <Table table={table} path={frame.path} />}
    </Layout>
  );
}
