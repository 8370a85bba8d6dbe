/** Starts; what it gives tells the milliseconds of processor time since then, which a busy machine does not stretch as it does a clock's. */
export function stopwatch(): () => number {
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
}
