// The state of the log and the address of the page hold each other: going back is a step of the browser's own history.

import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { type LogState, parseState, stateHash } from "../../../src/report/log-state.ts";

/** A change made in passing (a letter typed) leaves no step to go back to. */
export type Change = (change: Partial<LogState>, options?: { readonly passing?: boolean }) => void;

export interface KeptState {
  readonly state: LogState;
  readonly change: Change;
  /** Puts a state that could be shown into the address. */
  readonly keep: (state: LogState) => void;
}

export function useLogState(): KeptState {
  const [state, setState] = useState(() => parseState(location.hash));
  const step = useRef(false);
  useEffect(() => {
    const follow = (): void => setState((known) => (stateHash(known) === location.hash ? known : parseState(location.hash)));
    window.addEventListener("hashchange", follow);
    window.addEventListener("popstate", follow);
    return () => {
      window.removeEventListener("hashchange", follow);
      window.removeEventListener("popstate", follow);
    };
  }, []);
  const change = useCallback<Change>((part, { passing = false } = {}) => {
    if (!passing) step.current = true;
    setState((known) => ({ ...known, ...part }));
  }, []);
  const keep = useCallback((shown: LogState) => {
    write(stateHash(shown), step.current);
    step.current = false;
  }, []);
  return { state, change, keep };
}

function write(hash: string, step: boolean): void {
  // An address that says the same in other words stays as it was written.
  if (hash === stateHash(parseState(location.hash))) return;
  const address = hash === "" ? location.pathname + location.search : hash;
  try {
    if (step) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  } catch {
    // Some browsers refuse this for files, and many steps in a short time anywhere: then the address stays behind.
  }
}
