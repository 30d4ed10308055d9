import type { Place, TravelledPath } from './travelled-path.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Zone extends Box {
  readonly label: string;
  readonly rule: string;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: Readonly<Partial<Record<Place['id'], Box>>>;
  readonly zones: readonly Zone[];
  readonly upright: boolean;
}

const boxHeight = 58;

const wide: Layout = {
  width: 1180,
  height: 192,
  upright: false,
  boxes: {
    people: { x: 6, y: 62, width: 92, height: boxHeight },
    web: { x: 190, y: 62, width: 104, height: boxHeight },
    database: { x: 358, y: 62, width: 104, height: boxHeight },
    connector: { x: 526, y: 62, width: 108, height: boxHeight },
    enforcer: { x: 952, y: 62, width: 110, height: boxHeight },
    jira: { x: 1088, y: 62, width: 80, height: boxHeight },
  },
  zones: [
    { x: 178, y: 4, width: 128, height: 132, label: 'Inbound only', rule: 'listens, never dials' },
    { x: 346, y: 4, width: 128, height: 132, label: 'Where they meet', rule: 'only the database' },
    { x: 514, y: 4, width: 132, height: 132, label: 'Outbound only', rule: 'dials, never listens' },
    { x: 940, y: 4, width: 236, height: 132, label: 'The customer’s network', rule: 'beyond our reach' },
  ],
};

const tall: Layout = {
  width: 360,
  height: 826,
  upright: true,
  boxes: {
    people: { x: 20, y: 10, width: 132, height: boxHeight },
    web: { x: 20, y: 150, width: 132, height: boxHeight },
    database: { x: 20, y: 300, width: 132, height: boxHeight },
    connector: { x: 20, y: 450, width: 132, height: boxHeight },
    enforcer: { x: 20, y: 642, width: 132, height: boxHeight },
    jira: { x: 20, y: 752, width: 132, height: boxHeight },
  },
  zones: [
    { x: 6, y: 126, width: 348, height: 96, label: 'Inbound only', rule: 'listens, never dials' },
    { x: 6, y: 276, width: 348, height: 96, label: 'Where they meet', rule: 'only the database' },
    { x: 6, y: 426, width: 348, height: 96, label: 'Outbound only', rule: 'dials, never listens' },
    { x: 6, y: 618, width: 348, height: 202, label: 'The customer’s network', rule: 'beyond our reach' },
  ],
};

/** How much room a forward proxy takes between the connector and the customer's network. */
const proxyShift = { wide: 200, tall: 160 };

/** In a row where there is room, and upright for a narrow screen; with a place for the proxy where the path has one. */
export function layoutsFor(path: TravelledPath): readonly [Layout, Layout] {
  if (!path.places.some(({ id }) => id === 'proxy')) return [wide, tall];
  return [
    {
      ...moved(wide, { x: proxyShift.wide, y: 0 }, { x: 742, y: 62, width: 96, height: boxHeight }),
      width: wide.width + proxyShift.wide,
    },
    {
      ...moved(tall, { x: 0, y: proxyShift.tall }, { x: 20, y: 610, width: 132, height: boxHeight }),
      height: tall.height + proxyShift.tall,
    },
  ];
}

/** The customer's side, which is the last zone, makes room for the proxy. */
function moved(layout: Layout, by: { readonly x: number; readonly y: number }, proxy: Box): Layout {
  const move = <Shape extends Box>(shape: Shape): Shape => ({ ...shape, x: shape.x + by.x, y: shape.y + by.y });
  const { enforcer, jira } = layout.boxes;
  return {
    ...layout,
    boxes: {
      ...layout.boxes,
      proxy,
      ...(enforcer === undefined ? {} : { enforcer: move(enforcer) }),
      ...(jira === undefined ? {} : { jira: move(jira) }),
    },
    zones: layout.zones.map((zone, index) => (index === layout.zones.length - 1 ? move(zone) : zone)),
  };
}
