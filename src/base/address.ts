/** File name of a run's page. An id comes from a file anybody may have written, so it never reaches a path as it is. */
export function pageName(id: string): string {
  return id.replace(/[^A-Za-z0-9_-]/g, "_");
}
