#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures leave Freshet: dragged into another program's window or to a person, and copied; always called as they are."""
import os
import pathlib
import struct
import subprocess
import urllib.parse

import lab as display

TITLES = ('Harbour at night', 'Dune', 'Old town')  # which may be cut
state = {}


def starts(lab):
    """Anna with three pictures, Bert among her people, and another program beside her."""
    own = [display.write_picture(lab.folder / f'{title}.png', 900, 700, colour)
           for title, colour in zip(TITLES, ((32, 96, 128), (150, 110, 40), (120, 40, 60)))]
    state['bytes'] = {path.name: path.read_bytes() for path in own}
    lab.run(lab.cli, 'gallery', 'add', '--data', str(lab.folder / 'anna'), '--audience', 'me',
            *[str(path) for path in own])
    state['server'], state['address'] = lab.serve()
    lab.peer('bert', state['address'])
    state['folder'] = lab.folder / 'elsewhere'
    state['folder'].mkdir()
    state['other'] = display.Talker(lab, [os.environ['FRESHET_DROP_WINDOW'], str(state['folder'])])
    state['other'].await_event(event='ready')
    lab.run('xdotool', 'windowmove', '--sync', elsewhere(lab), '1200', '0')
    state['window'] = window = lab.window('anna', '--server', state['address'])
    window.await_node('Pictures', 'page tab')
    window.resize(960, 680)
    show_wall(window)


def elsewhere(lab):
    return display.wait(lambda: lab.run('xdotool', 'search', '--onlyvisible', '--name', '^Elsewhere$', check=False).split(),
                        'the other window')[-1]


def show_wall(window):
    """Her pictures, each at its place."""
    window.press('Pictures', 'page tab')
    state['tiles'] = {title: display.wait(lambda title=title: find_tile(window, title), f'“{title}” on the wall')
                      for title in TITLES}


def find_tile(window, title):
    """What a pointer meets there is the wall, for GTK: whether it is shown is not known of a tile."""
    return next((middle(node) for level in window.levels() for node in level
                 if title in node.name and node.extents[2] == node.extents[3]), None)


def middle(node):
    x, y, width, height = node.extents
    return x + width // 2, y + height // 2


def drag(lab, window, start, steps):
    """Presses at a place of the window, moves, and leaves the button down: a drag has begun then. steps: (X window, x, y)"""
    lab.run('xdotool', 'mousemove', '--window', window.x_window(window.title), str(start[0]), str(start[1]))
    lab.run('xdotool', 'mousedown', '1')
    for _ in range(8):
        lab.run('xdotool', 'mousemove_relative', '--', '5', '3')
    for x_window, x, y in steps:
        for shift in (30, 20, 10, 0):
            lab.run('xdotool', 'mousemove', '--window', x_window, str(x + shift), str(y + shift))


def drop(lab):
    lab.run('xdotool', 'mouseup', '1')


def drag_until_taken(lab, window, start, n, what):
    """Out of the window; X sends no answer before the other program has looked at what is dragged, so it is moved a little
    until it has."""
    told = len(state['other'].told)
    drag(lab, window, start, [(elsewhere(lab), 150, 150)])
    for step in range(10):
        lab.run('xdotool', 'mousemove', '--window', elsewhere(lab), str(150 + step), '150')
    if what:
        lab.run('import', '-window', 'root', str(lab.screens / f'out-{what}.png'), check=False)
    drop(lab)

    def has_come():
        return [event for event in state['other'].told[told:] if 'event' in event]
    display.wait(has_come, f'{n} pictures to be dropped')
    return [event['took'] for event in state['other'].told[told:] if 'took' in event]


def drags_one(lab):
    """Into the other program: Title.png, byte by byte."""
    taken = drag_until_taken(lab, state['window'], state['tiles']['Dune'], 1, 'dragging')
    assert taken == ['Dune.png'], taken
    assert (state['folder'] / 'Dune.png').read_bytes() == state['bytes']['Dune.png']
    (state['folder'] / 'Dune.png').unlink()


def drags_several(lab):
    """What is selected goes together, in its order."""
    window = state['window']
    window.key('Tab')
    for title in ('Dune', 'Old town'):
        x, y = state['tiles'][title]
        lab.run('xdotool', 'keydown', 'ctrl', 'mousemove', '--window', window.x_window(window.title), str(x), str(y),
                'click', '1', 'keyup', 'ctrl')
    window.await_node('2 pictures selected')
    taken = drag_until_taken(lab, window, state['tiles']['Dune'], 2, 'dragging-two')
    assert sorted(taken) == ['Dune.png', 'Old town.png'], taken
    for name in taken:
        assert (state['folder'] / name).read_bytes() == state['bytes'][name]
        (state['folder'] / name).unlink()
    window.await_node('2 pictures selected')
    window.key('Escape')
    window.await_gone('2 pictures selected')


