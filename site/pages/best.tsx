import type { VNode } from "preact";
import type { BestPage, BestView, GoalView } from "../../src/report/best-page.ts";
import { Layout } from "./layout.tsx";
import { DeltaText } from "./parts/bar.tsx";
import { ConfigurationTabs } from "./parts/configuration.tsx";
import { Figure } from "./parts/figure.tsx";
import { Notice } from "./parts/notice.tsx";
import { Chips, RunCell, RunId } from "./parts/run.tsx";
import { Scroll } from "./parts/table.tsx";
import { renderPage } from "./render.tsx";

export function renderBest(page: BestPage): string {
  return renderPage(<Best page={page} />);
}

function Best({ page }: { readonly page: BestPage }): VNode {
  const { frame, notices, goals, figure, figureMissing } = page;
  return (
    <Layout frame={frame}>
      <h1>Best configurations</h1>
      {notices.map((notice) => (
        <Notice key={notice.text} notice={notice} path={frame.path} />
      ))}
      {goals.map((goal) => (
        <Goal key={goal.name} goal={goal} path={frame.path} />
      ))}
      {(figure !== undefined || figureMissing !== undefined) && <h2 id="trade-off">Trade-off</h2>}
      {figure !== undefined && <Figure figure={figure} path={frame.path} />}
      {figureMissing !== undefined && <p class="muted">{figureMissing}</p>}
      <Front page={page} />
    </Layout>
  );
}

function Goal({ goal: { name, aim, notices, best }, path }: { readonly goal: GoalView; readonly path: string }): VNode {
  return (
    <section class="goal">
      <h2>Best for {name}</h2>
      <p class="meta">{aim}</p>
      {best === undefined ? null : (
        <div class="goal-columns">
          <div class="goal-facts">
            <Facts best={best} path={path} />
            {notices.map((notice) => (
              <Notice key={notice.text} notice={notice} path={path} />
            ))}
          </div>
          <Configuration best={best} />
        </div>
      )}
      {best === undefined && notices.map((notice) => <Notice key={notice.text} notice={notice} path={path} />)}
    </section>
  );
}

function Facts({ best, path }: { readonly best: BestView; readonly path: string }): VNode {
  const { value, interval, n, since, run, badge, gain, baseline, guards, metric } = best;
  return (
    <>
      <p class="best-value">
        <span class="value">{value}</span>
        {interval !== undefined && (
          <span class="interval nowrap" title={interval.title}>
            {" "}
            {interval.text}
          </span>
        )}
      </p>
      <p class="meta">
        {metric}, {n}
        {since !== undefined && <br />}
        {since}
      </p>
      <RunCell run={run} path={path} />
      <p class={`badge ${badge.word}`}>
        <strong>{badge.text}</strong>
        {badge.more !== undefined && <span class="more">{badge.more}</span>}
      </p>
      {gain !== undefined && (
        <p class="gain">
          <DeltaText delta={gain} full /> on the baseline {baseline !== undefined && <RunId run={baseline} path={path} />}{" "}
          <span class="muted">{gain.method === undefined ? gain.evidence : `${gain.evidence}, ${gain.method}`}</span>
        </p>
      )}
      {guards.length > 0 && <Guards guards={guards} />}
    </>
  );
}

const words = { holds: "holds", broken: "broken", unknown: "unknown" } as const;

function Guards({ guards }: Pick<BestView, "guards">): VNode {
  return (
    <table class="guards">
      <caption>Guard rails, against the baseline</caption>
      <thead>
        <tr>
          <th scope="col">Metric</th>
          <th scope="col" class="right">
            Value
          </th>
          <th scope="col">Margin</th>
        </tr>
      </thead>
      <tbody>
        {guards.map(({ name, value, change, word, margin }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td class="right">
              {value}
              {change !== undefined && <span class="muted change">{change}</span>}
            </td>
            <td>
              <span class={`guard ${word}`}>{words[word]}</span>
              <span class="muted change">{margin}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Configuration({ best: { texts, marked, lost } }: { readonly best: BestView }): VNode {
  if (texts.length === 0) return <p class="muted">This run recorded no configuration.</p>;
  const differs = texts.some(({ lines }) => lines.some(({ old }) => old !== undefined));
  return (
    <div class="goal-configuration">
      <ConfigurationTabs texts={texts} />
      {marked !== undefined && (
        <p class="note">
          {differs
            ? `Marked: what differs from the baseline ${marked}, its value beside it.`
            : `The same values as the baseline ${marked}.`}
          {lost.length > 0 && ` Only the baseline recorded ${lost.join(", ")}.`}
        </p>
      )}
    </div>
  );
}

function Front({ page: { front, frame } }: { readonly page: BestPage }): VNode | null {
  if (front === undefined || front.rows.length === 0) return null;
  return (
    <>
      <h3 id="front">On the front</h3>
      <Scroll labelledBy="front">
        <table class="front">
          <thead>
            <tr>
              <th scope="col">Run</th>
              <th scope="col" class="right">
                {front.x}
              </th>
              <th scope="col" class="right">
                {front.y}
              </th>
              <th scope="col">Changed</th>
              <th scope="col">Front</th>
            </tr>
          </thead>
          <tbody>
            {front.rows.map(({ run, x, y, changes, near }) => (
              <tr key={run.id}>
                <th scope="row">
                  <RunCell run={run} path={frame.path} />
                </th>
                <td class="right">{x}</td>
                <td class="right">{y}</td>
                <td>
                  <Chips chips={changes} />
                </td>
                <td class={near ? "muted" : undefined}>{near ? "within noise" : "on it"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {front.more > 0 && <p class="note">{front.more} more.</p>}
    </>
  );
}
