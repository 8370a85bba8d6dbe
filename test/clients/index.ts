// Real clients of other tools in a Python environment of their own: `npm run clients`.

import "../support/environment.ts";

await import("./clients.test.ts");
await import("./run.test.ts");
