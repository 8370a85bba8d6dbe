import assert from "node:assert/strict";
import { test } from "node:test";
import { lazyMap } from "../../src/base/lazy-map.ts";
import { once } from "../../src/base/once.ts";

test("a value is made when it is first asked for, and once", () => {
  const asked: string[] = [];
  const map = lazyMap(
    new Map([
      ["a", 1],
      ["b", 2],
    ]),
    (key, seed) => {
      asked.push(key);
      return { seed };
    },
  );
  assert.deepEqual([map.size, map.has("a"), map.has("c"), [...map.keys()], asked], [2, true, false, ["a", "b"], []]);
  const { get } = map;
  assert.deepEqual([get("b")?.seed, get("b")?.seed, get("c")], [2, 2, undefined]);
  assert.deepEqual(asked, ["b"]);
  assert.equal(map.get("b"), map.get("b"));
});

test("it is walked like any map, in the order of its keys", () => {
  const map = lazyMap(
    new Map([
      ["b", 1],
      ["a", 2],
    ]),
    (key, seed) => [key, seed],
  );
  const expected = [
    ["b", ["b", 1]],
    ["a", ["a", 2]],
  ];
  assert.deepEqual([...map], expected);
  assert.deepEqual([...map.entries()], expected);
  assert.deepEqual(
    [...map.values()],
    expected.map(([, value]) => value),
  );
  const seen: unknown[] = [];
  map.forEach((value, key, whole) => {
    seen.push([key, value, whole === map]);
  });
  assert.deepEqual(seen, [
    ["b", ["b", 1], true],
    ["a", ["a", 2], true],
  ]);
  assert.deepEqual([...new Map(map)], expected);
});

test("what is made once is kept, also when it is nothing", () => {
  let times = 0;
  const made = once(() => {
    times += 1;
    return undefined;
  });
  assert.deepEqual([made(), made(), times], [undefined, undefined, 1]);
});
