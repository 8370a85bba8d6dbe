// The chart script of the site.
export {};
