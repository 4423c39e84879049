#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures come in: dragged from another program's window, pasted, or not, where there is only an address; what was not added
and why, what is in them, and how much room they need."""
import json
import os
import resource
import shutil
import socket
import subprocess

import lab as display

WIDE, NARROW = (960, 680), (360, 640)
TITLES = ('Harbour at night', 'Dune', 'Old town')  # which may be cut
GIB = 1 << 30
state = {}


def starts(lab):
    """Anna, who has added nothing yet, and Bert, whom she knows."""
    camera = state['camera'] = lab.folder / 'camera'
    camera.mkdir()
    for title, colour in zip(TITLES, ((32, 96, 128), (150, 110, 40), (120, 40, 60))):
        display.write_picture(camera / f'{title}.png', 900, 700, colour)
    state['server'], state['address'] = lab.serve()
    lab.peer('bert', state['address'])
    state['window'] = window = lab.window('anna', '--server', state['address'])
    window.await_node('Pictures', 'page tab')
    window.resize(*WIDE)
    connect(window)
    window.press('Pictures', 'page tab')
    window.await_node('No Pictures Yet')


def connect(window):
    window.key('ctrl+n')
    window.await_focus('Copy Link')
    window.key('Tab', title='Invite')
    window.type('bert')
    window.key('Return', title='Invite')
    window.await_node('Connected to bert')
    window.key('Escape', title='Invite')
    window.await_gone('Copy Link')


def x_window_of(lab, title):
    return display.wait(lambda: lab.run('xdotool', 'search', '--onlyvisible', '--name', f'^{title}$', check=False).split(),
                        f'the window “{title}”')[-1]


def drag_in(lab, *arguments, shot=None):
    """From another program's window, which it opens beside Freshet's, to the middle of that. X sends no answer before Freshet
    has looked at what is dragged, so it is moved a little until it has."""
    window = state['window']
    source = display.Talker(lab, [os.environ['FRESHET_DRAG_WINDOW'], *arguments])
    source.await_event(event='ready')
    lab.run('xdotool', 'windowmove', '--sync', x_window_of(lab, 'Source'), '1200', '0')
    lab.run('xdotool', 'mousemove', '--window', x_window_of(lab, 'Source'), '100', '100', 'mousedown', '1')
    for _ in range(8):
        lab.run('xdotool', 'mousemove_relative', '--', '5', '3')
    width, height = window.size()
    steps = iter(range(10 ** 6))

    def is_welcome():
        place = width // 2 + next(steps) % 40
        lab.run('xdotool', 'mousemove', '--window', window.x_window(window.title), str(place), str(height // 2))
        return any(event.get('event') == 'welcome' for event in list(source.told))
    display.wait(is_welcome, 'Freshet to take what is dragged')
    if shot:
        window.shoot(shot)
    lab.run('xdotool', 'mouseup', '1')
    return source


def end(lab, source):
    """It has heard what became of it, whatever that was."""
    display.wait(lambda: [event for event in source.told if event.get('event') in ('taken', 'refused')], 'the drag to end')
    source.end()


def count_pictures(lab):
    """As they are on disk: a file a picture."""
    return len(list((lab.folder / 'anna' / 'pictures').glob('??/*')))


def shoot_all(lab, step):
    window = state['window']
    for width, height in (NARROW, WIDE):
        window.resize(width, height)
        window.audit(TITLES)
        window.shoot(step, width)


def drags_files(lab):
    """A folder with three pictures and a letter: who can see them is asked first, the letter is named with the reason, and
    tried again once it is a picture."""
    window = state['window']
    (state['camera'] / 'letter.png').write_text('Dear diary', encoding='utf-8')
    source = drag_in(lab, 'files', state['camera'], shot='dragging')
    window.await_node('Who can see these pictures?')
    end(lab, source)
    window.key('Tab', 'space', 'Return', title='Who Can See It')  # everyone on the network
    window.await_node('3 pictures added.')
    window.await_node('1 of 4 could not be added.')
    window.await_node('What is in these pictures?', 'label')
    shoot_all(lab, 'failed')
    window.press('Show')
    window.await_node('letter.png')
    window.await_node('This is not a picture of a kind that Freshet knows.')
    window.audit(('letter.png',))
    window.shoot('not-added', title='Not Added')
    display.write_picture(state['camera'] / 'letter.png', 300, 200, (200, 200, 200))
    window.press('Try Again')
    window.await_node('1 picture added.')
    window.await_gone('1 of 4 could not be added.')
    assert count_pictures(lab) == 4


def describes(lab):
    """One field for all of them, without a pointer; Bert finds them by it."""
    window = state['window']
    window.await_node('What is in these pictures?', 'label')
    shoot_all(lab, 'describe')
    for _ in range(12):
        node = window.focused()
        if node is not None and node.role == 'text' and node.is_showing:
            break
        window.key('Tab')
    window.type('Lena at the harbour')
    window.shoot('described')
    window.key('Return')
    window.await_node('Saved. Others find them by these words.')
    window.await_gone('What is in these pictures?', 'label')

    def finds():
        told = lab.run(lab.cli, 'search', '--data', str(lab.folder / 'bert'), '--json', '--wait', '2', 'lena', check=False)
        return len({event['content'] for event in map(json.loads, told.splitlines()) if event.get('event') == 'hit'}) == 4
    display.wait(finds, 'Bert to find four pictures of Lena')
    window.await_gone('Saved. Others find them by these words.')


def drags_a_picture(lab):
    """As a browser does that has the picture itself."""
    picture = display.write_picture(lab.folder / 'from a browser', 640, 480, (90, 20, 120))
    source = drag_in(lab, 'image/png', picture)
    state['window'].await_node('1 picture added.')
    end(lab, source)
    state['window'].press('Not now')
    state['window'].await_gone('What is in this picture?', 'label')
    state['window'].await_gone('1 picture added.')
    assert count_pictures(lab) == 5


def copy(lab, kind, data):
    """What another program has in the clipboard; it ends when another one has something there."""
    process = subprocess.Popen(['xclip', '-quiet', '-selection', 'clipboard', '-i', '-t', kind], env=lab.environment,
                               stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
    lab.children.append(process)
    process.stdin.write(data)
    process.stdin.close()

    def is_there():
        told = subprocess.run(['xclip', '-selection', 'clipboard', '-o', '-t', kind], env=lab.environment, check=False,
                              timeout=display.PATIENCE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        return told.stdout == data
    display.wait(is_there, f'{kind} in the clipboard')


def pastes(lab):
    """What was added before is counted, not added twice."""
    window = state['window']
    picture = display.write_picture(lab.folder / 'copied', 500, 500, (10, 140, 90)).read_bytes()
    copy(lab, 'image/png', picture)
    window.key('ctrl+v')
    window.await_node('1 picture added.')
    window.await_node('What is in this picture?', 'label')
    window.press('Not now')
    window.await_gone('1 picture added.')
    window.key('ctrl+v')
    window.await_node('1 was there already.')
    window.await_gone('1 was there already.')
    assert window.find('What is in this picture?', 'label') is None
    assert count_pictures(lab) == 6


def gets_nothing_from_the_web(lab):
    """Of an address nothing is got, however a browser hands it over: it is said what to do instead."""
    window = state['window']
    with socket.create_server(('127.0.0.1', 0)) as site:
        address = f'http://127.0.0.1:{site.getsockname()[1]}/dune.jpg'
        (lab.folder / 'address').write_text(address + '\r\n', encoding='ascii')
        for kind in ('text/uri-list', 'text/x-moz-url'):
            source = drag_in(lab, kind, lab.folder / 'address')
            window.await_node('This Is Only the Address of a Picture')
            end(lab, source)
            window.await_node('Freshet does not get pictures from web sites. Copy the picture in your browser')
            window.audit(TITLES)
            window.shoot('address')
            window.press('Close')
            window.await_gone('This Is Only the Address of a Picture')
        copy(lab, 'UTF8_STRING', address.encode())
        window.key('ctrl+v')
        window.await_node('This Is Only the Address of a Picture')
        window.press('Close')
        window.await_gone('This Is Only the Address of a Picture')
        site.setblocking(False)
        try:
            site.accept()
        except BlockingIOError:
            pass
        else:
            raise AssertionError('somebody has asked the web site')
    assert count_pictures(lab) == 6


def write_sparse(folder, n):
    """Large files that take no room themselves."""
    folder.mkdir()
    for number in range(n):
        with open(folder / f'{number}.jpg', 'wb') as file:
            file.truncate(GIB // 2)


def asks_about_room(lab):
    """Much is added only after it was said how much room that takes; what does not fit is not begun."""
    window = state['window']
    free = shutil.disk_usage(lab.folder).free
    write_sparse(lab.folder / 'much', 4)
    if free > 6 * GIB:
        source = drag_in(lab, 'files', lab.folder / 'much')
        window.await_node('Add 4 Pictures?')
        end(lab, source)
        window.await_node('About 4.3')
        window.audit(TITLES)
        window.shoot('room')
        window.press('Cancel')
        window.await_gone('Add 4 Pictures?')
    n = free // (GIB // 2) + 10
    if n < 4000:
        write_sparse(lab.folder / 'too much', n)
        source = drag_in(lab, 'files', lab.folder / 'too much')
        window.await_node('Not Enough Room')
        end(lab, source)
        window.await_node('These need about')
        window.audit(TITLES)
        window.shoot('no-room')
        window.press('Close')
        window.await_gone('Not Enough Room')
    assert count_pictures(lab) == 6
    window.close()


def waits_for_room(lab):
    """A disk that gets full on the way (here: no file may grow any more): it waits, and goes on."""
    larger = lab.folder / 'larger'
    larger.mkdir()
    for number in range(3):
        path = display.write_picture(larger / f'Larger {number}.png', 400, 300, (number * 60, 90, 90))
        with open(path, 'ab') as file:
            file.write(b'\0' * 300000)  # after its end
    environment = {'LANGUAGE': 'en', 'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}
    state['window'] = window = display.Window(
        lab, ['env', '--ignore-signal=XFSZ', lab.program, '--data', lab.folder / 'anna', '--name', 'anna', '--server',
              state['address']], 'Freshet', environment)
    window.resize(*WIDE)
    window.press('Pictures', 'page tab')
    limits = resource.prlimit(window.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(window.process.pid, resource.RLIMIT_FSIZE, (200000, limits[1]))
    source = drag_in(lab, 'files', larger)
    window.await_node('There is no room left on the disk. Make some room, then go on.')
    end(lab, source)
    shoot_all(lab, 'full')
    resource.prlimit(window.process.pid, resource.RLIMIT_FSIZE, limits)
    window.press('Go On')
    window.await_node('3 pictures added.')
    window.await_gone('There is no room left on the disk.')
    window.await_node('What is in these pictures?', 'label')
    window.await_gone('3 pictures added.')
    shoot_all(lab, 'describe')
    assert count_pictures(lab) == 9
    window.close()


if __name__ == '__main__':
    display.run_tests('adding', [starts, drags_files, describes, drags_a_picture, pastes, gets_nothing_from_the_web,
                                asks_about_room, waits_for_room])
