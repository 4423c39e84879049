#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From opening Freshet for the first time to a picture that is shared with a friend, in each of three ways: by an invitation
that one got, with a meeting point on this computer, and with one somewhere else."""
import json
import time

import lab as display

NARROW = (360, 640)
IN_TIME = 120  # seconds that a person has for the whole way; most of them are theirs

state = {}


def await_entry(window, name):
    """A row to type in; no program is told that the text in it has the focus, so nothing else has it."""
    window.await_node(name, 'text')
    display.wait(lambda: window.focused() is None, f'the focus to be in “{name}”')


def begin(lab, name, **more):
    """A window of somebody who was never here, at the second step."""
    window = lab.window(name, named=False, **more)
    window.await_node('What Should People Call You?')
    await_entry(window, 'Your Name')
    window.key('ctrl+a')
    window.type(name)
    window.key('Return')
    window.await_node('Who Do You Want to Share With?')
    window.await_focus('I Have an Invitation')
    return window


def tell(lab, name, *words):
    """Asks a person's program, and returns what it answers."""
    told = lab.run(lab.cli, *words, '--json', '--data', str(lab.folder / name), check=False)
    return [json.loads(line) for line in told.splitlines()]


def invitation_of(lab, name):
    return tell(lab, name, 'identity')[0]['invitation']


def choose_pictures(lab, window, path):
    """The file dialog, by its keys; then who can see them."""
    window.press('Choose Pictures…')
    title = 'Add Pictures'
    display.wait(lambda: window.x_window(title), 'the files to choose from')
    display.wait(lambda: (window.focused() or lab).name not in (lab.name, 'Choose Pictures…'), 'the list of files')
    window.key('asciitilde', title=title)  # the home folder; a long path would be completed while it is typed
    display.wait(lambda: window.focused() is None or window.focused().role in ('entry', 'text'), 'the name of a file')
    window.type(f'/{path.name}')
    window.key('Return', title=title)
    title = 'Who Can See It'
    window.await_node('Who can see these pictures?')
    window.key('Tab', 'space', title=title)
    window.press('Add')
    window.await_node('1 picture added.')


def is_found(lab, name, words):
    return any(event.get('event') == 'hit' for event in tell(lab, name, 'search', words, '--wait', '2'))


def looks_well(lab):
    """Each step, before anything is done: narrow and wide, and back."""
    state['server'], state['address'] = lab.serve()
    lab.peer('bert', state['address'])
    state['window'] = window = lab.window('carla', named=False)
    window.await_node('What Should People Call You?')
    await_entry(window, 'Your Name')
    for width, height in ((960, 680), NARROW):
        window.resize(width, height)
        window.audit()
        window.shoot('name', width)
    window.key('ctrl+a')
    window.type('Carla')
    window.key('Return')
    window.await_focus('I Have an Invitation')
    for width, height in ((960, 680), NARROW):
        window.resize(width, height)
        window.audit()
        window.shoot('choice', width)
    window.key('Return')
    await_entry(window, 'Invitation')
    window.type('anna')
    window.key('Return')
    window.await_node('“anna” is neither an address nor an invitation')
    window.audit()
    window.shoot('no-invitation')
    window.key('Escape')
    window.await_node('Who Do You Want to Share With?')


def starts_one_here(lab):
    """A meeting point on this computer: its invitation is shown, and Bert comes by it."""
    window = state['window']
    window.key('Down', 'Return')
    window.await_node('Ready for People on This Network')
    window.await_focus('Copy Link')
    window.audit()
    window.shoot('ready')
    window.key('Return')
    window.press('Next')
    window.await_node('Share Your First Pictures')
    window.audit()
    window.shoot('pictures')
    window.press('Skip')
    window.await_node('Add pictures')
    window.close()
    with lab.window('carla', named=False) as window:  # it goes straight to the pictures
        window.await_node('Add pictures')
        assert not window.find('What Should People Call You?')


def comes_by_invitation(lab):
    """The whole way, by the clock."""
    picture = display.write_picture(lab.folder / 'dune.png')
    invitation = invitation_of(lab, 'bert')
    began = time.monotonic()
    window = begin(lab, 'Anna')
    window.key('Return')
    await_entry(window, 'Invitation')
    window.type(invitation)
    window.await_node('bert')
    window.shoot('invitation')
    window.audit()
    window.press('Connect')
    window.await_node('Connected to bert')
    window.shoot('connected')
    window.audit()
    window.press('Next')
    window.await_node('Share Your First Pictures')
    choose_pictures(lab, window, picture)
    display.wait(lambda: is_found(lab, 'bert', 'dune'), 'Bert to find the picture')
    assert time.monotonic() - began < IN_TIME, f'it took {time.monotonic() - began:.0f} s'
    window.shoot('shared')
    state['window'] = window


def invites(lab):
    """The sheet: one's own code, and somebody who is added in words."""
    window = state['window']
    window.key('alt+3')
    window.await_node('Your address is')
    window.key('ctrl+n')
    window.await_node('Copy Link')
    window.await_focus('Copy Link')
    window.audit()
    window.shoot('sheet', title='Invite')
    window.key('Tab', title='Invite')
    await_entry(window, 'Invitation or Address')
    window.type('bret')
    window.key('Return', title='Invite')
    window.await_node('No one called “bret” here.')
    window.audit()
    window.shoot('sheet-nobody', title='Invite')
    window.key('ctrl+a', title='Invite')
    window.type('bert')
    window.key('Return', title='Invite')
    window.await_node('Connected to bert')
    window.audit()
    window.shoot('sheet-connected', title='Invite')
    window.key('Escape', title='Invite')
    window.await_gone('Copy Link')
    window.resize(*NARROW)
    window.key('ctrl+n')
    window.await_focus('Copy Link')
    window.audit()
    window.shoot('sheet', NARROW[0], title='Invite')
    window.key('Escape', title='Invite')
    window.await_gone('Copy Link')
    window.close()


def goes_far_away(lab):
    """A meeting point somewhere else: first a wrong address, then the right one; in German and dark, with large text."""
    lab.run('xprop', '-root', '-f', 'RESOURCE_MANAGER', '8s', '-set', 'RESOURCE_MANAGER', 'Xft.dpi:\t144\n')
    with lab.window('dora', named=False, dark=True, language='de') as window:
        await_entry(window, 'Ihr Name')
        window.key('ctrl+a')
        window.type('Dora')
        window.key('Return')
        window.await_focus('Ich habe eine Einladung')
        window.audit()
        window.shoot('large-choice')
        window.key('Down', 'Down', 'Return')
        await_entry(window, 'Adresse des Treffpunkts')
        window.type('127.0.0.1:1')
        window.key('Return')
        window.await_node('Der Treffpunkt unter')
        window.audit()
        window.shoot('large-far')
        window.key('ctrl+a')
        window.type(state['address'])
        window.key('Return')
        window.await_node('Bereit für Personen in der Ferne')
        window.audit()
        window.shoot('large-ready')


if __name__ == '__main__':
    display.run_tests('first-start', [looks_well, starts_one_here, comes_by_invitation, invites, goes_far_away])
