import type { BulkFormat, BulkKind } from '@waybill/schema/generated/graphql.js';

/** As the API calls what the command line names in small letters. */
export const kindOf = (argument = '') => argument.toUpperCase() as BulkKind;

export const formatOf = (option: string): BulkFormat => (option === 'jsonl' ? 'JSON_LINES' : 'CSV');
