// Reports node:test to a reader in a hurry: failures in full, then one line of totals, the last, which .ci/run adds up.

import { relative } from "node:path";
import { inspect } from "node:util";

export default async function* report(events) {
  const totals = { passed: 0, failed: 0, skipped: 0 };
  const path = [];
  for await (const { type, data } of events) {
    if (type === "test:start") path.splice(data.nesting, Infinity, data.name);
    if (type !== "test:pass" && type !== "test:fail") continue;
    const { error, type: kind } = data.details;
    if (error?.failureType === "subtestsFailed") continue; // each of them is reported by itself
    if (type === "test:fail") yield failure([...path.slice(0, data.nesting), data.name], data.file, error);
    if (type === "test:fail") totals.failed += 1;
    else if (data.skip !== undefined) {
      totals.skipped += 1;
      yield `skipped: ${data.name}${typeof data.skip === "string" && data.skip ? ` (${data.skip})` : ""}\n`;
    } else if (kind !== "suite") totals.passed += 1;
  }
  yield `\n${totals.skipped ? `${totals.skipped} skipped, ` : ""}${totals.passed} passed, ${totals.failed} failed\n`;
}

function failure(names, file, error) {
  const place = file ? ` (${relative(process.cwd(), file.replace(/^file:\/\//, ""))})` : "";
  const cause = error?.cause ?? error;
  const text = (cause?.stack ?? inspect(cause)).replace(/\n +at .*node:internal.*/g, "");
  return `\nFAILED: ${names.join(" > ")}${place}\n${text.replace(/^/gm, "  ")}\n`;
}
