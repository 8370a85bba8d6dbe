// The ticked runs as a file.

export async function downloadCsv(_ids: readonly string[]): Promise<boolean> {
  return false;
}
