import type { VNode } from "preact";
import { wayFrom } from "../../src/base/address.ts";
import type { ReportsPage } from "../../src/report/reports-page.ts";
import { Layout } from "./layout.tsx";
import { LiveBlock } from "./live-block.tsx";
import { renderPage } from "./render.tsx";

export function renderReports(page: ReportsPage): string {
  return renderPage(<Reports page={page} />);
}

function Reports({ page }: { readonly page: ReportsPage }): VNode {
  const { frame, reports, charts, views } = page;
  const to = (address: string): string => wayFrom(frame.path, address);
  return (
    <Layout frame={frame}>
      <h1>Reports</h1>
      {reports.length === 0 ? (
        <p class="muted">
          No reports yet. A report is a page of prose with live tables and charts:{" "}
          <code class="command" data-copy="">
            journal new --report "What we learnt"
          </code>
        </p>
      ) : (
        <ul class="reports">
          {reports.map((report) => (
            <li key={report.address}>
              <h2>
                <a href={to(report.address)}>{report.title}</a>
              </h2>
              <Byline date={report.date} author={report.author} />
              {report.lead !== undefined && <p class="lead">{report.lead}</p>}
            </li>
          ))}
        </ul>
      )}
      {views.length > 0 && (
        <section>
          <h2>Views</h2>
          <ul class="views">
            {views.map(({ study, links }) => (
              <li key={study}>
                {study !== undefined && <span class="muted">{study}: </span>}
                {links.flatMap((view, index) => [
                  ...(index === 0 ? [] : [", "]),
                  <a key={view.address} href={to(view.address)}>
                    {view.name}
                  </a>,
                ])}
              </li>
            ))}
          </ul>
        </section>
      )}
      {charts.length > 0 && (
        <section>
          <h2>Charts</h2>
          {charts.map((chart) => (
            <section key={chart.id} id={chart.id} class="own-chart">
              <h3>{chart.title}</h3>
              <LiveBlock part={chart.part} path={frame.path} />
              <p class="note">
                <code>{chart.path}</code>
              </p>
            </section>
          ))}
        </section>
      )}
    </Layout>
  );
}

export function Byline({ date, author }: { readonly date: string | undefined; readonly author: string | undefined }): VNode | null {
  const parts = [date, author].filter((part) => part !== undefined);
  return parts.length === 0 ? null : <p class="meta">{parts.join(" · ")}</p>;
}
