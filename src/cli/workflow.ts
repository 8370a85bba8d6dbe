// The GitHub workflow that `journal init` writes. What a stranger's pull request may do with it: be read and checked.

/** `folder` is where the journal lies in its repository, "" for the top; `version` is of this program. */
export function workflow(folder: string, version: string, pages: boolean): string {
  const inside = folder === "" ? "" : `${folder}/`;
  const parts = { run: `npx --yes experiment-journal@${version}`, work: workIn(folder), inside, key: `journal-${version}` };
  return `${head}${checkJob(parts)}${pages ? siteJobs(parts) : ""}`;
}

interface Parts {
  readonly run: string;
  /** A line of a step. */
  readonly work: string;
  readonly inside: string;
  readonly key: string;
}

const workIn = (folder: string): string => (folder === "" ? "" : `        working-directory: ${JSON.stringify(folder)}\n`);

const head = `# Written by \`journal init\`; change it as you like, it is not written again.
#
# The actions are named by their major version. To hold them to what was looked at, name the commit instead:
#   uses: actions/checkout@<40 hex digits> # v4
name: journal

on:
  pull_request:
  push:
    branches: [main, master]

# Each job is given what it needs, and nothing else.
permissions: {}

concurrency:
  group: journal-\${{ github.ref }}
  cancel-in-progress: \${{ github.event_name == 'pull_request' }}

jobs:
`;

const checkout = (depth: number): string => `      - uses: actions/checkout@v4
        with:
          fetch-depth: ${depth}
          persist-credentials: false
      - uses: actions/setup-node@v4
        with:
          node-version: 22
`;

/** What a pull request leaves in a cache only that pull request sees; to make sure, it leaves nothing. */
const restore = ({ inside, key }: Parts): string => `      - uses: actions/cache/restore@v4
        with:
          path: ${JSON.stringify(`${inside}.journal/cache`)}
          key: ${key}-\${{ github.sha }}
          restore-keys: ${key}-
`;

// The commit under test of a pull request has the branch it goes into as its first parent.
const checkJob = (parts: Parts): string => `  check:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      contents: read
    steps:
${checkout(2)}${restore(parts)}      - name: Check every run, and say what is new
${parts.work}        run: >-
          ${parts.run} check --format github --summary "$GITHUB_STEP_SUMMARY"
          \${{ github.event_name == 'pull_request' && '--since HEAD^1' || '' }}
`;

const siteJobs = (parts: Parts): string => `
  # The site, made in every run so that a pull request shows whether it can be, and published from the default branch only.
  # To publish: Settings, Pages, Source: GitHub Actions. What is left out of it: docs/publishing.md of experiment-journal.
  site:
    runs-on: ubuntu-latest
    timeout-minutes: 20
    permissions:
      contents: read
    steps:
${checkout(1)}${restore(parts)}      - name: Build the site
${parts.work}        run: ${parts.run} build
      - name: Keep what was read for the next run
        if: github.event_name == 'push'
        uses: actions/cache/save@v4
        with:
          path: ${JSON.stringify(`${parts.inside}.journal/cache`)}
          key: ${parts.key}-\${{ github.sha }}
      - if: github.event_name == 'push' && github.ref_name == github.event.repository.default_branch
        uses: actions/upload-pages-artifact@v3
        with:
          path: ${JSON.stringify(`${parts.inside}_site`)}

  publish:
    needs: site
    if: github.event_name == 'push' && github.ref_name == github.event.repository.default_branch
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      pages: write
      id-token: write
    concurrency:
      group: pages
      cancel-in-progress: false
    environment:
      name: github-pages
      url: \${{ steps.deployment.outputs.page_url }}
    steps:
      - id: deployment
        uses: actions/deploy-pages@v4
`;
