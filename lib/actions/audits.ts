'use server'
import {
  AuditIdInput,
  AuditNoteInput,
  SavePolicyInput,
  SignOffInput,
  StartAuditInput,
} from '../contracts/inputs/audits'
import { reviewAction, scopedAction } from '../server/gate'
import * as notes from '../server/services/audit-notes'
import * as policy from '../server/services/audit-policy'
import * as audits from '../server/services/audits'

export const startAudit = reviewAction('audit.start', StartAuditInput, audits.startAudit)
export const cancelAudit = reviewAction('audit.cancel', AuditIdInput, audits.cancelAudit)
export const resumeAudit = reviewAction('audit.resume', AuditIdInput, audits.resumeAudit)
export const noteAudit = reviewAction('audit.note', AuditNoteInput, notes.noteAudit)
export const signOffAudit = reviewAction('audit.sign_off', SignOffInput, notes.signOffAudit)
export const saveAuditPolicy = scopedAction('audit.save_policy', SavePolicyInput, policy.savePolicy)
