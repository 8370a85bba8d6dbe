// Stands in the bundle where gray-matter asks for js-yaml, its default engine, which we never let read a file. The real one brings a parser of
// JavaScript (esprima) and costs 35 ms at every start.

function refuse() {
  throw new Error("front matter is read by `yaml`, never by js-yaml");
}

module.exports = { safeLoad: refuse, safeDump: refuse };
