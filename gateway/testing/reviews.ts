import { EventQueue } from '../data-sources/event-queue.js';
import { subgraph } from './subgraph.js';

interface Review {
  id: string;
  body: string;
  authorId: string;
  upc: string;
}

const TYPE_OF: Readonly<Record<string, string>> = { sicp: 'Book' };
const product = (upc: string) => ({ __typename: TYPE_OF[upc] ?? 'Furniture', upc });

const SEEDS: Review[] = [
  { id: '1', body: 'Love it!', authorId: '1', upc: 'table' },
  { id: '2', body: 'Too expensive.', authorId: '1', upc: 'couch' },
  { id: '3', body: 'Could be better.', authorId: '2', upc: 'sicp' },
  { id: '4', body: 'Prefer something else.', authorId: '2', upc: 'table' },
];

/** The subscribers of the reviews subgraph, so that a test can publish, fail and count. */
export class ReviewFeed {
  readonly open = new Set<EventQueue<{ reviewAdded: Review }>>();
  /** How many there have been. */
  opened = 0;

  subscribe() {
    const queue = new EventQueue<{ reviewAdded: Review }>(100, () => this.open.delete(queue));
    this.open.add(queue);
    this.opened += 1;
    return queue;
  }

  publish(review: Review): void {
    for (const queue of this.open) queue.push({ reviewAdded: review });
  }
}

export function reviews(feed: ReviewFeed) {
  const all = [...SEEDS];
  const ofProduct = {
    __resolveReference: (reference: object) => reference,
    reviews: ({ upc }: { upc: string }) => all.filter((review) => review.upc === upc),
  };
  return subgraph('reviews', TYPE_DEFS, {
    Query: { latestReviews: () => all.slice(-2) },
    Mutation: {
      addReview: (_: unknown, input: { upc: string; body: string }) => {
        const review = { id: String(all.length + 1), authorId: '1', ...input };
        all.push(review);
        feed.publish(review);
        return review;
      },
    },
    Subscription: {
      reviewAdded: {
        subscribe: (_: unknown, { upc }: { upc?: string }) => {
          if (upc === 'forbidden') throw new Error('no entry for you');
          return feed.subscribe();
        },
      },
    },
    Review: {
      author: ({ authorId }: Review) => ({ id: authorId }),
      product: ({ upc }: Review) => product(upc),
    },
    User: {
      reviews: ({ id }: { id: string }) => all.filter((review) => review.authorId === id),
    },
    Book: ofProduct,
    Furniture: ofProduct,
  });
}

const TYPE_DEFS = /* GraphQL */ `
  type Query {
    latestReviews: [Review!]!
  }
  type Mutation {
    addReview(upc: String!, body: String!): Review
  }
  type Subscription {
    reviewAdded(upc: String): Review
  }
  type Review @key(fields: "id") {
    id: ID!
    body: String
    author: User!
    product: Product
  }
  type User @key(fields: "id") {
    id: ID!
    reviews: [Review!]
  }
  interface Product {
    upc: String!
    reviews: [Review!]
  }
  type Book implements Product @key(fields: "upc") {
    upc: String!
    reviews: [Review!]
  }
  type Furniture implements Product @key(fields: "upc") {
    upc: String!
    reviews: [Review!]
  }
`;
