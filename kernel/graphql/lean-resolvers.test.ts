import { graphql } from 'graphql';
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  Info,
  InputType,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { describe, expect, it } from 'vitest';
import { buildFederatedSchema } from '../subgraph-schema.js';
import { leanResolvers } from './lean-resolvers.js';

@InputType('LeanSuffix')
class Suffix {
  @Field(() => String)
  text: string;

  get twice(): string {
    return this.text + this.text;
  }
}

@ObjectType('LeanShirt', { simpleResolvers: true })
class Shirt {
  @Field(() => String)
  colour: string;
}

@Resolver(() => Shirt)
class ShirtResolver {
  readonly prefix = 'a';

  @Query(() => Shirt)
  shirt(): Shirt {
    return { colour: 'red' };
  }

  @FieldResolver(() => String)
  label(
    @Arg('loud', () => Boolean, { nullable: true }) loud: boolean | null,
    @Root() { colour }: Shirt,
    @Ctx('owner') owner: string,
    @Arg('times', () => Int, { defaultValue: 1 }) times: number,
    @Info() { fieldName }: { fieldName: string },
  ): string {
    return `${this.prefix} ${colour} ${fieldName} of ${owner} ${times} ${loud === undefined ? 'unsaid' : loud}`;
  }

  @FieldResolver(() => String)
  async fails(@Root('colour') colour: string): Promise<string> {
    throw new Error(`no ${colour}`);
  }

  @FieldResolver(() => String)
  suffixed(@Root() { colour }: Shirt, @Arg('suffix', () => Suffix) suffix: Suffix): string {
    return colour + suffix.twice;
  }
}

async function ask(source: string) {
  const schema = await buildFederatedSchema({ resolvers: [ShirtResolver] }, {});
  return graphql({ schema, source, contextValue: { owner: 'ada' } });
}

describe('field resolvers', () => {
  it('get the parent, the context and their arguments, in whatever sequence they want them', async () => {
    const { data } = await ask('{ shirt { label one: label(loud: true, times: 3) } }');
    expect(data).toEqual({
      shirt: { label: 'a red label of ada 1 unsaid', one: 'a red label of ada 3 true' },
    });
  });

  it('may fail', async () => {
    const { errors } = await ask('{ shirt { fails } }');
    expect(errors?.[0]).toMatchObject({ message: 'no red', path: ['shirt', 'fails'] });
  });

  it('are left to type-graphql where an input is to become an instance of its class', async () => {
    const { data } = await ask('{ shirt { suffixed(suffix: { text: "ish" }) } }');
    expect(data).toEqual({ shirt: { suffixed: 'redishish' } });
    const lean = leanResolvers([ShirtResolver]);
    expect(Object.keys(lean.LeanShirt ?? {}).sort()).toEqual(['fails', 'label']);
  });
});
