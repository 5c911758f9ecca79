import type { House } from '../compose.ts'
import { type Config, readConfig } from '../platform/index.ts'

/** Options every command has. */
export interface CommonOptions {
  readonly json?: boolean
}

/**
 * Opens the house for one command and closes it afterwards, whatever happened. The composition root is loaded only
 * here, so that `--help` answers without it.
 */
export async function withHouse<T>(
  work: (house: House, config: Config) => Promise<T>,
  logLevel?: Config['logLevel'],
): Promise<T> {
  const read = readConfig()
  const config = logLevel === undefined ? read : { ...read, logLevel }
  const { compose } = await import('../compose.ts')
  const house = await compose(config)
  try {
    return await work(house, config)
  } finally {
    await house.close()
  }
}
