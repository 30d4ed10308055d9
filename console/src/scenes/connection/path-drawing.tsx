import { useId } from 'react';
import { linkOutcomeWords, type Link, type Place, type TravelledPath } from './travelled-path.ts';
import { layoutsFor, type Box, type Layout, type Zone } from './path-layout.ts';
import styles from './path-drawing.module.css';

/** The path as a drawing: in a row where there is room, upright on a narrow screen; its facts as a table for all. */
export function PathDrawing({ path }: { path: TravelledPath }) {
  const [wide, tall] = layoutsFor(path);
  return (
    <>
      <Drawing path={path} layout={wide} />
      <Drawing path={path} layout={tall} />
      <details className={styles.table}>
        <summary>The same as a table</summary>
        <PathTable path={path} />
      </details>
    </>
  );
}

function Drawing({ path, layout }: { path: TravelledPath; layout: Layout }) {
  const id = useId();
  return (
    <svg
      className={layout.upright ? styles.tall : styles.wide}
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      role="img"
      aria-labelledby={`${id}-title ${id}-description`}
    >
      <title id={`${id}-title`}>{path.title}</title>
      <desc id={`${id}-description`}>{path.links.map((link) => linkSentence(path, link)).join(' ')}</desc>
      <defs>
        {(['proven', 'broken', 'resting', 'inside'] as const).map((outcome) => (
          <marker
            key={outcome}
            id={`${id}-${outcome}`}
            viewBox="0 0 10 10"
            refX="9"
            refY="5"
            markerWidth="12"
            markerHeight="12"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path className={styles.head} data-outcome={outcome} d="M0 0L10 5L0 10z" />
          </marker>
        ))}
      </defs>
      {layout.zones.map((zone) => (
        <ZoneShape key={zone.label} zone={zone} upright={layout.upright} />
      ))}
      {path.links.map((link) => (
        <LinkShape key={link.from} link={link} layout={layout} markers={id} />
      ))}
      {path.places.map((place) => {
        const box = layout.boxes[place.id];
        return box === undefined ? null : (
          <PlaceShape key={place.id} place={place} box={box} outcome={outcomeAt(path, place)} />
        );
      })}
    </svg>
  );
}

function ZoneShape({ zone, upright }: { zone: Zone; upright: boolean }) {
  const x = upright ? zone.x + zone.width - 12 : zone.x + zone.width / 2;
  const anchor = upright ? 'end' : 'middle';
  return (
    <g>
      <rect className={styles.zone} x={zone.x} y={zone.y} width={zone.width} height={zone.height} rx="12" />
      <text className={styles.zoneLabel} x={x} y={zone.y + 20} textAnchor={anchor}>
        {zone.label}
      </text>
      <text className={styles.zoneRule} x={x} y={zone.y + 37} textAnchor={anchor}>
        {zone.rule}
      </text>
    </g>
  );
}

function PlaceShape({ place, box, outcome }: { place: Place; box: Box; outcome: Link['outcome'] }) {
  const middle = box.x + box.width / 2;
  return (
    <g>
      <rect
        className={styles.place}
        data-outcome={outcome}
        x={box.x}
        y={box.y}
        width={box.width}
        height={box.height}
        rx="10"
      />
      <text className={styles.placeTitle} x={middle} y={box.y + 25} textAnchor="middle">
        {place.title}
      </text>
      <text className={styles.placeDetail} x={middle} y={box.y + 43} textAnchor="middle">
        {place.detail}
      </text>
    </g>
  );
}

