// Words of which one is chosen. Apart from the template, because the browser needs them without it.

export const statuses = ["planned", "running", "finished", "failed", "lost"] as const;
export const decisions = ["keep", "discard"] as const;
