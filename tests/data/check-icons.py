#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The icons are where desktops look for them, of the sizes that they expect, and whole in themselves."""
import pathlib
import sys
import xml.etree.ElementTree as ElementTree

SVG = '{http://www.w3.org/2000/svg}'
ICONS = {'scalable/apps/app.freshet.Freshet.svg': 128, 'symbolic/apps/app.freshet.Freshet-symbolic.svg': 16}


def faults_of(path, size):
    root = ElementTree.parse(path).getroot()
    if root.tag != SVG + 'svg' or [root.get(name) for name in ('width', 'height')] != [str(size)] * 2:
        yield f'not an SVG of {size} pixels'
    if root.get('viewBox') != f'0 0 {size} {size}':
        yield 'its view box is not its size'
    for element in root.iter():
        if element.tag in (SVG + 'image', SVG + 'script', SVG + 'text', SVG + 'style'):
            yield f'has a <{element.tag[len(SVG):]}>'
        if any(name.endswith('href') and not value.startswith('#') for name, value in element.items()):
            yield 'refers to another file'
    # A symbolic icon is recoloured by the desktop: its own colour must be but one.
    colours = {element.get('fill') for element in root.iter() if element.get('fill')}
    if 'symbolic' in path.name and colours != {'#222222'}:
        yield f'is not of one colour: {colours}'


def main(root):
    folder = root / 'data' / 'icons' / 'hicolor'
    faults = [f'{name}: {fault}' for name, size in ICONS.items() for fault in faults_of(folder / name, size)]
    faults += [f'{path}: is not known' for path in folder.rglob('*.svg')
               if str(path.relative_to(folder)) not in ICONS]
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main(pathlib.Path(sys.argv[1])))
