import Table from 'cli-table3';

type Cells = Table.HorizontalTableRow;

/** A table with one line under its head and before each section, the first column to the left. */
export function drawTable(head: string[], sections: Cells[][]): string {
  const drawn = new Table({
    head,
    colAligns: head.map((_, column) => (column === 0 ? 'left' : 'right')),
    style: { head: [], border: [] },
  });
  for (const section of sections) drawn.push(...section);
  const lines = drawn.toString().split('\n');
  const starts = new Set(sectionStarts(sections));
  // cli-table3 rules off every row; a ruler is kept where a section begins.
  return lines
    .filter((_, i) => i % 2 === 1 || i === 0 || i === lines.length - 1 || starts.has(i / 2 - 1))
    .join('\n');
}

/** Numbers of the rows, from 0, with which sections begin. */
function sectionStarts(sections: Cells[][]): number[] {
  let row = 0;
  return sections.map((section) => {
    const start = row;
    row += section.length;
    return start;
  });
}
