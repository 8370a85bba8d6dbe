// Text ↔ the HTML that src/markdown/html.ts makes of it.

const signs: Readonly<Record<string, string>> = { "&": "&#x26;", "<": "&#x3C;", '"': "&#x22;" };

/** For text and for attributes in double quotes. */
export function toHtmlText(text: string): string {
  return text.replace(/[&<"]/g, (sign) => signs[sign] ?? sign);
}

export function fromHtmlText(html: string): string {
  return html.replace(/&#x([0-9a-f]{1,5});/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)));
}
