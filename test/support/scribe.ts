// A second thread of a build that is none: it answers at once, in the thread that asks.

import { openMaker } from "../../src/build/model-text.ts";
import { openStage, type Put } from "../../src/build/put.ts";
import { type Answer, contentOf, type Parcel, type ScribeOptions, type Scribing } from "../../src/build/scribe.ts";

/** Leaves what `works` says no to. */
export function pretend(works: (parcel: Parcel) => boolean, seen: Parcel[] = []): NonNullable<ScribeOptions["start"]> {
  return ({ folder: site, fresh, common, counters }): Scribing => {
    const stage = openStage(site, "second");
    const make = openMaker(common);
    const waiting: Answer[] = [];
    return {
      post(parcel) {
        const [number, files] = structuredClone(parcel);
        seen.push(parcel);
        if (!works(parcel)) return;
        const write = ([path, work]: Parcel[1][number]): Put | undefined => {
          const content = contentOf(work, make);
          return content === undefined ? undefined : stage.put(path, content, fresh);
        };
        waiting.push([number, files.map(write)]);
        Atomics.add(counters, 0, 1);
      },
      answers: () => waiting.splice(0),
      close: () => {},
    };
  };
}
