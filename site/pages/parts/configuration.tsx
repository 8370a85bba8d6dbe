// A configuration in several languages, one open at a time with scripts, four folded parts without.

import type { VNode } from "preact";
import type { ConfigurationText } from "../../../src/report/configuration-text.ts";

export function ConfigurationTabs({ texts }: { readonly texts: readonly ConfigurationText[] }): VNode {
  return (
    <div class="tabs-box" data-island="tabs">
      {texts.map(({ language, lines }, at) => (
        <details key={language} open={at === 0}>
          <summary>{language}</summary>
          <pre data-copy="" class="configuration">
            {lines.map(({ text, old }, line) =>
              old === undefined ? (
                `${text}\n`
              ) : (
                <span key={line} class="changed" data-old={old}>
                  {`${text}\n`}
                </span>
              ),
            )}
          </pre>
        </details>
      ))}
    </div>
  );
}
