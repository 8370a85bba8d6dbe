import type { VNode } from "preact";
import { pageName } from "../../src/base/address.ts";
import type { HomePage, StudyPage } from "../../src/report/page.ts";
import { Layout } from "./layout.tsx";
import { Table } from "./table.tsx";

export function Home({ page }: { readonly page: HomePage }): VNode {
  return (
    <Layout title={page.title} journal={page.title} root="">
      {page.problems > 0 && (
        <p class="notice">
          {page.problems} {page.problems === 1 ? "problem" : "problems"} in the files: <code>journal check</code>
        </p>
      )}
      {page.studies.map((study) => (
        <Study key={study.name} study={study} />
      ))}
    </Layout>
  );
}

function Study({ study }: { readonly study: StudyPage }): VNode {
  return (
    <article>
      <h1>{study.title}</h1>
      {study.question !== undefined && <p class="question">{study.question}</p>}
      {study.headlines.length > 0 && (
        <dl class="headlines">
          {study.headlines.map((headline) => (
            <div key={headline.label}>
              <dt>{headline.label}</dt>
              <dd>{headline.value}</dd>
            </div>
          ))}
        </dl>
      )}
      {study.figure !== undefined && (
        <figure>
          {/* biome-ignore lint/security/noDangerouslySetInnerHtml: drawn by our own build from numbers and escaped text */}
          <div class="chart" dangerouslySetInnerHTML={{ __html: study.figure.svg }} />
          <figcaption>{study.figure.caption}</figcaption>
        </figure>
      )}
      {study.tables.map((table) => (
        <Table key={table.name} table={{ ...table, name: `${study.name || "main"}-${table.name}` }} runs="runs/" />
      ))}
      {study.next.length > 0 && (
        <section>
          <h2>Next steps</h2>
          <ul>
            {study.next.map((step) => (
              <li key={`${step.run} ${step.text}`}>
                {step.text} <a href={`runs/${pageName(step.run)}.html`}>{step.run}</a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </article>
  );
}
