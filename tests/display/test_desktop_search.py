#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop's search: a program of its own answers with one's own pictures, with and without a Freshet that runs; what
is chosen opens there."""
import os
import time

import lab as display

NAME, PATH = 'app.freshet.Freshet.SearchProvider', '/app/freshet/Freshet/SearchProvider'
IDLE = 30  # seconds, after which it ends

state = {}


def ask(lab, method, signature, *values):
    glib = lab.desktop.glib
    reply = lab.desktop.connection.call_sync(NAME, PATH, 'org.gnome.Shell.SearchProvider2', method,
                                             glib.Variant(signature, values), None, lab.desktop.gio.DBusCallFlags.NONE,
                                             display.PATIENCE * 1000, None)
    if method.startswith('Get'):
        state['asked'] = time.monotonic()
    return reply.unpack()


def open_window(lab, *more):
    """On the usual folder, which the provider looks into."""
    return display.Window(lab, [lab.program, '--name', 'anna', '--server', state['address'], *more], 'Freshet',
                          {'LANGUAGE': 'en', 'ADW_DEBUG_COLOR_SCHEME': 'prefer-light'})


def add(lab, title, colour):
    path = lab.folder / f'{title}.png'
    display.write_picture(path, colour=colour)
    lab.run(lab.cli, 'gallery', 'add', '--data', str(lab.folder / 'data' / 'freshet'), '--audience', 'contacts', str(path))


def is_known(lab):
    answer = lab.desktop.connection.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                                              'NameHasOwner', lab.desktop.glib.Variant('(s)', (NAME,)), None,
                                              lab.desktop.gio.DBusCallFlags.NONE, -1, None)
    return answer.unpack()[0]


def finds_without_a_window(lab):
    state['server'], state['address'] = lab.serve()
    add(lab, 'Harbour at night', (20, 40, 90))
    add(lab, 'Dune', (200, 160, 90))
    state['provider'] = lab.start([os.environ['FRESHET_PROVIDER']], {})
    display.wait(lambda: is_known(lab), 'the provider')
    (found,) = ask(lab, 'GetInitialResultSet', '(as)', ['harb', 'night'])
    assert len(found) == 1, found
    state['id'] = found[0]
    (metas,) = ask(lab, 'GetResultMetas', '(as)', found)
    assert metas[0]['name'] == 'Harbour at night', metas
    assert metas[0]['icon'][0] == 'bytes', metas[0]['icon'][0]
    (none,) = ask(lab, 'GetSubsearchResultSet', '(asas)', found, ['harb', 'nowhere'])
    assert none == [], none
    sockets = [os.readlink(f'/proc/{state["provider"].pid}/fd/{number}')
               for number in os.listdir(f'/proc/{state["provider"].pid}/fd')]
    assert not [name for name in sockets if 'freshet.db' in name], 'it holds the pictures open'


def opens_on_a_picture(lab):
    """Where none ran: what was chosen is shown as soon as there is a window."""
    state['window'] = window = open_window(lab, f'--show-picture={state["id"]}')
    window.await_node('Harbour at night')
    window.await_node('Back')
    window.audit(may_be_cut=['Harbour at night'])
    window.shoot('picture')


def leads_there(lab):
    """Where one runs: it shows the other picture, and then what was typed."""
    window = state['window']
    (found,) = ask(lab, 'GetInitialResultSet', '(as)', ['dune'])
    ask(lab, 'ActivateResult', '(sasu)', found[0], ['dune'], 0)
    window.await_node('Dune')
    window.await_gone('Harbour at night')
    ask(lab, 'ActivateResult', '(sasu)', '0' * 64, ['dune'], 0)
    window.await_node('This picture is not here any more.')
    ask(lab, 'LaunchSearch', '(asu)', ['harb'], 0)
    window.await_gone('Dune')
    window.await_node('Harbour at night')
    window.audit(may_be_cut=['Harbour at night'])
    window.shoot('typed')


def ends(lab):
    """It is not needed any more."""
    display.wait(lambda: state['provider'].poll() is not None, 'the provider to end', IDLE + display.PATIENCE)
    assert state['provider'].returncode == 0, state['provider'].returncode
    assert time.monotonic() - state['asked'] > IDLE - 1
    state['window'].close()


display.run_tests('desktop-search', [finds_without_a_window, opens_on_a_picture, leads_there, ends])
