// The live script of the site.
export {};
