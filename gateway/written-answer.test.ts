import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { expect, it } from 'vitest';
import { isWhole } from './caching/cacheable-answer.js';
import { testGateway } from './testing/graph.js';
import { textOf, WrittenAnswer } from './written-answer.js';

const CONTEXT = { identity: ANONYMOUS, requestId: 'written-answer' };

async function run(query: string, text: boolean) {
  const { gateway } = await testGateway();
  const operation = gateway.engine.operations.adHoc(query, undefined);
  const answer = await operation.run({}, { ...CONTEXT, text });
  await gateway.close();
  return answer;
}

it('has the same text as the answer itself', async () => {
  const query = '{ me { name reviews { body product { upc inStock } } } }';
  const [written, plain] = [await run(query, true), await run(query, false)];
  expect(written).toBeInstanceOf(WrittenAnswer);
  expect(plain).not.toBeInstanceOf(WrittenAnswer);
  expect(textOf(written)).toBe(textOf(plain));
  expect(JSON.stringify(written)).toBe(textOf(plain));
  expect('data' in written).toBe(true);
  expect(written.data).toEqual(plain.data);
  expect(written.errors).toBeUndefined();
  expect(isWhole(written)).toBe(true);
});

it('has the same text where much of it repeats', async () => {
  const query =
    '{ topProducts { upc reviews { author { name reviews { body product { upc name inStock reviews { id author { name } } } } } } } }';
  const [written, plain] = [await run(query, true), await run(query, false)];
  expect(written).toBeInstanceOf(WrittenAnswer);
  expect(textOf(written)).toBe(textOf(plain));
});

it('is none where something is unusual', async () => {
  const answer = await run('{ __schema { queryType { name } } }', true);
  expect(answer).not.toBeInstanceOf(WrittenAnswer);
  expect(textOf(answer)).toBe('{"data":{"__schema":{"queryType":{"name":"Query"}}}}');
});
