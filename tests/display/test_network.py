#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The network page: alone; with people; a search that runs out as a wave, and what became of it; without the meeting
point; with reduced motion; narrow, dark, with large text and in German."""
import time

import lab as display

WIDE, NARROW = (1280, 800), (360, 640)
NARROWEST_LARGE = (400, 720)  # with text that is half as large again
NAMES = ('anna', 'bert', 'zoe')
ACCENT = bytes.fromhex('1c71d8')  # of an answer on its way, and of nothing else on the map

state = {}


def shoot_all(window, step, sizes=(WIDE, NARROW)):
    for width, height in sizes:
        window.resize(width, height)
        window.audit(may_be_cut=NAMES)
        window.shoot(step, width)


def open_network(window, first='Preferences', name='Your Network'):
    """By the main menu, with keys alone."""
    window.key('F10')
    window.await_focus(first)
    window.key('Down', 'Return')
    window.await_node(name, 'label')
    window.key('shift')  # which gives it the focus, as a window manager does


def open_search(window):
    window.key('ctrl+f')
    window.await_focus('Look for pictures')


def is_alone(lab):
    """There is one thing to do, and it has the focus."""
    state['server'], state['address'] = lab.serve()
    state['window'] = window = lab.window('anna', '--server', state['address'])
    window.await_node('No People Yet')
    open_network(window)
    window.await_node('You Are Alone Here', 'label')
    window.await_focus('Invite…')
    shoot_all(window, 'alone')


def shows_people(lab):
    """Who comes stands on the map, and says how far away they are; a key opens their page."""
    window = state['window']
    for name, more in (('bert', ['--connect', 'anna']), ('zoe', ['--connect', 'bert'])):
        picture = display.write_picture(lab.folder / f'Harbour of {name}.png', colour=(90, 160, 90 if name == 'bert' else 220))
        state[name] = lab.peer(name, state['address'], '--share', picture, *more)
        state[name].await_event(event='shared-all')
    state['zoe'].await_event(event='person', name='bert', state='here')
    window.key('alt+3')
    window.press('Accept')
    window.await_node('Here, directly', 'label')
    window.await_gone('Someone would like to connect')  # else the first Escape is for that
    open_network(window)
    window.await_node('bert, here, directly, ', 'list item')
    window.await_focus('bert, here, directly, ')
    window.await_node('Look for something, and see how far it goes.', 'label')
    shoot_all(window, 'people')
    window.key('Return')
    window.await_gone('Your Network', 'label')
    window.key('Escape')
    window.await_node('Your Network', 'label')
    window.await_focus('bert, here, directly, ')


def shows_a_search(lab):
    """Going back from where it was asked leads here, where its steps, its table and its times are."""
    window = state['window']
    window.resize(*WIDE)
    window.press('Look for Pictures')
    window.await_focus('Look for pictures')
    window.type('harbour')
    window.key('Return')
    window.await_node('Harbour of bert')
    window.await_node('Harbour of zoe')
    window.press('Back')
    window.await_node('“harbour”: asked 2 people so far. 2 answered.', 'label')
    window.await_node('2 answers, after ', 'image')
    window.await_node('Asked 2 people. 2 answered.', 'label')
    shoot_all(window, 'searched')
    window.resize(*WIDE)
    window.press('Up to 2 steps away')
    window.await_node('Already asked', 'label')
    shoot_all(window, 'table')


def find_map(window):
    """Where it is on the X window, which has a border."""
    x, y, width, height = window.await_node('People who are connected to you', 'list').extents
    outer = window.x_size(window.x_window(window.title))
    border = [(whole - inner) // 2 for whole, inner in zip(outer, window.size())]
    return f'{width}x{height}+{x + border[0]}+{y + border[1]}', width * height * 3


def sees_answer(lab, window, place, size):
    """Whether an answer is on its way over the map, in one picture of it."""
    path = lab.folder / 'map.ppm'
    lab.run('import', '-window', window, '-crop', place, '+repage', '-depth', '8', str(path))
    pixels = path.read_bytes()[-size:]
    return any(pixels[i:i + 3] == ACCENT for i in range(0, size, 3))


def goes_and_comes(lab, window):
    """From here to the search and back, after which it runs out again; whether that was seen within two seconds."""
    place, size = find_map(window)
    x_window = window.x_window(window.title)
    open_search(window)
    window.press('Back')
    end = time.monotonic() + 2
    is_seen = False
    while time.monotonic() < end and not is_seen:
        is_seen = sees_answer(lab, x_window, place, size)
    window.await_node('Your Network', 'label')
    return is_seen


def moves(lab):
    """While answers may still come, the wave is seen by whoever comes from there; a search is asked again if it is over."""
    window = state['window']
    window.resize(*WIDE)

    def is_seen():
        if window.find('“harbour”: asked 2 people so far.', 'label') is None:
            open_search(window)
            window.key('ctrl+a')
            window.type('harbour')
            window.key('Return')
            window.await_node('Harbour of bert')
            window.press('Back')
            window.await_node('Your Network', 'label')
        return goes_and_comes(lab, window)
    display.wait(is_seen, 'an answer on its way', patience=60)
    window.shoot('moving')


def loses_the_meeting_point(lab):
    """It is said that whoever is connected stays so."""
    window = state['window']
    port = int(state['address'].rsplit(':', 1)[1])
    state['server'].end()
    window.await_node('You are not at your meeting point now.', 'label')
    window.await_node('bert, here, directly, ', 'list item')
    shoot_all(window, 'no-meeting-point')
    window.press('Find Out Why…')
    window.await_node('Connection Doctor', 'label')
    window.key('Escape')
    window.await_node('Your Network', 'label')
    state['server'], _ = lab.serve(port)
    window.await_gone('You are not at your meeting point now.')


def is_left(lab):
    """Who goes is not on the map any more; what was looked for stays."""
    window = state['window']
    window.resize(*WIDE)
    state['zoe'].end()
    state['bert'].end()
    window.await_node('You Are Alone Here', 'label')
    window.await_node('Last Searches', 'label')
    shoot_all(window, 'left')
    window.close()


def stands_still(lab):
    """With reduced motion nothing moves, but the numbers change; dark, in German, with large text no word is cut."""
    settings = lab.folder / 'config' / 'gtk-4.0'
    settings.mkdir(parents=True, exist_ok=True)
    (settings / 'settings.ini').write_text('[Settings]\ngtk-enable-animations=0\n', encoding='utf-8')
    bert = lab.peer('bert', state['address'])
    with lab.window('anna') as window:
        bert.await_event(event='person', name='anna', state='here')
        window.resize(*WIDE)
        open_network(window)
        window.await_node('bert, here, directly, ', 'list item')
        window.press('Look for Pictures')
        window.await_focus('Look for pictures')
        window.type('harbour')
        window.key('Return')
        window.await_node('Harbour of bert')
        window.press('Back')
        window.await_node('“harbour”: asked 1 person so far. 1 answered.', 'label')
        assert not any([goes_and_comes(lab, window) for _ in range(3)]), 'something moved'
        window.await_node('“harbour”: asked 1 person so far. 1 answered.', 'label')  # so it would have
        window.shoot('still')
    lab.run('xprop', '-root', '-f', 'RESOURCE_MANAGER', '8s', '-set', 'RESOURCE_MANAGER', 'Xft.dpi:\t144\n')
    with lab.window('anna', dark=True, language='de') as window:
        window.await_node('Bilder', 'page tab')
        window.resize(*WIDE)
        open_network(window, 'Einstellungen', 'Ihr Netz')
        window.await_node('bert, anwesend, direkt, ', 'list item')
        window.press('Bilder suchen')
        window.await_focus('Bilder suchen')
        window.type('harbour')
        window.key('Return')
        window.await_node('Harbour of bert')
        window.press('Zurück')
        window.await_node('„harbour“: bisher 1 Person gefragt.', 'label')
        shoot_all(window, 'german', (WIDE, NARROWEST_LARGE))
        x, _, width, _ = window.await_node('bert, anwesend, direkt, ', 'list item').extents
        assert x + width <= window.size()[0], f'the map goes as far as {x + width}'


if __name__ == '__main__':
    display.run_tests('network', [is_alone, shows_people, shows_a_search, moves, loses_the_meeting_point, is_left,
                                  stands_still])
