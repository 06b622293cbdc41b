import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bySpecification, withTypes } from './testing/by-specification.js';
import type { Kind } from './testing/kind.js';
import { difference, randomAnswers, randomQuestions } from './testing/random-answers.js';
import { GRAPHS } from './testing/random-graphs.js';
import { type ThreeGateways, threeGateways } from './testing/three-gateways.js';

/** Operations for each graph; with another seed and many more, a search for what nobody thought of. */
const COUNT = Number(process.env.RANDOM_OPERATIONS ?? 12);
const SEED = Number(process.env.RANDOM_SEED ?? 1);
/** Milliseconds; planning takes long for operations that nobody would write. */
const TIMEOUT = 60_000 + COUNT * 1_000;

describe.each(GRAPHS.map((kind): [string, Kind] => [kind.name, kind]))(
  '%s',
  { timeout: TIMEOUT },
  (_name, kind) => {
    let gateways: ThreeGateways;

    beforeAll(async () => {
      gateways = await threeGateways(kind);
    });
    afterAll(() => gateways.close());

    it('answers random operations as stock does', async () => {
      for await (const answers of randomAnswers(kind, gateways, SEED, COUNT)) {
        expect(difference(answers, kind)).toBeUndefined();
      }
    });

    it('answers random operations in the order of the specification', async () => {
      for (const question of randomQuestions(kind, gateways, SEED + 1, COUNT)) {
        if (question.query.startsWith('mutation')) continue;
        const asked = withTypes(question);
        const answer = await gateways.inProcess(asked);
        if (!answer.data) continue;
        const expected = await bySpecification(gateways.schema, asked, answer);
        expect(JSON.stringify(answer.data), asked.query).toBe(JSON.stringify(expected));
      }
    });
  },
);
