import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { JournalError } from "../../src/base/problem.ts";
import { replaceBlock } from "../../src/markdown/markers.ts";

const block = (content: string): string => `<!-- journal:log -->\n\n${content}\n\n<!-- /journal:log -->`;

describe("replaceBlock", () => {
  it("appends the block once and replaces it afterwards", () => {
    const first = replaceBlock("# Mine\n\nprose\n", "log", "| a |");
    assert.equal(first, `# Mine\n\nprose\n\n${block("| a |")}\n`);
    assert.equal(replaceBlock(first, "log", "| a |"), first);
    assert.equal(replaceBlock(first, "log", "| b |"), `# Mine\n\nprose\n\n${block("| b |")}\n`);
    assert.equal(replaceBlock("", "log", "x"), `${block("x")}\n`);
  });

  it("touches nothing around the block and no other block", () => {
    const text = `a  \n${block("old")}\n\tb\n<!-- journal:best -->\n\nkeep\n\n<!-- /journal:best -->\nlast`;
    assert.equal(replaceBlock(text, "log", "new"), text.replace("old", "new"));
  });

  it("uses the file's line ends and keeps a missing last one", () => {
    assert.equal(replaceBlock("a\r\n", "log", "x\ny"), `a\r\n\r\n${block("x\ny").replaceAll("\n", "\r\n")}\r\n`);
    assert.equal(replaceBlock(block("old"), "log", "new"), block("new"));
  });

  it("overcomes merge conflicts inside the block", () => {
    const text = `a\n<!-- journal:log -->\n\n<<<<<<< ours\n| 1 |\n=======\n| 2 |\n>>>>>>> theirs\n\n<!-- /journal:log -->\nb\n`;
    assert.equal(replaceBlock(text, "log", "new"), `a\n${block("new")}\nb\n`);
  });

  it("overcomes two branches that each brought the block", () => {
    const text = `a\n<<<<<<< ours\n${block("1")}\n=======\n${block("2")}\n>>>>>>> theirs\nb\n`;
    assert.equal(replaceBlock(text, "log", "new"), `a\n${block("new")}\nb\n`);
  });

  it("refuses a conflict that reaches into the prose", () => {
    const text = `<!-- journal:log -->\n<<<<<<< ours\n1\n<!-- /journal:log -->\nprose 1\n=======\n2\n<!-- /journal:log -->\nprose 2\n>>>>>>> theirs\n`;
    assert.throws(
      () => replaceBlock(text, "log", "new"),
      (error) => error instanceof JournalError && error.problems[0]?.code === "markdown/edit-conflict-markers",
    );
  });

  it("keeps the prose below a block whose end was deleted", () => {
    assert.equal(replaceBlock("<!-- journal:log -->\nprose\n", "log", "new"), `${block("new")}\nprose\n`);
  });

  it("leaves markers inside a code fence alone", () => {
    const text = `\`\`\`md\n${block("example")}\n\`\`\`\n`;
    assert.equal(replaceBlock(text, "log", "new"), `${text}\n${block("new")}\n`);
  });
});
