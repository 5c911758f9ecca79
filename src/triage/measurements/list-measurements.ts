import type { Audience } from '../../access/audience.ts'
import type { TriageDeps } from '../deps.ts'
import { triageErrors } from '../errors.ts'
import { describeMeasurement, type Measured } from './describe-measurement.ts'
import { AUDITED_NEEDED, actsOnlyWhereMeasured, type Measurement } from './measurement.ts'

export interface MeasurementList {
  readonly facet: string
  /** Audited threads without which no label acts on a source. */
  readonly needed: number
  /** Each label on each source with an audited thread. */
  readonly items: readonly (Measurement & Pick<Measured, 'precision' | 'sentence'>)[]
}

/**
 * On which of the sources that a reader may see the labels of a facet were measured, and where they act.
 *
 * @throws CodedError FACET_NOT_FOUND, FACET_ACTS_EVERYWHERE
 */
export async function listMeasurements(
  { facets, measurements }: Pick<TriageDeps, 'facets' | 'measurements'>,
  { facet: name, reader }: { readonly facet: string; readonly reader: Audience },
): Promise<MeasurementList> {
  const facet = await facets.require(name)
  if (!actsOnlyWhereMeasured(facet.name)) throw triageErrors.FACET_ACTS_EVERYWHERE({ facet: facet.name })
  const known = await measurements.current(reader)
  const items = (await measurements.of(facet.id, reader)).map((measured) => {
    const { precision, sentence } = describeMeasurement(measured, measured.source, known)
    return { ...measured, precision, sentence }
  })
  return { facet: facet.name, needed: AUDITED_NEEDED, items }
}
