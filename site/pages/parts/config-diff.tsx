import type { VNode } from "preact";
import type { ConfigDiff as ConfigDiffModel } from "../../../src/report/config-diff.ts";

/** What differs from the base as a table, what is equal folded under it. */
export function ConfigDiff({ diff }: { readonly diff: ConfigDiffModel }): VNode {
  const { base, rows, same, summary } = diff;
  return (
    <>
      <h2>Configuration</h2>
      {rows.length > 0 && (
        <table class="diff">
          <thead>
            <tr>
              <th>Parameter</th>
              <th>{base}</th>
              <th>this run</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, from, to, open }) => (
              <tr key={name} class={open ? "open" : undefined}>
                <th>{name}</th>
                <td>{from}</td>
                <td>{to}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {same !== "" && base !== undefined && (
        <details class="same">
          <summary>{summary}</summary>
          <pre>{same}</pre>
        </details>
      )}
      {same !== "" && base === undefined && <pre class="same">{same}</pre>}
    </>
  );
}
