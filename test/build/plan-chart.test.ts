import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runInNewContext } from "node:vm";
// Loaded now: a test that loads it while other files are read would take their tests for its own.
import "../../src/build/chart.ts";
import type { SiteContext } from "../../src/build/context.ts";
import { planChart } from "../../src/build/plan-chart.ts";
import type { Chart, LiveChart } from "../../src/report/chart.ts";
import { progressChart } from "../../src/report/progress-chart.ts";
import { tries } from "../support/tries.ts";

const site = (isPrivate: boolean): SiteContext => ({ journal: { settings: { site: { private: isPrivate } } } }) as unknown as SiteContext;
const chartOf = (title: string): Chart | undefined => progressChart(tries([80, 81, 82], { decide: () => "keep", title: () => title }), "c");

interface Loaded extends Omit<LiveChart, "specs"> {
  readonly specs: Readonly<Record<string, { readonly $schema: string }>>;
}

async function load(title: string, isPrivate = false): Promise<{ readonly text: string; readonly data: Loaded }> {
  const [, { make }] = planChart(site(isPrivate), "ocr.progress", () => chartOf(title));
  const text = String(await make());
  const window: { journal?: { charts: Record<string, Loaded> } } = {};
  runInNewContext(text, { window });
  const data = window.journal?.charts["ocr.progress"];
  assert.ok(data);
  return { text, data };
}

describe("the file of a live chart", () => {
  test("is one script that leaves the compiled chart and all its data under its name", async () => {
    const { data } = await load("A try");
    assert.match(data.specs["linear"]?.$schema ?? "", /schema\/vega\//);
    assert.match(data.narrow?.specs["linear"]?.["$schema"] as string, /schema\/vega\//);
    assert.equal(data.data["kept"]?.length, 3);
  });
  test("holds nothing that a page could take for its own", async () => {
    const { text, data } = await load("</script><!-- \u2028 -->");
    assert.doesNotMatch(text, /<|\u2028/);
    assert.match(JSON.stringify(data.data), /<\/script>/);
  });
  test("leaves out what is private, unless the journal is", async () => {
    assert.doesNotMatch((await load("as ada@example.org asked, in /home/ada/x")).text, /example\.org|home\/ada/);
    assert.match((await load("as ada@example.org asked", true)).text, /ada@example\.org/);
  });
  test("is kept while the data are the same, and made anew when a tip changes", () => {
    const key = (title: string): string | undefined => planChart(site(false), "c", () => chartOf(title))[1].key?.();
    assert.equal(key("A"), key("A"));
    assert.notEqual(key("A"), key("B"));
  });
  test("says that there is no chart where there is none", async () => {
    const [address, { make }] = planChart(site(false), "c", () => undefined);
    assert.equal(address, "data/charts/c.js");
    runInNewContext(String(await make()), {});
  });
});
