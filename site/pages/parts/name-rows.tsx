// Names (tags, people) with how many runs each has, how much of it was kept, and the newest.

import type { VNode } from "preact";
import { wayFrom } from "../../../src/base/address.ts";
import type { NameRow } from "../../../src/report/tags-page.ts";
import { GlyphMark, RunId } from "./run.tsx";
import { Scroll } from "./table.tsx";

export interface NameRowsProps {
  readonly rows: readonly NameRow[];
  readonly path: string;
  /** Head of the first column. */
  readonly label: string;
  /** What the table is, for those who do not see where it stands. */
  readonly title: string;
  /** Where the runs of a name are, in a column of its own. */
  readonly places?: (row: NameRow) => readonly { readonly text: string; readonly address: string }[];
}

export function NameRows({ rows, path, label, title, places }: NameRowsProps): VNode {
  return (
    <Scroll label={title}>
      <table class="names">
        <thead>
          <tr>
            <th scope="col">{label}</th>
            <th scope="col" class="right">
              Runs
            </th>
            <th scope="col" class="right">
              Kept
            </th>
            <th scope="col" class="newest-run">
              Newest
            </th>
            <th scope="col" class="right day">
              Date
            </th>
            {places !== undefined && (
              <th scope="col" class="places">
                In the log
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">{row.address === undefined ? row.name : <a href={wayFrom(path, row.address)}>{row.name}</a>}</th>
              <td class="right">{row.runs}</td>
              <td class="right" title={row.keptOf}>
                {row.kept}
              </td>
              <td class="newest-run">
                <GlyphMark glyph={row.newest.glyph} /> <RunId run={row.newest} path={path} />{" "}
                <span class="run-title">{row.newest.title}</span>
              </td>
              <td class="right day">{row.day}</td>
              {places !== undefined && (
                <td class="places">
                  {places(row).map(({ text, address }) => (
                    <a key={address} href={wayFrom(path, address)}>
                      {text}
                    </a>
                  ))}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
