import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { redactor } from "../../src/capture/redact.ts";
import { isSecretFile } from "../../src/capture/secret-files.ts";
import { isSecretParameter, redactParameter, redactWords } from "../../src/capture/secret-words.ts";
import type { Json } from "../../src/record/tree.ts";
import { makeFolder } from "../store/folder.ts";

/** Made up while the test runs, so that no scanner takes this file for a leak. */
let seed = 1;
const made = (length: number, letters = "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY"): string =>
  Array.from({ length }, () => {
    seed = (seed * 48271) % 0x7fffffff;
    return letters[seed % letters.length];
  }).join("");
const hex = (length: number): string => made(length, "0123456789abcdef");
const upper = (length: number): string => made(length, "ABCDEFGH23456789");

const environment = {
  WANDB_API_KEY: hex(40),
  MY_SERVICE_TOKEN: made(24),
  DB_PASSWORD: "correct-horse/battery",
  HOME: "/nowhere",
  CUDA_VISIBLE_DEVICES: "0",
  TOKENIZERS_PARALLELISM: "false",
  SSH_AUTH_SOCK: "/tmp/ssh-XXXX/agent.1",
};

/** Where it stands, the secret, and the kind of its mask. */
const planted: readonly (readonly [where: string, secret: string, kind: string])[] = [
  ["key is {} in the log", environment.WANDB_API_KEY, "wandb-api-key"],
  ["https://x?token={}", environment.MY_SERVICE_TOKEN, "my-service-token"],
  ["psql {}", environment.DB_PASSWORD, "db-password"],
  ["psql postgres://u:{}@h/db", encodeURIComponent(environment.DB_PASSWORD), "db-password"],
  ["+AWS_ACCESS = '{}'", `AKIA${upper(16)}`, "aws-key"],
  ["export AWS_SECRET_ACCESS_KEY={}", made(40), "api-key"],
  ["git clone https://ada:{}@example.org/r.git", "hunter2", "password"],
  ["pip install git+https://{}@github.com/a/b", made(40), "token"],
  ["{}", `ghp_${made(36)}`, "github-token"],
  ["token: {}", `github_pat_${made(40)}`, "github-token"],
  ["{}", `glpat-${made(20)}`, "gitlab-token"],
  ["OPENAI={}", `sk-proj-${made(48)}`, "openai-key"],
  ["x {} y", `sk-ant-${made(40)}`, "anthropic-key"],
  ["login(token='{}')", `hf_${made(34)}`, "huggingface-token"],
  ["{}", `xoxb-${made(30)}`, "slack-token"],
  ["curl https://hooks.slack.com/services/{}", `T00000000/B00000000/${made(24)}`, "slack-webhook"],
  ["{}", `AIza${made(35)}`, "google-key"],
  ["{}", `sk_live_${made(24)}`, "stripe-key"],
  ["//packages.example.org/:_authToken={}", `npm_${made(36)}`, "npm-token"],
  ["{}", `nvapi-${made(60)}`, "nvidia-key"],
  ["train.py --api-key={}", made(20), "api-key"],
  ["train.py --password {}", "hunter2", "password"],
  ["train.py --wandb_api_key {} --lr 3", made(32), "api-key"],
  ['{"client_secret": "{}"}', made(30), "secret"],
  ["-    auth_token: {}", made(22), "token"],
  ["Authorization: Basic {}", made(24), "authorization"],
  ["curl -H 'Authorization: Bearer {}'", made(40), "authorization"],
  ["wandb login {}", hex(40), "login"],
  ["jwt {}", `eyJ${made(20)}.eyJ${made(40)}.${made(30)}`, "jwt"],
  ["-----BEGIN OPENSSH PRIVATE KEY-----\n{}\n-----END OPENSSH PRIVATE KEY-----", `${made(64)}\n${made(64)}`, "private-key"],
  ["DefaultEndpointsProtocol=https;AccountKey={};x", `${made(86)}==`, "azure-key"],
  ["mysql -u root --passwd='{}'", "s3cr3t!pass", "password"],
];

