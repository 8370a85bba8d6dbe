import assert from "node:assert/strict";
import { test } from "node:test";
import { wayFrom } from "../../src/base/address.ts";

test("the way from a page to another is the short one within a folder, and leads there from everywhere", () => {
  const targets = ["index.html", "ocr/log.html", "ocr/log/1-200.html", "runs/a.html", "runs/a.files/b.csv", "ocrs/log.html"];
  for (const page of ["index.html", "ocr/best.html", "ocr/log/201-400.html", "runs/b.html"]) {
    for (const target of targets) assert.equal(new URL(wayFrom(page, target), `http://host/${page}`).pathname, `/${target}`);
  }
  assert.deepEqual([wayFrom("index.html", ""), wayFrom("runs/b.html", ""), wayFrom("a/log/1-200.html", "")], ["", "../", "../../"]);
  assert.equal(wayFrom("runs/b.html", "runs/a.html"), "a.html");
  assert.equal(wayFrom("runs/b.html", "ocr/log.html"), "../ocr/log.html");
});
