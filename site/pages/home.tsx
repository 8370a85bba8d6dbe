import type { VNode } from "preact";
import { wayFrom } from "../../src/base/address.ts";
import type { HomePage, NewestLine, StudyLine } from "../../src/report/home-page.ts";
import { Layout } from "./layout.tsx";
import { ChangeBar, DeltaText } from "./parts/bar.tsx";
import * as roles from "./parts/roles.ts";
import { Chips, GlyphMark, RunId } from "./parts/run.tsx";
import { ValueText } from "./parts/run-lines.tsx";
import { Sentence } from "./parts/sentence.tsx";
import { Sparkline } from "./parts/sparkline.tsx";
import { renderPage } from "./render.tsx";

export function renderHome(page: HomePage): string {
  return renderPage(<Home page={page} />);
}

function Home({ page }: { readonly page: HomePage }): VNode {
  const { frame, summary, purpose, studies, newest, underWay, reports } = page;
  return (
    <Layout frame={frame}>
      <h1>{frame.journal}</h1>
      {purpose !== undefined && (
        <p class="lead">
          <Sentence words={purpose} path={frame.path} />
        </p>
      )}
      <p class="meta">{summary}</p>
      <Studies studies={studies} path={frame.path} />
      <div class="halves both">
        <section>
          <h2>Newest runs</h2>
          <Newest lines={newest} path={frame.path} />
        </section>
        {(underWay.length > 0 || reports.length > 0) && (
          <div>
            {underWay.length > 0 && (
              <section>
                <h2>Running and planned</h2>
                <Newest lines={underWay} path={frame.path} />
              </section>
            )}
            {reports.length > 0 && (
              <section>
                <h2>Reports</h2>
                <ul class="report-links">
                  {reports.map(({ title, address, day }) => (
                    <li key={address}>
                      <a href={wayFrom(frame.path, address)}>{title}</a>
                      {day !== undefined && <span class="meta"> {day}</span>}
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </div>
        )}
      </div>
    </Layout>
  );
}

function Studies({ studies, path }: { readonly studies: readonly StudyLine[]; readonly path: string }): VNode {
  return (
    <table class="studies" {...roles.table} aria-label="Studies">
      <thead {...roles.rows}>
        <tr {...roles.row}>
          {["Study", "Best so far", "", "On the baseline", "Runs", "Last run", "Open steps"].map((label, at) => (
            <th key={at} {...roles.head} class={at === 6 ? "right" : undefined}>
              {label === "" ? <span class="hidden">Value</span> : label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...roles.rows}>
        {studies.map((study) => (
          <StudyRow key={study.address} study={study} path={path} />
        ))}
      </tbody>
    </table>
  );
}

function StudyRow({ study, path }: { readonly study: StudyLine; readonly path: string }): VNode {
  const { title, address, question, spark, best, delta, bar, counts, day, open } = study;
  return (
    <tr {...roles.row}>
      <th {...roles.name} class="name">
        <a href={wayFrom(path, address)}>{title}</a>
        {question !== undefined && (
          <span class="question">
            <Sentence words={question} path={path} />
          </span>
        )}
      </th>
      <td {...roles.cell} class="bar-cell">
        {spark !== undefined && <Sparkline spark={spark} />}
      </td>
      <td {...roles.cell} class="best">
        {best !== undefined && (
          <>
            <span class="value">{best.value}</span> <span class="metric">{best.metric}</span>
            <span class="holder">
              <GlyphMark glyph={best.run.glyph} /> <RunId run={best.run} path={path} />
            </span>
          </>
        )}
      </td>
      <td {...roles.cell} class="gain">
        {delta !== undefined && (
          <span>
            <DeltaText delta={delta} />
            <ChangeBar bar={bar} />
          </span>
        )}
      </td>
      <td {...roles.cell} class="counts">
        <Sentence words={counts} path={path} />
      </td>
      <td {...roles.cell} class="day">
        {day}
      </td>
      <td {...roles.cell} class="right open-steps">
        {open.text === "0" ? (
          <span class="muted">
            0<span class="unit"> open</span>
          </span>
        ) : (
          <a href={wayFrom(path, open.address)}>
            {open.text}
            <span class="unit"> open</span>
          </a>
        )}
      </td>
    </tr>
  );
}

function Newest({ lines, path }: { readonly lines: readonly NewestLine[]; readonly path: string }): VNode {
  return (
    <ul class="newest">
      {lines.map(({ run, chips, result, delta, day, study, metric }) => (
        <li key={run.id}>
          <span class="run-name">
            <GlyphMark glyph={run.glyph} /> <RunId run={run} path={path} /> <span class="run-title">{run.title}</span>
          </span>
          <span class="what">
            {result !== undefined && (
              <span class={result.word ? "outcome word" : "outcome"} title={metric}>
                <ValueText value={result} />
              </span>
            )}
            {delta !== undefined && <DeltaText delta={delta} />}
          </span>
          <span class="where">
            {day !== undefined && <span class="day">{day}</span>} <a href={wayFrom(path, study.address)}>{study.title}</a>{" "}
            <Chips chips={chips} />
          </span>
        </li>
      ))}
    </ul>
  );
}
