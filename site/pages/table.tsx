import type { VNode } from "preact";
import { pageName } from "../../src/base/address.ts";
import type { Cell, Table as TableModel } from "../../src/report/table.ts";

export interface TableProps {
  readonly table: TableModel;
  /** Way from this page to the folder of run pages: "runs/" or "". */
  readonly runs: string;
}

export function Table({ table, runs }: TableProps): VNode {
  const id = `t-${table.name}`;
  return (
    <section>
      <h2 id={id}>{table.title}</h2>
      {table.rows.length === 0 ? (
        <p class="muted">{table.empty}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        <section class="scroll" aria-labelledby={id} tabIndex={0}>
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
                      {cellText(cell, runs)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {table.notes.map((note) => (
        <p key={note} class="note">
          {note}
        </p>
      ))}
    </section>
  );
}

function cellText(cell: Cell, runs: string): VNode | string {
  return cell.run === undefined ? cell.text : <a href={`${runs}${pageName(cell.run)}.html`}>{cell.text}</a>;
}
