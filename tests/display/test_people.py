#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""People: who asks, the page of a person with their pictures, being away, blocking and removing, and what helps where
something does not work."""
import lab as display

WIDE, NARROW = (1280, 800), (360, 640)

state = {}


def shoot_all(window, step, may_be_cut=()):
    for width, height in (NARROW, WIDE):
        window.resize(width, height)
        window.audit(may_be_cut)
        window.shoot(step, width)


def list_tiles(window):
    """Those on the start page, which is not shown, among them."""
    return [node.name for level in window.levels() for node in level if 'Harbour' in node.name]


def choose(window, menu, letter):
    """In a menu before what has the focus, with keys alone."""
    for _ in range(8):
        node = window.focused()
        if node is not None and node.name.startswith(menu):
            break
        window.key('shift+Tab')
    window.await_focus(menu)
    window.key('space')
    window.await_focus('Share Something…')  # the first of it
    window.key(letter)


def answers(lab):
    """Somebody asks and is let in; their row says how it stands."""
    state['server'], state['address'] = lab.serve()
    pictures = lab.folder / 'from bert'
    pictures.mkdir()
    for number in range(7):
        shade = tuple(channel * (number + 5) // 12 for channel in (40, 120, 160))
        display.write_picture(pictures / f'Harbour {number}.png', colour=shade)
    with lab.window('anna', '--server', state['address']) as window:
        window.key('alt+3')
        window.await_node('No People Yet')
        shoot_all(window, 'nobody')
        state['bert'] = lab.peer('bert', state['address'], '--share', pictures, '--connect', 'anna')
        window.await_node('Would like to connect to you', 'label')
        shoot_all(window, 'asks')
        window.press('Accept')
        window.await_node('Here, directly', 'label')
        state['bert'].await_event(event='shared-all')


def opens(lab):
    """A row opens the page: their pictures, a picture and back, what is for them, and what is known of them."""
    with lab.window('anna', '--server', state['address']) as window:
        window.key('alt+3')
        window.await_node('Here, directly', 'label')
        window.await_focus('bert')
        window.key('Return')
        window.await_focus('Share Something…')
        display.wait(lambda: len(list_tiles(window)) >= 7, 'their pictures')
        shoot_all(window, 'page')
        window.key('Tab')
        window.await_focus('Today. Harbour')
        window.key('Return')
        window.await_node('Details')
        window.key('Escape')
        window.await_node('More about bert')
        window.press('For Them', 'page tab')
        window.await_node('You have shared nothing with bert yet.')
        shoot_all(window, 'yours')
        window.press('About Them', 'page tab')
        window.await_node('Words', 'list item')
        window.await_node('Compare…')
        shoot_all(window, 'about')
        window.key('Escape')
        window.await_focus('bert')


def is_away(lab):
    """What was seen of somebody stays; also for who likes it dark."""
    with lab.window('anna', '--server', state['address'], dark=True) as window:
        window.key('alt+3')
        window.await_node('Here, directly', 'label')
        state['bert'].end()
        window.await_node('Away since', 'label')
        window.await_focus('bert')
        window.key('Return')
        window.await_node('bert is not here right now. These you have seen or kept.')
        display.wait(lambda: len(list_tiles(window)) >= 7, 'what was seen earlier')
        shoot_all(window, 'away')


def blocks(lab):
    """With a question before, and taken back from the page."""
    with lab.window('anna', '--server', state['address']) as window:
        window.key('alt+3')
        window.await_focus('bert')
        window.key('Return')
        window.await_node('More about bert')
        choose(window, 'More about bert', 'b')
        window.await_node('Block bert?', 'label')
        window.shoot('block', title='Block bert\\?')
        window.press('Block')
        window.await_node('You have blocked bert.')
        shoot_all(window, 'blocked')
        window.press('Unblock')
        window.await_node('bert is not blocked any more')
        window.await_node('No People Yet')


def fails(lab):
    """Nobody is called that; what helps stands beside it. Whoever is not wanted any more is removed by a key."""
    dora = lab.peer('dora', state['address'], '--connect', 'nobody-here')
    dora.await_event(event='person', name='nobody-here', state='away')
    dora.end()
    with lab.window('dora', '--server', state['address']) as window:
        window.key('alt+3')
        words = 'No one called “nobody-here” here. Check the spelling or ask for a link.'
        # they are looked for again and again, so both are there for a few seconds only
        display.wait(lambda: {words, 'Try again'} <= {node.name for level in window.levels() for node in level},
                     'what is wrong, and its remedy', patience=40)
        shoot_all(window, 'fails')
        window.await_focus('nobody-here')
        window.key('Delete')
        window.await_node('Remove nobody-here?', 'label')
        window.shoot('remove')
        window.press('Remove')
        window.await_node('No People Yet')


def speaks(lab):
    """In each language, on a telephone, no word is cut; nor is one where text is large."""
    state['emil'] = lab.peer('emil', state['address'])
    for language, share in (('de', 'Etwas teilen'), ('es', 'Compartir algo'), ('en', 'Share Something')):
        if language == 'en':
            lab.run('xprop', '-root', '-f', 'RESOURCE_MANAGER', '8s', '-set', 'RESOURCE_MANAGER', 'Xft.dpi:\t144\n')
        peer = lab.peer(f'carla-{language}', state['address'], '--connect', 'emil')
        peer.await_event(event='person', name='emil', state='here')
        peer.end()
        with lab.window(f'carla-{language}', '--server', state['address'], language=language) as window:
            window.key('alt+3')
            window.await_focus('emil')
            window.key('Return')
            window.await_node(share)
            window.resize(400 if language == 'en' else 360, 720)
            window.audit()
            window.shoot(f'words-{language}', 400 if language == 'en' else 360)


if __name__ == '__main__':
    display.run_tests('people', [answers, opens, is_away, blocks, fails, speaks])
