// Between the filter and the table: its parts to take away, how many runs are left, what they share, what went wrong.

import { Fragment, type VNode } from "preact";
import { plural } from "../../../src/report/counts.ts";
import { type LogState, plainState, stateHash } from "../../../src/report/log-state.ts";
import { Same } from "../../pages/parts/log-same.tsx";
import type { Loaded } from "../data.ts";
import { Prose } from "./prose.tsx";
import type { LogTable } from "./table.ts";
import { partsOf, withoutPart } from "./terms.ts";
import type { Change } from "./use-state.ts";
import { type LogView, partsInTheWay } from "./view.ts";

export interface AboveProps {
  readonly table: LogTable;
  readonly view: LogView;
  readonly state: LogState;
  readonly loaded: Loaded;
  readonly change: Change;
}

export function Above({ table, view, state, loaded, change }: AboveProps): VNode {
  const parts = partsOf(view.filter);
  const chosen = state.runs === "" ? 0 : state.runs.split(",").length;
  return (
    <>
      {(parts.length > 0 || chosen > 0) && (
        <ul class="terms" aria-label="Parts of the filter">
          {chosen > 0 && <Term text={`${plural(chosen, "chosen run")}`} remove={() => change({ runs: "" })} />}
          {parts.map(({ text }, at) => (
            <Term key={text} text={text} remove={() => change({ where: withoutPart(view.filter, at) })} />
          ))}
        </ul>
      )}
      {view.notices.map((text) => (
        <p key={text} class="notice undecided">
          <Prose text={text} />
        </p>
      ))}
      {loaded.missing.length > 0 && <Missing loaded={loaded} />}
      <Counts table={table} view={view} loaded={loaded} />
      {view.rows.length === 0 ? <NoMatch table={table} view={view} state={state} /> : view.same !== undefined && <Same same={view.same} />}
    </>
  );
}

function Term({ text, remove }: { readonly text: string; readonly remove: () => void }): VNode {
  return (
    <li>
      <code class="chip">{text}</code>
      <button type="button" aria-label={`Remove ${text}`} onClick={remove}>
        ×
      </button>
    </li>
  );
}

/** Said to those who do not see it once the typing rests. */
function Counts({ table, view, loaded }: Pick<AboveProps, "table" | "view" | "loaded">): VNode {
  const { runs, failed, rows, keys, filter } = view;
  const all = filter.root === undefined && runs === table.runs;
  const sorted = keys.keys.length === 0 ? "newest first" : `sorted by ${keys.keys.map(({ column }) => column.name).join(", ")}`;
  const counted = all ? plural(runs, "run") : `${runs} of ${plural(table.runs, "run")}`;
  const root = document.body.dataset["root"] ?? "";
  // In the order of the page at build, so that nothing moves when the scripts are there.
  const pieces = [
    rows.length === runs ? counted : `${counted} in ${plural(rows.length, "configuration")}`,
    failed > 0 && `${failed} failed`,
    table.planned > 0 && <a href={`${root}next.html`}>{table.planned} planned in Next</a>,
    table.unread > 0 && <a href={`${root}problems.html`}>{table.unread} cannot be read</a>,
    rows.length > 1 && sorted,
    !loaded.complete && "older ones are loading",
  ].filter((piece) => piece !== false);
  return (
    <p class="counts" role="status">
      {pieces.map((piece, at) => (
        <Fragment key={at}>
          {at > 0 && " · "}
          {piece}
        </Fragment>
      ))}
    </p>
  );
}

function NoMatch({ table, view, state }: Pick<AboveProps, "table" | "view" | "state">): VNode {
  const ways = partsInTheWay(table, view.filter, state.runs);
  return (
    <div class="no-match">
      <p>No run matches.</p>
      <ul>
        {ways.map(({ part, where, runs }) => (
          <li key={part}>
            Without <code>{part}</code>: <a href={stateHash({ ...state, where }) || "#"}>{plural(runs, "run")}</a>
          </li>
        ))}
        {ways.length === 0 && (
          <li>
            <a href={stateHash(plainState) || "#"}>Show all runs</a>
          </li>
        )}
      </ul>
    </div>
  );
}

function Missing({ loaded: { runs, missing } }: { readonly loaded: Loaded }): VNode {
  return (
    <p class="notice bad">
      {plural(runs.length, "run")} loaded; the rest ({missing.join(", ")}) did not load.
    </p>
  );
}
