import type { VNode } from "preact";
import { wayFrom } from "../../src/base/address.ts";
import type { ParameterPage } from "../../src/report/parameter-page.ts";
import { Layout } from "./layout.tsx";
import { Absent, ChangeBar } from "./parts/bar.tsx";
import { Figure } from "./parts/figure.tsx";
import { Notice } from "./parts/notice.tsx";
import * as roles from "./parts/roles.ts";
import { GlyphMark, RunCell, RunId } from "./parts/run.tsx";
import { Scroll } from "./parts/table.tsx";
import { renderPage } from "./render.tsx";

export function renderParameter(page: ParameterPage): string {
  return renderPage(<Parameter page={page} />);
}

function Parameter({ page }: { readonly page: ParameterPage }): VNode {
  const { frame, label, name, category, all, summary, edge, notices, facts, figure, figureMissing } = page;
  return (
    <Layout frame={frame}>
      <p class="meta">
        <a href={wayFrom(frame.path, all)}>Parameters</a> › {category}
      </p>
      <h1>{label}</h1>
      {label !== name && (
        <p class="meta">
          <code>{name}</code>
        </p>
      )}
      <p class="lead">
        {summary} {edge !== undefined && <span class="edge">{edge}</span>}
      </p>
      {notices.map((notice) => (
        <Notice key={notice.text} notice={notice} path={frame.path} />
      ))}
      {facts.length > 0 && (
        <ul class="plain">
          {facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      )}
      {figure !== undefined && <Figure figure={figure} path={frame.path} />}
      {figureMissing !== undefined && <p class="muted">{figureMissing}</p>}
      <Values page={page} />
      <Pairs page={page} />
      <Notes page={page} />
    </Layout>
  );
}

function Values({ page: { values, untold, metric, frame } }: { readonly page: ParameterPage }): VNode | null {
  if (values.length === 0) return null;
  return (
    <>
      <h2 id="values">Values</h2>
      <Scroll labelledBy="values">
        <table class="value-table">
          <thead>
            <tr>
              <th scope="col">Value</th>
              <th scope="col" class="right">
                n
              </th>
              <th scope="col" class="right">
                Failed
              </th>
              <th scope="col" class="right">
                Mean {metric}
              </th>
              <th scope="col">Best run</th>
              <th scope="col" class="right">
                {metric}
              </th>
            </tr>
          </thead>
          <tbody>
            {values.map(({ text, log, n, failed, mean, best }) => (
              <tr key={text}>
                <th scope="row">
                  {log === undefined ? (
                    <code>{text}</code>
                  ) : (
                    <a href={wayFrom(frame.path, log)}>
                      <code>{text}</code>
                    </a>
                  )}
                </th>
                <td class="right">{n}</td>
                <td class="right">{failed ?? "0"}</td>
                <td class="right">{mean ?? <Absent label="not measured" />}</td>
                <td>{best === undefined ? <Absent label="none" /> : <RunCell run={best.run} path={frame.path} />}</td>
                <td class="right">{best === undefined ? <Absent label="not measured" /> : best.value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <p class="note">
        {untold > 0 && `${untold} more values. `}n counts configurations. These means run across configurations that differ in other things
        too; the pairs below do not.
      </p>
    </>
  );
}

function Pairs({ page: { pairs, pairsMore, metric, confounded, frame } }: { readonly page: ParameterPage }): VNode {
  return (
    <>
      <h2 id="pairs">Pairs that differ in nothing else</h2>
      {pairs.length === 0 ? (
        <p class="muted">
          None yet: make a run with <code>--base</code> and change this parameter alone.
        </p>
      ) : (
        <Scroll labelledBy="pairs">
          <table class="pair-table" {...roles.table}>
            <thead {...roles.rows}>
              <tr {...roles.row}>
                <th {...roles.head}>Run</th>
                <th {...roles.head}>Base</th>
                <th {...roles.head}>Value</th>
                <th {...roles.head} class="right">
                  {metric}
                </th>
                <th {...roles.head} class="change">
                  Change
                  <span class="sides" aria-hidden="true">
                    worse | better
                  </span>
                </th>
                <th {...roles.head}>Evidence</th>
              </tr>
            </thead>
            <tbody {...roles.rows}>
              {pairs.map((pair) => (
                <tr key={pair.run.id} {...roles.row}>
                  <th {...roles.name}>
                    <RunCell run={pair.run} path={frame.path} />
                  </th>
                  <td {...roles.cell} class="base">
                    {pair.base === undefined ? <Absent label="not in this journal" /> : <RunId run={pair.base} path={frame.path} />}
                  </td>
                  <td {...roles.cell} class="value nowrap">
                    <code>{pair.from}</code> → <code>{pair.to}</code>
                  </td>
                  <td {...roles.cell} class="sides-of right">
                    {pair.before} → {pair.after}
                  </td>
                  <td {...roles.cell} class="change">
                    <Change pair={pair} />
                  </td>
                  <td {...roles.cell} class="evidence">
                    {pair.delta.evidence}
                    {pair.delta.method !== undefined && <span class="muted method">{pair.delta.method}</span>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {pairsMore > 0 && <p class="note">{pairsMore} more pairs.</p>}
      {confounded !== undefined && (
        <p class="note">
          {confounded.text} <a href={wayFrom(frame.path, confounded.log)}>All runs that changed it</a>
        </p>
      )}
    </>
  );
}

function Change({ pair: { delta, bar } }: { readonly pair: ParameterPage["pairs"][number] }): VNode {
  const judged = delta.word === "better" || delta.word === "worse";
  return (
    <>
      <span class="line">
        <span class={`delta ${judged ? delta.word : "open"}`} title={delta.relative}>
          {delta.text}
        </span>
        <ChangeBar bar={bar} />
      </span>
      {delta.interval !== undefined && <span class="muted contrast">{delta.interval}</span>}
    </>
  );
}

const kinds = {
  worked: "Worked",
  "didn't work": "Didn't work",
  unexpected: "Unexpected",
  question: "Open question",
  reason: "Decision",
} as const;

function Notes({ page: { notes, notesMore, frame } }: { readonly page: ParameterPage }): VNode | null {
  if (notes.length === 0) return null;
  return (
    <>
      <h2>Notes that name it</h2>
      <ul class="plain notes">
        {notes.map(({ text, kind, run, also }) => (
          <li key={`${run.id} ${kind} ${text}`}>
            {text}{" "}
            <span class="muted">
              {kinds[kind]}, <GlyphMark glyph={run.glyph} /> <RunId run={run} path={frame.path} />
              {also > 0 && ` and ${also} more`}
            </span>
          </li>
        ))}
      </ul>
      {notesMore !== undefined && (
        <p class="note">
          <a href={wayFrom(frame.path, notesMore.log)}>{notesMore.text}</a>
        </p>
      )}
    </>
  );
}
