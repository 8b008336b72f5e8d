import { join } from 'node:path'

/**
 * What node is told to run one of our commands: compiled by `npm test`, from the sources where single files are tested.
 *
 * @param script - name of a file in `scripts/` without its ending
 */
export function commandArgs(script: string): string[] {
  return process.env['COMMANDS'] === 'compiled'
    ? ['--enable-source-maps', join('dist', 'scripts', `${script}.js`)]
    : ['--import', 'tsx', join('scripts', `${script}.ts`)]
}
