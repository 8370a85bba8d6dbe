import type { Filter, Node, Term } from "../../../src/query/filter.ts";
import { hashDigits } from "../../../src/report/runs-data.ts";

/** The data hold the beginnings of hashes: a longer one that is asked for is asked for by its beginning. */
export function fullHashes(filter: Filter): Filter {
  return filter.root === undefined ? filter : { ...filter, root: within(filter.root) };
}

function within(node: Node): Node {
  if (node.kind === "term") return shortened(node);
  return node.kind === "not" ? { ...node, part: within(node.part) } : { ...node, parts: node.parts.map(within) };
}

function shortened(term: Term): Term {
  const { name, value } = term;
  const hash = name.text === "run.commit" || name.text === "run.snapshot";
  return hash && value.text.length > hashDigits ? { ...term, value: { ...value, text: value.text.slice(0, hashDigits) } } : term;
}