describe("secrets", () => {
  for (const [where, secret, kind] of planted) {
    test(`${kind} in \`${where.split("\n")[0]}\` is masked`, () => {
      const text = where.replace("{}", () => secret);
      const clean = redactor(environment)(text);
      for (const line of secret.split("\n")) assert.ok(!clean.includes(line), clean);
      assert.ok(clean.includes(`[redacted:${kind}]`), clean);
      assert.equal(redactor(environment)(clean), clean);
    });
  }

  test("in a long output all are found, and the rest stays as it was", () => {
    const noise = "Epoch 3/10 - loss: 0.4321 - val_accuracy: 0.8765\n".repeat(500);
    const text = planted.map(([where, secret]) => noise + where.replace("{}", () => secret)).join("\n");
    const clean = redactor(environment)(text);
    assert.deepEqual(
      planted.filter(([, secret]) => clean.includes(secret)).map(([where]) => where),
      [],
    );
    assert.equal(
      clean.split("Epoch 3/10 - loss: 0.4321 - val_accuracy: 0.8765\n").length,
      text.split("Epoch 3/10 - loss: 0.4321 - val_accuracy: 0.8765\n").length,
    );
  });

  test("a secret is masked where it is a word of its own behind its flag", () => {
    const words = redactWords(
      ["train.py", "--api-key", made(20), "--password", "hunter2", "--max-tokens", "4096", `--token=${made(24)}`],
      redactor({}),
    );
    assert.deepEqual(words, [
      "train.py",
      "--api-key",
      "[redacted:api-key]",
      "--password",
      "[redacted:password]",
      "--max-tokens",
      "4096",
      "--token=[redacted:token]",
    ]);
  });

  test("the passwords of .netrc are known by value", (context) => {
    const key = hex(40);
    const NETRC = join(makeFolder(context, { ".netrc": `machine api.wandb.ai\n  login user\n  password ${key}\n` }), ".netrc");
    assert.equal(redactor({ NETRC })(`sent ${key} off`), "sent [redacted:netrc] off");
  });

  test("a long line without a secret is read in linear time", () => {
    const redact = redactor({});
    for (const text of [
      "a".repeat(2e6),
      "token".repeat(4e5),
      "a-token=".repeat(2e5),
      "://".repeat(6e5),
      "-----BEGIN PRIVATE KEY-----".repeat(7e4),
      "eyJ".repeat(6e5),
    ]) {
      const start = process.cpuUsage();
      redact(text);
      const { user } = process.cpuUsage(start);
      assert.ok(user < 4e6, `${text.slice(0, 20)}: ${user / 1e6} s`);
    }
  });
});

