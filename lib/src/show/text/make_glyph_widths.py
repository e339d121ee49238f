"""Makes glyph-widths.ts: how wide each character of DejaVu Sans is. Needs fonttools and the DejaVu fonts.

Usage: python make_glyph_widths.py FOLDER_OF_DEJAVU_TTF > glyph-widths.ts
DejaVu Sans is one of the widest fonts a viewer is likely to use (Verdana is equal, Arial, Open Sans, Roboto and
Segoe UI are narrower), so room measured with it is enough everywhere. Licence: Bitstream Vera (permissive).
"""

import math
import sys

from fontTools.ttLib import TTFont

# Latin with its extensions, Greek, Cyrillic, Vietnamese, punctuation, currency, arrows, mathematics, shapes.
BLOCKS = [(0x20, 0x24F), (0x370, 0x4FF), (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x20A0, 0x20BF), (0x2190, 0x22FF),
          (0x25A0, 0x26FF)]
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def widths(path):
    font = TTFont(path)
    cmap, metrics, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    for first, last in BLOCKS:
        text = ""
        for code in range(first, last + 1):
            # Two base-36 digits: thousandths of the font size, rounded up; a missing glyph counts as a full em.
            advance = metrics[cmap[code]][0] / em if code in cmap else 1.0
            thousandths = min(1295, math.ceil(advance * 1000))
            text += DIGITS[thousandths // 36] + DIGITS[thousandths % 36]
        yield first, text


def emit(name, path):
    print(f"export const {name}: readonly (readonly [number, string])[] = [")
    for first, text in widths(path):
        print(f"  [\n    {first},")
        lines = [text[at : at + 100] for at in range(0, len(text), 100)]
        print("\n".join(f'    {"  " if at else ""}"{line}"{"," if at == len(lines) - 1 else " +"}'
                        for at, line in enumerate(lines)))
        print("  ],")
    print("];")


folder = sys.argv[1]
print("// Made by make_glyph_widths.py from DejaVu Sans; not written by hand.")
print("// Per block: the first code point, then two base-36 digits per character, thousandths of the font size.\n")
emit("regularWidths", f"{folder}/DejaVuSans.ttf")
print()
emit("boldWidths", f"{folder}/DejaVuSans-Bold.ttf")
