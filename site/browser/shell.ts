// The shell script of the site.
export {};
