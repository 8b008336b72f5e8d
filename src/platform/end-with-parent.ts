/** Ends this process in order when the one that started it is gone, even when that was killed. Nothing happens where nobody keeps it. */
export function endWithParent(): void {
  if (!process.connected) return
  process.channel?.unref()
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
}
