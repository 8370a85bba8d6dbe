// A page that is shown in the place of others, at any depth: its ways must not depend on where it is.

/** `root` of the site on its host, with slashes at both ends. */
export function fromRoot(html: string, root: string): string {
  return html
    .replace(/ (href|src|data-root)="(?![a-z]+:|[/#"])/g, (_, name: string) => ` ${name}="${root}`)
    .replace(/ data-root(?:="")?(?=[ >])/g, () => ` data-root="${root}"`);
}
