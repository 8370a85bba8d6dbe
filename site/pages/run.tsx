import type { VNode } from "preact";
import { pageName } from "../../src/base/address.ts";
import type { RunPage } from "../../src/report/run-page.ts";
import { Layout } from "./layout.tsx";
import { GlyphMark } from "./parts/run.tsx";
import { Table } from "./parts/table.tsx";
import { renderPage } from "./render.tsx";

export function renderRun(page: RunPage): string {
  return renderPage(<Run page={page} />);
}

function Run({ page }: { readonly page: RunPage }): VNode {
  return (
    <Layout frame={page.frame}>
      <h1>{page.title}</h1>
      <p class="meta">
        <GlyphMark glyph={page.glyph} loud /> · <code>{page.id}</code>
      </p>
      {page.problems.map((problem) => (
        <p key={problem} class="notice bad">
          {problem}
        </p>
      ))}
      {page.reason !== undefined && <blockquote class={page.glyph.word}>{page.reason}</blockquote>}
      {page.hypothesis !== undefined && <p>{page.hypothesis}</p>}
      <dl class="facts">
        {page.facts.map((fact) => (
          <div key={fact.name}>
            <dt>{fact.name}</dt>
            <dd>{fact.run === undefined ? fact.value : <a href={`${pageName(fact.run)}.html`}>{fact.value}</a>}</dd>
          </div>
        ))}
      </dl>
      {page.tables.map((table) => (
        <Table key={table.name} table={table} path={page.frame.path} heading />
      ))}
      {page.raw === undefined ? (
        // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised by markdown/html.ts
        <div class="prose" dangerouslySetInnerHTML={{ __html: page.body }} />
      ) : (
        <pre>{page.raw}</pre>
      )}
    </Layout>
  );
}
