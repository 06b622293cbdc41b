import base from '../../../vitest.config.ts';

/** The repository's own set-up, run on one test that fails. */
export default {
  ...base,
  root: new URL('../../..', import.meta.url).pathname,
  test: { ...base.test, include: ['tests/architecture/failing-run/fails.ts'] },
};
