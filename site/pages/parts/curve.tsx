// A run's curves: the first ones drawn small, the rest a line each.

import type { VNode } from "preact";
import { wayFrom } from "../../../src/base/address.ts";
import type { Curves as CurvesModel } from "../../../src/report/run-page.ts";

type Drawn = CurvesModel["drawn"][number];

export function Curves({ curves, path, id }: { readonly curves: CurvesModel; readonly path: string; readonly id: string }): VNode {
  const { drawn, lines, data, base } = curves;
  return (
    <section
      data-island="curves"
      data-run={id}
      data-curves={wayFrom(path, data)}
      {...(base === undefined ? {} : { "data-base": base.id, "data-base-curves": wayFrom(path, base.data) })}
    >
      <h2>Curves</h2>
      <div class="curves">
        {drawn.map((curve) => (
          <Curve key={curve.title} curve={curve} path={path} />
        ))}
      </div>
      {lines.length > 0 && (
        <ul class="curve-lines">
          {lines.map(({ title, last, best, table }) => (
            <li key={title}>
              <span class="name">{title}</span> last {last}
              {best !== undefined && `, best ${best}`} · <a href={way(path, table)}>CSV</a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Curve({ curve, path }: { readonly curve: Drawn; readonly path: string }): VNode {
  const { title, arrow, facts, notes, table } = curve;
  return (
    <figure class="curve">
      <figcaption>
        <b>
          {title}
          {arrow !== undefined && ` ${arrow}`}
        </b>{" "}
        {facts.join(" · ")}
      </figcaption>
      <Drawing curve={curve} />
      <p class="note">
        {notes.map((note) => `${note} · `)}
        <a href={way(path, table)}>CSV</a>
      </p>
    </figure>
  );
}

function Drawing({ curve }: { readonly curve: Drawn }): VNode {
  const { name, left, rows, line, repeats, end, base, from, to } = curve;
  return (
    <svg class="plot" viewBox="0 0 388 120" width="388" height="120" role="img" aria-label={name} data-tip={name}>
      <path class="grid" d={rows.map(({ y }) => `M${left} ${y}H382`).join("")} />
      {rows.map(({ y, text }) => (
        <text key={text} x={left - 6} y={y + 4} class="right">
          {text}
        </text>
      ))}
      {base !== undefined && <path class="base" d={`M${left} ${base}H382`} />}
      {repeats !== undefined && <path class="repeats" d={repeats} />}
      <path class="line" d={line} />
      {end.lost ? <path class="lost" d={`M${end.x - 4} ${end.y - 4}l8 8m0-8l-8 8`} /> : <circle class="end" cx={end.x} cy={end.y} r="3" />}
      <text x={left} y="116">
        {from}
      </text>
      <text x="382" y="116" class="right">
        {to}
      </text>
    </svg>
  );
}

/** The name of a file may hold what an address may not. */
export function way(path: string, address: string): string {
  return wayFrom(path, address.split("/").map(encodeURIComponent).join("/"));
}