describe("the words of a command", () => {
  const none = redactor({});
  const commands: readonly (readonly [words: readonly string[], secret: string])[] = [
    [["echo", "-H", "Authorization: Bearer abcdefghijkl"], "abcdefghijkl"],
    [["echo", "-H", "Authorization: Bearer abc123"], "abc123"],
    [["echo", "--header", "X-Api-Key: swordfish"], "swordfish"],
    [["echo", "--data", '{"password": "hunter3secret", "max_tokens": 5}'], "hunter3secret"],
    [["echo", "--data", '{"password": "swordfish"}'], "swordfish"],
    [["sh", "-c", "PGPASSWORD=hunter2secret psql"], "hunter2secret"],
    [["sh", "-c", "psql --password swordfish -c 1"], "swordfish"],
    [["sh", "-c", "export MY_TOKEN='two words'; x"], "two words"],
    [["sh", "-c", "AWS_CREDENTIAL=swordfish DB_PASSWD=x1y aws"], "swordfish"],
    [["env", "OPENAI_API_KEY=swordfish", "./train"], "swordfish"],
    [["env", "AWS_ACCESS_KEY_ID=swordfish", "./train"], "swordfish"],
    [["x.py", "--wandb-key", "swordfish"], "swordfish"],
    [["x.py", "--auth", "ada:swordfish"], "swordfish"],
    [["x.py", "--api_key=swordfish"], "swordfish"],
    [["x.py", "--password", "abc"], "abc"],
    [["x.py", "--password", "-abc12"], "-abc12"],
    [["x.py", "--token", "swordfish"], "swordfish"],
    [["x.py", "logger.wandb.api_key=swordfish"], "swordfish"],
  ];
  for (const [words, secret] of commands) {
    test(`\`${words.slice(1).join(" ")}\` shows no secret`, () => {
      const shown = redactWords(words, none);
      assert.ok(!shown.join(" ").includes(secret), shown.join(" "));
      assert.ok(shown.join(" ").includes("[redacted:"));
      assert.deepEqual(redactWords(shown, none), shown);
    });
  }

  test("names of secrets are known, and those of machine learning are none", () => {
    const secret =
      "password db_password PGPASSWORD userPassword passwd secret client_secret token api_token hub_token hf_token wandb-key api_key apiKey X-Api-Key OPENAI_API_KEY AWS_SECRET_ACCESS_KEY AWS_ACCESS_KEY_ID credential credentials auth http_auth authorization a.b.api_key password2 MY_SERVICE_TOKEN".split(
        " ",
      );
    const harmless =
      "tokenizer tokenizer_name max_tokens num_tokens n_token tokens token_dropout pad_token eos_token bos_token PAD_TOKEN mask_token_id special_token user_token key_dim d_key n_keys keys keypoints monkey keyboard author authority sort_key primary_key label_key image_key cache_key prng_key use_auth seed secretary passes compass bypass key key_size secret_santa MAX_TOKEN".split(
        " ",
      );
    assert.deepEqual(
      secret.filter((name) => !isSecretParameter(name)),
      [],
    );
    assert.deepEqual(
      harmless.filter((name) => isSecretParameter(name)),
      [],
    );
  });

  test("values that are none stay", () => {
    const words =
      "x.py --auth none --token false --password-file /etc/p --token $TOKEN --api-key ${KEY} --auth basic --token 0.25 --use-auth-token yes --pad-token <pad> --sort-key name-of-column --author AdaLovelace --d_key 64 --dataset sk-learn-contrib-imbalanced-dataset-classification2024 --ant sk-ant-colony-optimization-benchmark-large".split(
        " ",
      );
    assert.deepEqual(redactWords(words, none), words);
    const code = ["python", "-c", "token = tokenizer.encode(text); password = getpass(); f(api_key=os.environ['K'], key=lambda x: x)"];
    assert.deepEqual(redactWords(code, none), code);
  });

  test("a parameter has a mask where its name or its value is secret, also inside maps and lists", () => {
    const masked = (name: string, value: Json, text?: string) =>
      redactParameter({ kind: "parameter", name, value, from: "file", ...(text === undefined ? {} : { text }) }, none);
    assert.deepEqual(masked("api_key", "swordfish", "swordfish"), {
      kind: "parameter",
      name: "api_key",
      value: "[redacted:api-key]",
      from: "file",
    });
    assert.deepEqual(masked("password", 12345, "12345").value, "[redacted:password]");
    assert.deepEqual(masked("db", { host: "h", password: "swordfish", ports: [1] }).value, {
      host: "h",
      password: "[redacted:password]",
      ports: [1],
    });
    assert.deepEqual(masked("headers", ["A: b", "X-Api-Key: swordfish"]).value, ["A: b", "X-Api-Key: [redacted:api-key]"]);
    assert.deepEqual(masked("lr", 0.001, "1e-3"), { kind: "parameter", name: "lr", value: 0.001, text: "1e-3", from: "file" });
  });

  test("a long word is read in linear time", () => {
    for (const text of ["a".repeat(1e6), "password=".repeat(1e5), "a=".repeat(4e5), "--a ".repeat(2e5), '"'.repeat(1e6)]) {
      const start = process.cpuUsage();
      redactWords([text], none);
      const { user } = process.cpuUsage(start);
      assert.ok(user < 4e6, `${text.slice(0, 20)}: ${user / 1e6} s`);
    }
  });
});

