import type { Gateway, GraphiqlOptions, GraphiqlSetting } from '@waybill/gateway/index.js';
import { DEMO_PEOPLE } from './seed.js';

const TITLE = 'Waybill';

const DEFAULT_QUERY = `# One graph over users, catalog, orders and payments.
query Shop {
  products(first: 5) {
    edges {
      node {
        title
        variants {
          sku
          price { amount currency }
          stock { available }
        }
      }
    }
  }
}
`;

/** In lines as short as the editor of a small window. */
const DEMO_QUERY = `# You are Clara, a customer: see "Headers". Run
# Shop, then PlaceMug; then put the order's id into
# Follow, and run that to see how it moved.
# Your token lasts for minutes: reload for another.
query Shop {
  me { name email }
  products(first: 5) {
    edges { node {
      title
      variants {
        sku
        price { amount currency }
        stock { available }
      }
    } }
  }
}

mutation PlaceMug {
  placeOrder(input: {
    idempotencyKey: "change-me-for-another-order"
    lines: [{ sku: "MUG-ENAMEL", quantity: 2 }]
    paymentMethod: "pm_card_approve"
  }) {
    order {
      id
      number
      displayStatus
      total { amount currency }
    }
    userErrors { code message }
  }
}

subscription Follow {
  orderUpdates(orderId: "Order_…", afterSeq: 0) {
    seq
    to
    at
    order {
      customer { name }
      lines { title variant { sku } }
      payments { state }
    }
  }
}
`;

/** What GraphiQL opens with; with demo data, as the demo customer, whose token is fresh on every view. */
export function graphiqlSetting(execute: Gateway['execute'], demo: boolean): GraphiqlSetting {
  if (!demo) return { title: TITLE, defaultQuery: DEFAULT_QUERY };
  return async (): Promise<GraphiqlOptions> => {
    const token = await demoToken(execute);
    const headers: Record<string, string> =
      token === undefined ? {} : { Authorization: `Bearer ${token}` };
    return { title: TITLE, defaultQuery: DEMO_QUERY, headers };
  };
}

/** An access token of the demo customer; undefined when there is none, or the password was changed. */
async function demoToken(execute: Gateway['execute']): Promise<string | undefined> {
  const { email, password } = DEMO_PEOPLE.customer;
  const { data } = await execute({
    query: `mutation DemoLogIn($email: String!, $password: String!) {
      logIn(input: { email: $email, password: $password }) { accessToken }
    }`,
    variables: { email, password },
  });
  return (data as DemoLogIn | null | undefined)?.logIn?.accessToken ?? undefined;
}

interface DemoLogIn {
  logIn: { accessToken: string | null } | null;
}
