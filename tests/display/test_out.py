#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures leave Freshet: dragged into another program's window or to a person, copied, opened, saved and shown there; always
called as they are."""
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
    camera = lab.folder / 'camera'
    camera.mkdir()
    own = [display.write_picture(camera / f'{title}.png', 900, 700, colour)
           for title, colour in zip(TITLES, ((32, 96, 128), (150, 110, 40), (120, 40, 60)))]
    state['bytes'] = {path.name: path.read_bytes() for path in own}
    lab.run(lab.cli, 'gallery', 'add', '--data', str(lab.folder / 'anna'), '--audience', 'me',
            *[str(path) for path in own])
    state['server'], state['address'] = lab.serve()
    lab.peer('bert', state['address'])
    state['folder'] = lab.folder / 'elsewhere'
    state['folder'].mkdir()
    write_opener(lab)
    state['other'] = display.Talker(lab, [os.environ['FRESHET_DROP_WINDOW'], str(state['folder'])])
    state['other'].await_event(event='ready')
    lab.run('xdotool', 'windowmove', '--sync', elsewhere(lab), '1200', '0')
    state['window'] = window = lab.window('anna', '--server', state['address'])
    window.await_node('Pictures', 'page tab')
    window.resize(960, 680)
    show_wall(window)


def write_opener(lab):
    """A program that opens pictures: it puts them beside what was dropped."""
    applications, config = lab.folder / 'data' / 'applications', lab.folder / 'config'
    applications.mkdir(parents=True)
    config.mkdir(parents=True, exist_ok=True)
    (applications / 'opener.desktop').write_text(
        f'[Desktop Entry]\nType=Application\nName=Opener\nExec=cp %f {state["folder"]}\nMimeType=image/png;\n')
    (config / 'mimeapps.list').write_text('[Default Applications]\nimage/png=opener.desktop\n')


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
    x, y = state['tiles']['Dune']  # elsewhere on it: two clicks on one place would be a double click
    taken = drag_until_taken(lab, window, (x + 25, y + 25), 2, 'dragging-two')
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


def opens_without_a_portal(lab):
    """In what opens such pictures here; there is nothing that takes a wallpaper."""
    window = state['window']
    open_menu(lab, window, 'Dune')
    assert find_item(window, 'Set as Wallpaper…') is None
    choose(window, 'Open With Another Program')
    copy = state['folder'] / 'Dune.png'
    display.wait(lambda: copy.exists() and copy.read_bytes() == state['bytes']['Dune.png'], 'the other program to open it')


def leaves_nothing(lab):
    """What was handed out is gone at the end."""
    copies = lab.folder / 'cache' / 'freshet' / 'handed-out'
    assert any(path.is_file() for path in copies.rglob('*')), 'nothing was handed out'
    state['window'].close()
    assert not any(copies.iterdir()), list(copies.rglob('*'))


def goes_through_the_portal(lab):
    """Where the desktop has one: opened and as the wallpaper; whoever refuses is told nothing."""
    lab.desktop.offer_portal()
    state['window'] = window = lab.window('anna')
    window.resize(960, 680)
    show_wall(window)
    open_menu(lab, window, 'Dune')
    window.shoot('menu-with-portal')
    choose(window, 'Open With Another Program')
    name, content, options = lab.desktop.await_asked('OpenFile')
    assert (name, content, options['ask']) == ('Dune.png', state['bytes']['Dune.png'], True)
    open_menu(lab, window, 'Dune')
    choose(window, 'Set as Wallpaper…')
    assert lab.desktop.await_asked('SetWallpaperFile')[0] == 'Dune.png'
    window.await_node('This is your wallpaper now.')
    window.await_gone('This is your wallpaper now.')
    lab.desktop.response = 1
    open_menu(lab, window, 'Dune')
    choose(window, 'Set as Wallpaper…')
    lab.desktop.await_asked('SetWallpaperFile')
    window.key('Return')
    window.await_node('Full screen', 'push button')
    assert window.find('This is your wallpaper now.') is None


def tells_what_failed(lab):
    """In the bar of the viewer, with a way to try again."""
    window = state['window']
    lab.desktop.response = 2
    choose_in_viewer(window, 'Open With Another Program')
    lab.desktop.await_asked('OpenFile')
    window.await_node('No other program here opens it. Save it, and try there.')
    window.shoot('failed')
    window.audit(TITLES)
    lab.desktop.response = 0
    window.press('Try Again')
    assert lab.desktop.await_asked('OpenFile')[0] == 'Dune.png'
    window.await_gone('No other program here opens it.')


def choose_in_viewer(window, name):
    window.key('shift+F10')
    window.await_focus('Open With')
    choose(window, name)


def saves_and_shows(lab):
    """Where it was saved is a click away; Show in Files puts it among her pictures."""
    window = state['window']
    window.key('ctrl+s')
    display.wait(lambda: window.x_window('Save Picture As'), 'the question where to')
    window.key('Return', title='Save Picture As')
    window.await_node('Saved as “Dune.png”')
    saved = lab.folder / 'Dune.png'
    window.shoot('saved')
    window.press('Show in Files')
    name, content, _ = lab.desktop.await_asked('OpenDirectory')
    assert (name, content) == (saved.name, state['bytes']['Dune.png'])
    choose_in_viewer(window, 'Show in Files')
    lab.desktop.await_asked('OpenDirectory')
    assert (lab.folder / 'Freshet' / 'Dune.png').read_bytes() == state['bytes']['Dune.png']
    window.key('ctrl+c')
    window.await_node('Picture copied')
    assert pasted_files(lab)[0].read_bytes() == state['bytes']['Dune.png']
    window.close()


if __name__ == '__main__':
    display.run_tests('out', [starts, drags_one, drags_several, drags_from_the_viewer, copies, opens_without_a_portal, drags_to_a_person,
                             leaves_nothing, goes_through_the_portal, tells_what_failed, saves_and_shows])
