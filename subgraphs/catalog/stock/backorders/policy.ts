import { registerEnumType } from 'type-graphql';

export enum BackorderPolicy {
  DENY = 'DENY',
  BACKORDER = 'BACKORDER',
  PREORDER = 'PREORDER',
}

registerEnumType(BackorderPolicy, {
  name: 'BackorderPolicy',
  description: 'Whether more can be ordered than is there.',
  valuesConfig: {
    DENY: { description: 'No.' },
    BACKORDER: { description: 'Yes: orders wait for what comes in.' },
    PREORDER: { description: 'Until it is expected: from then on no more than is there.' },
  },
});
