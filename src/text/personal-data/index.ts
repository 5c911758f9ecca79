export { type Detector, type Finding, PERSONAL_DATA_KINDS, type PersonalDataKind } from './finding.ts'
export { findPersonalData, type PersonalDataOptions } from './find-personal-data.ts'
export { type IdentifierKind, type IdentifierPattern, parseIdentifierPattern } from './identifier-pattern.ts'
