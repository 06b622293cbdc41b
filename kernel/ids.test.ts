import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { globalId, isUuid, newId, typeOfGlobalId } from './ids.js';

const orderId = globalId('Order');

describe('ids', () => {
  it('sort by when they were made', () => {
    const ids = Array.from({ length: 1000 }, newId);
    expect(ids.toSorted()).toEqual(ids);
    expect(ids.every(isUuid)).toBe(true);
  });

  it('of the API name their type', () => {
    const id = newId();
    expect(orderId.decode(orderId.encode(id))).toBe(id);
    expect(typeOfGlobalId(orderId.encode(id))).toBe('Order');
    expect(typeOfGlobalId(`OrderLine_Part_${id}`)).toBe('OrderLine_Part');
  });

  it('of another type are none of ours', () => {
    expect(orderId.decode(globalId('User').encode(newId()))).toBe(undefined);
    expect(orderId.decode(globalId('OrderLine').encode(newId()))).toBe(undefined);
  });

  it('in capitals, with anything around them, or bare, are none', () => {
    const id = newId();
    for (const text of [
      `Order_${id.toUpperCase()}`,
      ` Order_${id}`,
      `Order_${id}\n`,
      `Order_${id} `,
      id,
    ]) {
      expect(orderId.decode(text)).toBe(undefined);
    }
    expect(typeOfGlobalId(`_${id}`)).toBe(undefined);
  });

  it('that are any text are none, and crash nothing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(orderId.decode(text)).toBe(undefined);
        expect(orderId.decode(`Order_${text}`)).toBe(undefined);
        expect(typeOfGlobalId(text)).toBe(undefined);
      }),
    );
  });
});
