/** One product of the shop that both systems are filled with. */
export interface BenchProduct {
  title: string;
  handle: string;
  description: string;
  /** Where it stands: a department, and a kind of goods in it. */
  department: string;
  kind: string;
  /** Facets, or attributes. */
  material: string;
  style: string;
  variants: BenchVariant[];
}

export interface BenchVariant {
  sku: string;
  size: string;
  colour: string;
  /** Minor units of the shop's currency. */
  price: number;
  onHand: number;
}

export const CURRENCY = 'GBP';

/** Kinds of goods by department: what a title ends with. */
const KINDS = {
  Cookware: ['teapot', 'mug', 'bowl', 'plate', 'jug'],
  Bedroom: ['pillow', 'blanket', 'duvet', 'nightlight', 'quilt'],
  Garden: ['planter', 'lantern', 'trowel', 'hammock', 'birdbath'],
  Office: ['notebook', 'penholder', 'folder', 'clipboard', 'easel'],
  Nursery: ['rattle', 'mobile', 'puzzle', 'kite', 'rocker'],
  Wardrobe: ['scarf', 'apron', 'beret', 'glove', 'cardigan'],
  Parlour: ['cushion', 'candle', 'vase', 'mirror', 'tray'],
  Workshop: ['toolbox', 'ladder', 'bracket', 'hinge', 'vice'],
};

const MATERIALS = [
  'linen',
  'oak',
  'brass',
  'wool',
  'slate',
  'cotton',
  'enamel',
  'felt',
  'walnut',
  'jute',
];
const STYLES = [
  'rustic',
  'nordic',
  'georgian',
  'baroque',
  'minimal',
  'pastel',
  'nautical',
  'floral',
  'gingham',
  'herbal',
];
const SIZES = ['Small', 'Large'];
const COLOURS = ['Indigo', 'Crimson'];

export const DEPARTMENTS = Object.keys(KINDS);

/** Of style, material and kind, no two products have the same three: each word is in many titles, three are in one. */
export function benchCatalog(count: number): BenchProduct[] {
  const kinds = Object.entries(KINDS).flatMap(([department, names]) =>
    names.map((kind) => ({ department, kind })),
  );
  return Array.from({ length: count }, (_, i) => {
    const { department = '', kind = '' } = kinds[i % kinds.length] ?? {};
    const rest = Math.floor(i / kinds.length);
    const material = MATERIALS[rest % MATERIALS.length] ?? '';
    const style = STYLES[Math.floor(rest / MATERIALS.length) % STYLES.length] ?? '';
    return product(i, { department, kind, material, style });
  });
}

type Place = Pick<BenchProduct, 'department' | 'kind' | 'material' | 'style'>;

function product(i: number, place: Place): BenchProduct {
  const { style, material, kind } = place;
  const title = `${capital(style)} ${material} ${kind}`;
  return {
    ...place,
    kind: capital(kind),
    title,
    handle: title.toLowerCase().replaceAll(' ', '-'),
    description: `Made by hand, and sent within a day. Care: wipe it clean. Model ${1000 + i}.`,
    variants: SIZES.flatMap((size, s) =>
      COLOURS.map((colour, c) => ({
        sku: `SKU${100_000 + i * 4 + s * 2 + c}`,
        size,
        colour,
        price: 500 + ((i * 37 + s * 250 + c * 10) % 9000),
        // Of every tenth product, nothing is there.
        onHand: i % 10 === 9 ? 0 : 10_000,
      })),
    ),
  };
}

const capital = (word: string) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
