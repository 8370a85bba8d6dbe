// The log script of the site.
export {};
