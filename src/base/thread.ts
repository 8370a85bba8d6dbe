/** The file a thread is started from: beside the module that starts it in the source, in the folder of chunks in the bundle. */
export function threadAddress(name: string, from: string): URL {
  return new URL(`./${name}${from.endsWith(".ts") ? ".ts" : ".js"}`, from);
}
