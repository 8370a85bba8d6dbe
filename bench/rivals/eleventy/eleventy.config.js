// A page per run with header, metrics table and body, and one index table of eight columns: what a reader would write for Eleventy.
export default function configure(eleventy) {
  eleventy.addGlobalData("eleventyComputed", {
    permalink: (data) => (data.page.inputPath.includes("/experiments/") ? `/runs/${data.page.fileSlug}.html` : data.permalink),
  });
  eleventy.addCollection("runs", (api) => api.getFilteredByGlob("experiments/**/EXP*.md"));
  eleventy.addFilter("entries", (map) => Object.entries(map ?? {}));
  eleventy.addFilter("side", (value) => (Array.isArray(value) ? value.join(", ") : (value ?? "–")));
  return { markdownTemplateEngine: false, htmlTemplateEngine: "njk", dir: { input: ".", output: "_site", includes: "_includes" } };
}
