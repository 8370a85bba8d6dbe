/** What is filled in place, field by field: faster than to spread what may be absent, where it is done a hundred thousand times. */
export type Draft<T> = { -readonly [K in keyof T]: T[K] };
