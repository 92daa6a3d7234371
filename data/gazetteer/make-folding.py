#!/usr/bin/env python3
"""Makes the table by which names are compared without case and diacritics.

    make-folding.py > ../../Sources/Legality/Places/FoldingTable.swift
"""

import unicodedata

# Letters that Unicode does not take apart.
BY_HAND = {
    "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i", "ŋ": "n", "ŧ": "t",
    "ß": "ss", "ə": "e", "ĸ": "k", "ς": "σ", "ґ": "г",
}  # fmt: skip
RANGES = [(0xC0, 0x250), (0x259, 0x25A), (0x370, 0x588), (0x1E00, 0x2000)]


def folded(character):
    text = unicodedata.normalize("NFKD", character).casefold()
    text = "".join(BY_HAND.get(c, c) for c in text)
    text = unicodedata.normalize("NFKD", text)
    return "".join(c for c in text if unicodedata.combining(c) == 0 and c.isalnum())


def main():
    groups = {}
    for first, end in RANGES:
        for code in range(first, end):
            character = chr(code)
            if not unicodedata.category(character).startswith("L"):
                continue
            base = folded(character)
            if base and base != character:
                groups.setdefault(base, []).append(character)
    print("// Made by data/gazetteer/make-folding.py.")
    print()
    print("extension PlaceName {")
    print("    /// A line for each letter, or letters, without case and diacritics; after the blank those that become it.")
    print('    static let foldingTable = """')
    for base, members in sorted(groups.items()):
        text = "".join(members)
        # Lines stay short enough for any editor.
        for start in range(0, len(text), 60):
            print(f"        {base} {text[start : start + 60]}")
    print('        """')
    print("}")


if __name__ == "__main__":
    main()
