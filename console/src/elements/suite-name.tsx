/** A cipher suite's IANA name, which may break after `WITH_` where the line is too short for it. */
export function SuiteName({ suite }: { suite: string }) {
  const [keyExchange = '', ...rest] = suite.split(/(?<=_WITH_)/u);
  return (
    <>
      {keyExchange}
      <wbr />
      {rest.join('')}
    </>
  );
}
