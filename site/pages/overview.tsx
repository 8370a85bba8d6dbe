import type { VNode } from "preact";
import { pageName, wayFrom } from "../../src/base/address.ts";
import type { OverviewPage } from "../../src/report/overview-page.ts";
import { Layout } from "./layout.tsx";
import { Figure } from "./parts/figure.tsx";
import { Table } from "./parts/table.tsx";
import { renderPage } from "./render.tsx";

export function renderOverview(page: OverviewPage): string {
  return renderPage(<Overview page={page} />);
}

function Overview({ page }: { readonly page: OverviewPage }): VNode {
  const { frame } = page;
  return (
    <Layout frame={frame}>
      <h1>{frame.title}</h1>
      {page.question !== undefined && <p class="lead">{page.question}</p>}
      {page.headlines.length > 0 && (
        <dl class="headlines">
          {page.headlines.map((headline) => (
            <div key={headline.label}>
              <dt>{headline.label}</dt>
              <dd>{headline.value}</dd>
            </div>
          ))}
        </dl>
      )}
      {page.figure !== undefined && <Figure figure={page.figure} path={frame.path} />}
      {page.tables.map((table) => (
        <Table key={table.name} table={table} path={frame.path} heading />
      ))}
      {page.next.length > 0 && (
        <section>
          <h2>Next steps</h2>
          <ul>
            {page.next.map((step) => (
              <li key={`${step.run} ${step.text}`}>
                {step.text} <a href={wayFrom(frame.path, `runs/${pageName(step.run)}.html`)}>{step.run}</a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Layout>
  );
}
