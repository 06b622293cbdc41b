import { Access } from '@waybill/kernel/graphql/access.js';
import { oncePerKey } from '@waybill/kernel/idempotency.js';
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { described, enumOf } from '../graphql/enums.js';
import { WORKFLOW_PROBLEMS, type WorkflowProblem } from './check-workflow.js';

export const WORKFLOW_ERRORS = [
  'UNKNOWN_STOREFRONT',
  'IDEMPOTENCY_CONFLICT',
  'INVALID_INPUT',
  ...WORKFLOW_PROBLEMS,
] as const;
export type WorkflowErrorCode = (typeof WORKFLOW_ERRORS)[number];

const WorkflowErrorCodeEnum = enumOf(WORKFLOW_ERRORS);
registerEnumType(WorkflowErrorCodeEnum, {
  name: 'WorkflowErrorCode',
  description: 'Why a workflow was not saved.',
  valuesConfig: described({
    UNKNOWN_STOREFRONT: 'There is no such storefront, or it is not yours.',
    IDEMPOTENCY_CONFLICT: 'The key was used before for a different request.',
    INVALID_INPUT: 'A field has a value that cannot be used.',
    INVALID_TEXT:
      'A name, code, subject or text is empty, too long, or has signs that do not belong there.',
    TOO_LARGE: 'There are more statuses or ways than a workflow may have.',
    DUPLICATE_STATUS: 'Two statuses go by one code.',
    MISSING_STATUS: 'No status stands for one of the common lifecycle.',
    STEPS_NOT_POSSIBLE: 'Several statuses stand for one that orders pass by themselves.',
    UNKNOWN_STATUS: 'A way begins or ends at a status that is not there.',
    DUPLICATE_TRANSITION: 'A way is there twice.',
    ILLEGAL_MOVE: 'The common lifecycle knows no such way.',
    INVALID_MOVER: 'A way is for people whom the common lifecycle does not let go there.',
    MISPLACED_ACTION: 'Something cannot follow on this way.',
    UNKNOWN_PLACEHOLDER: 'A mail has a blank that nothing fills.',
    UNREACHABLE: 'No order ever comes to a status.',
    NO_WAY_OUT: 'From a status no order ever comes to an end.',
    SHIPPED_UNPAID: 'On a way goods leave and their money is not taken.',
  }),
});

@Access('STAFF')
@ObjectType({ description: 'What is wrong with a workflow.', simpleResolvers: true })
export class WorkflowUserError {
  @Field(() => WorkflowErrorCodeEnum, { description: 'What kind of fault it is.' })
  code: WorkflowErrorCode;

  @Field(() => String, { description: 'The same for people.' })
  message: string;

  @Field(() => [String], { nullable: true, description: 'Where in the input.' })
  field: string[] | null;

  @Field(() => [String], {
    description: 'Codes of the statuses on the way to the fault; empty where it is not on a way.',
  })
  path: string[];
}

export const oncePer = oncePerKey<WorkflowErrorCode>({
  conflict: 'IDEMPOTENCY_CONFLICT',
  badKey: 'INVALID_INPUT',
});

/** What is wrong with the document, as the mutation says it. */
export const asInput = ({ field, ...problem }: WorkflowProblem): WorkflowUserError => ({
  ...problem,
  field: ['workflow', ...field],
});
