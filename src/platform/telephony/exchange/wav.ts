/** Samples per second, as on a telephone line. */
const RATE = 8_000
const HEADER_BYTES = 44
/** Pitch of the tone, Hz; length of one beat, samples. */
const PITCH = 440
const BEAT = RATE / 2

/**
 * A soft tone that comes and goes, in place of a voice.
 *
 * @param seconds - length, 1 to 120
 * @returns a WAV file: 8 kHz, 8 bit, one channel
 */
export function toneWav(seconds: number): Buffer {
  const samples = Math.min(Math.max(Math.ceil(seconds), 1), 120) * RATE
  const wav = Buffer.alloc(HEADER_BYTES + samples)
  wav.write('RIFF', 0)
  wav.writeUInt32LE(HEADER_BYTES - 8 + samples, 4)
  wav.write('WAVEfmt ', 8)
  wav.writeUInt32LE(16, 16)
  wav.writeUInt16LE(1, 20)
  wav.writeUInt16LE(1, 22)
  wav.writeUInt32LE(RATE, 24)
  wav.writeUInt32LE(RATE, 28)
  wav.writeUInt16LE(1, 32)
  wav.writeUInt16LE(8, 34)
  wav.write('data', 36)
  wav.writeUInt32LE(samples, 40)
  for (let index = 0; index < samples; index++) {
    const loudness = Math.floor(index / BEAT) % 2 === 0 ? 40 : 8
    wav[HEADER_BYTES + index] = 128 + Math.round(loudness * Math.sin((2 * Math.PI * PITCH * index) / RATE))
  }
  return wav
}
