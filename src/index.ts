export type { Problem, Severity } from "./base/problem.ts";
export { JournalError } from "./base/problem.ts";
