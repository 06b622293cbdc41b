import { Failure } from '@waybill/scripts/command-line/failure.js';
import { firstDifference } from '../gateway/difference.js';
import { ask } from './ask.js';
import type { ShopLoad } from './processes/load.js';
import {
  byText,
  type Content,
  PAGE,
  type Question,
  type RunningShop,
  type SearchContent,
  type Shop,
  type ShopName,
} from './questions.js';

type Requests = ShopLoad['requests'];

/** Asks each system everything once, and holds each answer against what another has answered. */
export class Comparison {
  readonly #known = new Map<string, { by: string; content: Content }>();
  /** Length of each answer, by system and question. */
  readonly #bytes = new Map<string, number>();

  /** The requests for these questions with the length of each answer. Throws a Failure where systems differ. */
  async requests(shop: Shop, running: RunningShop, questions: Question[]): Promise<Requests> {
    const requests: Requests = [];
    for (const question of questions) {
      const request = running.request(question);
      const key = `${shop.name} ${JSON.stringify(question)}`;
      const bytes = this.#bytes.get(key) ?? (await this.#ask(shop, running, question));
      this.#bytes.set(key, bytes);
      requests.push({ ...request, bytes });
    }
    return requests;
  }

  async #ask(shop: Shop, running: RunningShop, question: Question): Promise<number> {
    const { text, data } = await ask(running.url, running.request(question));
    this.#compare(shop.name, question, shop.read(question.kind, data));
    return Buffer.byteLength(text);
  }

  #compare(name: ShopName, question: Question, content: Content): void {
    const key = JSON.stringify(question);
    const comparable = comparableOf(question, content);
    const known = this.#known.get(key);
    if (!known) {
      this.#known.set(key, { by: name, content: comparable });
      return;
    }
    const at = firstDifference(comparable, known.content);
    if (at === undefined) return;
    const [own, other] = [comparable, known.content].map((each) =>
      JSON.stringify(each).slice(0, 300),
    );
    throw new Failure(`${key}: at ${at}, ${name} answers ${own} and ${known.by} ${other}`);
  }
}

/**
 * Of a search, what has nothing to do with how a system ranks: which products it finds where they fit on a page, else that
 * what is shown has the words.
 */
export function comparableOf(question: Question, content: Content): Content {
  if (question.kind !== 'search' && question.kind !== 'facets') return content;
  const { products, ...rest } = content as SearchContent;
  const wrong = products.find(({ title }) => !hasWords(title, question.words));
  if (wrong) throw new Failure(`${wrong.title} is found by "${question.words}"`);
  if (products.length === 0) throw new Failure(`nothing is found by "${question.words}"`);
  const isAll = products.length < PAGE;
  return {
    ...rest,
    products: isAll ? products.toSorted((a, b) => byText(a.handle, b.handle)) : [],
  };
}

function hasWords(title: string, words: string): boolean {
  const own = title.toLowerCase().split(' ');
  return words.split(' ').every((word) => own.includes(word));
}
