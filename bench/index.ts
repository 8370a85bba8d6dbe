// `npm run bench -- cli --runs 1000`: the name of a measurement, then its options.

const [name = "cli", ...options] = process.argv.slice(2);
process.argv.splice(2, Number.POSITIVE_INFINITY, ...options);
await import(`./${name}.ts`);

export {};
