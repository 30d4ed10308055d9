import type { ReactNode } from 'react';
import styles from './table.module.css';

interface FactTableProperties {
  readonly caption: string;
  readonly columns: readonly string[];
  /** The first cell of a row heads it. */
  /** On a narrow screen: scrolled within its panel, or a block for each row. */
  readonly narrow?: 'scroll' | 'stack';
  readonly rows: readonly { readonly id: string; readonly cells: readonly ReactNode[] }[];
}

/** A plain table; on a narrow screen it scrolls within its panel, or stands row by row. */
export function FactTable({ caption, columns, rows, narrow = 'scroll' }: FactTableProperties) {
  return (
    <div className={styles.scroll}>
      <table className={styles.table} data-narrow={narrow}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col" key={column}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, cells: [head, ...rest] }) => (
            <tr key={id}>
              <th scope="row">{head}</th>
              {rest.map((cell, index) => (
                <td key={columns[index + 1]} data-label={columns[index + 1]}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
