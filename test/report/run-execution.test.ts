import assert from "node:assert/strict";
import { test } from "node:test";
import { executionWords } from "../../src/report/run-execution.ts";

test("what `journal run` noted is told in words", () => {
  assert.deepEqual(
    executionWords({
      user_seconds: 9.3,
      system_seconds: 0.2,
      locks: { "uv.lock": "0123456789abcdef0123" },
      variables: { OMP_NUM_THREADS: "2" },
      left_out: { "big.bin": "large" },
      not_recorded: ["no commit yet"],
      checks: { command: "npm test", exit: 1, seconds: 3 },
    }),
    [
      { name: "Processor", text: "9.3 s in the program, 200 ms in the system" },
      { name: "Lock files", text: "uv.lock 0123456789ab" },
      { name: "Variables", text: "OMP_NUM_THREADS=2" },
      { name: "Left out", text: "big.bin (large)" },
      { name: "Not recorded", text: "no commit yet" },
      { name: "Checks", text: "npm test, exit code 1" },
    ],
  );
});

test("what somebody else wrote under those names is shown as it stands", () => {
  assert.deepEqual(executionWords({ locks: "none", queue: "a100", __proto__x: 1, system_seconds: 3 }), [
    { name: "locks", text: "none" },
    { name: "queue", text: "a100" },
    { name: "__proto__x", text: "1" },
    { name: "system_seconds", text: "3" },
  ]);
});
