import { Fragment, type VNode } from "preact";

/** Long names may break after a joint. */
export function Label({ text }: { readonly text: string }): VNode {
  return (
    <span class="label">
      {text.split(/(?<=[_./-])/).map((part, at) => (
        <Fragment key={at}>
          {at > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </span>
  );
}
