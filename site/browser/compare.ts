// The compare script of the site.
export {};
