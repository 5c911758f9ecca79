export { AuditQuery, AuditReportSchema } from './audit/audit-schemas.ts'
export { AlertPage, AlertQuery, FacetQuery, ParityReportSchema } from './parity/parity-schemas.ts'
export { SavingsQuery, SavingsReportSchema } from './savings/savings-schemas.ts'
