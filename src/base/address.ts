// Where pages are on the site, as ways from its root: no leading slash, forward slashes.

/** File name of a run's page. An id comes from a file anybody may have written, so it never reaches a path as it is. */
export function pageName(id: string): string {
  return id.replace(/[^A-Za-z0-9_-]/g, "_");
}

/** Folders of the site that no study may take. */
const taken = new Set(["assets", "data", "log", "parameters", "reports", "runs", "tags", "views"]);

/**
 * The folder of each study's pages, with a slash at its end; "" where there is one study only. Names that would meet a folder of the site,
 * or each other on a disk that does not tell capitals apart, get a `-` at their end.
 */
export function studyFolders(names: readonly string[]): ReadonlyMap<string, string> {
  if (names.length < 2) return new Map(names.map((name) => [name, ""]));
  const folders = new Map<string, string>();
  const used = new Set(taken);
  for (const name of names) {
    let folder = name === "" ? "main" : name.split("/").map(pageName).join("/");
    while (used.has(folder.toLowerCase())) folder += "-";
    used.add(folder.toLowerCase());
    folders.set(name, `${folder}/`);
  }
  return folders;
}

/** The unique name of a chart: `ocr/` and `progress` are `ocr.progress`. `folder` is the one of the study's pages, which holds no point. */
export function chartSlug(folder: string, name: string): string {
  return folder.replaceAll("/", ".") + name;
}

/** The page of a tag, which follows from the tag alone: two tags never share one, on a disk that does not tell capitals apart neither. */
export function tagAddress(tag: string): string {
  return `tags/${ownName(tag)}.html`;
}

/** The page of a parameter in the folder of its study's pages; it follows from the name alone, as a tag's does. */
export function parameterAddress(folder: string, name: string): string {
  return `${folder}parameters/${ownName(name)}.html`;
}

function ownName(name: string): string {
  // Windows has no file of the names of its devices, whatever their ending.
  const plain = /^[a-z0-9_-]{1,80}$/.test(name) && !/^(?:con|prn|aux|nul|com\d|lpt\d)$/.test(name);
  return plain ? name : `${pageName(name).slice(0, 60)}~${mark(name)}`;
}

/** FNV-1a. */
function mark(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36);
}

/** From a page to another address of the site: `ocr/log.html` → `runs/x.html` is `../runs/x.html`, → `ocr/best.html` is `best.html`. */
export function wayFrom(page: string, target: string): string {
  const folders = page.split("/").length - 1;
  const own = page.slice(0, page.lastIndexOf("/") + 1);
  return folders > 0 && target.length > own.length && target.startsWith(own) ? target.slice(own.length) : "../".repeat(folders) + target;
}
