import { onPage } from './page.ts'
import { sayLiveState } from './live/live-state.ts'

/** Two soft tones for a ringing call, three firm ones for a critical case. Hertz and seconds. */
const TUNES: Readonly<Record<string, readonly { hz: number; at: number; length: number }[]>> = {
  ring: [
    { hz: 660, at: 0, length: 0.35 },
    { hz: 550, at: 0.4, length: 0.35 },
  ],
  alarm: [
    { hz: 880, at: 0, length: 0.18 },
    { hz: 880, at: 0.28, length: 0.18 },
    { hz: 880, at: 0.56, length: 0.18 },
  ],
}

/** A ringing call sounds again after this long, for as long as it stands on the page. Milliseconds. */
const RING_AGAIN_MS = 3000

const VOLUME = 0.12
const heard = new Set<string>()
let context: AudioContext | undefined

/**
 * Sounds what the page asks for: `data-sound="ring"` while it is there, `data-sound="alarm"` once for each `data-sound-id`.
 *
 * Browsers allow sound only after somebody touched the page; until then the top bar says so.
 */
export function startSounds(): void {
  for (const gesture of ['pointerdown', 'keydown']) document.addEventListener(gesture, allow, { once: true })
  onPage(alarmForNew)
  setInterval(() => {
    if (document.querySelector('[data-sound="ring"]')) play('ring')
  }, RING_AGAIN_MS)
}

function alarmForNew(): void {
  const wanted = document.querySelectorAll<HTMLElement>('[data-sound]')
  for (const { dataset } of wanted) {
    const id = `${dataset['sound']}:${dataset['soundId']}`
    if (!heard.has(id) && play(dataset['sound'] ?? '')) heard.add(id)
  }
  if (wanted.length > 0 && context?.state !== 'running') sayLiveState('soundBlocked')
}

function allow(): void {
  context ??= new AudioContext()
  void context.resume().then(alarmForNew)
}

function play(tune: string): boolean {
  if (context?.state !== 'running') return false
  for (const tone of TUNES[tune] ?? []) playTone(context, tone)
  return true
}

function playTone(audio: AudioContext, tone: { hz: number; at: number; length: number }): void {
  const start = audio.currentTime + tone.at
  const end = start + tone.length
  const gain = audio.createGain()
  gain.gain.setValueAtTime(0, start)
  gain.gain.linearRampToValueAtTime(VOLUME, start + 0.02)
  gain.gain.setValueAtTime(VOLUME, end - 0.05)
  gain.gain.linearRampToValueAtTime(0, end)
  const oscillator = audio.createOscillator()
  oscillator.frequency.value = tone.hz
  oscillator.connect(gain).connect(audio.destination)
  oscillator.start(start)
  oscillator.stop(end)
}
