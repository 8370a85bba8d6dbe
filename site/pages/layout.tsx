// The frame of every page: head, policy, header, content. Nothing inline, nothing from outside.

import type { ComponentChildren, VNode } from "preact";

const policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";

export interface Frame {
  readonly title: string;
  /** The journal's name, which leads home. */
  readonly journal: string;
  /** Way back to the root of the site: "" or "../". */
  readonly root: string;
  readonly children: ComponentChildren;
}

export function Layout({ title, journal, root, children }: Frame): VNode {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title === journal ? title : `${title} · ${journal}`}</title>
        <link rel="icon" href={`${root}favicon.svg`} />
        <link rel="stylesheet" href={`${root}site.css`} />
      </head>
      <body>
        <header class="top">
          <a class="home" href={`${root}index.html`}>
            {journal}
          </a>
        </header>
        <main>{children}</main>
      </body>
    </html>
  );
}
