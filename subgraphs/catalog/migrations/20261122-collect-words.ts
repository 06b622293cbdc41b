import { Migration } from '@mikro-orm/migrations';

/**
 * What is new of the words of products is collected until there are 64 kB of it and then put into the index together: that
 * costs a bulk import a sixth, and a search, which looks through so little, nothing that could be measured.
 */
export class CollectWords extends Migration {
  override name = '20261122-collect-words';

  override up(): void {
    for (const index of ['products_by_word', 'products_by_trigram']) {
      this.addSql(`alter index ${index} set (fastupdate = on, gin_pending_list_limit = 64)`);
    }
  }
}
