#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pictures of README.md, with photographs of Debian's mate-backgrounds (GPL-2.0-or-later; their authors are named in
/usr/share/doc/mate-backgrounds/copyright). build-aux/screenshots runs it. The argument is the folder to put them into."""
import pathlib
import shutil
import sys

import lab as display

PHOTOGRAPHS = pathlib.Path('/usr/share/backgrounds/mate/nature')
SIZE = (960, 700)
TITLES = {'Aqua': 'A drop', 'Blinds': 'Leaf', 'Dune': 'Dunes in summer', 'FreshFlower': 'Summer flower',
          'Garden': 'Garden in summer', 'GreenMeadow': 'Summer meadow', 'LadyBird': 'Ladybird',
          'RainDrops': 'After a summer rain', 'Storm': 'Summer storm', 'TwoWings': 'Two wings in summer',
          'Wood': 'Our table', 'YellowFlower': 'Yellow flower'}
HELD = {'Bert': ('Garden', 'LadyBird', 'FreshFlower', 'Dune', 'Blinds'),
        'Chloe': ('Storm', 'RainDrops', 'GreenMeadow', 'TwoWings', 'Aqua'),
        'Anna': ('YellowFlower', 'Wood', 'Dune')}


def give(lab, name):
    """That person's photographs, by what they are called."""
    folder = lab.folder / f'photographs of {name}'
    folder.mkdir()
    for photograph in HELD[name]:
        shutil.copy(PHOTOGRAPHS / f'{photograph}.jpg', folder / f'{TITLES[photograph]}.jpg')
    return folder


def take(lab, window, path):
    """Without the line that GTK draws where nothing draws shadows."""
    x_window = window.x_window(window.title)
    border = [(outer - inner) // 2 for outer, inner in zip(window.x_size(x_window), window.size())]
    whole = lab.folder / 'window.png'
    lab.run('import', '-window', x_window, str(whole))
    lab.run('convert', str(whole), '-shave', f'{border[0]}x{border[1]}', '+repage', '-strip', '-quality', '90', str(path))


def await_tiles(window, n):
    titles = tuple(TITLES.values())

    def count():
        return sum(any(title in node.name for title in titles) for level in window.levels() for node in level)
    display.wait(lambda: count() >= n, f'{n} pictures')


def take_all(lab, folder):
    _, address = lab.serve()
    for name in ('Bert', 'Chloe'):
        lab.peer(name, address, '--share', give(lab, name)).await_event(event='shared-all')
    anna = lab.peer('Anna', address, '--share', give(lab, 'Anna'), '--connect', 'bert', '--connect', 'chloe')
    anna.await_event(event='shared-all')
    display.wait(lambda: len({event['name'] for event in list(anna.told) if event.get('state') == 'here'}) == 2,
                 'both to be here')
    anna.end()
    with lab.window('Anna', '--server', address) as window:
        window.await_node('New', 'page tab')
        window.resize(*SIZE)
        await_tiles(window, 10)
        display.wait(lambda: not any('New' in node.name and 'summer' in node.name for level in window.levels()
                                     for node in level), 'all to have been looked at')
        take(lab, window, folder / 'new.jpg')
        window.key('ctrl+f')
        window.await_focus('Look for pictures')
        window.type('summer')
        window.key('Return')
        await_tiles(window, 7)
        window.await_node('Asked 2 people')
        if window.find('Got It', 'push button'):
            window.press('Got It')
        take(lab, window, folder / 'search.jpg')


def main():
    folder = pathlib.Path(sys.argv.pop(1)).resolve()

    def takes_all(lab):
        take_all(lab, folder)
    display.run_tests('screenshots', [takes_all])


if __name__ == '__main__':
    main()
