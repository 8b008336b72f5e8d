import { startDrafts } from './forms/drafts.ts'
import { startCommands } from './forms/commands.ts'
import { startDueTicker } from './due-ticker.ts'
import { startKeyboard } from './keyboard.ts'
import { startLooks } from './looks.ts'
import { onPage } from './page.ts'
import { startSounds } from './sounds.ts'
import { startSuggestions } from './suggest/suggestions.ts'
import { startSurroundings } from './surroundings.ts'

startLooks()
startSurroundings()
startKeyboard()
startCommands()
startDrafts()
startSuggestions()
startDueTicker()
startSounds()

// The live client is a file of its own: pages without live regions, and phones that never open one, do not load it.
let live: Promise<{ readonly watchPage: () => void }> | undefined
onPage(() => {
  if (!document.querySelector('[data-live]')) return
  live ??= import('./live/live-client.ts')
  void live.then(({ watchPage }) => watchPage())
})
