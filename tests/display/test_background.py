#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sharing goes on without a window: that is asked once, notifications tell what happens meanwhile, and each leads to its
thing. The desktop that shows them is ours."""
import signal
import threading

import lab as display

NAME = INTERFACE = 'org.freedesktop.Notifications'
PATH = '/org/freedesktop/Notifications'
XML = f"""<node><interface name="{INTERFACE}">
  <method name="Notify">
    <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
    <arg type="a{{sv}}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/>
  </method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation">
    <arg type="s" direction="out"/><arg type="s" direction="out"/>
    <arg type="s" direction="out"/><arg type="s" direction="out"/>
  </method>
</interface></node>"""

state = {}


class Desktop:
    """Shows notifications, in a thread of its own, and clicks on them."""

    def __init__(self, lab):
        from gi.repository import Gio, GLib
        self.gio, self.glib = Gio, GLib
        self.shown = {}  # the thread below only replaces it
        self.last = 0
        self.connection = None
        self.address = lab.environment['DBUS_SESSION_BUS_ADDRESS']
        self.ready = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()
        assert self.ready.wait(display.PATIENCE), 'no desktop'

    def _serve(self):
        context = self.glib.MainContext()
        context.push_thread_default()
        flags = self.gio.DBusConnectionFlags
        self.connection = self.gio.DBusConnection.new_for_address_sync(
            self.address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)
        interface = self.gio.DBusNodeInfo.new_for_xml(XML).interfaces[0]
        self.connection.register_object(PATH, interface, self._called, None, None)
        self.connection.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'RequestName',
                                  self.glib.Variant('(su)', (NAME, 0)), None, self.gio.DBusCallFlags.NONE, -1, None)
        self.ready.set()
        self.glib.MainLoop(context).run()

    def _called(self, connection, sender, path, interface, method, parameters, invocation):
        answers = {'GetCapabilities': self.glib.Variant('(as)', (['actions', 'body'],)),
                   'GetServerInformation': self.glib.Variant('(ssss)', ('lab', 'lab', '1', '1.2'))}
        answer = answers.get(method)
        values = parameters.unpack()
        if method == 'Notify':
            self.last += 1
            number = values[1] or self.last
            buttons = dict(zip(values[5][1::2], values[5][::2]))
            self.shown = {**self.shown, number: (values[3], values[4], buttons)}
            answer = self.glib.Variant('(u)', (number,))
        elif method == 'CloseNotification':
            self._close(values[0])
        invocation.return_value(answer)

    def _close(self, closed):
        self.shown = {number: told for number, told in self.shown.items() if number != closed}

    def find(self, summary):
        return next(((number, *told) for number, told in self.shown.items() if told[0].startswith(summary)), None)

    def await_shown(self, summary):
        return display.wait(lambda: self.find(summary), f'a notification “{summary}…”')

    def await_gone(self, summary):
        display.wait(lambda: self.find(summary) is None, f'“{summary}…” to be taken back')

    def click(self, summary, button=None):
        """A button, or all of it; either closes it, as desktops do."""
        number, _, _, buttons = self.await_shown(summary)
        self._close(number)
        action = buttons[button] if button else 'default'
        self.connection.emit_signal(None, PATH, INTERFACE, 'ActionInvoked', self.glib.Variant('(us)', (number, action)))


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
    state['desktop'] = Desktop(lab)
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
