// `npm run bench -- rules`: how often common rules keep what is nothing, beside ours. Seeded: the same table every time; docs/statistics.md holds it.

import { rulesTable } from "../test/support/rules-table.ts";

console.log(rulesTable());
