#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every language in po/LINGUAS has a translation that gettext accepts, of all words and no others."""
import pathlib
import subprocess
import sys
import tempfile

KEYWORDS = ('_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'ngettext:1,2', 'g_dngettext:2,3')


def collect_words(root, template):
    """What the files in po/POTFILES have to be translated."""
    subprocess.run(['xgettext', '--from-code=UTF-8', '--files-from=po/POTFILES', f'--output={template}',
                    *[f'--keyword={keyword}' for keyword in KEYWORDS]], cwd=root, capture_output=True, check=True)


def compare(path, template):
    result = subprocess.run(['msgcmp', path, template], capture_output=True, text=True, check=False)
    return result.stderr.strip() if result.returncode != 0 or 'not used' in result.stderr else None


def main(root):
    folder = root / 'po'
    listed = (folder / 'LINGUAS').read_text(encoding='utf-8').split()
    faults = []
    if listed != sorted(set(listed)):
        faults.append('LINGUAS is not sorted, or names a language twice')
    if set(listed) != {path.stem for path in folder.glob('*.po')}:
        faults.append('LINGUAS and the .po files are not the same languages')
    with tempfile.TemporaryDirectory() as scratch:
        template = pathlib.Path(scratch) / 'words.pot'
        collect_words(root, template)
        faults += [fault for path in sorted(folder.glob('*.po')) if (fault := compare(path, template))]
    for path in sorted(folder.glob('*.po')):
        result = subprocess.run(['msgfmt', '--check', '--output-file=/dev/null', path], capture_output=True, text=True,
                                check=False)
        if result.returncode != 0:
            faults.append(result.stderr.strip())
        if f'"Language: {path.stem}\\n"' not in path.read_text(encoding='utf-8'):
            faults.append(f'{path.name} is of another language')
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main(pathlib.Path(sys.argv[1])))
