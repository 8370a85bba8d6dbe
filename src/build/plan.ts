// Every file of the site and how to make it, as data: `build` makes all, `serve` the one that is asked for.

export type Plan = ReadonlyMap<string, () => string | Promise<string>>;
