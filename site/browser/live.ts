// Under `journal serve` only: the page follows the files.

import { comeBack } from "./live/keep.ts";
import { listen } from "./live/listen.ts";
import { showEnded, showProblems } from "./live/overlay.ts";
import { refresh } from "./live/refresh.ts";

comeBack();
listen({
  state: ({ problems }) => {
    showEnded(false);
    showProblems(problems);
    void refresh();
  },
  ended: () => showEnded(true),
});
