// What the keys of a page ask for. A script that knows better than the shell what "the next row" is listens and takes the wish; what nobody
// takes the shell does as well as it can.

export type Wish = "search" | "filter" | "next" | "previous" | "open" | "tick" | "tick-range" | "compare" | "help";

const event = "journal:key";

/** `take` returns whether it did what was asked. */
export function onWish(take: (wish: Wish) => boolean): () => void {
  const hear = (heard: Event): void => {
    if (heard instanceof CustomEvent && !heard.defaultPrevented && take(heard.detail as Wish)) heard.preventDefault();
  };
  document.addEventListener(event, hear);
  return () => document.removeEventListener(event, hear);
}

/** Whether somebody took it. */
export function tellWish(wish: Wish): boolean {
  return !document.dispatchEvent(new CustomEvent(event, { detail: wish, cancelable: true }));
}
