#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looking for pictures: one's own while typing, then those of others; stopped, filtered, and with nobody there."""
import lab as display

NARROW, WIDE = (360, 640), (960, 720)
NARROWEST_LARGE = (400, 720)  # with text that is half as large again
TITLES = ('Harbour at night', 'Harbour crane', 'Old harbour')

state = {}


def write_pictures(folder):
    """One of them is high, one has more than a megapixel."""
    folder.mkdir()
    sizes = ((640, 480), (480, 640), (1280, 960))
    return [display.write_picture(folder / f'{title}.png', *size, colour=(220 - 80 * i, 110, 60 + 80 * i))
            for i, (title, size) in enumerate(zip(TITLES, sizes))]


def starts(lab):
    """Anna has a picture of her own and knows Bert, who has three and is away."""
    own = display.write_picture(lab.folder / 'My harbour.png', colour=(90, 150, 90))
    state['server'], state['address'] = lab.serve()
    shares = [word for path in write_pictures(lab.folder / 'pictures') for word in ('--share', path)]
    bert = lab.peer('bert', state['address'], *shares)
    bert.await_event(event='shared-all')
    anna = lab.peer('anna', state['address'], '--share', own, '--connect', 'bert')
    anna.await_event(event='shared-all')
    anna.await_event(event='person', state='here')
    anna.end()
    bert.end()
    state['window'] = window = lab.window('anna', '--server', state['address'])
    window.await_node('Pictures', 'page tab')
    window.resize(*WIDE)


def looks_here(lab):
    """Letters find one's own; with nobody there Enter finds no more, and says why."""
    window = state['window']
    window.key('ctrl+f')
    window.await_focus('Look for pictures')
    window.await_node('Everyone')
    window.audit()
    window.shoot('start')
    window.type('harb')
    window.await_node('My harbour')
    window.await_node('1 picture of your own. Press Enter')
    window.audit()
    window.shoot('own')
    window.type(' dune')
    window.await_node('None of Your Own', 'label')
    window.audit()
    window.shoot('none-own')
    window.key('Return')
    window.await_node('Nobody Is Here Right Now', 'label')
    window.await_node('People you’re connected to')
    window.audit()
    window.shoot('nobody')
    window.press('Got It')
    window.await_gone('People you’re connected to')
    window.key('ctrl+f')
    window.type('harbour')
    window.key('Return')
    window.await_node('Nobody is here right now, so only your own')
    window.await_node('My harbour')
    window.shoot('nobody-own')
    window.key('Escape')
    window.await_node('Recent Searches')


def asks(lab):
    """Enter asks Bert, who has come; once more leads to what was found."""
    window = state['window']
    bert = lab.peer('bert', state['address'])
    bert.await_event(event='person', state='here')
    window.key('ctrl+f')
    window.type('harbour')
    window.key('Return')
    for title in TITLES + ('My harbour',):
        window.await_node(title)
    window.await_node('Asked 1 person')
    assert '4 pictures so far' in window.find('Asked 1 person').name
    window.audit()
    window.shoot('found')
    window.key('Return')
    window.await_focus('My harbour')
    window.press('Up to 1 step away')
    window.await_node('Already asked')
    window.audit()
    window.shoot('how-far')
    window.press('Up to 1 step away')
    window.await_gone('Already asked')


def narrows_down(lab):
    """Chips hide some of it, or all; what is asked for stays."""
    window = state['window']
    window.press('Tall')
    window.await_node('Harbour crane')
    window.await_gone('Old harbour')
    assert '3 are hidden by filters.' in window.await_node('Asked 1 person').name
    window.audit()
    window.shoot('tall')
    window.press('Wide')
    window.await_gone('Harbour crane')
    window.key('ctrl+f')
    window.type('crane')
    window.key('Return')
    window.await_node('Hidden by Filters', 'label')
    window.audit()
    window.shoot('hidden')
    window.press('Show All')
    window.await_node('Harbour crane')


def stops(lab):
    """Other words change nothing until they are asked for; who has heard enough stops."""
    window = state['window']
    window.key('ctrl+f')
    window.type('harbour')
    window.key('Return')
    window.await_node('Old harbour')
    window.key('End')
    window.type(' night')
    window.await_node('These are for “harbour”. Press Enter to ask for “harbour night”.')
    window.await_node('Old harbour')
    window.audit()
    window.shoot('other-words')
    window.key('Return')
    window.await_gone('Old harbour')
    window.await_node('Harbour at night')
    window.press('Stop')
    window.await_node('Stopped. 1 picture so far.')
    window.audit()
    window.shoot('stopped')
    window.press('Ask Again')
    window.await_node('Asked 1 person')
    window.key('ctrl+f')
    window.type('walrus')
    window.key('Return')
    window.await_node('Nothing Found', 'label')
    window.audit()
    window.shoot('nothing')


def fits(lab):
    """On a telephone; in a dark room, with large text."""
    window = state['window']
    window.resize(*NARROW)
    window.audit()
    window.shoot('nothing', NARROW[0])
    window.key('ctrl+f')
    window.type('harbour')
    window.key('Return')
    window.await_node('Old harbour')
    window.audit()
    window.shoot('found', NARROW[0])
    window.close()
    lab.run('xprop', '-root', '-f', 'RESOURCE_MANAGER', '8s', '-set', 'RESOURCE_MANAGER', 'Xft.dpi:\t144\n')
    with lab.window('anna', '--server', state['address'], dark=True, language='de') as window:
        window.await_node('Bilder', 'page tab')
        window.resize(*NARROWEST_LARGE)
        window.key('ctrl+f')
        window.await_focus('Bilder suchen')
        window.type('harbour')
        window.await_node('1 eigenes Bild')
        window.key('Return')
        window.await_node('Old harbour')
        window.audit()
        window.shoot('found-large', NARROWEST_LARGE[0])


if __name__ == '__main__':
    display.run_tests('search', [starts, looks_here, asks, narrows_down, stops, fits])
