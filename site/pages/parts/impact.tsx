// The parameter impact summary: on a phone each row takes two lines, so the roles of a table are spelled out.

import type { VNode } from "preact";
import { wayFrom } from "../../../src/base/address.ts";
import type { ImpactRow, ValueChip } from "../../../src/report/parameters-page.ts";
import { Absent, ChangeBar } from "./bar.tsx";
import * as roles from "./roles.ts";
import { Scroll } from "./table.tsx";

export interface ImpactTableProps {
  readonly id: string;
  readonly rows: readonly ImpactRow[];
  readonly metric: string | undefined;
  readonly time: string | undefined;
  /** Of the page. */
  readonly path: string;
  readonly weak?: boolean;
}

export function ImpactTable({ id, rows, metric, time, path, weak = false }: ImpactTableProps): VNode {
  const heads: readonly (readonly [name: string, label: string])[] = [
    ["category", "Category"],
    ["parameter", "Parameter"],
    ["tested", "Tested values"],
    ["effect", `Impact on ${metric ?? "the result"}`],
    ["time", `On ${time ?? "time"}`],
    ["range", "Recommended range"],
    ["evidence", "Evidence"],
  ];
  return (
    <Scroll labelledBy={id}>
      <table class={weak ? "impact weak" : "impact"} {...roles.table}>
        <thead {...roles.rows}>
          <tr {...roles.row}>
            {heads.map(([name, label]) => (
              <th key={name} {...roles.head} class={name === "time" ? "time right" : name}>
                {label}
                {name === "effect" && !weak && (
                  <span class="sides" aria-hidden="true">
                    worse | better
                  </span>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...roles.rows}>
          {rows.map((row) => (
            <Row key={row.name} row={row} path={path} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Row({ row, path }: { readonly row: ImpactRow; readonly path: string }): VNode {
  const { category, name, label, address, tested, untold, time, range, edge, evidence, effect, association } = row;
  return (
    <tr {...roles.row}>
      <td {...roles.cell} class="category">
        {category}
      </td>
      <th {...roles.name} class="parameter">
        <a href={wayFrom(path, address)} title={label === name ? undefined : name}>
          {label}
        </a>
      </th>
      <td {...roles.cell} class="tested">
        <Values values={tested} untold={untold} />
      </td>
      <td {...roles.cell} class="effect">
        {effect !== undefined ? <Effect row={row} /> : association === undefined ? <Absent label="cannot tell" /> : association}
      </td>
      <td {...roles.cell} class="time right">
        {time === undefined ? <Absent label="not compared" /> : <span title={time.title}>{time.text}</span>}
      </td>
      <td {...roles.cell} class="range">
        {range === undefined ? <Absent label="none" /> : <code>{range}</code>}
        {edge !== undefined && <span class="edge">{edge}</span>}
      </td>
      <td {...roles.cell} class="evidence">
        {evidence.map((parts, line) => (
          <span key={parts.join()} class={line === 0 ? "first" : "muted"}>
            {parts.map((part, at) => (
              <>
                {at > 0 && ", "}
                <span class={parts.length > 1 && part.length <= longestWhole ? "nowrap" : undefined}>{part}</span>
              </>
            ))}
          </span>
        ))}
      </td>
    </tr>
  );
}

/** Characters of a fact that stays on one line; what is longer is a sentence. */
const longestWhole = 28;

function Effect({ row: { effect, bar, contrast } }: { readonly row: ImpactRow }): VNode | null {
  if (effect === undefined) return null;
  const judged = effect.word === "better" || effect.word === "worse";
  return (
    <>
      <span class="line">
        <span
          class={`delta ${judged ? effect.word : "open"}`}
          title={[effect.relative, effect.method, effect.n].filter(Boolean).join(" · ")}
        >
          {effect.text}
        </span>
        <ChangeBar bar={bar} />
      </span>
      <span class="muted contrast">
        {contrast}
        {effect.interval !== undefined && ` ${effect.interval}`}
      </span>
    </>
  );
}

/** `32 ×4` */
export function Values({ values, untold }: { readonly values: readonly ValueChip[]; readonly untold: number }): VNode {
  return (
    <span class="chips">
      {values.map(({ text, title, n }) => (
        <code key={title ?? text} class="chip" title={title}>
          {text}
          {n > 1 && <span class="muted"> ×{n}</span>}
        </code>
      ))}
      {untold > 0 && <span class="muted">+{untold}</span>}
    </span>
  );
}

export function Names({
  names,
  path,
}: {
  readonly names: readonly { readonly name: string; readonly address: string }[];
  readonly path: string;
}): VNode {
  return (
    <p class="names">
      {names.map(({ name, address }, at) => (
        <>
          {at > 0 && ", "}
          <a href={wayFrom(path, address)}>{name}</a>
        </>
      ))}
    </p>
  );
}
