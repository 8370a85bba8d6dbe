// The state of the log and the address of the page hold each other: going back is a step of the browser's own history.

import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { type LogState, parseState, stateHash } from "../../../src/report/log-state.ts";

/** Of changes made in passing (letters typed one after the other) only the last is a step to go back to. */
export type Change = (change: Partial<LogState>, options?: { readonly passing?: boolean }) => void;

export interface KeptState {
  readonly state: LogState;
  readonly change: Change;
  /** Puts into the address what could be shown of a state. */
  readonly keep: (state: LogState, shown: LogState) => void;
}

const isSame = (one: LogState, other: LogState): boolean => stateHash(one) === stateHash(other) && one.where === other.where;

export function useLogState(): KeptState {
  const [state, setState] = useState(() => parseState(location.hash));
  const passing = useRef(new WeakSet<LogState>());
  /** The step that the browser stands on is finished: the next change is one of its own. */
  const settled = useRef(true);
  useEffect(() => {
    const follow = (): void => {
      settled.current = true;
      setState((known) => (isSame(known, parseState(location.hash)) ? known : parseState(location.hash)));
    };
    window.addEventListener("hashchange", follow);
    window.addEventListener("popstate", follow);
    return () => {
      window.removeEventListener("hashchange", follow);
      window.removeEventListener("popstate", follow);
    };
  }, []);
  const change = useCallback<Change>((part, options = {}) => {
    setState((known) => {
      const next = { ...known, ...part };
      if (options.passing === true) passing.current.add(next);
      else if (isSame(next, known)) settled.current = true;
      return isSame(next, known) ? known : next;
    });
  }, []);
  const keep = useCallback((from: LogState, shown: LogState) => {
    const hash = stateHash(shown);
    // An address that says the same in other words stays as it was written.
    if (hash === stateHash(parseState(location.hash))) return;
    const typed = passing.current.has(from);
    write(hash, !typed || settled.current);
    settled.current = !typed;
  }, []);
  return { state, change, keep };
}

function write(hash: string, step: boolean): void {
  const address = hash === "" ? location.pathname + location.search : hash;
  try {
    if (step) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  } catch {
    // Some browsers refuse this for files, and many steps in a short time anywhere: then the address stays behind.
  }
}
