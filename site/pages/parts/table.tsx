// A neutral table as HTML: a scrolling region with a name, real headers, numbers to the right.

import type { VNode } from "preact";
import { pageName, wayFrom } from "../../../src/base/address.ts";
import type { Cell, Table as TableModel } from "../../../src/report/table.ts";
import { Absent } from "./bar.tsx";

export interface TableProps {
  readonly table: TableModel;
  /** Of the page. */
  readonly path: string;
  /** Without one the table has no heading of its own, only a name. */
  readonly heading?: boolean;
}

export function Table({ table, path, heading = false }: TableProps): VNode {
  const id = `t-${table.name}`;
  return (
    <>
      {heading && <h2 id={id}>{table.title}</h2>}
      {table.rows.length === 0 ? (
        <p class="muted">{table.empty}</p>
      ) : (
        <Scroll {...(heading ? { labelledBy: id } : { label: table.title })}>
          <table>
            <thead>
              <tr>
                {table.columns.map((column) => (
                  <th key={column.key} scope="col" class={column.align}>
                    {column.label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map((row, number) => (
                <tr key={number}>
                  {row.map((cell, index) => (
                    <td key={table.columns[index]?.key} class={`${table.columns[index]?.align} ${table.columns[index]?.key}`}>
                      {cellText(cell, path)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {table.notes.map((note) => (
        <p key={note} class="note">
          {note}
        </p>
      ))}
    </>
  );
}

export interface ScrollProps {
  readonly label?: string;
  readonly labelledBy?: string;
  readonly children: VNode | readonly VNode[];
}

/** What may be wider than its place: it scrolls, by keyboard too. */
export function Scroll({ label, labelledBy, children }: ScrollProps): VNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section class="scroll" aria-label={label} aria-labelledby={labelledBy} tabIndex={0}>
      {children}
    </section>
  );
}

function cellText(cell: Cell, path: string): VNode | string {
  if (cell.run !== undefined) return <a href={wayFrom(path, `runs/${pageName(cell.run)}.html`)}>{cell.text}</a>;
  return cell.text === "–" ? <Absent /> : cell.text;
}
