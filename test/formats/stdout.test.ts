import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { openStdout } from "../../src/formats/stdout.ts";
import { assertCutsDoNotMatter, decodeAll } from "./decode.ts";

const read = (text: string, patterns: readonly string[] = []) => decodeAll(() => openStdout(patterns), text);
const point = (name: string, value: number, more: object = {}) => ({ kind: "point", name, value, ...more });
const parameter = (name: string, value: unknown, text?: string) => ({
  kind: "parameter",
  name,
  value,
  ...(text === undefined ? {} : { text }),
  from: "output",
});

describe("stdout", () => {
  test("names a number of two meanings once, and takes it for neither", () => {
    const decoder = openStdout();
    const items = [
      ...decoder.push(Buffer.from("METRIC loss=1 tokens=1,234\nMETRIC tokens=1,235\nMETRIC t=3 4\nMETRIC x=2 (best)\n")),
      ...decoder.end(),
    ];
    assert.deepEqual(
      items.map((item) => (item.kind === "point" ? [item.name, item.value] : item.kind)),
      [["loss", 1], "fault", ["x", 2]],
    );
  });
  const cases: readonly (readonly [title: string, text: string, expected: readonly object[], patterns?: readonly string[]])[] = [
    ["a metric line", "METRIC val_loss=0.25\n", [point("val_loss", 0.25)]],
    ["a metric line without a line end", "METRIC val_loss=0.25", [point("val_loss", 0.25)]],
    [
      "a unit",
      "METRIC time=1.6 h\nMETRIC mem=3GB\nMETRIC acc=87.5%\n",
      [point("time", 1.6, { unit: "h" }), point("mem", 3, { unit: "GB" }), point("acc", 0.875, { unit: "%" })],
    ],
    [
      "several values and where they stand",
      "METRIC a=1 b=2e-3 step=7 epoch=0.5\n",
      [point("a", 1, { step: 7, epoch: 0.5 }), point("b", 0.002, { step: 7, epoch: 0.5 })],
    ],
    [
      "names with slashes, spaces and any letter",
      'METRIC train/loss=1\nMETRIC val loss=2\nMETRIC "a b"=3\nMETRIC Präzision=4\n',
      [point("train/loss", 1), point("val loss", 2), point("a b", 3), point("Präzision", 4)],
    ],
    [
      "commas and times as in a file",
      "METRIC acc=0,38\nMETRIC top=85,5%\nMETRIC tokens=1,000,000\nMETRIC rate=1,234.5\nMETRIC t=2h 30min\nMETRIC a=1.5, b=2,5; c=3\n",
      [
        point("acc", 0.38),
        point("top", 0.855, { unit: "%" }),
        point("tokens", 1_000_000),
        point("rate", 1234.5),
        point("t", 9000, { unit: "s" }),
        point("a", 1.5),
        point("b", 2.5),
        point("c", 3),
      ],
    ],
    ["NaN and the infinities", "METRIC a=nan b=inf c=-Infinity\n", [point("a", Number.NaN), point("b", Infinity), point("c", -Infinity)]],
    ["nothing in talk", "Epoch 1: done\nloss: 0.5\nMETRIC\nMETRICS x=1\nMETRIC x=fast\nx=1\n", []],
    [
      "lines that count and hold nothing but named numbers",
      "epoch 1/5 loss=0.93 val_accuracy=0.66\nEpoch [2/5], loss: 0.5, val_accuracy: 71.00%\nstep 100/1000 loss=2.5e-1 tokens=3\nEpoch 3/5 - Train Loss: 0.5 - time: 1.5 s - eta: 0:12\n[step 10] loss=nan\nEpoch: 4, Step: 7 | loss: -0.5\niter 5: loss: 1.5\n",
      [
        point("loss", 0.93, { epoch: 1 }),
        point("val_accuracy", 0.66, { epoch: 1 }),
        point("loss", 0.5, { epoch: 2 }),
        point("val_accuracy", 0.71, { unit: "%", epoch: 2 }),
        point("loss", 0.25, { step: 100 }),
        point("tokens", 3, { step: 100 }),
        point("Train Loss", 0.5, { epoch: 3 }),
        point("time", 1.5, { unit: "s", epoch: 3 }),
        point("loss", Number.NaN, { step: 10 }),
        point("loss", -0.5, { epoch: 4, step: 7 }),
        point("loss", 1.5, { step: 5 }),
      ],
    ],
    [
      "nothing in sentences that count",
      "Epoch 1 took 3.5 s\nEpoch 2: saved 3 files, best: 0.5\nepoch 3: error: 404\nEpoch 4 done, loss: 0.5\nStep 1: set lr: 0.1 as said before\nsteps: 0.5\nEpoch 5/5:  40%|####| 4/10 [00:01<00:02, loss=0.5]\nStepping 3: x=0.5\nThe epoch 2 loss: 0.5\nStep 2. Note: 0.5 is fine\n",
      [],
    ],
    [
      "a line that a pattern reads, by the pattern alone",
      "epoch 1/5 loss=0.5 acc=0.5\nepoch 1/5 top=0.25\n",
      [point("loss", 0.5, { epoch: 1 }), point("top", 0.25, { epoch: 1 })],
      ["epoch (?<epoch>\\d+).*loss=(?<loss>[\\d.]+)"],
    ],
    [
      "a block",
      "talk\n---\nval_bpb:          0.997900\npeak_vram_mb:     45060.2\ndevice: cuda\nnum_steps: 953\n\nloss: 3\n",
      [point("val_bpb", 0.9979), point("peak_vram_mb", 45060.2), point("num_steps", 953)],
    ],
    ["a block at the end, with Windows line ends", "---\r\nval_bpb: 0.5\r\nstep: 3\r\n", [point("val_bpb", 0.5, { step: 3 })]],
    ["a rule that is no block", "----\nloss: 3\n--- a\nloss: 3\n", []],
    ["JSON lines", '{"step": 3, "loss": 0.5, "val": {"acc": 1}}\n', [point("loss", 0.5, { step: 3 }), point("val/acc", 1, { step: 3 })]],
    [
      "a dict as Python prints it",
      "{'loss': 0.5, 'grad_norm': nan, 'epoch': 0.01}\n",
      [point("loss", 0.5, { epoch: 0.01 }), point("grad_norm", Number.NaN, { epoch: 0.01 })],
    ],
    [
      "the arguments as argparse shows them",
      "Namespace(lr=1e-05, batch_size=32, opt='adam, w', note=\"it's\", amp=True, dims=[1, 2], betas=(0.9, 0.999), one=(3,))\n",
      [
        parameter("lr", 1e-5, "1e-05"),
        parameter("batch_size", 32, "32"),
        parameter("opt", "adam, w"),
        parameter("note", "it's"),
        parameter("amp", true),
        parameter("dims", [1, 2]),
        parameter("betas", [0.9, 0.999]),
        parameter("one", [3]),
      ],
    ],
    [
      "of odd arguments nothing, and none behind other words",
      "Namespace(out=PosixPath('a, b'), inner=Namespace(x=1), f=<function f at 0x7f>, none=None, inf=inf, d={'a': 1}, api_key='sk-1234567890abcdef', **{'a b': 1}, lr=0.1)\nargs: Namespace(lr=1)\nNamespace(lr=1\nNamespace(lr='1)\nNamespace()\n  Namespace(lr=3)\n",
      [parameter("lr", 0.1, "0.1")],
    ],
    ["no metric in a program's log", '{"level":30,"time":1531171074631,"msg":"hello","pid":657}\n{"a": 1\n{}\n', []],
    ["a log line that says its step", '{"level":"info","msg":"x","step":2,"loss":1}\n', [point("loss", 1, { step: 2 })]],
    ["lines behind a progress bar", " 10%|#  | 1/10\r 20%|## | 2/10\rMETRIC a=1\r\nMETRIC b=2\n", [point("a", 1), point("b", 2)]],
    ["colours", "\x1b[1m\x1b[32mMETRIC\x1b[0m a=\x1b[1m1\x1b[0m\n\x1b]0;title\x07METRIC b=2\x1b[K\n", [point("a", 1), point("b", 2)]],
    [
      "patterns with named groups",
      "step 4 | loss=0.5 acc 91%\n",
      [point("loss", 0.5, { step: 4 }), point("acc", 0.91, { unit: "%", step: 4 })],
      ["^step (?<step>\\d+) \\| loss=(?<loss>[\\d.]+) acc (?<acc>[\\d.]+%)"],
    ],
    [
      "a pattern for any name",
      "a:1 bb:2.5 c:x step:9\n",
      [point("a", 1, { step: 9 }), point("bb", 2.5, { step: 9 })],
      ["(?<name>\\w+):(?<value>[\\d.]+)"],
    ],
  ];
  for (const [title, text, expected, patterns = []] of cases) {
    test(title, () => {
      assert.deepEqual(read(text, patterns), expected);
      assertCutsDoNotMatter(() => openStdout(patterns), text);
    });
  }

  test("names a pattern that is not fit to be used, and uses the others", () => {
    const items = read("loss 3\n", ["(?=x)", "loss (?<loss>\\d+)", "(a", "no group"]);
    assert.deepEqual(
      items.map(({ kind }) => kind),
      ["fault", "fault", "fault", "point"],
    );
  });

  test("whatever is printed, however it is cut, the items are the same", () => {
    const word = fc.constantFrom(
      "METRIC ",
      "a",
      "=",
      "1",
      "\n",
      "\r",
      "---",
      "---\n",
      "b: 2\n",
      "{",
      '"a"',
      ": ",
      "3",
      "}",
      " ",
      "é",
      "\x1b[1m",
      "loss ",
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), fc.array(fc.nat(200), { maxLength: 8 }), (words, cuts) => {
        const open = () => openStdout(["loss (?<loss>\\d)"]);
        assert.deepEqual(decodeAll(open, words.join(""), cuts), decodeAll(open, words.join("")));
      }),
      { numRuns: 500 },
    );
  });

  test("a line that never ends is bounded, and the next is read", () => {
    const decoder = openStdout();
    const part = Buffer.alloc(1 << 20, "METRIC x=1 ");
    for (let count = 0; count < 64; count += 1) assert.deepEqual(decoder.push(part), []);
    const items = decoder.push(Buffer.from("\nMETRIC y=2\n"));
    assert.ok(items.length < 10_000);
    assert.deepEqual(items.at(-1), point("y", 2));
  });

  test("talk costs a search, not a look at each line", () => {
    const talk = Buffer.alloc(64 << 20, "yes yes\n");
    const decoder = openStdout(["val_bpb: (?<val_bpb>[\\d.]+)"]);
    const start = process.cpuUsage();
    for (let at = 0; at < talk.length; at += 65_536) decoder.push(talk.subarray(at, at + 65_536));
    const { user, system } = process.cpuUsage(start);
    assert.ok((user + system) / 1000 < 1000, `${(user + system) / 1000} ms for 64 MB`);
  });
});
