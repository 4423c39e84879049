#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The start page: what one's people share, and what is said while they share nothing, are away, or ask to be let in."""
import lab as display

WIDE, MIDDLE, NARROW = (1920, 1080), (720, 800), (360, 640)

state = {}


def shoot_all(window, step, may_be_cut=()):
    for width, height in (WIDE, NARROW, MIDDLE):
        window.resize(width, height)
        window.audit(may_be_cut)
        window.shoot(step, width)


def list_tiles(window):
    """A pointer meets the picture in a tile, of which nothing is told: so they are not asked where they are."""
    return [node.name for level in window.levels() for node in level if 'Harbour' in node.name]


def await_tiles(window, condition, what):
    display.wait(lambda: condition(list_tiles(window)), what)


def begins_alone(lab):
    """Who has nobody is led to the first one."""
    state['server'], state['address'] = lab.serve()
    with lab.window('anna', '--server', state['address']) as window:
        window.await_node('New', 'page tab')
        window.await_node('No People Yet')
        window.await_focus('Invite')
        shoot_all(window, 'nobody')
        window.key('alt+2')
        window.await_node('No Pictures Yet')
        window.key('alt+1')
        window.await_node('No People Yet')


def adds(lab, *names):
    """As if it had been done in the window, which has tests of its own."""
    anna = lab.peer('anna', state['address'], *(word for name in names for word in ('--connect', name)))
    for name in names:
        anna.await_event(event='person', name=name, state='here')
    anna.end()


def leads_on(lab):
    """Bert is away, and then shares nothing."""
    state['bert'] = lab.peer('bert', state['address'])
    adds(lab, 'bert')
    state['bert'].end()
    with lab.window('anna', '--server', state['address']) as window:
        window.await_node('bert Is Not Here Right Now')
        window.await_focus('Try Again')
        shoot_all(window, 'away')
        window.press('Try Again')  # before he is there: then it is another button
        state['bert'] = lab.peer('bert', state['address'])
        window.await_node('bert Has Shared Nothing With You Yet')
        window.await_node('Share Something With bert…')
        shoot_all(window, 'nothing')


def shows_what_is_new(lab):
    """Two people, whose pictures are new until they were looked at; one after the other goes away."""
    state['bert'].end()
    for name, colour in (('bert', (32, 96, 128)), ('carl', (160, 80, 40))):
        pictures = lab.folder / f'from {name}'
        pictures.mkdir()
        for number in range(5):
            shade = tuple(channel * (number + 4) // 8 for channel in colour)
            display.write_picture(pictures / f'Harbour {name} {number}.png', colour=shade)
        state[name] = lab.peer(name, state['address'], '--share', pictures)
        state[name].await_event(event='shared-all')
    adds(lab, 'carl')
    with lab.window('anna', '--server', state['address']) as window:
        await_tiles(window, lambda names: any('New' in name for name in names), 'something new')
        window.shoot('fresh')
        for name in ('bert', 'carl'):
            await_tiles(window, lambda names, name=name: sum(f'From {name}' in tile for tile in names) == 5,
                        f'the pictures of {name}')
        await_tiles(window, lambda names: not any('New' in name for name in names), 'all to have been looked at')
        shoot_all(window, 'wall')
        window.key('alt+1')
        window.await_focus('Today. Harbour')
        window.key('Return')
        window.await_node('Back')
        window.key('Escape')
        window.await_node('New', 'page tab')
        state['carl'].end()
        state['bert'].end()
        window.await_node('Nobody is here right now. These are from earlier.')
        shoot_all(window, 'earlier')


def remembers(lab):
    """After a restart all is there, and nothing is new again; also for who likes it dark."""
    with lab.window('anna', '--server', state['address'], dark=True) as window:
        window.await_node('Nobody is here right now. These are from earlier.')
        await_tiles(window, lambda names: len(names) == 10 and names[0].startswith('Today. '), 'what was seen earlier')
        assert not any('New' in name for name in list_tiles(window))
        shoot_all(window, 'earlier')


def answers(lab):
    """Two ask, one after the other is answered; with keys alone."""
    with lab.window('anna', '--server', state['address']) as window:
        window.await_node('New', 'page tab')
        for name in ('dora', 'emil'):  # the second comes after the first
            state[name] = lab.peer(name, state['address'], '--connect', 'anna')
            window.await_node('dora would like to connect to you', 'label')
        window.await_node('1 of 2', 'label')
        shoot_all(window, 'card')
        window.press('Next message')
        window.await_node('emil would like to connect to you', 'label')
        window.key('F6')
        window.await_focus('Accept')
        window.key('Return')
        window.await_node('dora would like to connect to you', 'label')
        window.press('Decline')
        window.await_gone('dora would like')
        window.await_gone('emil would like')


def speaks(lab):
    """In each language, on a telephone, no word is cut; nor is one where text is large."""
    for language, nobody in (('de', 'Noch niemand'), ('es', 'Todavía no'), ('en', 'No People Yet')):
        if language == 'en':
            lab.run('xprop', '-root', '-f', 'RESOURCE_MANAGER', '8s', '-set', 'RESOURCE_MANAGER', 'Xft.dpi:\t144\n')
        with lab.window(f'new-{language}', '--server', state['address'], language=language) as window:
            window.await_node(nobody)
            window.resize(400 if language == 'en' else 360, 720)
            window.audit()
            window.shoot(f'words-{language}', 400 if language == 'en' else 360)


if __name__ == '__main__':
    display.run_tests('new', [begins_alone, leads_on, shows_what_is_new, remembers, answers, speaks])
