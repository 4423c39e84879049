#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The connection doctor: all is well; the meeting point dies and returns; a server that helps through firewalls goes; the
path to somebody; a report for others to read."""
import shutil

import lab as display
from relay import Relay

WIDE, NARROW = (1280, 800), (360, 640)
PREFERENCES = 'Preferences'

state = {}


def shoot_all(window, step):
    for width, height in (WIDE, NARROW):
        window.resize(width, height)
        window.audit()
        window.shoot(step, width)


def open_doctor(window):
    """By the main menu, with keys alone."""
    window.key('F10')
    window.await_focus('Preferences')
    window.key('d')
    window.await_node('Connection Doctor', 'label')
    window.key('shift')  # which gives it the focus, as a window manager does


def look_again(window, result):
    window.press('Look Again')
    window.await_node(result, 'label')


def await_description(window, text):
    """What a screen reader says of what has the focus."""
    def is_described():
        focused = window.focused()
        return focused is not None and text in focused.description
    try:
        display.wait(is_described, f'“{text}” to be read out', patience=4)
    except AssertionError as error:
        focused = window.focused()
        raise AssertionError(f'{error}; the focus is on {focused}: {focused and focused.description}') from None


def is_well(lab):
    """Each step says what it found; what is not set up is nothing to mend."""
    state['relay'] = Relay()
    state['server'], state['address'] = lab.serve()
    state['window'] = window = lab.window('anna', '--server', state['address'],
                                          '--stun', f'stun://127.0.0.1:{state["relay"].port}')
    window.await_node('No People Yet')
    open_doctor(window)
    window.await_node('All Is Well')
    await_description(window, 'All Is Well')
    window.await_node('Reached in', 'label')
    window.await_node('You are “anna” there', 'label')
    window.await_node('Your address is known', 'label')
    window.await_node('Not set up. It helps where networks are strict.', 'label')
    window.await_focus('Look Again')
    shoot_all(window, 'well')


def tells_of_the_meeting_point(lab):
    """It dies: that is said, with a remedy, and what needs it is left out. It returns, and all is well."""
    window = state['window']
    port = int(state['address'].rsplit(':', 1)[1])
    state['server'].end()
    look_again(window, '1 Thing to Mend')
    window.await_node('Not looked at', 'label')
    shoot_all(window, 'no-meeting-point')
    window.press('Change…')
    window.await_node('Who May Connect')
    window.key('Escape', title=PREFERENCES)
    window.await_gone('Who May Connect')

    window.key('Escape')  # back, where a notice leads here again
    window.press('Find Out Why…')
    window.await_node('1 Thing to Mend', 'label')
    state['server'], _ = lab.serve(port)
    look_again(window, 'All Is Well')


def tells_of_stun(lab):
    """It goes, and is not there."""
    window = state['window']
    window.resize(*WIDE)
    window.key('alt+1')
    open_doctor(window)
    window.await_node('All Is Well', 'label')
    port = state['relay'].port
    state['relay'].stop()
    window.press('Look Again')
    await_description(window, '1 Thing to Mend')
    window.await_node('1 Thing to Mend', 'label')
    window.await_node('No answer from “127.0.0.1”.', 'label')
    shoot_all(window, 'no-stun')
    state['relay'] = Relay(port=port)
    look_again(window, 'All Is Well')
    window.key('Escape')


def tells_of_a_person(lab):
    """Who is away is looked for; once they are here, it says by which way and how far."""
    window = state['window']
    window.resize(*WIDE)
    window.key('alt+3')
    bert = lab.peer('bert', state['address'], '--connect', 'anna')
    window.press('Accept')
    window.await_node('Here, directly', 'label')
    bert.end()
    window.await_node('Away since', 'label')
    for _ in range(12):
        node = window.focused()
        if node is not None and node.name.startswith('More'):
            break
        window.key('Tab')
    window.await_focus('More')
    window.key('space')
    window.await_focus('Look Through Their Pictures')  # the first of it
    window.key('f')
    window.await_node('Path to bert', 'label')
    window.await_node('bert is not here.', 'label')
    window.await_node('1 Thing to Mend', 'label')
    shoot_all(window, 'away')
    lab.peer('bert', state['address'])
    look_again(window, 'All Is Well')
    window.await_node('Directly, ', 'label')
    shoot_all(window, 'path')


def copies_a_report(lab):
    """For others to read: what was found, and nobody's name."""
    window = state['window']
    window.press('Copy Report')
    window.await_node('Report copied. It has no names and no addresses in it.')
    window.shoot('copied')
    if shutil.which('xclip') is None:
        return
    report = lab.run('xclip', '-o', '-selection', 'clipboard')
    for line in ('Meeting point: good, ', 'STUN: good, candidate host, ', 'TURN: not set up',
                 'Path to a person: good, directly, candidate '):
        assert line in report, report
    for secret in ('anna', 'bert', '127.0.0.1', state['address'].rsplit(':', 1)[1], str(state['relay'].port)):
        assert secret not in report.lower(), report


def tries(lab):
    """Preferences try the meeting point alone, and lead to the doctor."""
    window = state['window']
    window.key('Escape')
    window.key('ctrl+comma')
    window.await_node('Your Invitation')
    window.press('Connection', 'page tab')
    window.press('Try')
    window.await_node('Reached in', 'label')
    window.audit()
    window.shoot('preferences', title=PREFERENCES)
    window.key('Escape', title=PREFERENCES)
    window.await_gone('Who May Connect')


def shows_the_notice(lab):
    """With three buttons it fits a telephone, and says why."""
    window = state['window']
    port = int(state['address'].rsplit(':', 1)[1])
    window.key('alt+1')
    state['server'].end()
    window.await_node('Find Out Why…', 'push button')
    shoot_all(window, 'notice')
    state['server'], _ = lab.serve(port)
    window.await_gone('Find Out Why…')  # by the next try
    window.close()


def is_dark_and_german(lab):
    """On a telephone, in German, no word is cut."""
    with lab.window('anna', dark=True, language='de') as window:
        window.await_node('Personen', 'page tab')
        for width, height in (WIDE, NARROW):
            window.resize(width, height)
            window.key('F10')
            window.await_focus('Einstellungen')
            window.key('Down', 'Down', 'Down', 'Return')
            window.await_node('Alles in Ordnung', 'label')
            window.audit()
            window.shoot('german', width)
            window.key('Escape')


if __name__ == '__main__':
    display.run_tests('doctor', [is_well, tells_of_the_meeting_point, tells_of_stun, tells_of_a_person, copies_a_report,
                                 tries, shows_the_notice, is_dark_and_german])
