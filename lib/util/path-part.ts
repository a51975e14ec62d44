/**
 * Whether an id can be a part of an address. Members may be any string in Glance; one with a slash or dots alone would
 * reach another resource, encoded or not, because servers decode before they route. Glance reads what is not ASCII in an
 * address as Latin-1, so that a member with such letters can't be named (e2e/contract/audit-reads.contract.ts).
 */
export const isPathPart = (id: string): boolean => id.trim() !== '' && !/\/|^\.+$|[^ -~]/.test(id)
