#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sharing goes on without a window: that is asked once, notifications tell what happens meanwhile, and each leads to its
thing. The desktop that shows them is ours."""
import signal

import lab as display

state = {}


def open_window(lab):
    """On the usual folder, so that another start finds it."""
    return display.Window(lab, [lab.program, '--name', 'anna', '--server', state['address']], 'Freshet',
                          {'LANGUAGE': 'en', 'ADW_DEBUG_COLOR_SCHEME': 'prefer-light'})


def is_shown(window):
    return window.x_window('Freshet') is not None


def ask_to_connect(lab, name):
    """Somebody who has Anna among their people; she is asked."""
    state[name] = lab.peer(name, state['address'])
    lab.start([lab.cli, 'people', 'add', '--data', lab.folder / name, 'anna'], {}, stdout=-3)


def starts(lab):
    """Anna, and Bert among her people; nothing is told of while she looks."""
    state['desktop'] = lab.desktop
    state['server'], state['address'] = lab.serve()
    lab.peer('bert', state['address'])
    state['window'] = window = open_window(lab)
    window.await_node('No People Yet')
    window.await_gone('You have no meeting point')
    window.key('ctrl+n')
    window.await_focus('Copy Link')
    window.key('Tab', title='Invite')
    window.type('bert')
    window.key('Return', title='Invite')
    window.await_node('Connected to bert')
    window.key('Escape', title='Invite')
    window.await_gone('Connected to bert')


def asks_and_stays(lab):
    """Escape keeps the window; then it goes, and the program stays and says so."""
    window = state['window']
    window.key('ctrl+w')
    window.await_node('Keep Sharing in the Background?')
    window.audit()
    window.shoot('asks')
    window.press('Keep Sharing')
    display.wait(lambda: not is_shown(window), 'the window to go')
    assert window.process.poll() is None
    told = state['desktop'].await_shown('Freshet Goes On Sharing')
    assert 'Quit' in told[3], told


def tells_of_a_request(lab):
    """It can be answered without a window."""
    desktop = state['desktop']
    ask_to_connect(lab, 'carl')
    told = desktop.await_shown('carl Would Like to Connect')
    assert {'Accept', 'Decline'} <= set(told[3]), told
    desktop.click('carl Would Like to Connect', 'Accept')
    state['carl'].await_event(event='person', name='anna', state='here')
    assert not is_shown(state['window'])


def leads_to_it(lab):
    """A click on another one brings the window, with the person who asks; what has been seen is taken back."""
    desktop, window = state['desktop'], state['window']
    ask_to_connect(lab, 'dora')
    ask_to_connect(lab, 'erna')
    desktop.await_shown('erna Would Like to Connect')
    desktop.click('dora Would Like to Connect')
    display.wait(lambda: is_shown(window), 'the window')
    window.await_node('dora')
    window.await_node('carl')
    window.shoot('leads')
    window.key('alt+3')  # which gives it the focus, as a window manager does
    desktop.await_gone('erna Would Like to Connect')
    desktop.await_gone('Freshet Goes On Sharing')


def closes_again(lab):
    """Nothing is asked any more; another start shows it, and Quit ends it."""
    window = state['window']
    window.key('ctrl+w')
    display.wait(lambda: not is_shown(window), 'the window to go')
    second = lab.start([lab.program], {})
    assert second.wait(display.PATIENCE) == 0
    display.wait(lambda: is_shown(window), 'the window that there is')
    window.key('F10')
    window.await_focus('Preferences')
    window.key('Up')
    window.await_focus('Quit')
    window.key('Return')
    assert window.process.wait(display.PATIENCE) == 0


def starts_without_a_window(lab):
    """As at login; it is there for another start, and a second one at login does nothing."""
    first = lab.start([lab.program, '--background'], {})
    ask = ('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'NameHasOwner')
    connection = state['desktop'].gio.bus_get_sync(state['desktop'].gio.BusType.SESSION)

    def is_there():
        return connection.call_sync(*ask, state['desktop'].glib.Variant('(s)', ('app.freshet.Freshet',)), None,
                                    state['desktop'].gio.DBusCallFlags.NONE, -1, None).unpack()[0]
    display.wait(is_there, 'Freshet on the bus')
    assert lab.start([lab.program, '--background'], {}).wait(display.PATIENCE) == 0

    def shown():
        return lab.run('xdotool', 'search', '--onlyvisible', '--pid', str(first.pid), check=False).split()
    assert not shown()
    assert lab.start([lab.program], {}).wait(display.PATIENCE) == 0
    display.wait(shown, 'its window')
    first.send_signal(signal.SIGTERM)
    assert first.wait(display.PATIENCE) == 0


if __name__ == '__main__':
    display.run_tests('background', [starts, asks_and_stays, tells_of_a_request, leads_to_it, closes_again,
                                     starts_without_a_window])
