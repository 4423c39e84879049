#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""po/POTFILES names every file with words for people, and no other, in order."""
import pathlib
import re
import sys

IN_CODE = re.compile(r'(?<![A-Za-z0-9_])(?:_|N_|C_|NC_|Q_|ngettext|g_dngettext|g_dpgettext2?) ?\(\s*(?:NULL,\s*)?"')
IN_UI = re.compile(r'translatable="(?:yes|true|1)"')
IN_DATA = ('help/*.ui', '*.desktop.in', '*.gschema.xml', '*.metainfo.xml.in')


def has_words(path):
    text = path.read_text(encoding='utf-8')
    return bool((IN_UI if path.suffix == '.ui' else IN_CODE).search(text))


def wanted(root):
    files = [path for path in (root / 'src').rglob('*') if path.suffix in ('.c', '.h', '.ui') and has_words(path)]
    for pattern in IN_DATA:
        files += (root / 'data').glob(pattern)
    return {str(path.relative_to(root)) for path in files}


def main(root):
    lines = (root / 'po' / 'POTFILES').read_text(encoding='utf-8').splitlines()
    listed = [line for line in lines if line and not line.startswith('#')]
    names = wanted(root)
    faults = [f'missing: {name}' for name in sorted(names - set(listed))]
    faults += [f'has no words, or is gone: {name}' for name in listed if name not in names]
    if listed != sorted(set(listed)):
        faults.append('not sorted, or something is there twice')
    for fault in faults:
        print(f'po/POTFILES: {fault}', file=sys.stderr)
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main(pathlib.Path(sys.argv[1])))
