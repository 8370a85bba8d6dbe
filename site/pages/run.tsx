import type { VNode } from "preact";
import { pageName } from "../../src/base/address.ts";
import type { RunPage } from "../../src/report/page.ts";
import { Layout } from "./layout.tsx";
import { Table } from "./table.tsx";

export function Run({ page, journal }: { readonly page: RunPage; readonly journal: string }): VNode {
  return (
    <Layout title={page.title} journal={journal} root="../">
      <h1>{page.title}</h1>
      <p class="muted">
        <span aria-hidden="true">{page.glyph.mark}</span> {page.glyph.word} · <code>{page.id}</code>
      </p>
      {page.problems.map((problem) => (
        <p key={problem} class="notice">
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
        <Table key={table.name} table={table} runs="" />
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
