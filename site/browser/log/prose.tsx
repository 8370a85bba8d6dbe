// A sentence in which names stand between backticks.

import type { VNode } from "preact";

export function Prose({ text }: { readonly text: string }): VNode {
  return <>{text.split(/`([^`]*)`/).map((part, at) => (at % 2 === 1 ? <code key={at}>{part}</code> : part))}</>;
}
