import { readFileSync } from 'node:fs'
import path from 'node:path'

/** Where the built files are served. The http layer serves `publicDir` here, cacheable for ever: names carry a digest. */
export const ASSETS_PATH = '/assets'

/** Built browser files: their addresses and the icons there are. Written by `scripts/build-assets.ts`. */
export interface AssetManifest {
  /** `app.css` → `app-1a2b3c4d.css` */
  readonly files: Readonly<Record<string, string>>
  /** Names in the sprite. */
  readonly icons: readonly string[]
}

/** The built files as pages refer to them. */
export interface Assets {
  /** Address of a built file. @throws Error when it was not built */
  href(name: string): string
  /** Address of an icon in the sprite. @throws Error when there is no such icon */
  icon(name: string): string
}

/**
 * Reads what was built.
 *
 * @param publicDir - `dist/public`, made by `npm run build`
 * @throws Error with the cure when nothing was built
 */
export function readAssets(publicDir: string): Assets {
  const manifest = readManifest(path.join(publicDir, 'manifest.json'))
  const icons = new Set(manifest.icons)
  const href = (name: string) => {
    const file = manifest.files[name]
    if (file === undefined) throw new Error(`No built file ${name} in ${publicDir}`)
    return `${ASSETS_PATH}/${file}`
  }
  return {
    href,
    icon: (name) => {
      if (!icons.has(name)) throw new Error(`No icon ${name}; add it to views/icons/names.json`)
      return `${href('icons.svg')}#${name}`
    },
  }
}

function readManifest(file: string): AssetManifest {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as AssetManifest
  } catch (error) {
    throw new Error(`The pages' styles and scripts are not built (${file}); run: npm run build`, { cause: error })
  }
}
