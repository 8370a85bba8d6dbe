import type { VNode } from "preact";
import type { LogSame } from "../../../src/report/log-page.ts";

/** The first few in sight, all one press away. */
export function Same({ same: { title, values } }: { readonly same: LogSame }): VNode {
  const shown = values.slice(0, 3);
  const rest = values.length - shown.length;
  return (
    <details class="same">
      <summary>
        {title}:{" "}
        {shown.map(({ name, text }, at) => (
          <span key={name}>
            {at > 0 && " · "}
            {name} <b>{text}</b>
          </span>
        ))}
        {rest > 0 && ` · ${rest} more`}
      </summary>
      <dl>
        {values.map(({ name, text }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
