// Stands in the bundle where commander asks for node:child_process, which it would need for commands that are programs of
// their own. Loading the real one costs 4 ms at every start.

module.exports = {};
