// The line to `journal serve`. A browser keeps few lines open at a time, so a page that nobody sees has none: it asks when it is seen again.

export interface LiveProblem {
  /** `experiments/x.md:12:3`; "" where there is none. */
  readonly place: string;
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

export interface LiveState {
  readonly version: string;
  readonly problems: readonly LiveProblem[];
}

export interface LiveEars {
  /** At the beginning, after every change, and whenever the line was broken. */
  readonly state: (state: LiveState) => void;
  /** Nobody has answered for some time. */
  readonly ended: () => void;
}

/** ms without the server before the page says so: it may only be starting again. */
const patience = 3000;

export function listen({ state, ended }: LiveEars): void {
  let line: EventSource | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  const open = (): void => {
    if (line !== undefined || document.visibilityState === "hidden") return;
    line = new EventSource(`/@live?page=${encodeURIComponent(location.pathname)}`);
    line.onmessage = ({ data }) => {
      clearTimeout(silence);
      silence = undefined;
      state(JSON.parse(String(data)) as LiveState);
    };
    line.onerror = () => {
      silence ??= setTimeout(ended, patience);
    };
  };
  const close = (): void => {
    line?.close();
    line = undefined;
    clearTimeout(silence);
    silence = undefined;
  };
  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? close() : open()));
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", open);
  open();
}