def drags_from_the_viewer(lab):
    """As long as all of it is seen; else dragging moves it."""
    window = state['window']
    x, y = state['tiles']['Harbour at night']
    lab.run('xdotool', 'mousemove', '--window', window.x_window(window.title), str(x), str(y), 'click', '1')
    window.await_node('Full screen', 'push button')
    canvas = display.wait(lambda: window.focused() if window.focused() and window.focused().role == 'image' else None,
                          'the picture')
    taken = drag_until_taken(lab, window, middle(canvas), 1, None)
    assert taken == ['Harbour at night.png'], taken
    assert (state['folder'] / taken[0]).read_bytes() == state['bytes'][taken[0]]
    told = len(state['other'].told)
    for _ in range(6):
        window.key('plus')
    drag(lab, window, middle(canvas), [(elsewhere(lab), 150, 150)])
    drop(lab)
    window.key('ctrl+0')
    window.key('Escape')
    window.await_node('Pictures', 'page tab')
    assert len(state['other'].told) == told, 'a picture that is moved is not taken away'


def read_clipboard(lab, kind):
    """What another program pastes."""
    return subprocess.run(['xclip', '-selection', 'clipboard', '-o', '-t', kind], env=lab.environment, timeout=display.PATIENCE,
                          stdout=subprocess.PIPE, check=True).stdout


def pasted_files(lab):
    lines = read_clipboard(lab, 'text/uri-list').decode().split()
    return [pathlib.Path(urllib.parse.unquote(urllib.parse.urlsplit(line).path)) for line in lines]


def copies(lab):
    """With a key, and from the menu of a tile: a file for a file manager, and the picture for a message."""
    window = state['window']
    lab.run('xdotool', 'mousemove', '1900', '1100')
    open_menu(lab, window, 'Dune')
    window.shoot('menu')
    choose(window, 'Copy')
    window.await_node('Picture copied')
    targets = read_clipboard(lab, 'TARGETS').decode().split()
    assert targets.index('text/uri-list') < targets.index('image/png'), targets
    copy, = pasted_files(lab)
    assert copy.name == 'Dune.png' and copy.read_bytes() == state['bytes']['Dune.png']
    assert copy.stat().st_mode & 0o077 == 0 or copy.parent.stat().st_mode & 0o077 == 0, 'others can read it'
    png = read_clipboard(lab, 'image/png')
    assert struct.unpack('>II', png[16:24]) == (900, 700)
    assert pasted_files(lab) == [copy], 'it is copied once'
    assert read_clipboard(lab, 'x-special/gnome-copied-files').decode() == f'copy\n{copy.as_uri()}'
    window.key('ctrl+a')
    window.await_node('3 pictures selected')
    window.key('ctrl+c')
    window.await_node('3 pictures copied')
    assert sorted(path.name for path in pasted_files(lab)) == sorted(state['bytes'])
    assert 'image/png' not in read_clipboard(lab, 'TARGETS').decode().split()
    window.key('Escape')
    window.await_gone('3 pictures selected')


def open_menu(lab, window, title):
    x, y = state['tiles'][title]
    lab.run('xdotool', 'mousemove', '--window', window.x_window(window.title), str(x), str(y), 'click', '3')
    window.await_focus('Open')


def find_item(window, name):
    """Of the menu that is open, which is a window of its own: what a pointer meets there is not told."""
    return next((node for level in window.levels() for node in level
                 if node.name == name and node.role == 'menu item'), None)


def choose(window, name):
    display.wait(lambda: find_item(window, name), f'“{name}” in the menu').press()


def drags_to_a_person(lab):
    """Over their tab, which opens, to their row: they can see it then."""
    window = state['window']
    window.key('ctrl+n')
    window.await_focus('Copy Link')
    window.key('Tab', title='Invite')
    window.type('bert')
    window.key('Return', title='Invite')
    window.await_node('Connected to bert')
    window.key('Escape', title='Invite')
    window.await_gone('Copy Link')
    show_wall(window)
    x_window = window.x_window(window.title)
    tab = middle(window.await_node('People', 'page tab'))
    drag(lab, window, state['tiles']['Old town'], [(x_window, *tab)])
    row = middle(window.await_node('bert'))
    for shift in range(10, -1, -1):
        lab.run('xdotool', 'mousemove', '--window', x_window, str(row[0] + shift), str(row[1]))
    lab.run('import', '-window', 'root', str(lab.screens / 'out-to-a-person.png'), check=False)
    drop(lab)
    window.await_node('Shared with bert: 1 picture')
    window.audit(TITLES)
    show_wall(window)


def leaves_nothing(lab):
    """What was handed out is gone at the end."""
    copies = lab.folder / 'cache' / 'freshet' / 'handed-out'
    assert any(path.is_file() for path in copies.rglob('*')), 'nothing was handed out'
    state['window'].close()
    assert not any(copies.iterdir()), list(copies.rglob('*'))


if __name__ == '__main__':
    display.run_tests('out', [starts, drags_one, drags_several, drags_from_the_viewer, copies, drags_to_a_person, leaves_nothing])
