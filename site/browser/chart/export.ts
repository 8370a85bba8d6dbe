// A drawing as a file of its own: colours and fonts written out, nothing asked for from anywhere.

/** Of a mark: what only the page reads. An `aria-label` of a live drawing holds a sign that XML forbids. */
const needless = ["data-run", "data-tip", "class", "style", "role", "aria-label", "aria-roledescription", "aria-hidden", "pointer-events"];

/** What the page's styles say, written into the drawing. */
export function standaloneSvg(svg: SVGSVGElement): string {
  const { width, height } = svg.viewBox.baseVal;
  const copy = svg.cloneNode(true) as SVGSVGElement;
  for (const name of ["class", "style", "version"]) copy.removeAttribute(name);
  for (const mark of copy.querySelectorAll("*")) for (const name of needless) mark.removeAttribute(name);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  copy.setAttribute("font-family", getComputedStyle(document.body).fontFamily);
  copy.setAttribute("font-size", "12");
  copy.prepend(ground(width, height));
  return withTokens(new XMLSerializer().serializeToString(copy));
}

/** The text of a drawing as an element, without what our own reading of it needs and what the page's policy forbids. */
export function parseSvg(text: string): SVGSVGElement {
  const plain = text.replace(/<[^>]*>/g, (tag) => tag.replace(/ (?:style|aria-label)="[^"]*"/g, ""));
  const { documentElement } = new DOMParser().parseFromString(plain, "image/svg+xml");
  if (!(documentElement instanceof SVGSVGElement)) throw new Error("the drawing is damaged");
  return documentElement;
}

function ground(width: number, height: number): SVGRectElement {
  const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  rect.setAttribute("width", String(width));
  rect.setAttribute("height", String(height));
  rect.setAttribute("fill", "var(--bg)");
  return rect;
}

/** The colours that the tokens have now. */
export function withTokens(text: string): string {
  const style = getComputedStyle(document.documentElement);
  return text.replace(/var\((--[\w-]+)\)/g, (all, name: string) => style.getPropertyValue(name).trim() || all);
}

/** Twice as fine as on the page. */
export async function pngOf(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width * 2;
  canvas.height = image.height * 2;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error("the browser could not make a picture of it")) : resolve(blob)), "image/png");
  });
}

export function saveFile(name: string, content: Blob | string, type = "text/plain"): void {
  const address = URL.createObjectURL(typeof content === "string" ? new Blob([content], { type: `${type};charset=utf-8` }) : content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
