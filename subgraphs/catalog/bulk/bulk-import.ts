import { Access } from '@waybill/kernel/graphql/access.js';
import { connectionOf } from '@waybill/kernel/graphql/connection.js';
import { GraphQLDateTimeISO, GraphQLSafeInt } from 'graphql-scalars';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import type { Totals } from './findings.js';
import {
  BulkFormat,
  BulkImportStatus,
  BulkKindName,
  bulkImportIds,
  type ImportRow,
} from './import-row.js';
import { BulkProblemCode } from './problem-code.js';

@Access('STAFF')
@ObjectType({ description: 'What a file of products adds.', simpleResolvers: true })
export class BulkProductTotals {
  @Field(() => Int, { description: 'New products.' })
  products: number;

  @Field(() => Int, { description: 'New variants.' })
  variants: number;

  @Field(() => Int, { description: 'New categories.' })
  categories: number;
}

@Access('STAFF')
@ObjectType({ description: 'How a file changes prices.', simpleResolvers: true })
export class BulkPriceTotals {
  @Field(() => Int, { description: 'Prices that go up.' })
  up: number;

  @Field(() => Int, { description: 'Prices that go down.' })
  down: number;

  @Field(() => String, {
    nullable: true,
    description: 'The lowest change in percent, as a decimal number: "-25.00" is a quarter off.',
  })
  lowest: string | null;

  @Field(() => String, { nullable: true, description: 'The highest change in percent.' })
  highest: string | null;
}

@Access('STAFF')
@ObjectType({
  description: 'How a file changes the stock that it is about.',
  simpleResolvers: true,
})
export class BulkStockTotals {
  @Field(() => GraphQLSafeInt, { description: 'Units before.' })
  unitsBefore: number;

  @Field(() => GraphQLSafeInt, { description: 'Units afterwards.' })
  unitsAfter: number;
}

@Access('STAFF')
@ObjectType({ description: 'What the lines of a file do.', simpleResolvers: true })
export class BulkTotals {
  @Field(() => Int, { description: 'Lines of the file, its header aside.' })
  lines: number;

  @Field(() => Int, { description: 'Lines that add something.' })
  created: number;

  @Field(() => Int, { description: 'Lines that change something.' })
  changed: number;

  @Field(() => Int, { description: 'Lines that say what is so already.' })
  unchanged: number;

  @Field(() => Int, { description: 'Lines with problems.' })
  wrong: number;

  @Field(() => BulkProductTotals, { nullable: true, description: 'Of a file of products.' })
  products?: BulkProductTotals | null;

  @Field(() => BulkPriceTotals, { nullable: true, description: 'Of a file of prices.' })
  prices?: BulkPriceTotals | null;

  @Field(() => BulkStockTotals, { nullable: true, description: 'Of a file of stock.' })
  stock?: BulkStockTotals | null;
}

@Access('STAFF')
@ObjectType({ description: 'What a line changes of one thing.', simpleResolvers: true })
export class BulkChange {
  @Field(() => String, { description: 'The column.' })
  field: string;

  @Field(() => String, { nullable: true, description: 'What would stand there before.' })
  before: string | null;

  @Field(() => String, { nullable: true, description: 'And afterwards.' })
  after: string | null;
}

@Access('STAFF')
@ObjectType({ description: 'What one line adds or changes.', simpleResolvers: true })
export class BulkDifference {
  @Field(() => Int, { description: 'Where the line begins in the file, from 1.' })
  line: number;

  @Field(() => String, { description: 'Stock keeping unit.' })
  sku: string;

  @Field(() => String, { nullable: true, description: 'Of stock: the code of the location.' })
  location: string | null;

  @Field(() => Boolean, { description: 'Whether it was not there before.' })
  isNew: boolean;

  @Field(() => [BulkChange], { description: 'By column.' })
  changes: BulkChange[];
}

@Access('STAFF')
@ObjectType({ description: 'What is wrong with a line, or with the file.', simpleResolvers: true })
export class BulkProblem {
  @Field(() => Int, { description: 'Where the line begins in the file, from 1.' })
  line: number;

  @Field(() => String, { nullable: true, description: 'The column, where it is about one.' })
  column: string | null;

  @Field(() => BulkProblemCode, { description: 'What is wrong; the contract.' })
  code: BulkProblemCode;

  @Field(() => String, { description: 'The same for people; may change.' })
  message: string;
}

export const BulkDifferenceConnection = connectionOf('BulkDifference', () => BulkDifference);
export const BulkProblemConnection = connectionOf('BulkProblem', () => BulkProblem);

@Access('STAFF')
@Directive('@key(fields: "id")')
@ObjectType({
  description:
    'A file that is to change the catalog: it is sent, checked against what is there, and applied.',
  simpleResolvers: true,
})
export class BulkImport {
  @Field(() => ID, { description: 'Identifies the import everywhere.' })
  id: string;

  @Field(() => BulkKindName, { description: 'What the file is about.' })
  kind: BulkKindName;

  @Field(() => BulkFormat, { description: 'How it is written.' })
  format: BulkFormat;

  @Field(() => String, {
    description: 'Code of the location of lines of stock that name none.',
  })
  location: string;

  @Field(() => String, {
    nullable: true,
    description: 'Why: kept with each price and change of stock.',
  })
  note: string | null;

  @Field(() => BulkImportStatus, { description: 'How far it is.' })
  status: BulkImportStatus;

  @Field(() => BulkTotals, {
    nullable: true,
    description: 'What the lines do, or did; null until a file has been checked.',
  })
  totals: Totals | null;

  @Field(() => String, { description: 'Who began it: "user:<id>".' })
  createdBy: string;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was begun.' })
  createdAt: Date;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it was last checked.' })
  checkedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Who applied it.' })
  appliedBy: string | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it was applied.' })
  appliedAt: Date | null;

  /** Bare keys, for resolvers; not part of the API. */
  uuid: string;
  storefrontId: string | null;
}

const dateOf = (text: string | null) => (text === null ? null : new Date(text));

export function toBulkImport(row: ImportRow): BulkImport {
  return {
    uuid: row.id,
    storefrontId: row.storefrontId,
    id: bulkImportIds.encode(row.id),
    kind: row.kind,
    format: row.format,
    location: row.location,
    note: row.note,
    status: row.status,
    totals: row.totals,
    createdBy: row.createdBy,
    createdAt: new Date(row.createdAt),
    checkedAt: dateOf(row.checkedAt),
    appliedBy: row.appliedBy,
    appliedAt: dateOf(row.appliedAt),
  };
}