function LinkShape({ link, layout, markers }: { link: Link; layout: Layout; markers: string }) {
  const from = layout.boxes[link.from];
  const to = layout.boxes[link.to];
  if (from === undefined || to === undefined) return null;
  const [start, end] = ends(from, to, link, layout.upright);
  const middle = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 };
  const lines = linesThatFit(link, layout);
  const words = layout.upright
    ? { x: 102, y: middle.y + 4 - lines.length * 8, anchor: 'start' as const, first: 16 }
    : { x: middle.x, y: start.y - 16, anchor: 'middle' as const, first: 44 };
  return (
    <g>
      <line
        className={styles.link}
        data-outcome={link.outcome}
        x1={start.x}
        y1={start.y}
        x2={end.x}
        y2={end.y}
        markerEnd={`url(#${markers}-${link.outcome})`}
      />
      {link.outcome === 'broken' ? <Break x={middle.x} y={middle.y} /> : null}
      {link.outcome === 'proven' ? <Proof x={middle.x} y={middle.y} /> : null}
      <text className={styles.protocol} data-outcome={link.outcome} x={words.x} y={words.y} textAnchor={words.anchor}>
        {link.protocol}
      </text>
      {lines.map((line, index) => (
        <text
          className={styles.line}
          key={line}
          x={words.x}
          y={words.y + words.first + index * 16}
          textAnchor={words.anchor}
        >
          {line}
        </text>
      ))}
    </g>
  );
}

/** A cross on the line: the dial ended here. */
function Break({ x, y }: { x: number; y: number }) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <circle className={styles.breakGround} r="11" />
      <path className={styles.breakCross} d="M-4.5 -4.5L4.5 4.5M4.5 -4.5L-4.5 4.5" />
    </g>
  );
}

/** A tick on the line: both sides proved who they are. */
function Proof({ x, y }: { x: number; y: number }) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <circle className={styles.proofGround} r="11" />
      <path className={styles.proofTick} d="M-4.5 .5L-1.2 3.8L4.8 -3.6" />
    </g>
  );
}

function PathTable({ path }: { path: TravelledPath }) {
  const title = (id: Place['id']): string => path.places.find((place) => place.id === id)?.title ?? id;
  return (
    <div className={styles.scroll}>
      <table>
        <thead>
          <tr>
            <th scope="col">Between</th>
            <th scope="col">Opened by</th>
            <th scope="col">Protocol</th>
            <th scope="col">Suite, certificates, addresses</th>
            <th scope="col">Outcome</th>
          </tr>
        </thead>
        <tbody>
          {path.links.map((link) => (
            <tr key={link.from}>
              <th scope="row">
                {title(link.from)} and {title(link.to)}
              </th>
              <td>{title(link.opensAt)}</td>
              <td>{link.protocol}</td>
              <td>{link.lines.join(' · ') || '–'}</td>
              <td>{linkOutcomeWords[link.outcome]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function linkSentence(path: TravelledPath, link: Link): string {
  const title = (id: Place['id']): string => path.places.find((place) => place.id === id)?.title ?? id;
  const other = link.opensAt === link.from ? link.to : link.from;
  const lines = link.lines.length === 0 ? '' : `, ${link.lines.join(', ')}`;
  return `${title(link.opensAt)} to ${title(other)}: ${link.protocol}${lines}; ${linkOutcomeWords[link.outcome]}.`;
}

/** Between tiers of ours a row has no room for words, the table has them; upright, a suite takes two lines. */
function linesThatFit(link: Link, layout: Layout): readonly string[] {
  if (layout.upright) return link.lines.flatMap((line) => line.split(/(?<=_WITH_)/u));
  return link.to === 'enforcer' ? link.lines : [];
}

/** The enforcer, and a proxy before it, wear the colour of the dial that reached them, or did not. */
function outcomeAt(path: TravelledPath, place: Place): Link['outcome'] {
  if (place.id !== 'enforcer' && place.id !== 'proxy') return 'resting';
  return path.links.find((link) => link.to === place.id)?.outcome ?? 'resting';
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where the arrow begins and ends. */
function ends(from: Box, to: Box, link: Link, upright: boolean): readonly [Point, Point] {
  const gap = 4;
  const first = upright
    ? { x: from.x + from.width / 2, y: from.y + from.height + gap }
    : { x: from.x + from.width + gap, y: from.y + from.height / 2 };
  const second = upright ? { x: to.x + to.width / 2, y: to.y - gap } : { x: to.x - gap, y: to.y + to.height / 2 };
  return link.opensAt === link.from ? [first, second] : [second, first];
}