describe("ordinary lines", () => {
  const lines = `python train.py --lr 3e-4 --batch-size 64 --epochs 10
python train.py --max-tokens 4096 --tokenizer bert-base-uncased --pad-token '<pad>'
torchrun --nproc_per_node=8 train.py --token-dropout 0.1 --num_tokens=1000000 --eos_token_id=50256
python -m pytest tests/test_tokens.py -k "secret or password"
accelerate launch run_clm.py --model_name_or_path gpt2 --dataset_name wikitext --dataset_config_name wikitext-2-raw-v1
python main.py +experiment=resnet50 trainer.max_epochs=100 data.num_workers=8 hydra.run.dir=outputs/2026-01-01
CUDA_VISIBLE_DEVICES=0,1 python train.py --seed 42 --output_dir runs/2026-11-20T10-15-00_a3f9c2e1
python train.py --key-dim 64 --num-key-value-heads 8 --use-auth-token --key_padding_mask
ssh ada@gpu-01 nvidia-smi
git clone https://github.com/karpathy/nanoGPT.git && git checkout 0f3a9b1c2d4e5f60718293a4b5c6d7e8f9012345
pip install torch==2.1.0+cu121 --index-url https://download.pytorch.org/whl/cu121
uv run train.py --config configs/base.yaml --override model.signature=v2
curl -L https://example.org/data/train-00001-of-00016.parquet?download=true -o data/train.parquet
token = tokenizer.encode(text)
self.token_embedding = nn.Embedding(vocab_size, 768)
password = os.environ["DB_PASSWORD"]
parser.add_argument("--api-key", default=None, help="the API key to use")
secret = getpass.getpass("secret: ")
api_key = config.api_key or os.getenv("API_KEY")
loss: 0.1234 | tokens/s: 12345.67 | token_accuracy: 0.8765
next token prediction accuracy: 0.9012, tokens seen: 1234567890
sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
Saving model checkpoint to /scratch/ada/runs/bert-base-uncased-finetuned/checkpoint-5000
wandb: Run data is saved locally in ./wandb/offline-run-20261120_101500-k7f3q2ab
Author: Ada Lovelace <ada@example.org>
def authenticate(user, password): return user.password == password
"cls_token": "[CLS]", "mask_token": "[MASK]", "unk_token": "<unk>", "token_type_ids": 0
id 20261120-114432-k7f3q2 EXP042-k7f3 base64:SGVsbG8gd29ybGQ=
rsync -av --password-file=/etc/rsync.pass host::module data/
docker run --rm -e PYTHONHASHSEED=0 -v $PWD:/work image@sha256:9f86d081884c7d659a2feaa0c55ad015
--token-budget 2048 --n_token_per_step 524288 --special_tokens_map.json --tokens_per_batch 0.5M
bearer of news, the secret is out; authorization required
export HF_TOKEN=$(cat ~/.hf_token)
python train.py --secret-santa yes --keyboard us --monkey banana-split-4000
python eval.py --sig-level 0.05 --signature default --auth none`.split("\n");

  test("stay as they are, and so do a thousand variations of them", () => {
    const redact = redactor(environment);
    assert.deepEqual(
      lines.filter((line) => redact(line) !== line).map((line) => redact(line)),
      [],
    );
    const values = [
      "0.1",
      "3e-4",
      "resnet50",
      "bert-base-uncased",
      "2026-11-20",
      "outputs/run-42",
      "true",
      "a100-80gb",
      "0f3a9b1c",
      "adamw_torch",
    ];
    const flags =
      "lr batch-size tokenizer-name max-new-tokens key-size num-tokens optimizer name run-id output-dir seed data-path author authority passes compass tokens keys secrets-dir".split(
        " ",
      );
    const all = flags.flatMap((flag) =>
      values.flatMap((value) => [`x.py --${flag} ${value}`, `x.py --${flag}=${value}`, `${flag.replaceAll("-", "_")}=${value}`]),
    );
    const wrong = all.filter((line) => redact(line) !== line);
    assert.ok(wrong.length < all.length / 100, `${wrong.length} of ${all.length}: ${wrong.slice(0, 5)}`);
  });
});

test("files that are secrets are known by their names", () => {
  const secret =
    ".env a/.env.local prod.env id_rsa keys/server.key cert.pem .ssh/config .aws/credentials gcp-credentials.json .netrc .npmrc secrets.yaml db.secrets.toml token.json".split(
      " ",
    );
  const plain =
    ".env.example environment.py train.py id_mapping.csv keys.py secret_sharing.py id_rsa.pub tokens.json credit.csv monkey.txt key.md tokenizer.json".split(
      " ",
    );
  assert.deepEqual(
    secret.filter((path) => !isSecretFile(path)),
    [],
  );
  assert.deepEqual(
    plain.filter((path) => isSecretFile(path)),
    [],
  );
});
