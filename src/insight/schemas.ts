export { AuditQuery, AuditReportSchema } from './audit-schemas.ts'
export { AlertPage, AlertQuery, FacetQuery, ParityReportSchema } from './parity-schemas.ts'
export { SavingsQuery, SavingsReportSchema } from './savings-schemas.ts'
