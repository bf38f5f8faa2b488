import { text, type Room } from './svg.ts';
import { fitted, LINE, widthOf } from './text-width.ts';

export interface RowLabels {
  /** Where the rows begin beside their labels, in pixels from the left. */
  readonly width: number;
  readonly rowHeight: number;
  /** From the top of a row to the middle of what is drawn in it. */
  readonly middle: number;
  draw(index: number, top: number): string[];
}

/** The most of a drawing that its labels take, so that the rest still shows something. */
const shareOf = (room: Room) => (room.isNarrow ? 0.45 : 0.3);
const GAP = 12;

/** The names of rows: beside them where they are short, and above them where they are long. */
export function rowLabels(room: Room, names: readonly string[], height: number): RowLabels {
  const widest = Math.max(0, ...names.map((name) => widthOf(name, true)));
  if (widest <= room.width * shareOf(room)) {
    const draw = (index: number, top: number) => [text(0, top + height / 2, names[index]!, 'start', 'name')];
    return { width: widest + GAP, rowHeight: height, middle: height / 2, draw };
  }
  const draw = (index: number, top: number) => [
    text(0, top + LINE / 2, fitted(names[index]!, room.width, true), 'start', 'name'),
  ];
  return { width: 8, rowHeight: height + LINE, middle: LINE + height / 2, draw };
}
