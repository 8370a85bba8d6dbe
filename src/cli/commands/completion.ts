// `journal completion`: a static script per shell; only ids and studies are asked for while typing.

import { JournalError } from "../../base/problem.ts";
import { suggest } from "../../base/suggest.ts";
import type { CommandSpec } from "../command.ts";
import { unknownValue } from "../messages.ts";
import type { Outcome } from "../outcome.ts";

type Commands = readonly CommandSpec[];

const takesIds = ({ arguments: list }: CommandSpec): boolean => list?.[0] !== undefined && /\bid\b/.test(list[0].name);
/** Words that the first argument can be. */
const fixedWords = ({ arguments: list }: CommandSpec): readonly string[] => list?.[0]?.words ?? [];
const longFlag = (flags: string): string => /--[\w-]+/.exec(flags)?.[0] ?? flags;
/** `list --format` → what it can be. */
const choicesOf = (shown: Commands): readonly { readonly command: string; readonly flag: string; readonly words: readonly string[] }[] =>
  shown.flatMap(({ name, options }) =>
    (options ?? []).flatMap(({ flags, choices }) =>
      choices === undefined ? [] : [{ command: name, flag: longFlag(flags), words: choices }],
    ),
  );
const longFlags = ({ options }: CommandSpec): readonly string[] => (options ?? []).map(({ flags }) => longFlag(flags));
const globals = ["--help", "--json", "--cwd"];

function bash(shown: Commands): string {
  const cases = shown.map(
    (spec) =>
      `    ${spec.name}) words="${[...fixedWords(spec), ...longFlags(spec), ...globals].join(" ")}"; ids=${takesIds(spec) ? 1 : 0} ;;`,
  );
  return `# bash completion for journal
_journal() {
  local cur=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command= words= ids=0 word i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
      -C | --cwd) ((i++)) ;;
      -*) ;;
      *) command=\${COMP_WORDS[i]}; break ;;
    esac
  done
  case $command in
    "") words="${[...shown.map(({ name }) => name), ...globals, "--version"].join(" ")}" ;;
${cases.join("\n")}
  esac
  if [[ $previous == --study ]]; then
    words=$(journal __complete studies 2>/dev/null)
  elif [[ $previous == --base ]] || [[ $ids == 1 && $cur != -* ]]; then
    words=$(journal __complete ids 2>/dev/null)
  fi
  case "$command $previous" in
${choicesOf(shown)
  .map(({ command, flag, words }) => `    "${command} ${flag}") words="${words.join(" ")}" ;;`)
  .join("\n")}
  esac
  # A loop, because compgen would expand the words.
  for word in $words; do
    [[ $word == "$cur"* ]] && COMPREPLY+=("$word")
  done
}
complete -o default -F _journal journal
`;
}

function zsh(shown: Commands): string {
  const list = shown.map(({ name, summary }) => `    '${name}:${quoteSingle(summary)}'`);
  const cases = shown.map(
    (spec) =>
      `    ${spec.name}) flags=(${[...fixedWords(spec), ...longFlags(spec), ...globals].join(" ")}); ids=${takesIds(spec) ? 1 : 0} ;;`,
  );
  return `#compdef journal
# zsh completion for journal
_journal() {
  local -a commands flags found
  local ids=0 command=\${words[2]}
  commands=(
${list.join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  case $command in
${cases.join("\n")}
  esac
  case "$command \${words[CURRENT-1]}" in
${choicesOf(shown)
  .map(({ command, flag, words }) => `    "${command} ${flag}") compadd ${words.join(" ")}; return ;;`)
  .join("\n")}
  esac
  if [[ \${words[CURRENT-1]} == --study ]]; then
    found=(\${(f)"$(journal __complete studies 2>/dev/null)"})
    compadd -a found
  elif [[ \${words[CURRENT-1]} == --base || ( $ids == 1 && $PREFIX != -* ) ]]; then
    found=(\${(f)"$(journal __complete ids 2>/dev/null)"})
    compadd -a found
  else
    compadd -a flags
  fi
  _files
}
if [[ $funcstack[1] == _journal ]]; then _journal "$@"; else compdef _journal journal; fi
`;
}

function fish(shown: Commands): string {
  const names = shown.map(({ name, summary }) => `complete -c journal -n __fish_use_subcommand -f -a ${name} -d '${quoteSingle(summary)}'`);
  const choices = new Map(choicesOf(shown).map(({ command, flag, words }) => [`${command} ${flag}`, ` -x -a '${words.join(" ")}'`]));
  const flags = shown.flatMap((spec) =>
    longFlags(spec).map(
      (flag) =>
        `complete -c journal -n '__fish_seen_subcommand_from ${spec.name}' -l ${flag.slice(2)}${choices.get(`${spec.name} ${flag}`) ?? ""}`,
    ),
  );
  const fixed = shown
    .filter((spec) => fixedWords(spec).length > 0)
    .map((spec) => `complete -c journal -n '__fish_seen_subcommand_from ${spec.name}' -f -a '${fixedWords(spec).join(" ")}'`);
  const ids = shown.filter(takesIds).map(({ name }) => name);
  return `# fish completion for journal
${names.join("\n")}
${flags.join("\n")}
${fixed.join("\n")}
complete -c journal -n '__fish_seen_subcommand_from ${ids.join(" ")}' -a '(journal __complete ids 2>/dev/null)'
complete -c journal -l study -x -a '(journal __complete studies 2>/dev/null)'
complete -c journal -l base -x -a '(journal __complete ids 2>/dev/null)'
complete -c journal -l json
complete -c journal -l help
`;
}

const quoteSingle = (text: string): string => text.replaceAll("'", "’");

const scripts: ReadonlyMap<string, (shown: Commands) => string> = new Map([
  ["bash", bash],
  ["zsh", zsh],
  ["fish", fish],
]);

export async function completion(shell: string, commands: Commands): Promise<Outcome> {
  const make = scripts.get(shell);
  if (make === undefined)
    throw new JournalError(
      unknownValue("the shell", shell, [...scripts.keys()], suggest(shell, scripts.keys()), (word) => `journal completion ${word}`),
    );
  const script = make(commands.filter(({ hidden }) => hidden !== true));
  return { data: { shell, script }, text: script };
}
