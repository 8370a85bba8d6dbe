import type { VNode } from "preact";
import { wayFrom } from "../../../src/base/address.ts";
import type { Notice as NoticeModel } from "../../../src/report/page.ts";

/** One sentence, one action. */
export function Notice({ notice, path }: { readonly notice: NoticeModel; readonly path: string }): VNode {
  const { kind, text, link, command } = notice;
  return (
    <p class={`notice ${kind}`}>
      {text}
      {command !== undefined && (
        <>
          {" "}
          <code class="command" data-copy="">
            {command}
          </code>
        </>
      )}
      {link !== undefined && (
        <>
          {" "}
          <a href={wayFrom(path, link.address)}>{link.text}</a>
        </>
      )}
    </p>
  );
}
