// What the head of the table does to the state.

import type { LogState } from "../../../src/report/log-state.ts";
import { nameList } from "./columns.ts";
import type { HeadActions, Sorting } from "./head.tsx";
import { withTerm } from "./terms.ts";
import type { Change } from "./use-state.ts";
import type { LogView } from "./view.ts";

export interface Actions extends HeadActions {
  readonly sortingOf: (name: string) => Sorting | undefined;
}

export function headActions(state: LogState, { keys: { keys }, columns, filter }: LogView, change: Change): Actions {
  const names = columns.map(({ name }) => name);
  return {
    sortingOf: (name) => {
      const at = keys.findIndex(({ column }) => column.name === name);
      const key = keys[at];
      return key === undefined ? undefined : { descending: key.descending, rank: at + 1, keys: keys.length };
    },
    sort: (name, descending, more) => {
      const known = keys.find(({ column }) => column.name === name);
      // Numbers are mostly looked at from the top: the first press sorts down, the second up, the third not at all.
      const down = descending ?? known === undefined;
      const gone = descending === undefined && known !== undefined && !known.descending;
      const rest = more ? keys.filter(({ column }) => column.name !== name) : [];
      const all = [...rest, ...(gone ? [] : [{ column: { name }, descending: down }])];
      change({ sort: nameList(all.map(({ column, descending: falls }) => `${falls ? "-" : ""}${column.name}`)) });
    },
    filter: (name, term) => change({ where: withTerm(filter, name, term) }),
    group: (name) => change({ group: state.group === name ? "" : name }),
    hide: (name) => change({ columns: nameList(names.filter((other) => other !== name)) }),
    move: (name, by) => {
      const at = names.indexOf(name);
      const moved = names.filter((other) => other !== name);
      moved.splice(Math.max(0, Math.min(moved.length, at + by)), 0, name);
      change({ columns: nameList(moved) });
    },
  };
}
