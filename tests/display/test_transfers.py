#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is on its way: two at once, paused, stopped, tried again, waited for until somebody is here, also over a restart;
below a button, and as a page where that is narrow."""
import random
import struct
import zlib

import lab as display

WIDE, NARROW = (1920, 1080), (360, 640)
SLOW = ('--limit-up', '200')  # KiB a second
TITLES = ('Harbour', 'Dune')  # titles, which may be cut
state = {}


def write_large_picture(path, seed, width=1300, height=900):
    """One that no packing makes smaller, so that it takes a while to come."""
    noise = random.Random(seed)
    rows = b''.join(b'\0' + noise.randbytes(width * 3) for _ in range(height))

    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
    path.write_bytes(b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0))
                     + chunk(b'IDAT', zlib.compress(rows, 0)) + chunk(b'IEND', b''))
    return path


def begin_bert(lab, *more):
    state['bert'] = lab.peer('bert', state['address'], *more)


def starts(lab):
    """A meeting point, Bert with two large pictures, of whom Anna knows, and her window."""
    pictures = lab.folder / 'from bert'
    pictures.mkdir()
    for number, title in enumerate(('Harbour at night', 'Dune')):
        write_large_picture(pictures / f'{title}.png', number)
    state['server'], state['address'] = lab.serve()
    begin_bert(lab, '--share', pictures, *SLOW)
    state['bert'].await_event(event='shared-all')
    anna = lab.peer('anna', state['address'], '--connect', 'bert')
    anna.await_event(event='person', name='bert', state='here')
    anna.end()
    state['window'] = window = lab.window('anna', '--server', state['address'])
    display.wait(lambda: tiles(window, 2), 'the pictures of Bert')


def tiles(window, number):
    names = [node.name for level in window.levels() for node in level if 'From bert' in node.name]
    return len(names) >= number and names


def shoot_screen(lab, window, step):
    """With the popover, which is a window of its own."""
    if lab.screens is not None:
        width, height = window.size()
        lab.run('import', '-window', 'root', '-crop', f'{width + 60}x{height}+0+0',
                str(lab.screens / f'{lab.name}-{step}-{width}-{window.scheme}.png'))


def find(window, name, role):
    """Rows and what is in them are there while they are looked at only; what a popover has no pointer meets, for GTK."""
    return next((node for level in window.levels() for node in level if node.name.startswith(name) and node.role == role),
                None)


def row(window, title, line=''):
    return find(window, f'{title}. {line}', 'list item')


def await_row(window, title, line, patience=display.PATIENCE):
    return display.wait(lambda: row(window, title, line), f'the row “{title}. {line}…”', patience)


def press(window, name):
    display.wait(lambda: find(window, name, 'push button'), f'the button “{name}”').press()


def comes_two_at_once(lab):
    """Both are opened, and go on coming when they are left; the button has a list of them."""
    window = state['window']
    window.resize(900, 700)
    window.key('alt+2')
    window.await_node('No Pictures Yet')
    window.key('alt+1')
    window.await_focus('Today')
    window.key('Return')
    window.await_node('Stop', 'push button')
    window.key('Right')
    window.await_gone('Next picture')
    window.key('Escape')
    window.await_node('Transfers, 2 on their way', 'push button')
    window.key('ctrl+j')
    for title in ('Harbour at night', 'Dune'):
        await_row(window, title, 'From bert, ')
    display.wait(lambda: 'left' in row(window, 'Dune').name, 'how long it takes')
    assert window.focused().name.startswith(('Dune', 'Harbour')), window.focused()
    window.audit(TITLES)
    shoot_screen(lab, window, 'coming')


def pauses_and_stops(lab):
    """One rests, and goes on; is stopped, and tried again from where it was. The focus is never lost."""
    window = state['window']
    press(window, 'Pause Dune')
    await_row(window, 'Dune', 'Paused, ')
    window.await_node('Transfers, 1 on its way', 'push button')
    shoot_screen(lab, window, 'paused')
    window.audit(TITLES)
    press(window, 'Go on with Dune')
    await_row(window, 'Dune', 'From bert, ')
    press(window, 'Cancel Dune')
    await_row(window, 'Dune', 'Stopped')
    window.await_focus('Harbour')
    shoot_screen(lab, window, 'stopped')
    window.audit(TITLES)
    press(window, 'Try Dune again')
    await_row(window, 'Dune', 'From bert, ')
    window.key('Escape')
    display.wait(lambda: row(window, 'Dune') is None, 'the popover to close')


def is_a_page_on_a_telephone(lab):
    """What has come is opened from there, and back leads there."""
    window = state['window']
    window.resize(*NARROW)
    window.press('Transfers, 2 on their way')
    window.await_node('Back', 'push button')
    display.wait(lambda: window.focused() is not None and window.focused().role == 'list item', 'the focus in the list')
    window.audit(TITLES)
    window.shoot('coming', NARROW[0])
    press(window, 'Pause Dune')
    await_row(window, 'Harbour at night', 'From bert, today at')
    window.await_focus('Dune')  # what had it has gone to those that are over
    window.shoot('over', NARROW[0])
    window.audit(TITLES)
    window.key('Down')
    window.await_focus('Harbour at night')
    window.key('Return')
    window.await_node('Full screen', 'push button')
    window.key('Escape')
    window.await_focus('Harbour at night. From bert')


def waits(lab):
    """Until Bert is here, also after a restart; and comes by itself then."""
    window = state['window']
    state['bert'].end()
    press(window, 'Go on with Dune')
    await_row(window, 'Dune', 'Waits until bert is here')
    window.audit(TITLES)
    window.shoot('waits', NARROW[0])
    window.close()
    for language, dark, waiting in (('de', True, 'Wartet, bis bert da ist'), ('es', False, 'Espera a que bert')):
        with lab.window('anna', language=language, dark=dark) as window:
            window.resize(*NARROW)
            window.key('alt+1')
            window.key('ctrl+j')
            await_row(window, 'Dune', waiting)
            window.audit(TITLES)
            window.shoot(f'{language}-waits', NARROW[0])
    with lab.window('anna', '--server', state['address']) as window:
        window.await_node('New', 'page tab')
        window.key('ctrl+j')
        await_row(window, 'Dune', 'Waits until bert is here')
        begin_bert(lab)
        await_row(window, 'Dune', 'From bert, today at', 60)
        window.resize(*WIDE)
        window.audit(TITLES)
        window.shoot('came', WIDE[0])
        window.press('Clear')
        window.await_node('Nothing Is on Its Way')
        window.audit()
        window.shoot('nothing', WIDE[0])
        window.key('Escape')
        window.await_node('New', 'page tab')


if __name__ == '__main__':
    display.run_tests('transfers', [starts, comes_two_at_once, pauses_and_stops, is_a_page_on_a_telephone, waits])
