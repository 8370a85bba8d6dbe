import { randomBytes } from "node:crypto";
import type { Problem } from "../base/problem.ts";

/** What the store takes from the world besides files. */
export interface Effects {
  now(): Date;
  random(bytes: number): Uint8Array;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Something worth knowing that stops nothing: a cache that could not be written, a fallback taken. */
  warn(problem: Problem): void;
}

export const world: Effects = {
  now: () => new Date(),
  random: (bytes) => randomBytes(bytes),
  environment: process.env,
  warn: () => {},
};
